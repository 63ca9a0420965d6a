// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/publication_bias.hpp"

#include "statistics/distribution.hpp"
#include "statistics/meta/kernel.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>

namespace beproefd::statistics::meta {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

double square(double x) { return x * x; }

double predictor_of(EggerPredictor predictor, double v, double n)
{
    switch (predictor) {
    case EggerPredictor::sei:
        return std::sqrt(v);
    case EggerPredictor::vi:
        return v;
    case EggerPredictor::ni:
        return n;
    case EggerPredictor::ninv:
        return 1 / n;
    case EggerPredictor::sqrtni:
        return std::sqrt(n);
    case EggerPredictor::sqrtninv:
        return 1 / std::sqrt(n);
    }
    return nan;
}

void warn_few_studies(Warnings& warnings, std::size_t k)
{
    if (k < 10)
        warnings.push_back(
            {"few_studies",
             "With fewer than ten studies this says little: not finding bias is no sign of its absence.", "data.yi"});
}

/// Sizes of groups of equal values.
std::vector<double> ties(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    std::vector<double> sizes;
    for (std::size_t i = 0; i < values.size();) {
        std::size_t end = i + 1;
        while (end < values.size() && values[end] == values[i])
            ++end;
        sizes.push_back(static_cast<double>(end - i));
        i = end;
    }
    return sizes;
}

template<class F>
double sum_over(const std::vector<double>& values, F&& f)
{
    double sum = 0;
    for (const double value : values)
        sum += f(value);
    return sum;
}

/// Pairs (i < j) with values[i] > values[j], by merging; values come out sorted.
double inversions(std::vector<double>& values)
{
    double count = 0;
    std::vector<double> merged(values.size());
    for (std::size_t width = 1; width < values.size(); width *= 2) {
        for (std::size_t low = 0; low < values.size(); low += 2 * width) {
            const std::size_t middle = std::min(low + width, values.size());
            const std::size_t high = std::min(low + 2 * width, values.size());
            std::size_t a = low, b = middle;
            for (std::size_t to = low; to < high; ++to) {
                if (b >= high || (a < middle && values[a] <= values[b])) {
                    merged[to] = values[a++];
                } else {
                    merged[to] = values[b++];
                    count += static_cast<double>(middle - a);
                }
            }
        }
        values.swap(merged);
    }
    return count;
}

/// P(T ≤ concordant) for the number of concordant pairs of n untied values, by building up from n = 1.
double kendall_cdf(std::size_t n, std::size_t concordant, const Execution& execution)
{
    std::vector<double> chance{1.0};
    for (std::size_t m = 2; m <= n; ++m) {
        if (execution.must_stop())
            return nan;
        std::vector<double> next(m * (m - 1) / 2 + 1, 0.0);
        double window = 0;
        for (std::size_t t = 0; t < next.size(); ++t) {
            if (t < chance.size())
                window += chance[t];
            if (t >= m && t - m < chance.size())
                window -= chance[t - m];
            next[t] = std::max(0.0, window) / static_cast<double>(m);
        }
        chance.swap(next);
    }
    double sum = 0;
    for (std::size_t t = 0; t < chance.size() && t <= concordant; ++t)
        sum += chance[t];
    return sum;
}

} // namespace

Outcome<Egger> egger(std::span<const double> y, std::span<const double> v, std::span<const double> sizes,
                     EggerPredictor predictor, bool weighted, TauMethod method, double level)
{
    if (const auto error = check_studies(y, v, y.size()))
        return *error;
    const std::size_t k = y.size();
    const bool by_size = predictor != EggerPredictor::sei && predictor != EggerPredictor::vi;
    if (by_size && sizes.size() != k)
        return Error{ErrorCode::missing_field, "This predictor needs the sizes of the studies.", "data.ni"};
    if (k < 3)
        return insufficient_data("Egger's regression needs at least three studies.", "data.yi");

    std::vector<Regressor> regressors{{"predictor", {}}};
    for (std::size_t i = 0; i < k; ++i) {
        if (by_size && !(sizes[i] > 0))
            return invalid_data("The size of a study has to be above 0.", "data.ni[" + std::to_string(i) + "]");
        regressors[0].values.push_back(predictor_of(predictor, v[i], by_size ? sizes[i] : nan));
    }
    const auto design = design_of(regressors, true, k);
    const bool has_limit = predictor != EggerPredictor::ni && predictor != EggerPredictor::sqrtni;
    Warnings warnings;
    warn_few_studies(warnings, k);

    Egger result;
    const auto finish = [&](const Coefficient& intercept, const Coefficient& slope) {
        result.statistic = slope.statistic;
        result.df = slope.df;
        result.p = slope.p;
        result.limit = has_limit ? intercept.estimate : nan;
        result.limit_ci_lo = has_limit ? intercept.ci_lo : nan;
        result.limit_ci_hi = has_limit ? intercept.ci_hi : nan;
    };
    if (weighted) {
        std::vector<double> weights(k);
        for (std::size_t i = 0; i < k; ++i)
            weights[i] = 1 / v[i];
        const auto fit = least_squares(design.x, y, weights);
        if (!fit)
            return Error{fit.error().code, "The predictor is the same for all studies.", "data.vi"};
        const double df = static_cast<double>(k) - 2, dispersion = fit->weighted_rss / df;
        const auto entry = [&](std::size_t j) {
            return coefficient("", fit->coefficients[j], std::sqrt(dispersion * fit->unscaled_covariance(j, j)), df,
                               level);
        };
        finish(entry(0), entry(1));
    } else {
        const auto model = random_effects(y, v, design, {.tau_method = method, .level = level});
        if (!model)
            return model.error().code == ErrorCode::singular_design
                       ? singular_design("The predictor is the same for all studies.", "data.vi")
                       : model.error();
        finish(model->coefficients[0], model->coefficients[1]);
    }
    return {result, std::move(warnings)};
}

Outcome<Begg> begg(std::span<const double> y, std::span<const double> v, const Execution& execution)
{
    if (const auto error = check_studies(y, v, y.size()))
        return *error;
    const std::size_t k = y.size();
    if (k < 2)
        return insufficient_data("A rank correlation needs at least two studies.", "data.yi");
    double sum_w = 0, sum_wy = 0;
    for (std::size_t i = 0; i < k; ++i) {
        sum_w += 1 / v[i];
        sum_wy += y[i] / v[i];
    }
    const double mean = sum_wy / sum_w;
    std::vector<std::pair<double, double>> points(k);
    std::vector<double> first(k), second(v.begin(), v.end());
    for (std::size_t i = 0; i < k; ++i) {
        first[i] = (y[i] - mean) / std::sqrt(v[i] - 1 / sum_w);
        points[i] = {first[i], v[i]};
    }
    // Knight's way: sorted by the first column, discordant pairs are inversions of the second.
    std::sort(points.begin(), points.end());
    std::vector<double> ordered(k);
    for (std::size_t i = 0; i < k; ++i)
        ordered[i] = points[i].second;
    const auto t = ties(first), u = ties(second);
    std::map<std::pair<double, double>, double> both;
    for (const auto& point : points)
        ++both[point];
    const double n = static_cast<double>(k), pairs = n * (n - 1) / 2;
    const auto pairs_in = [](double size) { return size * (size - 1) / 2; };
    const double tied_first = sum_over(t, pairs_in), tied_second = sum_over(u, pairs_in);
    double tied_both = 0;
    for (const auto& [point, count] : both)
        tied_both += pairs_in(count);
    const double discordant = inversions(ordered);
    const double s = pairs - tied_first - tied_second + tied_both - 2 * discordant;

    Begg result;
    Warnings warnings;
    warn_few_studies(warnings, k);
    const double denominator = std::sqrt((pairs - tied_first) * (pairs - tied_second));
    if (!(denominator > 0)) {
        warnings.push_back({"no_variation",
                            "All studies have the same variance or the same effect: there is no rank "
                            "correlation.",
                            "data.vi"});
        return {Begg{nan, nan, false}, std::move(warnings)};
    }
    result.tau = s / denominator;
    result.exact = tied_first == 0 && tied_second == 0 && k <= 1000;
    if (result.exact) {
        const std::size_t concordant = static_cast<std::size_t>(std::llround(pairs - discordant));
        const double below = kendall_cdf(k, concordant, execution);
        // The distribution is symmetric: P(T ≥ t) = P(T ≤ pairs − t).
        const double above = kendall_cdf(k, static_cast<std::size_t>(std::llround(discordant)), execution);
        if (std::isnan(below) || std::isnan(above))
            return stopped();
        result.p = std::min(1.0, 2 * std::min(below, above));
    } else {
        const auto v_of = [](double size) { return size * (size - 1) * (2 * size + 5); };
        const double v1 = 2 * tied_first * 2 * tied_second;
        const auto v2_of = [](double size) { return size * (size - 1) * (size - 2); };
        double variance = (v_of(n) - sum_over(t, v_of) - sum_over(u, v_of)) / 18 + v1 / (2 * n * (n - 1));
        if (k > 2)
            variance += sum_over(t, v2_of) * sum_over(u, v2_of) / (9 * n * (n - 1) * (n - 2));
        result.p = distribution::normal_two_sided(s / std::sqrt(variance));
    }
    return {result, std::move(warnings)};
}

/// The refits end where those of metafor::trimfill end, so that R gives the same digits. Decision 0056.
constexpr double refit_threshold = 1e-5;

Outcome<TrimFill> trim_and_fill(std::span<const double> y, std::span<const double> v, TauMethod method,
                                TrimFillEstimator estimator, std::optional<Side> side, double level)
{
    if (const auto error = check_studies(y, v, y.size()))
        return *error;
    const std::size_t k = y.size();
    if (k < 2)
        return insufficient_data("Trim and fill needs at least two studies.", "data.yi");
    Warnings warnings;
    warn_few_studies(warnings, k);
    if (!side) {
        side = Side::left;
        std::vector<Regressor> regressors{{"sei", {}}};
        for (const double variance : v)
            regressors[0].values.push_back(std::sqrt(variance));
        const auto slope = kernel::fit_core(y, v, design_of(regressors, true, k).x, method);
        if (std::isnan(slope.tau2))
            warnings.push_back({"side_not_found",
                                "The studies are too few or too alike to see at which side some are missing; left is "
                                "taken.",
                                "options.side"});
        else if (slope.coefficients[1] < 0)
            side = Side::right;
    }
    const double sign = *side == Side::right ? -1 : 1;

    std::vector<std::size_t> order(k);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return sign * y[a] < sign * y[b]; });
    std::vector<double> sorted_y(k), sorted_v(k);
    for (std::size_t i = 0; i < k; ++i) {
        sorted_y[i] = sign * y[order[i]];
        sorted_v[i] = v[order[i]];
    }
    const double n = static_cast<double>(k);
    std::size_t k0 = 0, before = k + 1;
    double centre = 0;
    for (int iteration = 0; k0 != before; ++iteration) {
        if (iteration >= 100)
            return no_convergence("The number of missing studies keeps changing.");
        before = k0;
        const std::size_t kept = k - k0;
        const auto core = kernel::fit_core(std::span(sorted_y).first(kept), std::span(sorted_v).first(kept),
                                           Matrix(kept, 1, 1.0), method, refit_threshold);
        if (std::isnan(core.tau2))
            return no_convergence("The trimmed studies could not be pooled.");
        centre = core.coefficients[0];
        std::vector<std::size_t> by_distance(k);
        std::iota(by_distance.begin(), by_distance.end(), std::size_t{0});
        std::stable_sort(by_distance.begin(), by_distance.end(), [&](std::size_t a, std::size_t b) {
            return std::abs(sorted_y[a] - centre) < std::abs(sorted_y[b] - centre);
        });
        double right_ranks = 0, largest_left_rank = -infinity;
        for (std::size_t rank = 1; rank <= k; ++rank) {
            const double distance = sorted_y[by_distance[rank - 1]] - centre;
            if (distance > 0)
                right_ranks += static_cast<double>(rank);
            if (distance < 0)
                largest_left_rank = static_cast<double>(rank);
        }
        const double estimate = estimator == TrimFillEstimator::L0
                                    ? (4 * right_ranks - n * (n + 1)) / (2 * n - 1)
                                    : (std::isinf(largest_left_rank) ? 0 : n - largest_left_rank - 1);
        // At least one study stays, whatever the estimate.
        k0 = static_cast<std::size_t>(std::clamp(std::nearbyint(estimate), 0.0, n - 1));
    }

    TrimFill result;
    result.filled = k0;
    result.side = *side;
    std::vector<double> all_y(y.begin(), y.end()), all_v(v.begin(), v.end());
    for (std::size_t i = k - k0; i < k; ++i) {
        const double mirrored = sign * (2 * centre - sorted_y[i]);
        result.filled_y.push_back(mirrored);
        all_y.push_back(mirrored);
        all_v.push_back(sorted_v[i]);
    }
    std::sort(result.filled_y.begin(), result.filled_y.end());
    auto model = random_effects(all_y, all_v, intercept_only(all_y.size()),
                                {.tau_method = method,
                                 .level = level,
                                 .scoring_threshold = k0 > 0 ? std::optional(refit_threshold) : std::nullopt});
    if (!model)
        return model.error();
    result.model = std::move(*model);
    return {std::move(result), std::move(warnings)};
}

Outcome<double> fail_safe_n(std::span<const double> y, std::span<const double> v, FailSafe type,
                            std::optional<double> target, double alpha)
{
    if (y.empty())
        return insufficient_data("There are no studies.", "data.yi");
    if (type != FailSafe::orwin)
        if (const auto error = check_studies(y, v, y.size()))
            return *error;
    const double k = static_cast<double>(y.size());
    double number = 0;
    if (type == FailSafe::rosenthal) {
        double sum = 0;
        for (std::size_t i = 0; i < y.size(); ++i)
            sum += y[i] / std::sqrt(v[i]);
        number = square(sum / distribution::normal_quantile(1 - alpha)) - k;
    } else if (type == FailSafe::orwin) {
        const double mean = ordered_sum(y) / k;
        double aim = target.value_or(mean / 2);
        if (aim == 0)
            return infinity;
        if ((aim < 0) != (mean < 0))
            aim = -aim;
        number = k * (mean - aim) / aim;
    } else {
        double sum_w = 0, sum_wy = 0;
        for (std::size_t i = 0; i < y.size(); ++i) {
            sum_w += 1 / v[i];
            sum_wy += y[i] / v[i];
        }
        number = k * (square(sum_wy / distribution::normal_quantile(1 - alpha / 2)) - sum_w) / sum_w;
    }
    number = std::max(0.0, number);
    // What differs from a whole number by rounding only is that number.
    return std::abs(number - std::round(number)) < 1.4901161193847656e-8 ? std::round(number) : std::ceil(number);
}

} // namespace beproefd::statistics::meta
