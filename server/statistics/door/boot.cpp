// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"
#include "statistics/resampling/bootstrap.hpp"

#include <cmath>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

/// data.resample_index, each list as long as y and each index within it.
ResampleIndex read_index(Request& request, const json::value& value, std::size_t n)
{
    const auto wrong = [&](std::string message, std::string path) {
        request.refuse(invalid_data(std::move(message), std::move(path)));
        return ResampleIndex{};
    };
    const json::array* lists = value.if_array();
    if (!lists)
        return wrong("resample_index must be a list of lists of indices.", "data.resample_index");
    if (lists->size() > limits::resamples) {
        request.refuse(too_large("There are more than " + std::to_string(limits::resamples) + " resamples.",
                                 "data.resample_index"));
        return {};
    }
    ResampleIndex index;
    index.reserve(lists->size());
    for (std::size_t r = 0; r < lists->size(); ++r) {
        const std::string path = "data.resample_index[" + std::to_string(r) + "]";
        const json::array* list = (*lists)[r].if_array();
        if (!list || list->size() != n)
            return wrong("Every resample must be a list of as many indices as y has values.", path);
        std::vector<std::uint32_t> row;
        row.reserve(n);
        for (std::size_t i = 0; i < n; ++i) {
            const double number = (*list)[i].is_number() ? (*list)[i].to_number<double>() : -1;
            if (!(number >= 0) || !(number < static_cast<double>(n)) || number != std::floor(number))
                return wrong("An index must be a whole number from 0 to n − 1.",
                             path + "[" + std::to_string(i) + "]");
            row.push_back(static_cast<std::uint32_t>(number));
        }
        index.push_back(std::move(row));
    }
    return index;
}

struct Types {
    bool normal = true, basic = true, percentile = true, bca = true;
};

Types read_types(Request& request)
{
    const json::value* value = request.option("types");
    if (!value)
        return {};
    const json::array* list = value->if_array();
    Types types{false, false, false, false};
    if (!list || list->empty()) {
        request.refuse(invalid_option("types must be a list of normal, basic, percentile and bca.", "options.types"));
        return types;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const json::string* name = (*list)[i].if_string();
        if (name && *name == "normal")
            types.normal = true;
        else if (name && *name == "basic")
            types.basic = true;
        else if (name && *name == "percentile")
            types.percentile = true;
        else if (name && *name == "bca")
            types.bca = true;
        else
            request.refuse(invalid_option("The types are normal, basic, percentile and bca.",
                                          "options.types[" + std::to_string(i) + "]"));
    }
    return types;
}

json::value bounds(const Bounds& interval)
{
    return json::array{json_number(interval.first), json_number(interval.second)};
}

Outcome<json::object> run_boot(Request& request)
{
    const auto statistic =
        request.choice<BootstrapStatistic>("statistic",
                                           {{"mean", BootstrapStatistic::mean},
                                            {"standardised_mean", BootstrapStatistic::standardised_mean},
                                            {"sd", BootstrapStatistic::standard_deviation}},
                                           BootstrapStatistic::mean);
    const Types types = read_types(request);
    const double level = request.level();
    const json::value* given = request.data("resample_index");
    if (given && request.has_option("resamples"))
        request.refuse(invalid_option("resamples is not used when resample_index is given.", "options.resamples"));
    const std::size_t resamples = given ? 0 : request.replicates("resamples", 9'999);
    const std::uint64_t seed = given ? 0 : request.seed();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    if (given)
        rows.complete_without_missing(); // indices count places in y, so none may fall away
    else
        rows.complete();
    if (request.refused())
        return request.error();
    const ResampleIndex index = given ? read_index(request, *given, y.size()) : ResampleIndex{};
    if (request.refused())
        return request.error();
    const auto boot = given ? bootstrap(y, statistic, index, level)
                            : bootstrap(y, statistic, resamples, seed, level, request.execution());
    if (!boot)
        return located(boot.error(), "data.y");

    if (y.size() < 8)
        request.warn("few_values", "With fewer than eight values the bootstrap intervals are too narrow.", "data.y");
    if (boot->degenerate > 0)
        request.warn("degenerate_resamples",
                     std::to_string(boot->degenerate) + " resamples without variation were left out.");
    if (boot->extreme)
        request.warn("extreme_order_statistics", "An interval ends at the lowest or highest resample: take more.");
    if (types.bca && !boot->bca)
        request.warn("bca_not_available", "All resamples lie on one side of the estimate.");
    json::object result;
    result["t0"] = json_number(boot->observed);
    result["bias"] = json_number(boot->bias);
    result["se"] = json_number(boot->standard_error);
    result["z0"] = json_number(boot->z0);
    result["acceleration"] = json_number(boot->acceleration);
    if (types.normal)
        result["normal"] = bounds(boot->normal);
    if (types.basic)
        result["basic"] = bounds(boot->basic);
    if (types.percentile)
        result["percentile"] = bounds(boot->percentile);
    if (types.bca)
        result["bca"] = boot->bca ? bounds(*boot->bca) : json::value(nullptr);
    result["n"] = y.size();
    result["resamples"] = boot->resamples;
    result["n_dropped"] = rows.dropped();
    return result;
}

} // namespace

void register_boot(Registry& registry)
{
    Page page;
    page.title = "Bootstrap intervals";
    page.purpose = "An interval for a mean, a standardised mean or a standard deviation of skewed data, such as "
                   "ratings that crowd at the top of the scale.";
    page.when_not = "Below about eight observations: no resampling makes information; use test.permutation.";
    page.data = {{"y", "n numbers or null", "the observations"},
                 {"resample_index", "R lists of n indices from 0",
                  "resamples drawn elsewhere; then no random number is drawn and y may not have missing values"}};
    page.options = {{"statistic", "one of mean, standardised_mean, sd",
                     "standardised_mean is mean / standard deviation", "\"mean\""},
                    {"types", "list of normal, basic, percentile, bca", "which intervals",
                     "[\"normal\",\"basic\",\"percentile\",\"bca\"]"},
                    {"resamples", "1 to 1,000,000", "how many to draw", "9999"},
                    seed_option(),
                    level_option()};
    page.result = {{"t0", "number", "the statistic of the data"},
                   {"bias", "number", "mean of the resampled statistics − t0"},
                   {"se", "number", "their standard deviation"},
                   {"z0", "number or null", "bias correction; null when all resamples lie on one side"},
                   {"acceleration", "number or null", "from the jackknife"},
                   {"normal", "[lo, hi]", "the intervals asked for"},
                   {"basic", "[lo, hi]", "the intervals asked for"},
                   {"percentile", "[lo, hi]", "the intervals asked for"},
                   {"bca", "[lo, hi]", "the intervals asked for"},
                   {"n", "whole number", "values used"},
                   {"resamples", "whole number", "resamples used"},
                   dropped_result()};
    page.formula = "$z_0=\\Phi^{-1}(\\#\\{t^*<t_0\\}/R)$, $a=\\sum l^3/(6(\\sum l^2)^{3/2})$; the bca "
                   "bounds are the quantiles at "
                   "$\\Phi(z_0+(z_0+z_\\alpha)/(1-a(z_0+z_\\alpha)))$; quantiles at rank $(R+1)\\alpha$, "
                   "interpolated on the normal scale.";
    page.sources = {"Efron 1987, doi:10.1080/01621459.1987.10478410",
                    "DiCiccio & Efron 1996, doi:10.1214/ss/1032280214", "Davison & Hinkley 1997, §5.3"};
    page.pitfalls = {"Resamples that repeat the data in another order do not count as below t0.",
                     "Resample persons, not rows, when persons have several rows."};
    page.example = R"({"contract":"beproefd.analyse/1","method":"boot.ci","data":{"y":[3,5,7,18,43,85,91,98,100,130,)"
                   R"(230,487]},"options":{"statistic":"mean","resamples":9999,"seed":7}})";
    page.peer = "R boot::boot and boot::boot.ci with the same indices";
    registry.add({"boot.ci", std::move(page), run_boot, scripts::boot});
}

} // namespace beproefd::statistics::door
