// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/bayes.hpp"

#include "statistics/distribution.hpp"
#include "statistics/meta/random_effects.hpp"
#include "statistics/root.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

namespace beproefd::statistics::meta {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double square(double x) { return x * x; }

/// Given τ: the normal posterior of the mean, and the logarithm of the unnormalised posterior density of τ.
struct AtTau {
    double tau = 0, mean = 0, variance = 0, log_density = 0;
};

class Model
{
public:
    Model(std::span<const double> y, std::span<const double> v, const BayesOptions& options)
        : y_(y), v_(v), options_(options)
    {
    }

    AtTau at(double tau) const
    {
        const double tau2 = tau * tau;
        const double prior_precision = options_.informative_mean ? 1 / square(options_.mean_prior_sd) : 0;
        double precision = prior_precision, sum = prior_precision * options_.mean_prior_mean, log_variances = 0;
        for (std::size_t i = 0; i < y_.size(); ++i) {
            const double spread = v_[i] + tau2;
            precision += 1 / spread;
            sum += y_[i] / spread;
            log_variances += std::log(spread);
        }
        AtTau found{tau, sum / precision, 1 / precision, 0};
        double squares = prior_precision * square(options_.mean_prior_mean - found.mean);
        for (std::size_t i = 0; i < y_.size(); ++i)
            squares += square(y_[i] - found.mean) / (v_[i] + tau2);
        const double ratio2 = square(tau / options_.tau_scale);
        const double log_prior = options_.tau_prior == TauPrior::half_normal ? -0.5 * ratio2 : -std::log1p(ratio2);
        found.log_density = log_prior - 0.5 * (log_variances + std::log(precision) + squares);
        return found;
    }

private:
    std::span<const double> y_, v_;
    const BayesOptions& options_;
};

// Gauss–Legendre with ten points on [−1, 1].
constexpr std::array<double, 5> abscissae{0.14887433898163122, 0.43339539412924719, 0.67940956829902440,
                                          0.86506336668898451, 0.97390652851717172};
constexpr std::array<double, 5> gauss_weights{0.29552422471475287, 0.26926671930999636, 0.21908636251598204,
                                              0.14945134915058059, 0.06667134430868814};

template<class F>
double integrate(F&& f, double low, double high)
{
    const double middle = 0.5 * (low + high), half = 0.5 * (high - low);
    double sum = 0;
    for (std::size_t i = 0; i < abscissae.size(); ++i)
        sum += gauss_weights[i] * (f(middle - half * abscissae[i]) + f(middle + half * abscissae[i]));
    return sum * half;
}

/// A mixture of normal distributions.
struct Component {
    double weight, mean, variance;
};

Posterior summarise(const std::vector<Component>& mixture, double level)
{
    Posterior posterior;
    double low = std::numeric_limits<double>::infinity(), high = -low, second = 0;
    for (const auto& part : mixture) {
        posterior.mean += part.weight * part.mean;
        if (part.weight > 1e-14) {
            low = std::min(low, part.mean - 10 * std::sqrt(part.variance));
            high = std::max(high, part.mean + 10 * std::sqrt(part.variance));
        }
    }
    for (const auto& part : mixture)
        second += part.weight * (part.variance + square(part.mean - posterior.mean));
    posterior.sd = std::sqrt(second);
    const auto quantile = [&](double probability) {
        return root(
                   [&](double x) {
                       double sum = 0;
                       for (const auto& part : mixture)
                           sum += part.weight * distribution::normal_cdf((x - part.mean) / std::sqrt(part.variance));
                       return sum - probability;
                   },
                   low, high)
            .value_or(nan);
    };
    posterior.median = quantile(0.5);
    posterior.ci_lo = quantile((1 - level) / 2);
    posterior.ci_hi = quantile((1 + level) / 2);
    return posterior;
}

} // namespace

Outcome<Bayes> bayes(std::span<const double> y, std::span<const double> v, const BayesOptions& options)
{
    if (const auto error = check_studies(y, v, y.size()))
        return *error;
    const Model model(y, v, options);

    // τ = c u/(1−u) brings [0, ∞) to [0, 1); c is a middling τ. Where the posterior is, is found on a coarse grid,
    // and there it is integrated panel by panel.
    double c = options.tau_scale;
    {
        double best = -std::numeric_limits<double>::infinity();
        for (int i = -60; i <= 40; ++i) {
            const double tau = options.tau_scale * std::exp2(i / 4.0);
            const double value = model.at(tau).log_density + std::log(tau);
            if (value > best) {
                best = value;
                c = tau;
            }
        }
    }
    const auto tau_of = [&](double u) { return c * u / (1 - u); };
    const auto log_density_u = [&](double u) {
        return model.at(tau_of(u)).log_density + std::log(c) - 2 * std::log1p(-u);
    };
    constexpr int grid = 512;
    std::vector<double> coarse(grid);
    for (int i = 0; i < grid; ++i)
        coarse[static_cast<std::size_t>(i)] = log_density_u((i + 0.5) / grid);
    const double top = *std::max_element(coarse.begin(), coarse.end());
    int first = 0, last = grid - 1;
    while (first < grid - 1 && coarse[static_cast<std::size_t>(first)] < top - 45)
        ++first;
    while (last > 0 && coarse[static_cast<std::size_t>(last)] < top - 45)
        --last;
    const double u_low = std::max(0.0, (first - 1.0) / grid), u_high = std::min(1.0, (last + 2.0) / grid);

    constexpr std::size_t panels = 160;
    std::vector<AtTau> nodes;
    std::vector<double> weights, cumulative{0};
    const double width = (u_high - u_low) / panels;
    for (std::size_t panel = 0; panel < panels; ++panel) {
        const double low = u_low + width * static_cast<double>(panel);
        double sum = 0;
        integrate(
            [&](double u) {
                AtTau node = model.at(tau_of(u));
                nodes.push_back(node);
                return 0.0;
            },
            low, low + width);
        for (std::size_t i = 0; i < abscissae.size(); ++i)
            for (int side = 0; side < 2; ++side) {
                const AtTau& node = nodes[panel * 10 + i * 2 + static_cast<std::size_t>(side)];
                const double u = node.tau / (c + node.tau);
                const double weight = 0.5 * width * gauss_weights[i] *
                                      std::exp(node.log_density + std::log(c) - 2 * std::log1p(-u) - top);
                weights.push_back(weight);
                sum += weight;
            }
        cumulative.push_back(cumulative.back() + sum);
    }
    const double total = cumulative.back();
    if (!(total > 0) || !std::isfinite(total))
        return no_convergence("The posterior distribution could not be integrated.");

    Bayes result;
    std::vector<Component> mean_effect, new_study;
    double tau_second = 0;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        const double weight = weights[i] / total;
        mean_effect.push_back({weight, nodes[i].mean, nodes[i].variance});
        new_study.push_back({weight, nodes[i].mean, nodes[i].variance + square(nodes[i].tau)});
        result.tau.mean += weight * nodes[i].tau;
    }
    for (std::size_t i = 0; i < nodes.size(); ++i)
        tau_second += weights[i] / total * square(nodes[i].tau - result.tau.mean);
    result.tau.sd = std::sqrt(tau_second);
    const auto tau_quantile = [&](double probability) {
        const double target = probability * total;
        std::size_t panel = 0;
        while (panel + 1 < panels && cumulative[panel + 1] < target)
            ++panel;
        const double low = u_low + width * static_cast<double>(panel);
        const double u =
            root(
                [&](double here) {
                    return cumulative[panel] - target +
                           integrate([&](double at) { return std::exp(log_density_u(at) - top); }, low, here);
                },
                low, low + width, 1e-14)
                .value_or(low + width / 2);
        return tau_of(u);
    };
    result.tau.median = tau_quantile(0.5);
    result.tau.ci_lo = tau_quantile((1 - options.level) / 2);
    result.tau.ci_hi = tau_quantile((1 + options.level) / 2);
    result.mean_effect = summarise(mean_effect, options.level);
    result.new_study = summarise(new_study, options.level);

    Warnings warnings;
    // Under a half-Cauchy prior the density of τ falls with τ⁻², and a τ faster for each study beyond what the mean
    // takes. The mean effect of a flat prior is as uncertain as τ; a normal prior bounds it.
    const std::size_t spare = y.size() - (options.informative_mean ? 0 : 1);
    if (options.tau_prior == TauPrior::half_cauchy && spare < 2) {
        result.tau.sd = result.new_study.sd = nan;
        if (!options.informative_mean)
            result.mean_effect.sd = nan;
        if (spare == 0)
            result.tau.mean = result.mean_effect.mean = result.new_study.mean = nan;
        warnings.push_back({"infinite_variance",
                            "With so few studies and this prior the variance of tau is infinite.", "result.tau.sd"});
    }
    return {result, std::move(warnings)};
}

} // namespace beproefd::statistics::meta
