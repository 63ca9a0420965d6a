// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/model_parts.hpp"
#include "statistics/door/samples.hpp"
#include "statistics/door/scripts.hpp"
#include "statistics/limits.hpp"
#include "statistics/regression/ordinal_model.hpp"

#include <algorithm>
#include <map>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

Field outcome_data() { return {"y", "n numbers or null", "the outcome, in its own unit"}; }
Field regressor_data()
{
    return {"x", "list of {name, values}", "regressors in order; categories as 0/1 columns; none: the mean only"};
}
Field intercept_option() { return {"intercept", "true or false", "start with a column of ones", "true"}; }
Field coefficients_result(std::string df)
{
    return {"coefficients", "list of {name, estimate, se, stat, df, p, ci_lo, ci_hi}",
            "one per column, (intercept) first; " + std::move(df)};
}

Outcome<json::object> run_ols(Request& request)
{
    const auto vcov = read_covariance(request, Covariance::classical);
    const double level = request.level();
    const bool intercept = request.flag("intercept", true);
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    rows.regressors("x", false);
    const auto& clusters = read_clusters(request, rows, vcov);
    rows.complete();
    const Design design = rows.design();
    if (request.refused())
        return request.error();
    const auto model = linear_model(design, intercept, y, vcov, clusters, level);
    if (!model)
        return located(model.error(), "data.y");
    warn_of_perfect_fit(request, model->perfect_fit);
    for (const auto j : model->without_information)
        request.warn("no_cluster_information", no_cluster_information(model->coefficients[j].name).message,
                     "data.cluster");
    json::object result;
    result["n"] = model->n;
    result["coefficients"] = json_coefficients(model->coefficients);
    result["r2"] = json_number(model->r_squared);
    result["sigma"] = json_number(model->sigma);
    result["df_residual"] = json_number(model->df_residual);
    if (needs_clusters(vcov))
        result["n_clusters"] = model->clusters;
    result["n_dropped"] = rows.dropped();
    return result;
}

Page page_ols()
{
    Page page;
    page.title = "Linear regression";
    page.purpose =
        "A difference after, adjusted for what was measured before (analysis of covariance), with standard "
        "errors that allow for unequal variances (HC) or for clusters (CR2).";
    page.when_not =
        "Below ten clusters use CR2 and read its degrees of freedom; for persons in groups of unequal size "
        "with an effect on persons, model.lmm has more power.";
    page.data = {outcome_data(), regressor_data(), {"cluster", "n labels", "for CR*: who belongs together"}};
    page.options = {covariance_option("variance of the coefficients; HC3 is the safe choice in small samples, CR2 "
                                      "with clusters",
                                      "\"classical\""),
                    intercept_option(), level_option()};
    page.result = {{"n", "whole number", "rows used"},
                   coefficients_result("df n − p, with CR* Satterthwaite's"),
                   {"r2", "fraction or null", "explained share of the variance; about 0 without an intercept"},
                   {"sigma", "number", "residual standard deviation"},
                   {"df_residual", "number", "n − p"},
                   {"n_clusters", "whole number", "with CR*"},
                   dropped_result()};
    page.formula =
        "Householder QR of scaled columns. CR2 multiplies the residuals of a cluster by "
        "$(I-H_{ii})^{-1/2}$ (pseudo-inverse), degrees of freedom by Satterthwaite under independent errors "
        "of one variance.";
    page.sources = {"MacKinnon & White 1985, doi:10.1016/0304-4076(85)90158-7", "Bell & McCaffrey 2002",
                    "Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004"};
    page.pitfalls = {"A covariate measured after the start may itself be an effect: do not adjust for it.",
                     "Collinear columns are refused, never dropped."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"model.ols","data":{"y":[3,5,4,6,7,8,6,9],"x":[{"name":"treated","values":[0,0,0,0,1,1,1,1]},{"name":"before","values":[2,4,3,5,4,5,3,6]}]},"options":{"vcov":"HC3"}})";
    page.peer = "R stats::lm with sandwich::vcovHC or clubSandwich::coef_test";
    return page;
}

Outcome<json::object> run_lmm(Request& request)
{
    const auto fit = request.choice<Likelihood>("fit", {{"REML", Likelihood::restricted}, {"ML", Likelihood::full}},
                                                Likelihood::restricted);
    const auto df = read_mixed_df(request);
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.numbers("y");
    rows.regressors("x", false);
    const auto& groups = rows.labels("group");
    rows.complete();
    const Design design = rows.design();
    if (request.refused())
        return request.error();
    const auto model = mixed_model(design, y, groups, fit, df, level);
    if (!model)
        return located(model.error(), "data.y");
    if (model->boundary)
        request.warn("singular_fit", "The variance between groups is estimated as zero.", "data.group");
    json::object result;
    result["n"] = model->n;
    result["n_groups"] = model->groups;
    result["var_group"] = json_number(model->variance_group);
    result["var_residual"] = json_number(model->variance_residual);
    result["icc"] = json_number(model->variance_group / (model->variance_group + model->variance_residual));
    result["loglik"] = json_number(model->log_likelihood);
    result["coefficients"] = json_coefficients(model->coefficients);
    result["n_dropped"] = rows.dropped();
    return result;
}

Page page_lmm()
{
    Page page;
    page.title = "Mixed model with a random intercept";
    page.purpose = "Persons in groups, schools or municipalities, or several measurements of one person: each group "
                   "has its own level.";
    page.when_not = "With two or three groups their variance cannot be estimated: use groups as 0/1 columns in "
                    "model.ols, and do not generalise beyond them.";
    page.data = {outcome_data(), regressor_data(), {"group", "n labels", "who belongs together"}};
    page.options = {
        {"fit", "one of REML, ML", "restricted or full likelihood", "\"REML\""},
        mixed_df_option("degrees of freedom; kenward_roger also adjusts the standard errors and needs REML"),
        intercept_option(),
        level_option()};
    page.result = {{"n", "whole number", "rows used"},
                   {"n_groups", "whole number", "groups"},
                   {"var_group", "number ≥ 0", "variance between groups"},
                   {"var_residual", "number > 0", "variance within groups"},
                   {"icc", "fraction", "intraclass correlation: share of the variance between groups"},
                   {"loglik", "number", "REML without the ½ln|X'X| term, as lme4"},
                   coefficients_result("t with the degrees of freedom asked for"),
                   dropped_result()};
    page.formula = "Profile likelihood of $\\lambda=\\sigma_u^2/\\sigma^2$ from sums per group size; the global "
                   "maximum on $[0,\\infty)$ by a grid, then the root of the score. Satterthwaite from the exact "
                   "second derivatives; Kenward–Roger from the expected information.";
    page.sources = {"Bates et al. 2015, doi:10.18637/jss.v067.i01",
                    "Kuznetsova et al. 2017, doi:10.18637/jss.v082.i13", "Kenward & Roger 1997, doi:10.2307/2533558"};
    page.pitfalls = {
        "A variance estimated as zero (warning singular_fit) does not show that groups are equal.",
        "An effect that is the same for everyone in a group has as many observations as there are groups."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"model.lmm","data":{"y":[5,6,7,4,5,5,8,9,8,6,7,6],"x":[{"name":"after","values":[0,1,1,0,1,0,0,1,1,0,1,0]}],"group":["a","a","a","b","b","b","c","c","c","d","d","d"]}})";
    page.peer = "R lmerTest::lmer; pbkrtest for Kenward–Roger";
    return page;
}

Outcome<json::object> run_ordinal(Request& request)
{
    request.choice<int>("link", {{"logit", 0}}, 0);
    const double level = request.level();
    Rows rows{request, limits::observations};
    const auto& y = rows.integers("y");
    const auto& x = rows.regressors("x", false);
    rows.complete();
    if (request.refused())
        return request.error();
    std::map<double, std::size_t> categories;
    for (const double value : y)
        categories.emplace(value, 0);
    std::size_t next = 0;
    json::array values;
    for (auto& [value, number] : categories) {
        number = next++;
        values.push_back(json_number(value));
    }
    const double span = categories.rbegin()->first - categories.begin()->first + 1;
    if (categories.size() > limits::regressors)
        return too_large("There are more than " + std::to_string(limits::regressors) + " categories.", "data.y");
    if (span > static_cast<double>(categories.size()))
        request.warn("empty_categories", "Some categories between the lowest and the highest do not occur.",
                     "data.y");
    std::vector<std::size_t> numbers;
    numbers.reserve(y.size());
    for (const double value : y)
        numbers.push_back(categories.at(value));
    const auto model = ordinal_model(x, numbers, categories.size(), level);
    if (!model)
        return located(model.error(), "data.y");
    json::object result;
    result["n"] = model->n;
    result["thresholds"] = json_numbers(model->thresholds);
    result["loglik"] = json_number(model->log_likelihood);
    result["coefficients"] = json_coefficients(model->coefficients);
    result["categories"] = std::move(values);
    result["n_dropped"] = rows.dropped();
    return result;
}

Page page_ordinal()
{
    Page page;
    page.title = "Ordinal regression (proportional odds)";
    page.purpose = "An outcome on a few ordered steps, such as a Likert item, without pretending that the steps are "
                   "equally wide.";
    page.when_not =
        "For a sum of many items model.ols is simpler and nearly as good. When effects differ per step the "
        "model does not fit.";
    page.data = {{"y", "n whole numbers or null", "ordered categories; the numbers only give the order"},
                 {"x", "list of {name, values}", "regressors, without an intercept"}};
    page.options = {{"link", "logit", "the link", "\"logit\""}, level_option()};
    page.result = {{"n", "whole number", "rows used"},
                   {"thresholds", "list of numbers", "θ, ascending; one less than the categories"},
                   {"loglik", "number", "log-likelihood"},
                   coefficients_result("Wald z, df null; no intercept; exp(estimate) is an odds ratio"),
                   {"categories", "list of numbers", "the values of y that occur"},
                   dropped_result()};
    page.formula = "$\\operatorname{logit} P(Y\\le j)=\\theta_j-x\\beta$, Newton's method on the concave "
                   "log-likelihood, standard errors from the observed information.";
    page.sources = {"McCullagh 1980, doi:10.1111/j.2517-6161.1980.tb01109.x",
                    "Pratt 1981, doi:10.1080/01621459.1981.10477613"};
    page.pitfalls = {"A regressor that separates the categories has an infinite estimate: no_convergence.",
                     "A positive coefficient goes with higher categories."};
    page.example =
        R"({"contract":"beproefd.analyse/1","method":"model.ordinal","data":{"y":[1,2,2,3,1,3,2,3,3,2],"x":[{"name":"treated","values":[0,0,0,0,0,1,1,1,1,1]}]}})";
    page.peer = "R ordinal::clm, MASS::polr";
    return page;
}

} // namespace

void register_models(Registry& registry)
{
    registry.add({"model.ols", page_ols(), run_ols, scripts::ols});
    registry.add({"model.lmm", page_lmm(), run_lmm, scripts::lmm});
    registry.add({"model.ordinal", page_ordinal(), run_ordinal, scripts::ordinal});
}

} // namespace beproefd::statistics::door
