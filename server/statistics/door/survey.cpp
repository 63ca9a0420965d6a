// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/page.hpp"
#include "statistics/door/r_script.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/limits.hpp"
#include "statistics/survey/mean.hpp"
#include "statistics/survey/multiple_response.hpp"
#include "statistics/survey/proportion.hpp"

#include <fmt/format.h>

#include <cmath>
#include <unordered_map>

namespace beproefd::statistics::door {

namespace json = boost::json;

namespace {

constexpr std::int64_t largest_count = 1'000'000'000'000;

/// A name of a stratum or category: a text, or a whole number as its text.
std::optional<std::string> label(const json::value& value)
{
    if (value.is_string())
        return std::string(value.get_string());
    if (value.is_int64())
        return fmt::format("{}", value.get_int64());
    if (value.is_uint64())
        return fmt::format("{}", value.get_uint64());
    return std::nullopt;
}

Outcome<json::object> run_proportion(Request& request)
{
    const auto count = request.data_integer("count", 0, largest_count);
    const auto n = request.data_integer("n", 0, largest_count);
    const double level = request.level();
    const auto population = request.optional_integer("population", 1, largest_count);
    if (request.refused())
        return request.error();

    if (!population) {
        const auto found = survey::proportion(count, n, level);
        if (!found)
            return found.error();
        return json::object{{"estimate", found->estimate},
                            {"wilson_lo", found->wilson_lo},
                            {"wilson_hi", found->wilson_hi},
                            {"clopper_pearson_lo", found->clopper_pearson_lo},
                            {"clopper_pearson_hi", found->clopper_pearson_hi},
                            {"jeffreys_lo", found->jeffreys_lo},
                            {"jeffreys_hi", found->jeffreys_hi},
                            {"n", n}};
    }
    if (n > static_cast<std::int64_t>(limits::observations))
        return too_large("The exact interval needs fewer answers.", "data.n");
    const auto found = survey::finite_proportion(count, n, *population, level);
    if (!found)
        return found.error();
    return json::object{{"estimate", found->estimate},
                        {"se", found->se},
                        {"hypergeometric_lo", found->hypergeometric_lo},
                        {"hypergeometric_hi", found->hypergeometric_hi},
                        {"n", n},
                        {"population", *population}};
}

json::object mean_result(const survey::Mean& found, std::size_t dropped)
{
    json::object result{{"mean", json_number(found.mean)},
                        {"se", json_number(found.se)},
                        {"df", json_number(found.df)},
                        {"ci_lo", json_number(found.ci_lo)},
                        {"ci_hi", json_number(found.ci_hi)},
                        {"n", found.n},
                        {"n_dropped", dropped}};
    if (found.total) {
        result["total"] = json_number(found.total);
        result["total_se"] = json_number(found.total_se);
    }
    return result;
}

Outcome<json::object> run_mean(Request& request)
{
    const auto population = request.optional_integer("population", 1, largest_count);
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    rows.complete();
    if (request.refused())
        return request.error();
    const auto found =
        survey::mean(y, population ? std::optional(static_cast<double>(*population)) : std::nullopt, level);
    if (!found)
        return found.error();
    return mean_result(*found, rows.dropped());
}

Outcome<json::object> run_stratified(Request& request)
{
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    const auto& stratum = rows.labels("stratum");
    rows.complete();
    const auto* list = request.require_data("strata");
    if (request.refused())
        return request.error();

    const auto* entries = list->if_array();
    if (!entries)
        return invalid_data("'data.strata' has to be a list of {\"name\":…,\"population\":…}.", "data.strata");
    std::vector<survey::Stratum> strata;
    std::unordered_map<std::string, std::size_t> by_name;
    for (std::size_t h = 0; h < entries->size(); ++h) {
        const auto path = fmt::format("data.strata[{}]", h);
        const auto* entry = (*entries)[h].if_object();
        if (!entry)
            return invalid_data("A stratum has to be {\"name\":…,\"population\":…}.", path);
        const auto* name = entry->if_contains("name");
        const auto* population = entry->if_contains("population");
        if (!name || !population)
            return Error{ErrorCode::missing_field, "A stratum needs a name and a population.",
                         path + (name ? ".population" : ".name")};
        const auto text = label(*name);
        if (!text)
            return invalid_data("The name of a stratum has to be a text or a whole number.", path + ".name");
        if (!population->is_number())
            return invalid_data("The population of a stratum has to be a number.", path + ".population");
        const double size = population->to_number<double>();
        if (!(size > 0) || size != std::floor(size))
            return invalid_data("The population of a stratum has to be a whole number above zero.",
                                path + ".population");
        for (const auto& member : *entry)
            if (member.key() != "name" && member.key() != "population")
                return invalid_data(fmt::format("A stratum has no member '{}'.", std::string_view(member.key())),
                                    path);
        if (!by_name.emplace(*text, h).second)
            return invalid_data(fmt::format("Stratum \"{}\" is given twice.", *text), path + ".name");
        strata.push_back({*text, size, {}});
    }
    const auto& texts = rows.label_texts(stratum);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const auto found = by_name.find(texts[stratum[i]]);
        if (found == by_name.end())
            return invalid_data(fmt::format("Stratum \"{}\" is not in data.strata.", texts[stratum[i]]),
                                fmt::format("data.stratum[{}]", rows.original_row(i)));
        strata[found->second].y.push_back(y[i]);
    }
    const auto found = survey::stratified_mean(strata, level);
    if (!found)
        return found.error();
    return mean_result(*found, rows.dropped());
}

Outcome<json::object> run_cluster(Request& request)
{
    const auto population = request.optional_integer("population_clusters", 1, largest_count);
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    const auto& cluster = rows.labels("cluster");
    rows.complete();
    if (request.refused())
        return request.error();
    const auto clusters = rows.label_texts(cluster).size();
    const auto found = survey::cluster_mean(
        y, cluster, clusters, population ? std::optional(static_cast<double>(*population)) : std::nullopt, level);
    if (!found)
        return found.error();
    auto result = mean_result(*found, rows.dropped());
    result["n_clusters"] = clusters;
    return result;
}

Outcome<json::object> run_multiple_response(Request& request)
{
    const auto* responses = request.require_data("responses");
    const auto* categories = request.require_data("categories");
    if (request.refused())
        return request.error();
    const auto* names = categories->if_array();
    if (!names)
        return invalid_data("'data.categories' has to be a list of names.", "data.categories");
    if (names->empty())
        return insufficient_data("There are no categories.", "data.categories");
    if (names->size() > 10'000)
        return too_large("There are too many categories.", "data.categories");
    std::unordered_map<std::string, std::size_t> numbers;
    for (std::size_t c = 0; c < names->size(); ++c) {
        const auto path = fmt::format("data.categories[{}]", c);
        const auto text = label((*names)[c]);
        if (!text)
            return invalid_data("A category has to be a text or a whole number.", path);
        if (!numbers.emplace(*text, c).second)
            return invalid_data(fmt::format("Category \"{}\" is given twice.", *text), path);
    }
    const auto* list = responses->if_array();
    if (!list)
        return invalid_data("'data.responses' has to be a list of lists.", "data.responses");
    if (list->size() > limits::observations)
        return too_large("There are too many responses.", "data.responses");
    std::vector<survey::Ticks> ticks;
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto& response = (*list)[i];
        if (response.is_null()) {
            ticks.emplace_back();
            continue;
        }
        const auto path = fmt::format("data.responses[{}]", i);
        if (!response.is_array())
            return invalid_data("A response has to be a list of categories, or null.", path);
        auto& ticked = ticks.emplace_back(std::vector<std::size_t>{}).value();
        for (std::size_t j = 0; j < response.get_array().size(); ++j) {
            const auto text = label(response.get_array()[j]);
            const auto found = text ? numbers.find(*text) : numbers.end();
            if (found == numbers.end())
                return invalid_data("A response names a category that is not in data.categories.",
                                    fmt::format("{}[{}]", path, j));
            ticked.push_back(found->second);
        }
    }
    const auto found = survey::multiple_response(ticks, names->size());
    if (!found)
        return found.error();
    json::array rows;
    for (std::size_t c = 0; c < names->size(); ++c)
        rows.push_back(json::object{{"category", (*names)[c]},
                                    {"count", found->rows[c].count},
                                    {"pct_cases", found->rows[c].pct_cases},
                                    {"pct_responses", json_number(found->rows[c].pct_responses)}});
    return json::object{{"n_valid", found->n_valid},
                        {"n_missing", found->n_missing},
                        {"n_responses", found->n_responses},
                        {"rows", std::move(rows)}};
}

Outcome<std::string> script_proportion(Request& request)
{
    const auto count = request.data_integer("count", 0, largest_count),
               n = request.data_integer("n", 1, largest_count);
    const double level = request.level();
    const auto population = request.optional_integer("population", 1, largest_count);
    RScript r(request, {});
    if (request.refused())
        return request.error();
    r.line(fmt::format("x <- {}; n <- {}; a <- (1 - {}) / 2", count, n, RScript::literal(level)));
    r.print("estimate", "x / n");
    if (population) {
        r.line(fmt::format("N <- {}; M <- x:(N - n + x)", *population));
        r.line("p <- x / n");
        r.print("se", "if (x == 0 || x == n) 0 else sqrt((1 - n / N) * p * (1 - p) / (n - 1))");
        r.print("hypergeometric_lo",
                "if (n == N) p else min(M[phyper(x - 1, M, N - M, n, lower.tail = FALSE) > a]) / N");
        r.print("hypergeometric_hi", "if (n == N) p else max(M[phyper(x, M, N - M, n) > a]) / N");
    } else {
        r.line("w <- prop.test(x, n, conf.level = 1 - 2 * a, correct = FALSE)$conf.int");
        r.print("wilson_lo", "w[1]");
        r.print("wilson_hi", "w[2]");
        r.line("e <- binom.test(x, n, conf.level = 1 - 2 * a)$conf.int");
        r.print("clopper_pearson_lo", "e[1]");
        r.print("clopper_pearson_hi", "e[2]");
        r.print("jeffreys_lo", "if (x == 0) 0 else qbeta(a, x + 0.5, n - x + 0.5)");
        r.print("jeffreys_hi", "if (x == n) 1 else qbeta(1 - a, x + 0.5, n - x + 0.5)");
    }
    return r.text();
}

/// The estimates of a survey design `d` for its column y.
void print_survey_mean(RScript& r, double level, std::string_view df, bool total)
{
    r.line("m <- svymean(~y, d)");
    r.print("mean", "coef(m)");
    r.print("se", "SE(m)");
    r.line(fmt::format("ci <- confint(m, level = {}, df = {})", RScript::literal(level), df));
    r.print("ci_lo", "ci[1]");
    r.print("ci_hi", "ci[2]");
    if (total) {
        r.line("t <- svytotal(~y, d)");
        r.print("total", "coef(t)");
        r.print("total_se", "SE(t)");
    }
}

Outcome<std::string> script_mean(Request& request)
{
    const auto population = request.optional_integer("population", 1, largest_count);
    const double level = request.level();
    RScript r(request, {"survey"});
    r.column("y", "y");
    if (request.refused())
        return request.error();
    r.line("y <- y[!is.na(y)]");
    if (population)
        r.line(fmt::format("d <- svydesign(~1, data = data.frame(y, N = {0}), fpc = ~N)", *population));
    else
        r.line("d <- svydesign(~1, weights = ~w, data = data.frame(y, w = 1))");
    print_survey_mean(r, level, "length(y) - 1", population.has_value());
    return r.text();
}

Outcome<std::string> script_cluster(Request& request)
{
    const auto population = request.optional_integer("population_clusters", 1, largest_count);
    const double level = request.level();
    RScript r(request, {"survey"});
    r.column("y", "y");
    r.labels("cluster", "cluster");
    if (request.refused())
        return request.error();
    r.line("f <- data.frame(y, cluster, w = 1)");
    r.line("f <- f[complete.cases(f), ]");
    if (population)
        r.line(fmt::format("f$M <- {}", *population));
    r.line(population ? "d <- svydesign(~cluster, weights = ~w, fpc = ~M, data = f)"
                      : "d <- svydesign(~cluster, weights = ~w, data = f)");
    print_survey_mean(r, level, "degf(d)", false);
    return r.text();
}

Outcome<std::string> script_stratified(Request& request)
{
    const double level = request.level();
    const auto* strata = request.require_data("strata");
    RScript r(request, {"survey"});
    r.column("y", "y");
    r.labels("stratum", "stratum");
    if (request.refused())
        return request.error();
    if (!strata->is_array())
        return invalid_data("'data.strata' has to be a list of {\"name\":…,\"population\":…}.", "data.strata");
    std::string sizes;
    for (const auto& item : strata->get_array()) {
        const auto* entry = item.if_object();
        const auto* name = entry ? entry->if_contains("name") : nullptr;
        const auto* population = entry ? entry->if_contains("population") : nullptr;
        const auto text = name ? label(*name) : std::nullopt;
        if (!text || !population || !population->is_number())
            return invalid_data("A stratum needs a name and a population.", "data.strata");
        sizes += (sizes.empty() ? "" : ", ") + RScript::quoted(*text) + " = " +
                 RScript::literal(population->to_number<double>());
    }
    r.line("f <- data.frame(y, stratum)");
    r.line("f <- f[complete.cases(f), ]");
    r.line("f$N <- c(" + sizes + ")[f$stratum]");
    r.line("d <- svydesign(~1, strata = ~stratum, fpc = ~N, data = f)");
    print_survey_mean(r, level, "degf(d)", true);
    return r.text();
}

const Field level_field{"level", "fraction", "confidence level", "0.95"};
const std::vector<Field> mean_fields{
    {"mean", "number", "estimate of the population mean"},
    {"se", "number", "standard error, with finite population correction where the population is known"},
    {"df", "number", "degrees of freedom of the t interval"},
    {"ci_lo, ci_hi", "numbers", "confidence interval"},
    {"total, total_se", "numbers", "estimate of the population total; only when the population is known"},
    {"n, n_dropped", "counts", "answers used, rows left out"}};

} // namespace

void register_survey(Registry& registry)
{
    registry.add(
        {.name = "survey.proportion",
         .page =
             {.title = "A share with its interval",
              .purpose = "So many of n said yes. With `population` for a sample without replacement from a known, "
                         "finite list: 49 of 342 municipalities.",
              .when_not = "When the answers come in groups (several from one municipality): use survey.cluster.",
              .data = {{"count", "whole number, 0 to n", "how many said yes"},
                       {"n", "whole number >= 1", "how many answered"}},
              .options = {level_field, {"population", "whole number >= n", "size of the list that was sampled from"}},
              .result =
                  each({{"estimate", "fraction", "count / n"},
                        {"wilson_lo, wilson_hi, clopper_pearson_lo, clopper_pearson_hi, jeffreys_lo, jeffreys_hi",
                         "fractions", "three intervals, without population"},
                        {"se, hypergeometric_lo, hypergeometric_hi", "fractions", "with population"},
                        {"n, population", "counts", "as given"}}),
              .formula = "Wilson score; beta quantiles for Clopper-Pearson and Jeffreys; with population the "
                         "smallest and largest M/N whose hypergeometric tail exceeds α/2, and "
                         "`se = √((1−n/N)p(1−p)/(n−1))`.",
              .sources = {"Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286",
                          "Cochran 1977, Sampling Techniques, ch. 3"},
              .pitfalls = {"The interval is about those who could have been asked. It does not repair a selective "
                           "response."},
              .example = R"({"contract":"beproefd.analyse/1","method":"survey.proportion",
"data":{"count":31,"n":49},"options":{"population":342}})",
              .peer = "stats::qbeta, stats::phyper"},
         .run = run_proportion,
         .as_r = script_proportion});
    registry.add({.name = "survey.mean",
                  .page = {.title = "Mean of a simple random sample",
                           .purpose = "A mean and, with the population size, a total.",
                           .when_not = "With strata or clusters in the sample: survey.stratified, survey.cluster.",
                           .data = {{"y", "n numbers", "one answer per unit; null is left out"}},
                           .options = {{"population", "whole number >= n", "size of the population"}, level_field},
                           .result = each(mean_fields),
                           .formula = "`se² = (1 − n/N)s²/n`, t with n − 1 degrees of freedom.",
                           .sources = {"Cochran 1977, ch. 2"},
                           .pitfalls = {"A mean rating of 7,5 without its number of answers says nothing."},
                           .example = R"({"contract":"beproefd.analyse/1","method":"survey.mean",
"data":{"y":[7,8,6,9,7.5,8,7]},"options":{"population":24}})",
                           .peer = "survey::svymean"},
                  .run = run_mean,
                  .as_r = script_mean});
    registry.add(
        {.name = "survey.stratified",
         .page = {.title = "Mean of a stratified sample",
                  .purpose =
                      "Samples were drawn within groups of known size, such as size classes of municipalities.",
                  .when_not = "When groups themselves were drawn: survey.cluster.",
                  .data = {{"y", "n numbers", "answers"},
                           {"stratum", "n labels", "stratum of each answer"},
                           {"strata", "list of {name, population}", "all strata with their size"}},
                  .options = {level_field},
                  .result = each(mean_fields),
                  .formula = "`Σ W_h ȳ_h`, `se² = Σ W_h²(1 − f_h)s_h²/n_h`, df = n − H.",
                  .sources = {"Cochran 1977, ch. 5"},
                  .pitfalls = {"A stratum with one answer is refused, unless it holds one unit."},
                  .example = R"({"contract":"beproefd.analyse/1","method":"survey.stratified",
"data":{"y":[6,7,8,5,9,8],"stratum":["small","small","small","large","large","large"],
"strata":[{"name":"small","population":200},{"name":"large","population":40}]},"options":{}})",
                  .peer = "survey::svymean with strata and fpc"},
         .run = run_stratified,
         .as_r = script_stratified});
    auto cluster_fields = mean_fields;
    cluster_fields.push_back({"n_clusters", "count", "clusters used"});
    registry.add(
        {.name = "survey.cluster",
         .page = {.title = "Mean of a cluster sample",
                  .purpose = "Whole groups were drawn (schools, municipalities) and their members answered.",
                  .when_not = "With fewer than about ten clusters the interval is wide and approximate.",
                  .data = {{"y", "n numbers", "answers"}, {"cluster", "n labels", "cluster of each answer"}},
                  .options = {{"population_clusters", "whole number >= clusters", "clusters in the population"},
                              level_field},
                  .result = each(cluster_fields),
                  .formula = "Ratio mean with equal weights, linearised; factor m/(m−1); df = m − 1.",
                  .sources = {"Cochran 1977, 9A", "Lumley 2010, Complex Surveys"},
                  .pitfalls = {"The number of clusters counts, not the number of answers."},
                  .example = R"({"contract":"beproefd.analyse/1","method":"survey.cluster",
"data":{"y":[6,7,8,5,9,8,7,7],"cluster":["a","a","b","b","c","c","c","d"]},"options":{"population_clusters":40}})",
                  .peer = "survey::svymean with ids"},
         .run = run_cluster,
         .as_r = script_cluster});
    registry.add(
        {.name = "survey.multiple_response",
         .page =
             {.title = "A question with several answers",
              .purpose = "Respondents could tick more than one category.",
              .when_not = "When exactly one answer was allowed: survey.proportion per category.",
              .data = {{"responses", "list of lists of categories", "[] = none of them, null = no answer"},
                       {"categories", "list of names", "all categories, in the order of the table"}},
              .options = {},
              .result =
                  each({{"n_valid, n_missing, n_responses", "counts", "who answered, who did not, ticks in all"},
                        {"rows", "list of {category, count, pct_cases, pct_responses}",
                         "percent of those who answered, and of all ticks"}}),
              .formula = "`pct_cases = 100·count/n_valid`, `pct_responses = 100·count/n_responses`.",
              .sources = {"Lavrakas 2008, Encyclopedia of Survey Research Methods"},
              .pitfalls = {"Percentages of cases add up to more than 100. A category ticked twice by one respondent "
                           "is refused."},
              .example = R"({"contract":"beproefd.analyse/1","method":"survey.multiple_response",
"data":{"responses":[["training"],["training","network"],[],null],"categories":["training","network"]},"options":{}})",
              .peer = "base R"},
         .run = run_multiple_response});
}

} // namespace beproefd::statistics::door
