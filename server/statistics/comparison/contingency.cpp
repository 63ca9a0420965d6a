// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/contingency.hpp"

#include "statistics/distribution.hpp"
#include "statistics/root.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics {
namespace {

/// The upper left cell given the margins: log probabilities under odds ratio 1, for cells from lowest on.
struct Conditional {
    std::int64_t lowest = 0;
    std::int64_t highest = 0;
    std::vector<double> log_weights;

    /// Probabilities when the log odds ratio is given.
    std::vector<double> tilted(double log_odds) const
    {
        std::vector<double> weights(log_weights.size());
        double largest = -std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < weights.size(); ++i) {
            weights[i] = log_weights[i] + static_cast<double>(i) * log_odds;
            largest = std::max(largest, weights[i]);
        }
        double sum = 0;
        for (double& weight : weights)
            sum += weight = std::exp(weight - largest);
        for (double& weight : weights)
            weight /= sum;
        return weights;
    }

    double mean(double log_odds) const
    {
        const std::vector<double> weights = tilted(log_odds);
        double sum = 0;
        for (std::size_t i = 0; i < weights.size(); ++i)
            sum += static_cast<double>(i) * weights[i];
        return static_cast<double>(lowest) + sum;
    }

    /// P(X ≤ cell) or P(X ≥ cell).
    double lower_tail(std::int64_t cell, double log_odds) const { return tail(lowest, cell, log_odds); }
    double upper_tail(std::int64_t cell, double log_odds) const { return tail(cell, highest, log_odds); }

private:
    double tail(std::int64_t from, std::int64_t to, double log_odds) const
    {
        const std::vector<double> weights = tilted(log_odds);
        double sum = 0;
        for (std::int64_t cell = from; cell <= to; ++cell)
            sum += weights[static_cast<std::size_t>(cell - lowest)];
        return std::min(1.0, sum);
    }
};

Conditional condition_on_margins(const TwoByTwo& table)
{
    const std::int64_t column = table[0][0] + table[1][0], other_column = table[0][1] + table[1][1];
    const std::int64_t row = table[0][0] + table[0][1], total = column + other_column;
    Conditional conditional;
    conditional.lowest = std::max<std::int64_t>(0, row - other_column);
    conditional.highest = std::min(row, column);
    for (std::int64_t cell = conditional.lowest; cell <= conditional.highest; ++cell)
        conditional.log_weights.push_back(distribution::hypergeometric_log_pmf(cell, column, row, total));
    return conditional;
}

/// Where a function of the log odds ratio that moves one way crosses zero.
template<class F>
std::optional<double> odds_ratio_where(F&& f)
{
    const auto log_odds = root_from(f, 0.0, 1.0, -745.0, 709.0);
    return log_odds ? std::optional(std::exp(*log_odds)) : std::nullopt;
}

} // namespace

Outcome<FisherTest> fisher_test(const TwoByTwo& table, Alternative alternative, double level)
{
    const std::int64_t cell = table[0][0];
    if (table[0][0] + table[0][1] + table[1][0] + table[1][1] == 0)
        return insufficient_data("The table is empty.", "data.table");
    const Conditional conditional = condition_on_margins(table);
    FisherTest test;
    switch (alternative) {
    case Alternative::greater:
        test.p = conditional.upper_tail(cell, 0);
        break;
    case Alternative::less:
        test.p = conditional.lower_tail(cell, 0);
        break;
    case Alternative::two_sided: {
        const std::vector<double> weights = conditional.tilted(0);
        const double bound = weights[static_cast<std::size_t>(cell - conditional.lowest)] * (1 + 1e-7);
        for (const double weight : weights)
            test.p += weight <= bound ? weight : 0;
        test.p = std::min(1.0, test.p);
        break;
    }
    }

    test.interval.lo = 0; // also when one-sided: an odds ratio is never below 0
    if (conditional.lowest == conditional.highest)
        return test;

    if (cell == conditional.lowest)
        test.odds_ratio = 0;
    else if (cell < conditional.highest)
        test.odds_ratio =
            odds_ratio_where([&](double log_odds) { return conditional.mean(log_odds) - static_cast<double>(cell); });
    const double tail = alternative == Alternative::two_sided ? (1 - level) / 2 : 1 - level;
    if (alternative != Alternative::less && cell > conditional.lowest)
        test.interval.lo = odds_ratio_where(
            [&](double log_odds) { return std::log(conditional.upper_tail(cell, log_odds)) - std::log(tail); });
    if (alternative != Alternative::greater && cell < conditional.highest)
        test.interval.hi = odds_ratio_where(
            [&](double log_odds) { return std::log(conditional.lower_tail(cell, log_odds)) - std::log(tail); });
    return test;
}

McNemarTest mcnemar_test(const TwoByTwo& table)
{
    const std::int64_t b = table[0][1], c = table[1][0];
    McNemarTest test;
    if (b + c == 0)
        return test;
    const double difference = static_cast<double>(b - c), sum = static_cast<double>(b + c);
    test.p_exact = std::min(1.0, 2 * distribution::binomial_cdf(std::min(b, c), b + c, 0.5));
    test.statistic = difference * difference / sum;
    test.p_asymptotic = distribution::chi2_sf(*test.statistic, 1);
    return test;
}

} // namespace beproefd::statistics
