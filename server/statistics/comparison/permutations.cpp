// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/comparison/permutations.hpp"

#include "statistics/distribution.hpp"
#include "statistics/philox.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <numeric>

namespace beproefd::statistics {
namespace {

constexpr double most_work = 3e9;           ///< additions of a dynamic programme
constexpr double most_memory = 5e7;         ///< numbers it may hold
constexpr std::size_t most_halved = 44;     ///< values for meet in the middle: 2²² sums a half
constexpr double relative_rounding = 1e-11; ///< of the sum of sizes: what counts as equal

Error too_many()
{
    return too_large("There are too many arrangements to enumerate; ask for exact false to draw them at random.",
                     "options.exact");
}

Error no_values() { return insufficient_data("A permutation test needs a value in each group."); }

/// Does a deviation from the null mean count as at least as far out as the observed one?
struct Tail {
    Alternative alternative;
    double observed; ///< deviation of the observed sum
    double rounding;

    bool includes(double deviation) const
    {
        switch (alternative) {
        case Alternative::greater:
            return deviation >= observed - rounding;
        case Alternative::less:
            return deviation <= observed + rounding;
        case Alternative::two_sided:
            break;
        }
        return std::abs(deviation) >= std::abs(observed) - rounding;
    }
};

/// How many pairs (one value of each list, both ascending) have a sum of at least bound; the sum of two sorted
/// lists needs one walk through both.
double pairs_at_least(std::span<const double> low, std::span<const double> high, double bound)
{
    double count = 0;
    std::size_t from = high.size();
    for (const double value : low) {
        while (from > 0 && value + high[from - 1] >= bound)
            --from;
        count += static_cast<double>(high.size() - from);
    }
    return count;
}

/// Pairs of which the sum lies in the tail.
double pairs_in(const Tail& tail, std::span<const double> low, std::span<const double> high)
{
    const double pairs = static_cast<double>(low.size()) * static_cast<double>(high.size());
    const auto at_least = [&](double bound) { return pairs_at_least(low, high, bound); };
    const auto at_most = [&](double bound) { return pairs - at_least(std::nextafter(bound, INFINITY)); };
    switch (tail.alternative) {
    case Alternative::greater:
        return at_least(tail.observed - tail.rounding);
    case Alternative::less:
        return at_most(tail.observed + tail.rounding);
    case Alternative::two_sided:
        break;
    }
    const double bound = std::abs(tail.observed) - tail.rounding;
    return bound <= 0 ? pairs : at_least(bound) + at_most(-bound);
}

/// All sums of these values with a sign each, ascending: merging two sorted lists per value.
std::vector<double> signed_sums(std::span<const double> values)
{
    std::vector<double> sums{0};
    for (const double value : values) {
        const double size = std::abs(value);
        std::vector<double> lower(sums), upper(sums);
        for (double& sum : lower)
            sum -= size;
        for (double& sum : upper)
            sum += size;
        sums.resize(2 * sums.size());
        std::merge(lower.begin(), lower.end(), upper.begin(), upper.end(), sums.begin());
    }
    return sums;
}

/// All sums of subsets of these values by the size of the subset, each ascending.
std::vector<std::vector<double>> subset_sums(std::span<const double> values)
{
    std::vector<std::vector<double>> sums(values.size() + 1);
    sums[0] = {0};
    std::vector<double> with, merged;
    for (std::size_t i = 0; i < values.size(); ++i)
        for (std::size_t j = i + 1; j >= 1; --j) {
            with = sums[j - 1];
            for (double& sum : with)
                sum += values[i];
            merged.resize(sums[j].size() + with.size());
            std::merge(sums[j].begin(), sums[j].end(), with.begin(), with.end(), merged.begin());
            sums[j] = merged;
        }
    return sums;
}

/// The greatest common divisor of whole numbers, at least 1, so that a coarse grid takes few steps.
long long common_divisor(std::span<const long long> numbers)
{
    long long divisor = 0;
    for (const long long number : numbers)
        divisor = std::gcd(divisor, number);
    return std::max(divisor, 1LL);
}

double sum_of_sizes(std::span<const double> values)
{
    double sum = 0;
    for (const double value : values)
        sum += std::abs(value);
    return sum;
}

} // namespace

Outcome<PermutationTest> exact_sign_flip_test(std::span<const double> differences, Alternative alternative)
{
    if (differences.empty())
        return no_values();
    PermutationTest test;
    test.estimate = moments(differences).mean;
    // A zero difference gives the same sum with either sign, so it may be left out of the enumeration.
    std::vector<double> values;
    for (const double difference : differences)
        if (difference != 0)
            values.push_back(difference);
    test.arrangements = std::exp2(static_cast<double>(differences.size()));

    if (const auto grid = whole_numbers(values); grid && values.size() <= 1000) {
        std::vector<long long> sizes;
        for (const long long number : grid->numbers)
            if (number != 0)
                sizes.push_back(std::abs(number));
        const long long divisor = common_divisor(sizes);
        double total = 0;
        for (long long& size : sizes)
            total += static_cast<double>(size /= divisor);
        if (total * static_cast<double>(sizes.size()) <= most_work && total <= most_memory) {
            // weights[s]: flips in which the positive ones sum to s; the signed sum is then 2s − total.
            std::vector<double> weights(static_cast<std::size_t>(total) + 1, 0.0);
            weights[0] = 1;
            std::size_t reach = 0;
            for (const long long size : sizes) {
                const std::size_t step = static_cast<std::size_t>(size);
                reach += step;
                for (std::size_t s = reach; s >= step; --s)
                    weights[s] += weights[s - step];
            }
            const long long observed = std::accumulate(grid->numbers.begin(), grid->numbers.end(), 0LL) / divisor;
            const Tail tail{alternative, static_cast<double>(observed), 0};
            double count = 0, all = 0;
            for (std::size_t s = 0; s < weights.size(); ++s) {
                all += weights[s];
                if (tail.includes(2 * static_cast<double>(s) - total))
                    count += weights[s];
            }
            test.p = count / all;
            return test;
        }
    }

    if (values.size() > most_halved)
        return too_many();
    const Tail tail{alternative, std::accumulate(values.begin(), values.end(), 0.0),
                    relative_rounding * sum_of_sizes(values)};
    const std::size_t half = values.size() / 2;
    const std::vector<double> low = signed_sums(std::span(values).first(half));
    const std::vector<double> high = signed_sums(std::span(values).subspan(half));
    test.p = pairs_in(tail, low, high) / (static_cast<double>(low.size()) * static_cast<double>(high.size()));
    return test;
}

Outcome<PermutationTest> exact_two_sample_test(std::span<const double> a, std::span<const double> b,
                                               Alternative alternative)
{
    if (a.empty() || b.empty())
        return no_values();
    PermutationTest test;
    test.estimate = moments(a).mean - moments(b).mean;
    std::vector<double> values(a.begin(), a.end());
    values.insert(values.end(), b.begin(), b.end());
    const std::size_t m = a.size(), n = values.size(), chosen = std::min(m, n - m);
    test.arrangements =
        std::exp(distribution::log_choose(static_cast<std::int64_t>(n), static_cast<std::int64_t>(m)));
    if (test.arrangements < 9e15)
        test.arrangements = std::round(test.arrangements);
    // The smaller group carries the same information with the other sign.
    const bool mirrored = chosen != m;
    const std::span<const double> group = mirrored ? b : a;
    Alternative side = alternative;
    if (mirrored && alternative != Alternative::two_sided)
        side = alternative == Alternative::greater ? Alternative::less : Alternative::greater;

    if (auto grid = whole_numbers(values); grid && n <= 1000) {
        std::vector<long long>& numbers = grid->numbers;
        const long long least = *std::min_element(numbers.begin(), numbers.end());
        for (long long& number : numbers)
            number -= least;
        const long long divisor = common_divisor(numbers);
        for (long long& number : numbers)
            number /= divisor;
        const long long total = std::accumulate(numbers.begin(), numbers.end(), 0LL);
        const long long observed =
            mirrored ? std::accumulate(numbers.begin() + static_cast<std::ptrdiff_t>(m), numbers.end(), 0LL)
                     : std::accumulate(numbers.begin(), numbers.begin() + static_cast<std::ptrdiff_t>(m), 0LL);
        std::sort(numbers.begin(), numbers.end());
        const double most = static_cast<double>(
            std::accumulate(numbers.end() - static_cast<std::ptrdiff_t>(chosen), numbers.end(), 0LL));
        const double size = static_cast<double>(n);
        if (most * static_cast<double>(chosen) * size <= 2 * most_work &&
            (most + 1) * static_cast<double>(chosen + 1) <= most_memory && most * size < 4e15) {
            const std::size_t width = static_cast<std::size_t>(most) + 1;
            std::vector<std::vector<double>> weights(chosen + 1, std::vector<double>(width, 0.0));
            weights[0][0] = 1;
            std::vector<std::size_t> reach(chosen + 1, 0);
            for (std::size_t i = 0; i < n; ++i) {
                const std::size_t step = static_cast<std::size_t>(numbers[i]);
                for (std::size_t j = std::min(chosen, i + 1); j >= 1; --j) {
                    reach[j] = std::min(width - 1, std::max(reach[j], reach[j - 1] + step));
                    const double* from = weights[j - 1].data();
                    double* to = weights[j].data();
                    for (std::size_t s = reach[j] + 1; s-- > step;)
                        to[s] += from[s - step];
                }
            }
            // n times the sum minus its null mean: whole numbers.
            const double expected = static_cast<double>(chosen) * static_cast<double>(total);
            const Tail tail{side, size * static_cast<double>(observed) - expected, 0};
            double count = 0, all = 0;
            for (std::size_t s = 0; s < width; ++s) {
                const double weight = weights[chosen][s];
                all += weight;
                if (weight > 0 && tail.includes(size * static_cast<double>(s) - expected))
                    count += weight;
            }
            test.p = count / all;
            return test;
        }
    }

    if (n > most_halved)
        return too_many();
    const double mean = moments(values).mean;
    double observed = 0;
    for (const double value : group)
        observed += value - mean;
    for (double& value : values)
        value -= mean;
    const Tail tail{side, observed,
                    relative_rounding * (sum_of_sizes(values) + static_cast<double>(n) * std::abs(mean) * 1e-5)};
    const auto low = subset_sums(std::span(values).first(n / 2));
    const auto high = subset_sums(std::span(values).subspan(n / 2));
    double count = 0, all = 0;
    for (std::size_t j = 0; j < low.size() && j <= chosen; ++j) {
        if (chosen - j >= high.size())
            continue;
        count += pairs_in(tail, low[j], high[chosen - j]);
        all += static_cast<double>(low[j].size()) * static_cast<double>(high[chosen - j].size());
    }
    test.p = count / all;
    return test;
}

namespace {

/// (1 + hits) / (1 + resamples), with the deviation of replicate r given by draw(stream, scratch).
template<class Draw>
Outcome<PermutationTest> draw_arrangements(double estimate, const Tail& tail, std::size_t resamples,
                                           std::uint64_t seed, const Execution& execution, const Draw& draw)
{
    std::atomic<std::size_t> hits{0}; // a count does not depend on the order
    const bool done = parallel_for(execution, resamples, 256, [&](std::size_t begin, std::size_t end) {
        std::vector<double> scratch;
        std::size_t mine = 0;
        for (std::size_t r = begin; r < end; ++r) {
            PhiloxStream stream{seed, r};
            mine += tail.includes(draw(stream, scratch)) ? 1 : 0;
        }
        hits += mine;
    });
    if (!done)
        return stopped();
    PermutationTest test;
    test.estimate = estimate;
    test.exact = false;
    test.arrangements = static_cast<double>(resamples) + 1;
    test.p = (1 + static_cast<double>(hits.load())) / test.arrangements;
    return test;
}

} // namespace

Outcome<PermutationTest> random_sign_flip_test(std::span<const double> differences, Alternative alternative,
                                               std::size_t resamples, std::uint64_t seed, const Execution& execution)
{
    if (differences.empty())
        return no_values();
    const Tail tail{alternative, std::accumulate(differences.begin(), differences.end(), 0.0),
                    relative_rounding * sum_of_sizes(differences)};
    return draw_arrangements(moments(differences).mean, tail, resamples, seed, execution,
                             [&](PhiloxStream& stream, std::vector<double>&) {
                                 double sum = 0;
                                 std::uint32_t bits = 0;
                                 for (std::size_t i = 0; i < differences.size(); ++i) {
                                     if (i % 32 == 0)
                                         bits = stream.bits32();
                                     sum += (bits >> (i % 32) & 1) != 0 ? differences[i] : -differences[i];
                                 }
                                 return sum;
                             });
}

Outcome<PermutationTest> random_two_sample_test(std::span<const double> a, std::span<const double> b,
                                                Alternative alternative, std::size_t resamples, std::uint64_t seed,
                                                const Execution& execution)
{
    if (a.empty() || b.empty())
        return no_values();
    std::vector<double> values(a.begin(), a.end());
    values.insert(values.end(), b.begin(), b.end());
    const double mean = moments(values).mean;
    for (double& value : values)
        value -= mean;
    const Tail tail{
        alternative, std::accumulate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(a.size()), 0.0),
        relative_rounding * (sum_of_sizes(values) + static_cast<double>(values.size()) * std::abs(mean) * 1e-5)};
    return draw_arrangements(moments(a).mean - moments(b).mean, tail, resamples, seed, execution,
                             [&](PhiloxStream& stream, std::vector<double>& scratch) {
                                 scratch = values;
                                 double sum = 0;
                                 // The first m places of a Fisher-Yates shuffle are a random group of m.
                                 for (std::size_t i = 0; i < a.size(); ++i) {
                                     const std::size_t left = scratch.size() - i;
                                     const std::size_t pick = i + stream.index(static_cast<std::uint32_t>(left));
                                     std::swap(scratch[i], scratch[pick]);
                                     sum += scratch[i];
                                 }
                                 return sum;
                             });
}

} // namespace beproefd::statistics
