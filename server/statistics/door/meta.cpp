// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/r_script.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/door/request.hpp"
#include "statistics/limits.hpp"
#include "statistics/meta/bayes.hpp"
#include "statistics/meta/influence.hpp"
#include "statistics/meta/multilevel.hpp"
#include "statistics/meta/permutation.hpp"
#include "statistics/meta/publication_bias.hpp"
#include "statistics/meta/random_effects.hpp"
#include "statistics/meta/robust.hpp"
#include "statistics/meta/tables.hpp"

#include <fmt/format.h>

#include <cmath>

namespace beproefd::statistics::door {
namespace {

using namespace meta;
namespace json = boost::json;

// --- reading
// --------------------------------------------------------------------------------------------------------

TauMethod read_tau_method(Request& request)
{
    using enum TauMethod;
    return request.choice<TauMethod>("tau2_method",
                                     {{"REML", REML},
                                      {"ML", ML},
                                      {"DL", DL},
                                      {"HE", HE},
                                      {"HS", HS},
                                      {"SJ", SJ},
                                      {"EB", EB},
                                      {"PM", PM},
                                      {"FE", FE}},
                                     REML);
}

meta::Test read_test(Request& request)
{
    return request.choice<meta::Test>("test", {{"z", meta::Test::normal}, {"knha", meta::Test::knapp_hartung}},
                                      meta::Test::normal);
}

Likelihood read_likelihood(Request& request)
{
    return request.choice<Likelihood>("fit", {{"REML", Likelihood::REML}, {"ML", Likelihood::ML}}, Likelihood::REML);
}

/// Effects, variances and moderators with the rows that have a missing value left out.
struct Studies {
    explicit Studies(Request& request) : rows(request, limits::studies) {}

    Rows rows;
    std::vector<double> y;
    std::vector<double> v;
    Design design;
};

/// Reads yi, vi and x; `more` reads further columns before incomplete rows are dropped.
template<class F>
void read_studies(Request& request, Studies& studies, bool moderators, F&& more)
{
    const auto &y = studies.rows.numbers("yi"), &v = studies.rows.numbers("vi", positive);
    if (moderators)
        studies.rows.regressors("x", false);
    more(studies.rows);
    studies.rows.complete();
    if (request.refused())
        return;
    studies.y = y;
    studies.v = v;
    studies.design = moderators ? studies.rows.design() : intercept_only(y.size());
}

void read_studies(Request& request, Studies& studies, bool moderators)
{
    read_studies(request, studies, moderators, [](Rows&) {});
}

// --- methods
// --------------------------------------------------------------------------------------------------------

json::array json_predictions(std::span<const Prediction> predictions)
{
    json::array array;
    for (const auto& prediction : predictions)
        array.push_back(json::object{{"pred", json_number(prediction.estimate)},
                                     {"se", json_number(prediction.standard_error)},
                                     {"ci_lo", json_number(prediction.ci_lo)},
                                     {"ci_hi", json_number(prediction.ci_hi)},
                                     {"pi_lo", json_number(prediction.pi_lo)},
                                     {"pi_hi", json_number(prediction.pi_hi)}});
    return array;
}

/// Rows of moderator values for which a prediction is asked, the intercept put before them.
std::vector<std::vector<double>> read_new_rows(Request& request, const Design& design)
{
    std::vector<std::vector<double>> rows;
    const auto* value = request.option("new_x");
    if (!value)
        return rows;
    const bool intercept = !design.names.empty() && design.names.front() == intercept_name;
    const std::size_t width = design.columns() - (intercept ? 1 : 0);
    const auto* list = value->if_array();
    if (!list || list->size() > limits::studies) {
        request.refuse(list ? too_large("'options.new_x' has too many rows.", "options.new_x")
                            : invalid_option("'options.new_x' has to be a list of rows.", "options.new_x"));
        return rows;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto path = fmt::format("options.new_x[{}]", i);
        const auto* row = (*list)[i].if_array();
        if (!row || row->size() != width) {
            request.refuse(invalid_option(
                fmt::format("'{}' has to be a list of {} numbers, one per moderator without the intercept.", path,
                            width),
                path));
            return rows;
        }
        std::vector<double> x(intercept ? 1 : 0, 1.0);
        for (const auto& item : *row) {
            if (!item.is_number() || !std::isfinite(item.to_number<double>())) {
                request.refuse(invalid_option(fmt::format("'{}' has to hold finite numbers.", path), path));
                return rows;
            }
            x.push_back(item.to_number<double>());
        }
        rows.push_back(std::move(x));
    }
    return rows;
}

Outcome<json::object> run_rma(Request& request)
{
    RandomEffectsOptions options;
    options.tau_method = read_tau_method(request);
    options.test = read_test(request);
    options.level = request.level();
    options.prediction_interval = request.choice<PredictionInterval>(
        "pi_method", {{"same", PredictionInterval::same}, {"riley", PredictionInterval::riley}},
        PredictionInterval::same);
    options.tau2_interval = request.choice<bool>("tau2_ci", {{"none", false}, {"q_profile", true}}, false);
    Studies studies(request);
    read_studies(request, studies, true);
    if (request.refused())
        return request.error();
    const auto new_rows = read_new_rows(request, studies.design);
    if (request.refused())
        return request.error();

    const auto model = random_effects(studies.y, studies.v, studies.design, options);
    if (!model)
        return model.error();
    request.warn(model.warnings());
    json::object result{{"k", model->k},
                        {"p", model->p},
                        {"n_dropped", studies.rows.dropped()},
                        {"tau2", json_number(model->tau2)},
                        {"se_tau2", json_number(model->tau2_standard_error)},
                        {"i2", json_number(model->i2)},
                        {"h2", json_number(model->h2)},
                        {"q", json_number(model->q)},
                        {"q_df", json_number(model->q_df)},
                        {"q_p", json_number(model->q_p)},
                        {"coefficients", json_coefficients(model->coefficients)},
                        {"qm", json_number(model->qm)},
                        {"qm_df1", json_number(model->qm_df1)},
                        {"qm_df2", json_number(model->qm_df2)},
                        {"qm_p", json_number(model->qm_p)},
                        {"r2", json_number(model->r2)},
                        {"loglik_ml", json_number(model->log_likelihood_ml)},
                        {"loglik_reml", json_number(model->log_likelihood_reml)}};
    if (model->pooled) {
        result["pi_lo"] = json_number(model->pooled->pi_lo);
        result["pi_hi"] = json_number(model->pooled->pi_hi);
    }
    if (options.tau2_interval) {
        result["tau2_ci_lo"] = json_number(model->tau2_lo);
        result["tau2_ci_hi"] = json_number(model->tau2_hi);
        result["i2_ci_lo"] = json_number(model->i2_lo);
        result["i2_ci_hi"] = json_number(model->i2_hi);
    }
    if (request.has_option("new_x")) {
        std::vector<Prediction> predictions;
        for (const auto& row : new_rows)
            predictions.push_back(predict(*model, row, options));
        result["predictions"] = json_predictions(predictions);
    }
    return result;
}

Outcome<json::object> run_influence(Request& request)
{
    const auto method = read_tau_method(request);
    Studies studies(request);
    read_studies(request, studies, true);
    if (request.refused())
        return request.error();
    const auto found = influence(studies.y, studies.v, studies.design, method, request.execution());
    if (!found)
        return found.error();
    request.warn(found.warnings());
    json::array dfbs, influential;
    for (std::size_t j = 0; j < studies.design.columns(); ++j)
        dfbs.push_back(json_numbers(found->dfbs.column(j)));
    for (const bool flag : found->influential)
        influential.push_back(flag);
    return json::object{{"rstudent", json_numbers(found->rstudent)},
                        {"dffits", json_numbers(found->dffits)},
                        {"cook_d", json_numbers(found->cook_d)},
                        {"cov_r", json_numbers(found->cov_r)},
                        {"tau2_del", json_numbers(found->tau2_del)},
                        {"qe_del", json_numbers(found->qe_del)},
                        {"hat", json_numbers(found->hat)},
                        {"weight", json_numbers(found->weight)},
                        {"dfbs", std::move(dfbs)},
                        {"influential", std::move(influential)},
                        {"n_dropped", studies.rows.dropped()}};
}

json::object json_series(const PooledSeries& series, std::size_t dropped)
{
    return {{"estimate", json_numbers(series.estimate)},
            {"se", json_numbers(series.standard_error)},
            {"ci_lo", json_numbers(series.ci_lo)},
            {"ci_hi", json_numbers(series.ci_hi)},
            {"p", json_numbers(series.p)},
            {"q", json_numbers(series.q)},
            {"tau2", json_numbers(series.tau2)},
            {"i2", json_numbers(series.i2)},
            {"n_dropped", dropped}};
}

RandomEffectsOptions read_pooling(Request& request)
{
    RandomEffectsOptions options;
    options.tau_method = read_tau_method(request);
    options.test = read_test(request);
    options.level = request.level();
    return options;
}

Outcome<json::object> run_leave1out(Request& request)
{
    const auto options = read_pooling(request);
    Studies studies(request);
    read_studies(request, studies, false);
    if (request.refused())
        return request.error();
    const auto series = leave_one_out(studies.y, studies.v, options, request.execution());
    if (!series)
        return series.error();
    return json_series(*series, studies.rows.dropped());
}

Outcome<json::object> run_cumulative(Request& request)
{
    const auto options = read_pooling(request);
    Studies studies(request);
    const std::vector<double>* order = nullptr;
    read_studies(request, studies, false, [&](Rows& rows) { order = &rows.optional_numbers("order"); });
    if (request.refused())
        return request.error();
    const auto series = cumulative(studies.y, studies.v, *order, options, request.execution());
    if (!series)
        return series.error();
    return json_series(*series, studies.rows.dropped());
}

Outcome<json::object> run_egger(Request& request)
{
    const bool weighted = request.choice<bool>("model", {{"lm", true}, {"rma", false}}, true);
    using enum EggerPredictor;
    const auto predictor = request.choice<EggerPredictor>(
        "predictor",
        {{"sei", sei}, {"vi", vi}, {"ni", ni}, {"ninv", ninv}, {"sqrtni", sqrtni}, {"sqrtninv", sqrtninv}}, sei);
    const auto method = read_tau_method(request);
    const double level = request.level();
    Studies studies(request);
    const std::vector<double>* sizes = nullptr;
    const bool by_size = predictor != sei && predictor != vi;
    read_studies(request, studies, false,
                 [&](Rows& rows) { sizes = by_size ? &rows.numbers("ni", positive) : &rows.optional_numbers("ni"); });
    if (request.refused())
        return request.error();
    const auto found = egger(studies.y, studies.v, *sizes, predictor, weighted, method, level);
    if (!found)
        return found.error();
    request.warn(found.warnings());
    return json::object{{"stat", json_number(found->statistic)},
                        {"df", json_number(found->df)},
                        {"p", json_number(found->p)},
                        {"limit_estimate", json_number(found->limit)},
                        {"limit_ci_lo", json_number(found->limit_ci_lo)},
                        {"limit_ci_hi", json_number(found->limit_ci_hi)},
                        {"n_dropped", studies.rows.dropped()}};
}

Outcome<json::object> run_begg(Request& request)
{
    Studies studies(request);
    read_studies(request, studies, false);
    if (request.refused())
        return request.error();
    const auto found = begg(studies.y, studies.v, request.execution());
    if (!found)
        return found.error();
    request.warn(found.warnings());
    return json::object{{"tau", json_number(found->tau)},
                        {"p", json_number(found->p)},
                        {"exact", found->exact},
                        {"n_dropped", studies.rows.dropped()}};
}

Outcome<json::object> run_trimfill(Request& request)
{
    const auto method = read_tau_method(request);
    const auto estimator = request.choice<TrimFillEstimator>(
        "estimator", {{"L0", TrimFillEstimator::L0}, {"R0", TrimFillEstimator::R0}}, TrimFillEstimator::L0);
    std::optional<Side> side;
    if (request.has_option("side"))
        side = request.required_choice<Side>("side", {{"left", Side::left}, {"right", Side::right}});
    const double level = request.level();
    Studies studies(request);
    read_studies(request, studies, false);
    if (request.refused())
        return request.error();
    const auto found = trim_and_fill(studies.y, studies.v, method, estimator, side, level);
    if (!found)
        return found.error();
    request.warn(found.warnings());
    const auto& pooled = found->model.coefficients.front();
    return json::object{{"k0", found->filled},
                        {"side", found->side == Side::left ? "left" : "right"},
                        {"estimate", json_number(pooled.estimate)},
                        {"se", json_number(pooled.standard_error)},
                        {"ci_lo", json_number(pooled.ci_lo)},
                        {"ci_hi", json_number(pooled.ci_hi)},
                        {"tau2", json_number(found->model.tau2)},
                        {"filled_yi", json_numbers(found->filled_y)},
                        {"n_dropped", studies.rows.dropped()}};
}

Outcome<json::object> run_fsn(Request& request)
{
    const auto type = request.choice<FailSafe>(
        "type", {{"rosenthal", FailSafe::rosenthal}, {"orwin", FailSafe::orwin}, {"rosenberg", FailSafe::rosenberg}},
        FailSafe::rosenthal);
    const auto target = request.optional_number("target");
    const double alpha = request.alpha();
    Rows rows{request, limits::studies};
    const auto& y = rows.numbers("yi");
    const auto& v = type == FailSafe::orwin ? rows.optional_numbers("vi", positive) : rows.numbers("vi", positive);
    rows.complete();
    if (request.refused())
        return request.error();
    const auto number = fail_safe_n(y, v, type, target, alpha);
    if (!number)
        return number.error();
    if (std::isinf(*number))
        request.warn("infinite", "No number of studies without effect brings the mean to exactly 0.", "result.fsn");
    return json::object{{"fsn", json_number(*number)}, {"n_dropped", rows.dropped()}};
}

std::vector<Table> read_tables(Request& request, Rows& rows)
{
    const auto &a = rows.numbers("ai", not_negative), &b = rows.numbers("bi", not_negative),
               &c = rows.numbers("ci", not_negative), &d = rows.numbers("di", not_negative);
    rows.complete();
    std::vector<Table> tables;
    if (!request.refused())
        for (std::size_t i = 0; i < rows.size(); ++i)
            tables.push_back({a[i], b[i], c[i], d[i]});
    return tables;
}

json::object json_pooled_tables(const PooledTables& pooled, std::size_t dropped)
{
    json::object result{{"estimate", json_number(pooled.estimate)},
                        {"se", json_number(pooled.standard_error)},
                        {"ci_lo", json_number(pooled.ci_lo)},
                        {"ci_hi", json_number(pooled.ci_hi)},
                        {"p", json_number(pooled.p)},
                        {"q", json_number(pooled.q)},
                        {"q_p", json_number(pooled.q_p)},
                        {"i2", json_number(pooled.i2)}};
    if (pooled.cmh) {
        result["cmh"] = json_number(pooled.cmh);
        result["cmh_p"] = json_number(pooled.cmh_p);
        result["tarone"] = json_number(pooled.tarone);
        result["tarone_p"] = json_number(pooled.tarone_p);
    }
    result["n_dropped"] = dropped;
    return result;
}

Outcome<json::object> run_mh(Request& request)
{
    const auto measure = request.choice<RatioMeasure>(
        "measure",
        {{"OR", RatioMeasure::odds_ratio}, {"RR", RatioMeasure::risk_ratio}, {"RD", RatioMeasure::risk_difference}},
        RatioMeasure::odds_ratio);
    const bool correct = request.flag("correct", true);
    const double level = request.level();
    Rows rows{request, limits::studies};
    const auto tables = read_tables(request, rows);
    if (request.refused())
        return request.error();
    const auto pooled = mantel_haenszel(tables, measure, correct, level);
    if (!pooled)
        return pooled.error();
    return json_pooled_tables(*pooled, rows.dropped());
}

Outcome<json::object> run_peto(Request& request)
{
    const double level = request.level();
    Rows rows{request, limits::studies};
    const auto tables = read_tables(request, rows);
    if (request.refused())
        return request.error();
    const auto pooled = peto(tables, level);
    if (!pooled)
        return pooled.error();
    return json_pooled_tables(*pooled, rows.dropped());
}

/// data.levels: one or two objects with a name and ids.
struct Levels {
    const std::vector<std::size_t>* outer = nullptr;
    const std::vector<std::size_t>* inner = nullptr;
};

Levels read_levels(Request& request, Rows& rows)
{
    Levels levels;
    const auto* value = request.require_data("levels");
    if (!value)
        return levels;
    const auto* list = value->if_array();
    if (!list || list->empty() || list->size() > 2) {
        request.refuse(
            invalid_data("'data.levels' has to be a list of one or two levels, the outer one first.", "data.levels"));
        return levels;
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto path = fmt::format("data.levels[{}]", i);
        const auto* level = (*list)[i].if_object();
        const auto* ids = level ? level->if_contains("ids") : nullptr;
        if (!ids) {
            request.refuse(invalid_data(fmt::format("'{}' has to be an object with a name and ids.", path), path));
            return levels;
        }
        for (const auto& member : *level)
            if (member.key() != "name" && member.key() != "ids")
                request.refuse(invalid_data(fmt::format("'{}' has an unknown member.", path),
                                            fmt::format("{}.{}", path, std::string_view(member.key()))));
        (i == 0 ? levels.outer : levels.inner) = &rows.labels_in(*ids, path + ".ids");
    }
    return levels;
}

Outcome<json::object> run_multilevel(Request& request)
{
    const auto likelihood = read_likelihood(request);
    const double level = request.level();
    Studies studies(request);
    Levels levels;
    read_studies(request, studies, true, [&](Rows& rows) { levels = read_levels(request, rows); });
    if (request.refused())
        return request.error();
    static const std::vector<std::size_t> none;
    const auto model = multilevel(studies.y, studies.v, *levels.outer, levels.inner ? *levels.inner : none,
                                  studies.design, likelihood, level);
    if (!model)
        return model.error();
    request.warn(model.warnings());
    return json::object{{"k", studies.y.size()},
                        {"n_dropped", studies.rows.dropped()},
                        {"sigma2", json_numbers(model->sigma2)},
                        {"loglik", json_number(model->log_likelihood)},
                        {"q", json_number(model->q)},
                        {"q_df", json_number(model->q_df)},
                        {"q_p", json_number(model->q_p)},
                        {"coefficients", json_coefficients(model->coefficients)}};
}

Outcome<json::object> run_robust(Request& request)
{
    const bool with_levels = request.choice<bool>("model", {{"rma", false}, {"multilevel", true}}, false);
    const auto method = read_tau_method(request);
    const auto likelihood = read_likelihood(request);
    using enum ClusterVariance;
    const auto type = request.choice<ClusterVariance>(
        "vcov", {{"CR0", CR0}, {"CR1", CR1}, {"CR1S", CR1S}, {"CR2", CR2}, {"CR3", CR3}}, CR2);
    request.choice<bool>("df", {{"satterthwaite", true}}, true);
    const double level = request.level();
    Studies studies(request);
    Levels levels;
    const std::vector<std::size_t>* cluster = nullptr;
    read_studies(request, studies, true, [&](Rows& rows) {
        cluster = &rows.labels("cluster");
        if (with_levels)
            levels = read_levels(request, rows);
    });
    if (!with_levels && request.has_data("levels"))
        request.refuse(invalid_data("Levels go with the model multilevel.", "data.levels"));
    if (request.refused())
        return request.error();

    WorkingModel working;
    std::vector<Coefficient> coefficients;
    Matrix covariance;
    working.diagonal = studies.v;
    if (with_levels) {
        static const std::vector<std::size_t> none;
        const auto model = multilevel(studies.y, studies.v, *levels.outer, levels.inner ? *levels.inner : none,
                                      studies.design, likelihood, level);
        if (!model)
            return model.error();
        coefficients = model->coefficients;
        covariance = model->covariance;
        working.outer = *levels.outer;
        working.outer_variance = model->sigma2[0];
        if (levels.inner) {
            working.inner = *levels.inner;
            working.inner_variance = model->sigma2[1];
        }
    } else {
        const auto model =
            random_effects(studies.y, studies.v, studies.design, {.tau_method = method, .level = level});
        if (!model)
            return model.error();
        coefficients = model->coefficients;
        covariance = model->covariance;
        for (double& value : working.diagonal)
            value += model->tau2;
    }
    std::vector<double> beta;
    for (const auto& item : coefficients)
        beta.push_back(item.estimate);
    const auto robust = cluster_robust(studies.y, studies.design, beta, covariance, *cluster, working, type, level,
                                       request.execution());
    if (!robust)
        return robust.error();
    request.warn(robust.warnings());
    return json::object{{"n_clusters", robust->clusters},
                        {"n_dropped", studies.rows.dropped()},
                        {"coefficients", json_coefficients(robust->coefficients)}};
}

Outcome<json::object> run_permutation(Request& request)
{
    PermutationOptions options;
    options.tau_method = read_tau_method(request);
    options.test = read_test(request);
    if (request.has_option("exact"))
        options.exact = request.flag("exact", true);
    options.resamples = request.replicates("resamples", options.resamples);
    options.seed = request.seed();
    Studies studies(request);
    read_studies(request, studies, true);
    if (request.refused())
        return request.error();
    const auto found = permutation_test(studies.y, studies.v, studies.design, options, request.execution());
    if (!found)
        return found.error();
    request.warn(found.warnings());
    json::array coefficients;
    for (std::size_t j = 0; j < found->p.size(); ++j)
        coefficients.push_back(json::object{{"name", studies.design.names[j]}, {"p", json_number(found->p[j])}});
    return json::object{{"n_perm", found->permutations},
                        {"exact", found->exact},
                        {"n_dropped", studies.rows.dropped()},
                        {"coefficients", std::move(coefficients)}};
}

Outcome<json::object> run_blup(Request& request)
{
    RandomEffectsOptions options;
    options.tau_method = read_tau_method(request);
    options.level = request.level();
    Studies studies(request);
    read_studies(request, studies, true);
    if (request.refused())
        return request.error();
    const auto model = random_effects(studies.y, studies.v, studies.design, options);
    if (!model)
        return model.error();
    const auto effects = shrunken_effects(*model, studies.y, studies.v, studies.design, options.level);
    std::vector<double> estimate, error, low, high;
    for (const auto& effect : effects) {
        estimate.push_back(effect.estimate);
        error.push_back(effect.standard_error);
        low.push_back(effect.pi_lo);
        high.push_back(effect.pi_hi);
    }
    return json::object{{"pred", json_numbers(estimate)},   {"se", json_numbers(error)},
                        {"pi_lo", json_numbers(low)},       {"pi_hi", json_numbers(high)},
                        {"tau2", json_number(model->tau2)}, {"n_dropped", studies.rows.dropped()}};
}

/// A number above 0 (or any) in an object among the options, such as options.tau_prior.scale.
double prior_number(Request& request, const json::object& prior, std::string_view where, std::string_view name,
                    Range range)
{
    const auto path = fmt::format("options.{}.{}", where, name);
    const auto* value = prior.if_contains(name);
    if (!value) {
        request.refuse({ErrorCode::missing_field, fmt::format("'{}' is missing.", path), path});
        return 1;
    }
    const double number = value->is_number() ? value->to_number<double>() : std::nan("");
    if (!range.contains(number))
        request.refuse(invalid_option(fmt::format("'{}' is no number that fits here.", path), path));
    return number;
}

const json::object* prior_of(Request& request, std::string_view name, std::initializer_list<std::string_view> members)
{
    const auto* value = request.option(name);
    if (!value)
        return nullptr;
    const auto* prior = value->if_object();
    if (!prior) {
        request.refuse(
            invalid_option(fmt::format("'options.{}' has to be an object.", name), fmt::format("options.{}", name)));
        return nullptr;
    }
    for (const auto& member : *prior)
        if (std::find(members.begin(), members.end(), std::string_view(member.key())) == members.end())
            request.refuse(invalid_option(fmt::format("'options.{}' has an unknown member.", name),
                                          fmt::format("options.{}.{}", name, std::string_view(member.key()))));
    return prior;
}

Outcome<json::object> run_bayes(Request& request)
{
    BayesOptions options;
    options.level = request.level();
    request.choice<bool>("interval", {{"central", true}}, true);
    request.require_option("tau_prior");
    if (const auto* prior = prior_of(request, "tau_prior", {"family", "scale"})) {
        const auto* family = prior->if_contains("family");
        if (!family)
            request.refuse(
                {ErrorCode::missing_field, "'options.tau_prior.family' is missing.", "options.tau_prior.family"});
        else if (*family == "half_cauchy")
            options.tau_prior = TauPrior::half_cauchy;
        else if (*family != "half_normal")
            request.refuse(invalid_option("'options.tau_prior.family' has to be half_normal or half_cauchy.",
                                          "options.tau_prior.family"));
        options.tau_scale = prior_number(request, *prior, "tau_prior", "scale", positive);
    }
    if (const auto* prior = prior_of(request, "mu_prior", {"mean", "sd"})) {
        options.informative_mean = true;
        options.mean_prior_mean = prior_number(request, *prior, "mu_prior", "mean", any_number);
        options.mean_prior_sd = prior_number(request, *prior, "mu_prior", "sd", positive);
    }
    Studies studies(request);
    read_studies(request, studies, false);
    if (request.refused())
        return request.error();
    const auto found = bayes(studies.y, studies.v, options);
    if (!found)
        return found.error();
    request.warn(found.warnings());
    const auto write = [](const Posterior& posterior) {
        return json::object{{"mean", json_number(posterior.mean)},
                            {"median", json_number(posterior.median)},
                            {"sd", json_number(posterior.sd)},
                            {"ci_lo", json_number(posterior.ci_lo)},
                            {"ci_hi", json_number(posterior.ci_hi)}};
    };
    return json::object{{"mu", write(found->mean_effect)},
                        {"tau", write(found->tau)},
                        {"predictive", write(found->new_study)},
                        {"n_dropped", studies.rows.dropped()}};
}

// --- pages
// ----------------------------------------------------------------------------------------------------------

const Field effects{"yi", "k numbers", "effects of the studies, in one unit (ratios on the log scale)"};
const Field variances{"vi", "k numbers > 0, that unit squared", "their sampling variances"};
const Field moderators{"x", "list of {name, values}", "moderators, k values each; categories as dummies"};
const Field tau_method{"tau2_method", "one of REML, ML, DL, HE, HS, SJ, EB, PM, FE",
                       "how τ² is estimated; FE is one effect for all", "\"REML\""};
const Field test_option{"test", "one of z, knha", "normal, or Knapp and Hartung's t and F", "\"z\""};
const Field level_option{"level", "fraction between 0 and 1", "of the intervals", "0.95"};
const Field intercept_option{"intercept", "true or false", "whether the model has an intercept", "true"};
const Field seed_option{"seed", "whole number, 64 bits", "of the random numbers", "20240101"};
const Field dropped_result{"n_dropped", "count", "rows left out because a value is missing"};
const Field coefficients_result{"coefficients", "list of {name, estimate, se, stat, df, p, ci_lo, ci_hi}",
                                "df is null where the normal distribution is used"};

constexpr auto example_studies =
    R"("yi":[-0.24,-0.51,0.32,-0.10,-0.78,-0.19,-0.24,-0.50,-0.15],"vi":[0.039,0.015,0.097,0.021,0.061,0.041,0.035,0.103,0.015])";

std::string example(std::string_view method, std::string_view more_data = "", std::string_view options = "{}")
{
    return fmt::format(R"({{"contract":"beproefd.analyse/1","method":"{}","data":{{{}{}}},"options":{}}})", method,
                       example_studies, more_data, options);
}

constexpr auto example_tables = R"("data":{"ai":[4,6,3],"bi":[119,300,228],"ci":[11,29,11],"di":[128,274,209]})";

// --- the same in R
// --------------------------------------------------------------------------------------------------

/// Up to which change of τ² metafor searches on.
constexpr std::string_view to_the_maximum_in_r = ", control=list(threshold=1e-13, maxiter=10000, tol=1e-13)";

/// Writes yi, vi, the moderators and the fit of metafor::rma as `model`.
void fit_in_r(Request& request, RScript& r)
{
    r.column("yi", "yi");
    r.column("vi", "vi");
    if (request.has_data("ni"))
        r.column("ni", "ni");
    const bool moderators = r.frame("x", "x");
    r.line(fmt::format(
        "model <- rma(yi, vi{}{}, method={}, test={}, level={}{})", request.has_data("ni") ? ", ni=ni" : "",
        moderators ? fmt::format(", mods=as.matrix(x){}", request.flag("intercept", true) ? "" : ", intercept=FALSE")
                   : "",
        RScript::quoted(request.text("tau2_method", "REML")), RScript::quoted(request.text("test", "z")),
        100 * request.number("level", 0.95), to_the_maximum_in_r));
}

void print_coefficients_in_r(RScript& r)
{
    r.print("coefficients.estimate", "model$beta");
    r.print("coefficients.se", "model$se");
    r.print("coefficients.stat", "model$zval");
    r.print("coefficients.p", "model$pval");
    r.print("coefficients.ci_lo", "model$ci.lb");
    r.print("coefficients.ci_hi", "model$ci.ub");
}

Outcome<std::string> script_rma(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    for (const auto& [name, expression] : std::initializer_list<std::pair<const char*, const char*>>{
             {"k", "model$k"},
             {"p", "model$p"},
             {"tau2", "model$tau2"},
             {"se_tau2", "model$se.tau2"},
             {"i2", "model$I2"},
             {"h2", "model$H2"},
             {"q", "model$QE"},
             {"q_p", "model$QEp"},
             {"loglik_ml", "model$fit.stats[\"ll\", \"ML\"]"},
             {"loglik_reml", "model$fit.stats[\"ll\", \"REML\"]"}})
        r.print(name, expression);
    print_coefficients_in_r(r);
    if (request.has_data("x")) {
        r.print("qm", "model$QM");
        r.print("qm_p", "model$QMp");
    } else if (request.text("tau2_method", "REML") != "FE") {
        r.line(fmt::format("pooled <- predict(model{})",
                           request.text("pi_method", "same") == "riley" ? ", pi.type=\"riley\"" : ""));
        r.print("pi_lo", "pooled$pi.lb");
        r.print("pi_hi", "pooled$pi.ub");
    }
    if (request.text("tau2_ci", "none") == "q_profile") {
        r.line("profile <- confint(model, control=list(tol=1e-13))$random");
        r.print("tau2_ci_lo", "profile[1, 2]");
        r.print("tau2_ci_hi", "profile[1, 3]");
    }
    return r.text();
}

Outcome<std::string> script_influence(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    r.line("found <- influence(model)");
    for (const auto& [name, expression] :
         std::initializer_list<std::pair<const char*, const char*>>{{"rstudent", "found$inf$rstudent"},
                                                                    {"dffits", "found$inf$dffits"},
                                                                    {"cook_d", "found$inf$cook.d"},
                                                                    {"cov_r", "found$inf$cov.r"},
                                                                    {"tau2_del", "found$inf$tau2.del"},
                                                                    {"qe_del", "found$inf$QE.del"},
                                                                    {"hat", "found$inf$hat"},
                                                                    {"weight", "found$inf$weight"}})
        r.print(name, expression);
    return r.text();
}

Outcome<std::string> script_series(Request& request, std::string_view call, bool leave_one_out)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    if (!leave_one_out && request.has_data("order")) {
        r.column("order_key", "order");
        r.line("found <- cumul(model, order=order_key)");
    } else {
        r.line(call);
    }
    r.print("estimate", "found$estimate");
    r.print("se", "found$se");
    if (request.text("tau2_method", "REML") != "FE")
        r.print("tau2", "found$tau2");
    if (leave_one_out) {
        r.print("p", "found$pval");
        r.print("q", "found$Q");
        r.print("i2", "found$I2");
    } else {
        r.print("ci_lo", "found$ci.lb");
        r.print("ci_hi", "found$ci.ub");
    }
    return r.text();
}

Outcome<std::string> script_egger(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    const auto predictor = request.text("predictor", "sei");
    r.line(fmt::format("found <- regtest(model, model={}, predictor={})",
                       RScript::quoted(request.text("model", "lm")), RScript::quoted(predictor)));
    r.print("stat", "found$zval");
    r.print("p", "found$pval");
    if (predictor != "ni" && predictor != "sqrtni") {
        r.print("limit_estimate", "found$est");
        r.print("limit_ci_lo", "found$ci.lb");
        r.print("limit_ci_hi", "found$ci.ub");
    }
    return r.text();
}

Outcome<std::string> script_begg(Request& request)
{
    RScript r{request, {"metafor"}};
    r.column("yi", "yi");
    r.column("vi", "vi");
    r.line("found <- suppressWarnings(ranktest(yi, vi))");
    r.print("tau", "found$tau");
    r.print("p", "found$pval");
    return r.text();
}

Outcome<std::string> script_trimfill(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    // Refits by scoring end where R ends them by itself (docs/decisions/0056).
    const auto method = request.text("tau2_method", "REML");
    const bool scoring = method == "REML" || method == "ML" || method == "EB";
    r.line(fmt::format(
        "found <- trimfill(model, estimator={}{}{})", RScript::quoted(request.text("estimator", "L0")),
        request.has_option("side") ? fmt::format(", side={}", RScript::quoted(request.text("side", "left"))) : "",
        scoring ? "" : to_the_maximum_in_r));
    r.print("k0", "found$k0");
    r.print("estimate", "found$beta");
    r.print("se", "found$se");
    r.print("ci_lo", "found$ci.lb");
    r.print("ci_hi", "found$ci.ub");
    r.print("tau2", "found$tau2");
    r.print("filled_yi", "sort(found$yi[found$fill])");
    return r.text();
}

Outcome<std::string> script_fsn(Request& request)
{
    RScript r{request, {"metafor"}};
    r.column("yi", "yi");
    const auto type = request.text("type", "rosenthal");
    const auto target = request.optional_number("target");
    if (type != "orwin")
        r.column("vi", "vi");
    r.line(fmt::format("found <- fsn(yi{}, type={}, alpha={}{})", type == "orwin" ? "" : ", vi",
                       RScript::quoted(type == "orwin"       ? "Orwin"
                                       : type == "rosenberg" ? "Rosenberg"
                                                             : "Rosenthal"),
                       request.number("alpha", 0.05), target ? fmt::format(", target={}", *target) : ""));
    r.print("fsn", "found$fsnum");
    return r.text();
}

Outcome<std::string> script_tables(Request& request, bool peto)
{
    RScript r{request, {"metafor"}};
    for (const auto* name : {"ai", "bi", "ci", "di"})
        r.column(name, name);
    r.line(peto ? fmt::format("found <- rma.peto(ai=ai, bi=bi, ci=ci, di=di, level={})",
                              100 * request.number("level", 0.95))
                : fmt::format("found <- rma.mh(ai=ai, bi=bi, ci=ci, di=di, measure={}, correct={}, level={})",
                              RScript::quoted(request.text("measure", "OR")),
                              request.flag("correct", true) ? "TRUE" : "FALSE", 100 * request.number("level", 0.95)));
    r.print("estimate", "found$beta");
    r.print("se", "found$se");
    r.print("ci_lo", "found$ci.lb");
    r.print("ci_hi", "found$ci.ub");
    r.print("p", "found$pval");
    r.print("q", "found$QE");
    r.print("q_p", "found$QEp");
    r.print("i2", "found$I2");
    if (!peto && request.text("measure", "OR") == "OR") {
        r.print("cmh", "found$MH");
        r.print("cmh_p", "found$MHp");
        r.print("tarone", "found$TA");
        r.print("tarone_p", "found$TAp");
    }
    return r.text();
}

/// outer and inner as R vectors, and the random formula.
std::string levels_in_r(Request& request, RScript& r)
{
    const auto* value = request.require_data("levels");
    const auto* list = value ? value->if_array() : nullptr;
    if (!list || list->empty() || list->size() > 2) {
        request.refuse(invalid_data("'data.levels' has to be a list of one or two levels.", "data.levels"));
        return "";
    }
    for (std::size_t i = 0; i < list->size(); ++i) {
        const auto* level = (*list)[i].if_object();
        const auto* ids = level ? level->if_contains("ids") : nullptr;
        if (!ids || !ids->is_array()) {
            request.refuse(invalid_data("A level has to have ids.", fmt::format("data.levels[{}]", i)));
            return "";
        }
        std::string values;
        for (const auto& id : ids->get_array())
            values += fmt::format("{}{}", values.empty() ? "" : ", ", RScript::literal(id));
        r.line(fmt::format("{} <- c({})", i == 0 ? "outer_id" : "inner_id", values));
    }
    return list->size() == 2 ? "~ 1 | outer_id/inner_id" : "~ 1 | outer_id";
}

void fit_multilevel_in_r(Request& request, RScript& r)
{
    r.column("yi", "yi");
    r.column("vi", "vi");
    const bool moderators = r.frame("x", "x");
    const auto random = levels_in_r(request, r);
    r.line(fmt::format(
        "model <- rma.mv(yi, vi{}, random = {}, method={}, control=list(optimizer=\"nlminb\", "
        "rel.tol=1e-10, iter.max=1000))",
        moderators ? fmt::format(", mods=as.matrix(x){}", request.flag("intercept", true) ? "" : ", intercept=FALSE")
                   : "",
        random, RScript::quoted(request.text("fit", "REML"))));
}

Outcome<std::string> script_multilevel(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_multilevel_in_r(request, r);
    r.print("sigma2", "model$sigma2");
    r.print("loglik", "as.numeric(logLik(model))");
    r.print("q", "model$QE");
    print_coefficients_in_r(r);
    return r.text();
}

Outcome<std::string> script_robust(Request& request)
{
    RScript r{request, {"metafor", "clubSandwich"}};
    if (request.text("model", "rma") == "multilevel")
        fit_multilevel_in_r(request, r);
    else
        fit_in_r(request, r);
    r.labels("cluster_id", "cluster");
    r.line(fmt::format("found <- coef_test(model, vcov={}, cluster=cluster_id, test=\"Satterthwaite\")",
                       RScript::quoted(request.text("vcov", "CR2"))));
    r.print("coefficients.estimate", "found$beta");
    r.print("coefficients.se", "found$SE");
    r.print("coefficients.df", "found$df_Satt");
    r.print("coefficients.p", "found$p_Satt");
    return r.text();
}

Outcome<std::string> script_permutation(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    const bool exact = request.flag("exact", true);
    r.line("# random permutations of another program differ by chance; an exact test has to agree");
    r.line(fmt::format("found <- permutest(model, exact={}, iter={}, progbar=FALSE)", exact ? "TRUE" : "FALSE",
                       request.number("resamples", 10000)));
    r.print("coefficients.p", "found$pval");
    return r.text();
}

Outcome<std::string> script_blup(Request& request)
{
    RScript r{request, {"metafor"}};
    fit_in_r(request, r);
    r.line("found <- blup(model)");
    r.print("pred", "found$pred");
    r.print("se", "found$se");
    r.print("pi_lo", "found$pi.lb");
    r.print("pi_hi", "found$pi.ub");
    return r.text();
}

void register_pooling(Registry& registry)
{
    registry.add(
        {"meta.rma",
         {.title = "Random-effects meta-analysis",
          .purpose =
              "What do several evaluations say together, how much do they differ, and what may the next one find? "
              "With moderators: which characteristics go with larger effects.",
          .when_not =
              "Not when several effects come from the same persons or project (meta.multilevel, meta.robust), and "
              "not for counts of rare events (meta.mh, meta.peto). With fewer than five studies show the studies "
              "themselves first.",
          .data = {effects, variances, moderators},
          .options = {tau_method,
                      test_option,
                      level_option,
                      intercept_option,
                      {"pi_method", "one of same, riley",
                       "quantile of the prediction interval: that of the confidence "
                       "interval, or t with k−2 degrees of freedom",
                       "\"same\""},
                      {"tau2_ci", "one of none, q_profile", "whether to give the interval of τ² and I²", "\"none\""},
                      {"new_x", "list of rows", "moderator values, without intercept, to predict for"}},
          .result = {{"k", "count", "studies"},
                     {"p", "count", "coefficients"},
                     dropped_result,
                     {"tau2", "number ≥ 0, unit squared", "variance between studies"},
                     {"se_tau2", "number", "its standard error; null for FE"},
                     {"i2", "percentage", "share of the variance that is between studies"},
                     {"h2", "number", "total over sampling variance"},
                     {"q", "number", "Cochran's Q (with moderators: residual)"},
                     {"q_df", "count", "its degrees of freedom"},
                     {"q_p", "fraction", "its p"},
                     coefficients_result,
                     {"qm", "number", "test of all moderators; null without any"},
                     {"qm_df1", "count", "its degrees of freedom"},
                     {"qm_df2", "count", "with knha, of the denominator; else null"},
                     {"qm_p", "fraction", "its p"},
                     {"r2", "percentage", "share of τ² explained by the moderators"},
                     {"loglik_ml", "number", "log-likelihood at the reported τ²"},
                     {"loglik_reml", "number", "restricted log-likelihood at the reported τ²"},
                     {"pi_lo", "number", "where the effect of a new study is expected, from (without moderators)"},
                     {"pi_hi", "number", "… to"},
                     {"tau2_ci_lo", "number", "Q-profile interval of τ² (when asked)"},
                     {"tau2_ci_hi", "number", "… to"},
                     {"i2_ci_lo", "percentage", "the same for I²"},
                     {"i2_ci_hi", "percentage", "… to"},
                     {"predictions", "list of {pred, se, ci_lo, ci_hi, pi_lo, pi_hi}", "one per row of new_x"}},
          .formula = "With w = 1/(v+τ²), W = diag(w) and P = W−WX(X'WX)⁻¹X'W: β = (X'WX)⁻¹X'Wy. Q = y'Py at τ² = 0. "
                     "DL (Q−(k−p))/trP; "
                     "HE unweighted; HS (RSS−k)/Σw; SJ τ0²·y'Py/(k−p) with τ0² = Σ(y−ȳ)²/k and w = 1/(v+τ0²); EB and "
                     "PM the root of "
                     "y'P(τ²)y = k−p; ML and REML the global maximum on [0, ∞), found by a grid on the log scale and "
                     "a bracketed root "
                     "of the derivative. Negative estimates become 0. Typical variance ṽ = (k−p)/trP at τ² = 0, I² = "
                     "100τ²/(τ²+ṽ), "
                     "H² = 1+τ²/ṽ. Knapp and Hartung: variances times y'P(τ²)y/(k−p), not cut off at 1. Prediction "
                     "interval μ ± "
                     "crit·√(se²+τ²). All sums are O(kp²) on an orthonormal basis of X.",
          .sources = {"Viechtbauer 2010, doi:10.18637/jss.v036.i03",
                      "Viechtbauer 2005, doi:10.3102/10769986030003261", "Viechtbauer 2007, doi:10.1002/sim.2514",
                      "Hartung & Knapp 2001, doi:10.1002/sim.1009",
                      "Higgins, Thompson & Spiegelhalter 2009, doi:10.1111/j.1467-985X.2008.00552.x",
                      "IntHout, Ioannidis & Borm 2014, doi:10.1186/1471-2288-14-25"},
          .pitfalls =
              {"With fewer than 20 studies use knha, and show the prediction interval: it says what a next project "
               "may find.",
               "I² is no measure of how much effects differ in practice; τ and the prediction interval are.",
               "Moderators compare studies, not persons: a difference between studies has many explanations."},
          .example = example("meta.rma", "", R"({"test":"knha","tau2_ci":"q_profile"})"),
          .peer = "metafor::rma"},
         run_rma,
         script_rma});
    registry.add(
        {"meta.blup",
         {.title = "Shrunken effects per study",
          .purpose =
              "A fair league table: small studies are pulled towards the mean as far as their uncertainty asks.",
          .when_not = "Not to call one project better than the next when intervals overlap.",
          .data = {effects, variances, moderators},
          .options = {tau_method, level_option, intercept_option},
          .result = {{"pred", "k numbers", "empirical-Bayes estimates"},
                     {"se", "k numbers", "their standard errors"},
                     {"pi_lo", "k numbers", "interval from"},
                     {"pi_hi", "k numbers", "… to"},
                     {"tau2", "number", "variance between studies"},
                     dropped_result},
          .formula = "λy+(1−λ)Xβ with λ = τ²/(τ²+v); variance λv+(1−λ)²xVx'; normal quantile.",
          .sources = {"Raudenbush & Bryk 1985, doi:10.3102/10769986010002075"},
          .pitfalls = {"When τ² is 0 all estimates are the same: the data show no difference, which is not that "
                       "there is none."},
          .example = example("meta.blup"),
          .peer = "metafor::blup"},
         run_blup,
         script_blup});
    registry.add(
        {"meta.bayes",
         {.title = "Bayesian random-effects meta-analysis",
          .purpose =
              "With very few studies: what they say together with what was plausible beforehand about how much "
              "effects differ.",
          .when_not = "Not when the readers do not accept a prior; then meta.rma with knha.",
          .data = {effects, variances},
          .options = {{"tau_prior", "{family: half_normal or half_cauchy, scale > 0}",
                       "prior of τ; half-normal with scale 0.5 is usual for standardised mean differences"},
                      {"mu_prior", "{mean, sd > 0}",
                       "normal prior of the mean; absent: every mean is equally likely"},
                      {"interval", "central", "kind of interval", "\"central\""},
                      level_option},
          .result = {{"mu", "{mean, median, sd, ci_lo, ci_hi}", "the mean effect"},
                     {"tau", "{mean, median, sd, ci_lo, ci_hi}", "the standard deviation between studies"},
                     {"predictive", "{mean, median, sd, ci_lo, ci_hi}", "the true effect of a new study"},
                     dropped_result},
          .formula =
              "Given τ the mean is normal; the posterior of τ is integrated by Gauss–Legendre quadrature (1,600 "
              "points) over the range where it is; quantiles by bracketed roots. No sampling.",
          .sources = {"Röver 2020, doi:10.18637/jss.v093.i06",
                      "Röver et al. 2021, doi:10.1002/jrsm.1475 (priors for τ)"},
          .pitfalls =
              {"With three studies the prior of τ decides much: show the answer for half and for twice its scale."},
          .example = example("meta.bayes", "",
                             R"({"tau_prior":{"family":"half_normal","scale":0.5},"mu_prior":{"mean":0,"sd":4}})"),
          .peer = "bayesmeta, which Debian 12 does not have; the formula is that of Röver 2020"},
         run_bayes,
         {}});
}

void register_sensitivity(Registry& registry)
{
    registry.add({"meta.influence",
                  {.title = "Influence of each study",
                   .purpose = "Is it one project? Leaves each study out in turn, τ² estimated anew.",
                   .when_not = "No ground for throwing a study out: look why it differs.",
                   .data = {effects, variances, moderators},
                   .options = {tau_method, intercept_option},
                   .result = {{"rstudent", "k numbers", "residual from what the others predict, in standard errors"},
                              {"dffits", "k numbers", "change of the fitted value"},
                              {"cook_d", "k numbers", "change of all coefficients together"},
                              {"cov_r", "k numbers", "ratio of the generalised variances"},
                              {"tau2_del", "k numbers", "τ² without the study"},
                              {"qe_del", "k numbers", "Q without the study"},
                              {"hat", "k numbers", "leverage"},
                              {"weight", "k percentages", "weight in the mean"},
                              {"dfbs", "p lists of k numbers", "change of each coefficient in standard errors"},
                              {"influential", "k times true or false", "by the limits below"},
                              dropped_result},
                   .formula = "rstudent = (y_i−x_iβ₍₋i₎)/√(v_i+τ²₍₋i₎+x_iV₍₋i₎x_i'); dffits = "
                              "(ŷ_i−ŷ_i₍₋i₎)/√(h_i(v_i+τ²₍₋i₎)); cook_d = "
                              "(β−β₍₋i₎)'V⁻¹(β−β₍₋i₎); cov_r = |V₍₋i₎|/|V|; dfbs_j = (β_j−β_j₍₋i₎)/√((X'W*X)⁻¹_jj), "
                              "W* = diag(1/(v+τ²₍₋i₎)). "
                              "Influential if |dffits| > 3√(p/(k−p)), the lower-tail χ²_p probability of cook_d > "
                              "0.5, hat > 3p/k, or "
                              "|dfbs| > 1.",
                   .sources = {"Viechtbauer & Cheung 2010, doi:10.1002/jrsm.11"},
                   .pitfalls = {"With few studies nearly every one of them counts."},
                   .example = example("meta.influence"),
                   .peer = "metafor::influence"},
                  run_influence,
                  script_influence});
    const std::vector<Field> series{{"estimate", "k numbers", "pooled effects"},
                                    {"se", "k numbers", "their standard errors"},
                                    {"ci_lo", "k numbers", "intervals from"},
                                    {"ci_hi", "k numbers", "… to"},
                                    {"p", "k fractions", "their p"},
                                    {"q", "k numbers", "Cochran's Q"},
                                    {"tau2", "k numbers", "variance between studies"},
                                    {"i2", "k percentages", "share of variance between studies"},
                                    dropped_result};
    registry.add({"meta.leave1out",
                  {.title = "The pooled effect without each study",
                   .purpose = "Does the answer hang on one study?",
                   .when_not = "With moderators use meta.influence.",
                   .data = {effects, variances},
                   .options = {tau_method, test_option, level_option},
                   .result = series,
                   .formula = "meta.rma on all studies but one, for each of them.",
                   .sources = {"Viechtbauer 2010, doi:10.18637/jss.v036.i03"},
                   .pitfalls = {"k answers are no k tests."},
                   .example = example("meta.leave1out"),
                   .peer = "metafor::leave1out"},
                  run_leave1out,
                  [](Request& request) { return script_series(request, "found <- leave1out(model)", true); }});
    registry.add(
        {"meta.cumulative",
         {.title = "How the pooled effect grew",
          .purpose = "When did we know? Adds studies one by one, in order of year or precision.",
          .when_not = "Not for deciding when to stop: looking after each study makes chance findings likely.",
          .data = {effects, variances, {"order", "k numbers", "sort key; ties keep the order of the data"}},
          .options = {tau_method, test_option, level_option},
          .result = series,
          .formula =
              "meta.rma on the first study, the first two, and so on. One study is its own answer with τ² = 0.",
          .sources = {"Lau et al. 1992, doi:10.1056/NEJM199207233270406"},
          .pitfalls = {},
          .example = example("meta.cumulative", R"(,"order":[2001,1999,2003,2005,2002,2008,2010,2009,2012])"),
          .peer = "metafor::cumul"},
         run_cumulative,
         [](Request& request) { return script_series(request, "found <- cumul(model)", false); }});
    registry.add(
        {"meta.permutation",
         {.title = "Permutation test of a meta-analysis",
          .purpose = "With few studies: a p without assuming a distribution.",
          .when_not = "With fewer than 5 studies no p below 0.05 is possible.",
          .data = {effects, variances, moderators},
          .options = {tau_method,
                      test_option,
                      intercept_option,
                      {"exact", "true or false",
                       "all permutations, or random ones; absent: all when there are no more than "
                       "resamples"},
                      {"resamples", "count up to 1,000,000", "random permutations", "10000"},
                      seed_option},
          .result = {{"n_perm", "count", "permutations that were fitted, the observed one included"},
                     {"exact", "true or false", "whether all permutations were taken"},
                     dropped_result,
                     {"coefficients", "list of {name, p}", "one per coefficient"}},
          .formula =
              "Without moderators signs are flipped, with moderators rows of x permuted (each distinct order once); "
              "statistic z or t of the model fitted anew. p = share of permutations, the observed one included, with "
              "|statistic| ≥ |observed|−1e-9.",
          .sources = {"Higgins & Thompson 2004, doi:10.1002/sim.1752",
                      "Follmann & Proschan 1999, doi:10.1111/j.0006-341X.1999.00732.x"},
          .pitfalls = {"Flipping signs assumes effects are symmetric around 0 when there is none on average."},
          .example = example("meta.permutation", "", R"({"exact":true})"),
          .peer = "metafor::permutest"},
         run_permutation,
         script_permutation});
}

void register_bias(Registry& registry)
{
    registry.add(
        {"meta.egger",
         {.title = "Egger's regression test",
          .purpose = "Do small studies find other effects than large ones?",
          .when_not = "Not below ten studies: it finds nothing there. Asymmetry has other causes than unpublished "
                      "studies.",
          .data = {effects, variances, {"ni", "k counts > 0", "persons per study, for predictors by size"}},
          .options = {{"model", "one of lm, rma",
                       "weighted regression with its own dispersion (t), or mixed effects "
                       "(normal)",
                       "\"lm\""},
                      {"predictor", "one of sei, vi, ni, ninv, sqrtni, sqrtninv", "measure of size", "\"sei\""},
                      tau_method,
                      level_option},
          .result = {{"stat", "number", "t or z of the predictor"},
                     {"df", "count", "k−2; null for rma"},
                     {"p", "fraction", "its p"},
                     {"limit_estimate", "number", "effect of an infinitely large study; null for ni and sqrtni"},
                     {"limit_ci_lo", "number", "interval from"},
                     {"limit_ci_hi", "number", "… to"},
                     dropped_result},
          .formula =
              "lm: least squares with weights 1/v on [1, predictor], dispersion Σwr²/(k−2), t with k−2 df. rma: "
              "meta.rma with the predictor as moderator.",
          .sources = {"Egger et al. 1997, doi:10.1136/bmj.315.7109.629", "Sterne & Egger 2005"},
          .pitfalls = {"For SMD the standard error depends on the effect; take sqrtninv there."},
          .example = example("meta.egger"),
          .peer = "metafor::regtest"},
         run_egger,
         script_egger});
    registry.add(
        {"meta.begg",
         {.title = "Begg and Mazumdar's rank correlation test",
          .purpose = "Do effects go up or down with their variance, by rank?",
          .when_not = "It finds less than Egger's regression; not below ten studies.",
          .data = {effects, variances},
          .options = {},
          .result = {{"tau", "number from −1 to 1", "Kendall's τ-b"},
                     {"p", "fraction", "its p"},
                     {"exact", "true or false", "whether the p is exact"},
                     dropped_result},
          .formula =
              "Kendall between (y−μ)/√(v−1/Σw) and v, μ the equal-effects mean. Exact p without ties (up to 1,000 "
              "studies), else normal approximation with tie correction, no continuity correction.",
          .sources = {"Begg & Mazumdar 1994, doi:10.2307/2533446"},
          .pitfalls = {},
          .example = example("meta.begg"),
          .peer = "metafor::ranktest"},
         run_begg,
         script_begg});
    registry.add(
        {"meta.trimfill",
         {.title = "Trim and fill",
          .purpose = "How would the pooled effect be if the funnel were symmetric?",
          .when_not =
              "No correction for bias: heterogeneity looks the same as missing studies. Show it as sensitivity.",
          .data = {effects, variances},
          .options = {tau_method,
                      {"estimator", "one of L0, R0", "how many studies are missing", "\"L0\""},
                      {"side", "one of left, right",
                       "where; by default right if the slope of the mixed-effects Egger "
                       "regression is negative, else left"},
                      level_option},
          .result = {{"k0", "count", "filled studies"},
                     {"side", "left or right", "where they were filled"},
                     {"estimate", "number", "pooled effect with them"},
                     {"se", "number", "its standard error"},
                     {"ci_lo", "number", "interval from"},
                     {"ci_hi", "number", "… to"},
                     {"tau2", "number", "variance between studies"},
                     {"filled_yi", "k0 numbers, ascending", "their effects"},
                     dropped_result},
          .formula =
              "Iterates: drop the k0 outermost studies, pool, rank |y−μ|; L0 = (4S−k(k+1))/(2k−1) with S the "
              "ranks at the full side, R0 from the longest run; rounded, until k0 stays. Then the mirror images "
              "are added and pooled by the same method. With REML, ML and EB these refits are Fisher scoring that "
              "ends "
              "when τ² changes by no more than 1e-5, as in metafor::trimfill; where that would change a weight by "
              "more "
              "than a hundredth, the solution is given.",
          .sources = {"Duval & Tweedie 2000, doi:10.1111/j.0006-341X.2000.00455.x"},
          .pitfalls = {"Few studies: k0 jumps.",
                       "With filled studies τ² may differ in the fifth digit from what meta.rma gives for the same "
                       "studies."},
          .example = example("meta.trimfill"),
          .peer = "metafor::trimfill"},
         run_trimfill,
         script_trimfill});
    registry.add(
        {"meta.fsn",
         {.title = "Fail-safe N",
          .purpose = "How many unpublished studies without effect would undo the finding? Reviewers ask for it.",
          .when_not =
              "It takes unpublished studies to be zero on average and ignores heterogeneity; report a prediction "
              "interval instead.",
          .data = {effects, variances},
          .options = {{"type", "one of rosenthal, orwin, rosenberg", "which one", "\"rosenthal\""},
                      {"target", "number", "orwin: the mean that no longer matters; half the mean by default"},
                      {"alpha", "fraction between 0 and 1", "one-sided for rosenthal, two-sided for rosenberg",
                       "0.05"}},
          .result = {{"fsn", "count", "rounded up; null when infinite"}, dropped_result},
          .formula = "Rosenthal: k(z̄/z_α)²−k with z̄ = |Σy/√v|/√k, 0 at least. Orwin: k(ȳ−target)/target. Rosenberg: "
                     "k((Σwy/z_{α/2})²−Σw)/Σw.",
          .sources = {"Rosenthal 1979, doi:10.1037/0033-2909.86.3.638", "Orwin 1983, doi:10.3102/10769986008002157",
                      "Rosenberg 2005, doi:10.1111/j.0014-3820.2005.tb01004.x"},
          .pitfalls = {},
          .example = example("meta.fsn"),
          .peer = "metafor::fsn"},
         run_fsn,
         script_fsn});
}

void register_tables(Registry& registry)
{
    const std::vector<Field> cells{{"ai", "k counts", "events among the treated"},
                                   {"bi", "k counts", "treated without event"},
                                   {"ci", "k counts", "events among the controls"},
                                   {"di", "k counts", "controls without event"}};
    std::vector<Field> results{{"estimate", "number", "pooled ratio on the log scale, or difference"},
                               {"se", "number", "its standard error"},
                               {"ci_lo", "number", "interval from"},
                               {"ci_hi", "number", "… to"},
                               {"p", "fraction", "its p"},
                               {"q", "number", "heterogeneity"},
                               {"q_p", "fraction", "its p"},
                               {"i2", "percentage", "share of variance between studies"},
                               dropped_result};
    registry.add(
        {"meta.peto",
         {.title = "Peto's pooled odds ratio",
          .purpose = "Rare events and groups of about the same size.",
          .when_not = "Not with large effects or unequal groups: it is biased there. Use meta.mh.",
          .data = cells,
          .options = {level_option},
          .result = results,
          .formula = "Σ(a−E)/ΣV with V the hypergeometric variance; se 1/√ΣV; Q = Σ(a−E)²/V − (Σ(a−E))²/ΣV.",
          .sources = {"Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7"},
          .pitfalls = {},
          .example = fmt::format(R"({{"contract":"beproefd.analyse/1","method":"meta.peto",{}}})", example_tables),
          .peer = "metafor::rma.peto"},
         run_peto,
         [](Request& request) { return script_tables(request, true); }});
    for (const auto& [name, shape, text] : std::initializer_list<std::tuple<const char*, const char*, const char*>>{
             {"cmh", "number", "Cochran–Mantel–Haenszel χ² (OR)"},
             {"cmh_p", "fraction", "its p"},
             {"tarone", "number", "Breslow–Day χ² with Tarone's correction: are the odds ratios the same? (OR)"},
             {"tarone_p", "fraction", "its p"}})
        results.push_back({name, shape, text});
    registry.add(
        {"meta.mh",
         {.title = "Mantel–Haenszel pooling of 2×2 tables",
          .purpose = "Counts from several studies, also with empty cells and small groups.",
          .when_not = "It takes one effect for all; when effects differ use effect.size and meta.rma.",
          .data = cells,
          .options = {{"measure", "one of OR, RR, RD", "what is pooled", "\"OR\""},
                      {"correct", "true or false", "continuity correction in the CMH test", "true"},
                      level_option},
          .result = results,
          .formula =
              "OR Σ(ad/n)/Σ(bc/n), RR Σ(a·n2/n)/Σ(c·n1/n), RD Σ((a·n2−c·n1)/n)/Σ(n1·n2/n). Standard errors: "
              "Robins–Breslow–Greenland, Greenland–Robins, Sato. No cell is corrected in the estimate; Q compares "
              "study estimates with ½ added where a cell is empty, without studies that have no events or "
              "nothing else.",
          .sources = {"Mantel & Haenszel 1959, doi:10.1093/jnci/22.4.719",
                      "Robins, Breslow & Greenland 1986, doi:10.2307/2531052",
                      "Greenland & Robins 1985, doi:10.2307/2530643", "Sato 1989", "Tarone 1985"},
          .pitfalls = {"The cells of one study come from different persons; matched pairs need test.mcnemar."},
          .example = fmt::format(R"({{"contract":"beproefd.analyse/1","method":"meta.mh",{}}})", example_tables),
          .peer = "metafor::rma.mh"},
         run_mh,
         [](Request& request) { return script_tables(request, false); }});
}

void register_dependence(Registry& registry)
{
    const Field levels{"levels", "list of {name, ids}",
                       "groups, the outer level first; inner ids count within the outer group"};
    const Field fit{"fit", "one of REML, ML", "likelihood", "\"REML\""};
    registry.add(
        {"meta.multilevel",
         {.title = "Multilevel meta-analysis",
          .purpose = "Several outcomes of one project, several projects of one municipality.",
          .when_not = "When the sampling errors are correlated too (same persons), report meta.robust beside it.",
          .data = {effects, variances, levels, moderators},
          .options = {fit, level_option, intercept_option},
          .result = {{"k", "count", "effects"},
                     dropped_result,
                     {"sigma2", "one or two numbers ≥ 0", "variance per level, outer first"},
                     {"loglik", "number", "REML with +½ln|X'X|"},
                     {"q", "number", "residual heterogeneity"},
                     {"q_df", "count", "its degrees of freedom"},
                     {"q_p", "fraction", "its p"},
                     coefficients_result},
          .formula =
              "y = Xβ+u+w+e, var u = σ²₁ per outer group, var w = σ²₂ per inner group. Per outer group the inverse "
              "is "
              "written out (Woodbury), so one evaluation is O(groups·p²); the maximum on [0, ∞)² from a grid, by "
              "average-information steps and bracketed roots along each axis.",
          .sources = {"Konstantopoulos 2011, doi:10.1002/jrsm.35",
                      "Gilmour, Thompson & Cullis 1995, doi:10.2307/2533274"},
          .pitfalls = {"With fewer than five outer groups their variance is hardly known."},
          .example = example(
              "meta.multilevel",
              R"(,"levels":[{"name":"project","ids":[1,1,2,3,3,4,5,6,7]},{"name":"outcome","ids":[1,2,1,1,2,1,1,1,1]}])"),
          .peer = "metafor::rma.mv"},
         run_multilevel,
         script_multilevel});
    registry.add(
        {"meta.robust",
         {.title = "Cluster-robust meta-analysis",
          .purpose = "Effects that depend on each other in a way we do not know: standard errors that hold anyway.",
          .when_not = "With fewer than four degrees of freedom p and interval say little.",
          .data = {effects, variances, moderators, {"cluster", "k labels", "what depends on each other"}, levels},
          .options = {{"model", "one of rma, multilevel", "the working model", "\"rma\""},
                      tau_method,
                      fit,
                      {"vcov", "one of CR0, CR1, CR1S, CR2, CR3", "small-sample correction", "\"CR2\""},
                      {"df", "satterthwaite", "degrees of freedom", "\"satterthwaite\""},
                      level_option,
                      intercept_option},
          .result = {{"n_clusters", "count", "clusters"}, dropped_result, coefficients_result},
          .formula = "M(ΣX'WAee'A'WX)M with M = (X'WX)⁻¹, W the inverse of the fitted working model Φ. CR2: A = "
                     "D'B^(+½)D, B = D(Φ−XMX')D', Φ = D'D (pseudo-inverse root). CR3: A = (I−H)⁻¹. CR1 = "
                     "CR0·m/(m−1), CR1S = "
                     "CR0·m(N−1)/((m−1)(N−p)). df = (ΣP_ii)²/ΣΣP_ij² with P from the working model.",
          .sources = {"Pustejovsky & Tipton 2018, doi:10.1080/07350015.2016.1247004",
                      "Tipton 2015, doi:10.1037/met0000011", "Bell & McCaffrey 2002"},
          .pitfalls = {"Clusters must not overlap: a municipality in two clusters breaks it."},
          .example = example("meta.robust", R"(,"cluster":["1","1","2","3","3","4","5","6","7"])"),
          .peer = "clubSandwich::coef_test"},
         run_robust,
         script_robust});
}

} // namespace

void register_meta(Registry& registry)
{
    register_pooling(registry);
    register_sensitivity(registry);
    register_bias(registry);
    register_tables(registry);
    register_dependence(registry);
}

} // namespace beproefd::statistics::door
