// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/ranks.hpp"

#include "statistics/distribution.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numeric>

namespace beproefd::statistics {
namespace {

/// Additions that an exact distribution may take: about two seconds.
constexpr double most_work = 3e9;

/// Counts of subsets must stay within a double: C(1000, 500) ≈ 3e299.
constexpr std::size_t most_ranked = 1000;

struct Ranks {
    std::vector<std::int64_t> doubled; ///< twice the midrank
    double tie_correction = 0;         ///< Σ (t³ − t) over groups of ties
};

Ranks midranks(std::span<const double> values, double rounding)
{
    std::vector<std::size_t> order(values.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) { return values[i] < values[j]; });
    Ranks ranks{std::vector<std::int64_t>(values.size()), 0};
    for (std::size_t first = 0; first < order.size();) {
        std::size_t last = first + 1;
        while (last < order.size() && values[order[last]] - values[order[last - 1]] <= rounding)
            ++last;
        for (std::size_t i = first; i < last; ++i)
            ranks.doubled[order[i]] = static_cast<std::int64_t>(first + 1 + last);
        const double ties = static_cast<double>(last - first);
        ranks.tie_correction += ties * ties * ties - ties;
        first = last;
    }
    return ranks;
}

Error takes_too_long()
{
    return too_large("The exact distribution of this many ranks takes too long; ask for exact false.",
                     "options.exact");
}

/// The share of the distribution that is at least as far out as the observed value. weights[s] counts the outcomes
/// with (doubled) statistic s.
double tail_share(std::span<const double> weights, std::int64_t observed, std::int64_t doubled_expected,
                  Alternative alternative)
{
    double total = 0, tail = 0;
    // Four times the statistic, so that the expectation is a whole number too.
    const std::int64_t distance = std::abs(2 * observed - doubled_expected);
    for (std::size_t s = 0; s < weights.size(); ++s) {
        const std::int64_t value = static_cast<std::int64_t>(s);
        total += weights[s];
        const bool counts = alternative == Alternative::two_sided ? std::abs(2 * value - doubled_expected) >= distance
                            : alternative == Alternative::greater ? value >= observed
                                                                  : value <= observed;
        if (counts)
            tail += weights[s];
    }
    return std::min(1.0, tail / total);
}

double normal_p(double statistic, double expected, double variance, Alternative alternative)
{
    const double z = (statistic - expected) / std::sqrt(variance);
    return alternative == Alternative::two_sided ? distribution::normal_two_sided(z)
           : alternative == Alternative::greater ? distribution::normal_sf(z)
                                                 : distribution::normal_cdf(z);
}

} // namespace

Outcome<RankTest> signed_rank_test(std::span<const double> differences, double rounding, Alternative alternative,
                                   RankDistribution distribution)
{
    std::vector<double> sizes;
    std::vector<bool> positive;
    for (const double difference : differences) {
        if (std::abs(difference) <= rounding)
            continue;
        sizes.push_back(std::abs(difference));
        positive.push_back(difference > 0);
    }
    if (sizes.empty())
        return insufficient_data("No difference is left after dropping the zero differences.");
    const Ranks ranks = midranks(sizes, rounding);
    const std::size_t n = sizes.size();
    std::int64_t observed = 0, total = 0;
    for (std::size_t i = 0; i < n; ++i) {
        total += ranks.doubled[i];
        if (positive[i])
            observed += ranks.doubled[i];
    }

    RankTest test;
    test.statistic = static_cast<double>(observed) / 2;
    test.expected = static_cast<double>(total) / 4;
    test.n = n;
    test.n_zero = differences.size() - n;
    test.tied = ranks.tie_correction > 0;
    const bool feasible = n <= most_ranked && static_cast<double>(n) * static_cast<double>(total) <= most_work;
    if (distribution == RankDistribution::exact && !feasible)
        return takes_too_long();
    test.exact = feasible && distribution != RankDistribution::normal;
    if (!test.exact) {
        double variance = 0;
        for (const std::int64_t rank : ranks.doubled)
            variance += static_cast<double>(rank) * static_cast<double>(rank) / 16;
        test.p = normal_p(test.statistic, test.expected, variance, alternative);
        return test;
    }

    // Twice the signed ranks: each is in or out of the sum with equal chance.
    std::vector<double> weights(static_cast<std::size_t>(total) + 1, 0.0);
    weights[0] = 1;
    std::size_t reach = 0;
    for (const std::int64_t rank : ranks.doubled) {
        const std::size_t step = static_cast<std::size_t>(rank);
        reach += step;
        for (std::size_t s = reach; s >= step; --s)
            weights[s] += weights[s - step];
    }
    test.p = tail_share(weights, observed, total, alternative);
    return test;
}

Outcome<RankTest> rank_sum_test(std::span<const double> a, std::span<const double> b, Alternative alternative,
                                RankDistribution distribution)
{
    if (a.empty() || b.empty())
        return insufficient_data("A rank-sum test needs a value in each group.");
    std::vector<double> values(a.begin(), a.end());
    values.insert(values.end(), b.begin(), b.end());
    const Ranks ranks = midranks(values, 0);
    const std::size_t m = a.size(), n = values.size();
    const std::int64_t smallest = static_cast<std::int64_t>(m * (m + 1)); // twice m(m + 1)/2
    std::int64_t observed = 0;
    for (std::size_t i = 0; i < m; ++i)
        observed += ranks.doubled[i];

    RankTest test;
    test.statistic = static_cast<double>(observed - smallest) / 2;
    test.expected = static_cast<double>(m) * static_cast<double>(n - m) / 2;
    test.n = n;
    test.tied = ranks.tie_correction > 0;

    // The subset sums of the smaller group; those of the larger one mirror them.
    const std::size_t chosen = std::min(m, n - m);
    std::vector<std::int64_t> sorted(ranks.doubled);
    std::sort(sorted.begin(), sorted.end());
    const std::int64_t most =
        std::accumulate(sorted.end() - static_cast<std::ptrdiff_t>(chosen), sorted.end(), std::int64_t{0});
    const bool feasible =
        n <= most_ranked &&
        static_cast<double>(chosen) * static_cast<double>(n) * static_cast<double>(most) <= most_work * 2 &&
        static_cast<double>(chosen + 1) * static_cast<double>(most + 1) <= 5e7;
    if (distribution == RankDistribution::exact && !feasible)
        return takes_too_long();
    test.exact = feasible && distribution != RankDistribution::normal;
    const double size = static_cast<double>(n);
    if (!test.exact) {
        const double variance = static_cast<double>(m) * static_cast<double>(n - m) / 12 *
                                (size + 1 - (n > 1 ? ranks.tie_correction / (size * (size - 1)) : 0));
        test.p = variance > 0 ? normal_p(test.statistic, test.expected, variance, alternative) : 1;
        return test;
    }

    // weights[j][s]: subsets of j of the ranks so far with sum s. Ascending, so that sums stay small at first.
    const std::size_t width = static_cast<std::size_t>(most) + 1;
    std::vector<std::vector<double>> weights(chosen + 1, std::vector<double>(width, 0.0));
    weights[0][0] = 1;
    std::vector<std::size_t> reach(chosen + 1, 0); // the largest sum so far of j ranks
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t step = static_cast<std::size_t>(sorted[i]);
        for (std::size_t j = std::min(chosen, i + 1); j >= 1; --j) {
            reach[j] = std::min(width - 1, reach[j - 1] + step);
            const double* from = weights[j - 1].data();
            double* to = weights[j].data();
            for (std::size_t s = step; s <= reach[j]; ++s)
                to[s] += from[s - step];
        }
    }
    const std::int64_t total = std::accumulate(sorted.begin(), sorted.end(), std::int64_t{0});
    const std::int64_t value = chosen == m ? observed : total - observed;
    const Alternative side = chosen == m                           ? alternative
                             : alternative == Alternative::greater ? Alternative::less
                             : alternative == Alternative::less    ? Alternative::greater
                                                                   : Alternative::two_sided;
    // Twice the expectation of the doubled sum: chosen · (n + 1) · 2.
    test.p = tail_share(weights[chosen], value, static_cast<std::int64_t>(2 * chosen * (n + 1)), side);
    return test;
}

} // namespace beproefd::statistics
