// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/design/interrupted_series.hpp"
#include "statistics/door/model_parts.hpp"
#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

std::vector<Field> effect_results()
{
    return {{"estimate", "number", "the effect, in the unit of y"},
            {"se", "number > 0", "standard error"},
            {"stat", "number", "t"},
            {"df", "number", "Satterthwaite degrees of freedom"},
            {"p", "fraction", "two-sided"},
            {"ci_lo", "number", "confidence interval"},
            {"ci_hi", "number", "confidence interval"}};
}

Outcome<json::object> run_did(Request& request)
{
    const auto vcov = read_covariance(request, Covariance::cr2);
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    const auto& treated = rows.integers("treated", fraction);
    const auto& post = rows.integers("post", fraction);
    const auto& clusters = read_clusters(request, rows, vcov);
    rows.complete();
    if (request.refused())
        return request.error();

    std::array<std::array<double, 2>, 2> sums{}, counts{};
    Regressor both{"treated_x_post", std::vector<double>(y.size())};
    for (std::size_t i = 0; i < y.size(); ++i) {
        both.values[i] = treated[i] * post[i];
        const std::size_t t = static_cast<std::size_t>(treated[i]), p = static_cast<std::size_t>(post[i]);
        sums[t][p] += y[i];
        ++counts[t][p];
    }
    for (std::size_t t = 0; t < 2; ++t)
        for (std::size_t p = 0; p < 2; ++p)
            if (counts[t][p] == 0)
                return singular_design(std::string("There are no rows of ") + (t ? "treated" : "control") +
                                           " units " + (p ? "after" : "before") +
                                           ", so there is no difference in differences.",
                                       t == 0 ? "data.treated" : "data.post");
    const std::array<Regressor, 3> columns{Regressor{"treated", treated}, Regressor{"post", post}, both};
    const auto model = linear_model(design_of(columns, true, y.size()), true, y, vcov, clusters, level);
    if (!model)
        return located(model.error(), "data.y");
    warn_of_perfect_fit(request, model->perfect_fit);
    const Coefficient& effect = model->coefficients.back();
    if (std::isnan(effect.df))
        return no_cluster_information("the effect");
    if (needs_clusters(vcov)) {
        std::array<std::vector<bool>, 2> present{std::vector<bool>(model->clusters),
                                                 std::vector<bool>(model->clusters)};
        for (std::size_t i = 0; i < y.size(); ++i)
            present[treated[i] > 0 ? 1 : 0][clusters[i]] = true;
        for (std::size_t arm = 0; arm < 2; ++arm)
            if (std::count(present[arm].begin(), present[arm].end(), true) < 2)
                request.warn("single_cluster",
                             std::string("There is one ") + (arm ? "treated" : "control") +
                                 " cluster: how much such clusters differ by themselves is not in the data.",
                             "data.cluster");
    }
    if (needs_clusters(vcov) && effect.df < 4)
        request.warn("few_clusters",
                     "With so few clusters the interval rests on hardly any information; p is only rough.",
                     "data.cluster");
    json::object result = json_coefficient(effect);
    json::object means;
    means["control_pre"] = json_number(sums[0][0] / counts[0][0]);
    means["control_post"] = json_number(sums[0][1] / counts[0][1]);
    means["treated_pre"] = json_number(sums[1][0] / counts[1][0]);
    means["treated_post"] = json_number(sums[1][1] / counts[1][1]);
    result["means"] = std::move(means);
    result["n"] = model->n;
    if (needs_clusters(vcov))
        result["n_clusters"] = model->clusters;
    result["n_dropped"] = rows.dropped();
    return result;
}

Page page_did()
{
    Page page;
    page.title = "Difference in differences";
    page.purpose = "Did treated sites change more than comparison sites, when both were measured before and after?";
    page.when_not = "With one site on each side there is no information on how much sites differ by themselves: the "
                    "answer is one contrast, not a test. When the start differs per site: design.stepped_wedge.";
    page.data = {{"y", "n numbers or null", "the outcome"},
                 {"treated", "n times 0 or 1", "1 for rows of sites that get the programme"},
                 {"post", "n times 0 or 1", "1 for rows after the start"},
                 {"cluster", "n labels", "the site"}};
    page.options = {covariance_option("variance; CR2 is right with few sites", "\"CR2\""), level_option()};
    page.result = effect_results();
    page.result.push_back({"means", "{control_pre, control_post, treated_pre, treated_post}", "mean of y per cell"});
    page.result.push_back({"n", "whole number", "rows used"});
    page.result.push_back({"n_clusters", "whole number", "sites"});
    page.result.push_back(dropped_result());
    page.formula =
        "Least squares with treated, post and their product; the effect is the coefficient of the product. "
        "CR2 with Satterthwaite degrees of freedom, as model.ols.";
    page.sources = {"Bell & McCaffrey 2002", "Imbens & Kolesár 2016, doi:10.1162/REST_a_00552",
                    "Cameron & Miller 2015, doi:10.3368/jhr.50.2.317"};
    page.pitfalls = {"It rests on the assumption that both would have changed alike: show earlier measurements too.",
                     "The degrees of freedom follow the number of sites, not of persons."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"design.did","data":{"y":[5,6,7,8,4,5,6,8,5,5,5,6,4,4,5,4],"treated":[1,1,1,1,1,1,1,1,0,0,0,0,0,0,0,0],"post":[0,0,1,1,0,0,1,1,0,0,1,1,0,0,1,1],"cluster":["a","a","a","a","b","b","b","b","c","c","c","c","d","d","d","d"]}})";
    page.peer = "R stats::lm with clubSandwich::coef_test";
    return page;
}

Outcome<json::object> run_its(Request& request)
{
    SeriesModel model;
    using Family = SeriesModel::Family;
    model.family = request.choice<Family>(
        "family", {{"gaussian", Family::gaussian}, {"quasipoisson", Family::quasipoisson}}, Family::gaussian);
    model.slope_change = request.flag("slope_change", true);
    model.normal_interval = request.choice<bool>("ci", {{"t", false}, {"normal", true}}, false);
    model.level = request.level();
    const bool newey_west = request.choice<bool>("vcov", {{"classical", false}, {"newey_west", true}}, false);
    const auto lag = request.optional_integer("lag", 0, static_cast<std::int64_t>(limits::observations));
    if (lag && !newey_west)
        request.refuse(invalid_option("lag belongs to vcov newey_west.", "options.lag"));
    model.start = static_cast<std::size_t>(
        request.required_integer("start", 1, static_cast<std::int64_t>(limits::observations)));
    model.harmonics = static_cast<std::size_t>(request.integer("harmonics", 0, 0, 50));
    if (model.harmonics > 0)
        model.season_period = request.required_number("season_period", {1, 1e9, false, true});
    else if (request.has_data("season_index"))
        request.refuse(invalid_option("season_index needs harmonics of 1 or more.", "options.harmonics"));
    const bool poisson = model.family == Family::quasipoisson;
    if (!poisson)
        refuse_unused(request, {"exposure"}, "by a gaussian series; divide y by it, or choose quasipoisson");

    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y", poisson ? not_negative : any_number);
    const auto& exposure = rows.optional_numbers("exposure", positive);
    const auto& season = rows.optional_numbers("season_index");
    rows.complete();
    if (request.refused())
        return request.error();
    std::vector<SeriesPoint> points(y.size());
    std::size_t before = 0;
    for (std::size_t i = 0; i < y.size(); ++i) {
        const double time = static_cast<double>(rows.original_row(i)) + 1;
        before += time < static_cast<double>(model.start) ? 1 : 0;
        points[i] = {time, y[i], season.empty() ? time : season[i], exposure.empty() ? 0 : std::log(exposure[i])};
    }
    if (newey_west)
        model.newey_west_lag = lag ? static_cast<std::size_t>(*lag) : customary_lag(y.size());
    const auto series = interrupted_series(points, model);
    if (!series && series.error().code == ErrorCode::singular_design)
        return before < 2 || y.size() - before < 2
                   ? singular_design(
                         "A change of level and slope needs two points or more before and after the start.",
                         "options.start")
                   : singular_design("The season cannot be told from the trend and the change in these points.",
                                     "options.harmonics");
    if (!series)
        return located(series.error(), "data.y");
    warn_of_perfect_fit(request, series->perfect_fit);
    if (before < 8)
        request.warn("few_points_before", "Fewer than eight points before the change: the trend is hardly known.",
                     "options.start");
    if (y.size() - before < 8)
        request.warn("few_points_after", "Fewer than eight points after the change.", "options.start");
    json::object result;
    result["coefficients"] = json_coefficients(series->coefficients);
    if (model.harmonics > 0)
        result["seasonal"] = json_coefficients(series->harmonics);
    if (poisson)
        result["dispersion"] = json_number(series->dispersion);
    else
        result["durbin_watson"] = json_number(series->durbin_watson);
    if (model.newey_west_lag)
        result["lag"] = *model.newey_west_lag;
    result["df_residual"] = json_number(series->df_residual);
    result["n"] = series->n;
    result["n_dropped"] = rows.dropped();
    return result;
}

Page page_its()
{
    Page page;
    page.title = "Interrupted time series";
    page.purpose = "Did a registration series change its level or its slope when the programme started?";
    page.when_not = "With fewer than eight points before and after; or when something else changed at the same time "
                    "and there is no comparison series.";
    page.data = {{"y", "n numbers or null, equally spaced", "the series; counts for quasipoisson"},
                 {"exposure", "n numbers > 0", "quasipoisson: persons or hours at risk; its logarithm is the offset"},
                 {"season_index", "n numbers", "place in the season, such as the month; else 1, 2, …"}};
    page.options = {
        {"start", "whole number from 2", "first time after the change; times count from 1"},
        {"slope_change", "true or false", "with the term (time − start)·post", "true"},
        {"family", "one of gaussian, quasipoisson", "least squares, or Poisson with a free dispersion",
         "\"gaussian\""},
        {"vcov", "one of classical, newey_west",
         "newey_west allows for autocorrelation (Bartlett weights, no prewhitening, no small-sample factor)",
         "\"classical\""},
        {"lag", "whole number ≥ 0", "newey_west; left out: floor(4(n/100)^(2/9))"},
        {"harmonics", "0 to 50", "pairs of sine and cosine for the season", "0"},
        {"season_period", "number above 1", "points in a season, such as 12"},
        {"ci", "one of t, normal", "quantiles of the intervals; p is always from t", "\"t\""},
        level_option()};
    page.result = {{"coefficients", "list of {name, estimate, se, stat, df, p, ci_lo, ci_hi}",
                    "(intercept), time, level_change, slope_change; quasipoisson on the log scale"},
                   {"seasonal", "the same", "sin_1, cos_1, … with harmonics"},
                   {"durbin_watson", "number or null", "gaussian: about 2 without autocorrelation; null with gaps"},
                   {"dispersion", "number", "quasipoisson: Pearson χ²/(n − p)"},
                   {"lag", "whole number", "with newey_west"},
                   {"df_residual", "number", "n − p"},
                   {"n", "whole number", "points used"},
                   dropped_result()};
    page.formula = "$y_t=\\beta_0+\\beta_1 t+\\beta_2[t\\ge s]+\\beta_3(t-s)[t\\ge s]$; level_change is the jump at "
                   "the start itself.";
    page.sources = {"Wagner et al. 2002, doi:10.1046/j.1365-2710.2002.00430.x",
                    "Lopez Bernal et al. 2017, doi:10.1093/ije/dyw098", "Newey & West 1987, doi:10.2307/1913610"};
    page.pitfalls = {"More registration (more attention) is not more incidents.",
                     "Missing points keep their place in time."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"design.its","data":{"y":[20,22,21,23,22,24,23,25,24,19,18,18,17,18,16,17,16,15]},"options":{"start":10,"vcov":"newey_west","lag":2}})";
    page.peer = "R stats::lm or stats::glm with sandwich::NeweyWest";
    return page;
}

Outcome<json::object> run_stepped_wedge(Request& request)
{
    request.choice<int>("model", {{"hussey_hughes", 0}}, 0);
    const auto df = read_mixed_df(request);
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    const auto& clusters = rows.labels("cluster");
    const auto& periods = rows.labels("period");
    const auto& treated = rows.numbers("treated", fraction);
    rows.complete();
    if (request.refused())
        return request.error();
    std::size_t period_count = 0;
    for (const std::size_t period : periods)
        period_count = std::max(period_count, period + 1);
    if (period_count > limits::regressors)
        return too_large("There are more than " + std::to_string(limits::regressors) + " periods.", "data.period");
    std::vector<Regressor> columns;
    for (std::size_t p = 1; p < period_count; ++p) {
        columns.push_back({"period " + std::to_string(p + 1), std::vector<double>(y.size(), 0.0)});
        for (std::size_t i = 0; i < y.size(); ++i)
            columns.back().values[i] = periods[i] == p ? 1 : 0;
    }
    columns.push_back({"treated", treated});
    const auto model =
        mixed_model(design_of(columns, true, y.size()), y, clusters, Likelihood::restricted, df, level);
    if (!model) {
        Error error = model.error();
        if (error.path == "data.group")
            error.path = "data.cluster";
        if (error.code == ErrorCode::singular_design)
            error = singular_design("In these data the effect cannot be told from the periods.", "data.treated");
        return error;
    }
    if (model->boundary)
        request.warn("singular_fit", "The variance between clusters is estimated as zero.", "data.cluster");
    if (model->groups < 6)
        request.warn("few_clusters", "With fewer than six clusters the interval is only rough.", "data.cluster");
    json::object result = json_coefficient(model->coefficients.back());
    result["var_cluster"] = json_number(model->variance_group);
    result["var_residual"] = json_number(model->variance_residual);
    result["n"] = model->n;
    result["n_clusters"] = model->groups;
    result["n_periods"] = period_count;
    result["n_dropped"] = rows.dropped();
    return result;
}

Page page_stepped_wedge()
{
    Page page;
    page.title = "Stepped wedge";
    page.purpose = "A programme rolled out in steps: compares clusters that have it with those that do not have it "
                   "yet, within each period.";
    page.when_not = "When the effect needs time to grow after the start, or differs between clusters, this model is "
                    "too sure of itself.";
    page.data = {{"y", "n numbers or null", "the outcome of persons, or cell means"},
                 {"cluster", "n labels", "the cluster"},
                 {"period", "n labels", "the period"},
                 {"treated", "n numbers from 0 to 1", "1 when the cluster has the programme in that period"}};
    page.options = {
        {"model", "hussey_hughes", "random cluster intercept and a fixed effect per period", "\"hussey_hughes\""},
        mixed_df_option("degrees of freedom"),
        level_option()};
    page.result = effect_results();
    page.result.push_back({"var_cluster", "number ≥ 0", "variance between clusters"});
    page.result.push_back({"var_residual", "number > 0", "variance within clusters"});
    page.result.push_back({"n", "whole number", "rows used"});
    page.result.push_back({"n_clusters", "whole number", "clusters used"});
    page.result.push_back({"n_periods", "whole number", "periods used"});
    page.result.push_back(dropped_result());
    page.formula = "REML of $y_{ijk}=\\mu+\\beta_j+\\theta x_{ij}+u_i+e_{ijk}$, as model.lmm.";
    page.sources = {"Hussey & Hughes 2007, doi:10.1016/j.cct.2006.05.007",
                    "Hooper et al. 2016, doi:10.1002/sim.7028"};
    page.pitfalls = {
        "Time and programme go together by design: without period effects a trend looks like an effect."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"design.stepped_wedge","data":{"y":[5,6,8,8,4,5,5,7,6,6,7,9,5,5,6,6],"cluster":["a","a","a","a","b","b","b","b","c","c","c","c","d","d","d","d"],"period":[1,2,3,4,1,2,3,4,1,2,3,4,1,2,3,4],"treated":[0,0,1,1,0,0,0,1,0,1,1,1,0,0,0,1]}})";
    page.peer = "R lmerTest::lmer";
    return page;
}

} // namespace

void register_design(Registry& registry)
{
    registry.add({"design.did", page_did(), run_did, scripts::did});
    registry.add({"design.its", page_its(), run_its, scripts::its});
    registry.add({"design.stepped_wedge", page_stepped_wedge(), run_stepped_wedge, scripts::stepped_wedge});
}

} // namespace beproefd::statistics::door
