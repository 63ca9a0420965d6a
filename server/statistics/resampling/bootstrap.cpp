// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/resampling/bootstrap.hpp"

#include "statistics/distribution.hpp"
#include "statistics/philox.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics {
namespace {

/// The statistic from sums over values that were centred on the mean of the sample.
double statistic_of(BootstrapStatistic statistic, double n, double sum, double squares, double centre)
{
    const double mean = sum / n;
    if (statistic == BootstrapStatistic::mean)
        return centre + mean;
    const double variance = (squares - sum * mean) / (n - 1);
    // What is left of identical values is rounding: no variation.
    const double deviation = variance > 1e-14 * squares / n ? std::sqrt(variance) : 0;
    return statistic == BootstrapStatistic::standard_deviation ? deviation : (centre + mean) / deviation;
}

/// The value at rank (R + 1)·probability of sorted replicates.
double interpolated_quantile(std::span<const double> sorted, double probability, bool& extreme)
{
    const double count = static_cast<double>(sorted.size());
    const double rank = (count + 1) * probability, whole = std::floor(rank);
    if (!(rank > 1 && rank < count))
        extreme = true;
    if (!(whole >= 1))
        return sorted.front();
    if (whole >= count)
        return sorted.back();
    const std::size_t k = static_cast<std::size_t>(whole);
    if (whole == rank)
        return sorted[k - 1];
    const double at = distribution::normal_quantile(probability);
    const double below = distribution::normal_quantile(whole / (count + 1));
    const double above = distribution::normal_quantile((whole + 1) / (count + 1));
    return sorted[k - 1] + (at - below) / (above - below) * (sorted[k] - sorted[k - 1]);
}

/// A sum with twice the precision of a double, in which the order of its terms does not show.
/// Source: Dekker 1971, doi:10.1007/BF01397083
struct WideSum {
    double high = 0;
    double low = 0;

    void add(double value)
    {
        const double sum = high + value, part = sum - high;
        low += (high - (sum - part)) + (value - part);
        high = sum;
    }
    void add_square_of_difference(double a, double b)
    {
        const double difference = a - b, part = difference - a;
        const double rest = (a - (difference - part)) - (b + part);
        const double square = difference * difference;
        add(square);
        low += std::fma(difference, difference, -square) + 2 * difference * rest;
    }
    /// Rounded once.
    double over(double count) const
    {
        const double quotient = (high + low) / count;
        return quotient + (std::fma(-quotient, count, high) + low) / count;
    }
};

class Sample
{
public:
    Sample(std::span<const double> values, BootstrapStatistic statistic)
        : statistic_(statistic), n_(static_cast<double>(values.size())), centre_(moments(values).mean),
          values_(values), centred_(values.begin(), values.end())
    {
        for (double& value : centred_) {
            value -= centre_;
            largest_ = std::max(largest_, std::abs(value));
        }
    }

    double observed() const { return of_sums(total(), squares()); }

    /// The statistic of one resample; index() gives one index after the other.
    template<class Index>
    double resampled(Index&& index) const
    {
        double sum = 0, squares = 0;
        for (std::size_t i = 0; i < centred_.size(); ++i) {
            const double value = centred_[index()];
            sum += value;
            squares += value * value;
        }
        return of_sums(sum, squares);
    }

    /// The same rounded once, so that resamples with the same values have the same statistic in any order. Slower.
    template<class Index>
    double resampled_exactly(Index&& index) const
    {
        std::vector<double> drawn(values_.size());
        WideSum sum;
        for (double& value : drawn)
            sum.add(value = values_[index()]);
        const double mean = sum.over(n_);
        if (statistic_ == BootstrapStatistic::mean)
            return mean;
        WideSum squares;
        for (const double value : drawn)
            squares.add_square_of_difference(value, mean);
        const double deviation = std::sqrt(squares.over(n_ - 1));
        return statistic_ == BootstrapStatistic::standard_deviation ? deviation : mean / deviation;
    }

    std::vector<double> jackknife() const
    {
        std::vector<double> values(centred_.size());
        const double all = total(), all_squares = squares();
        for (std::size_t i = 0; i < centred_.size(); ++i) {
            const double sum = all - centred_[i], shift = sum / (n_ - 1);
            const double squares = std::max(0.0, all_squares - centred_[i] * centred_[i] - sum * shift);
            values[i] = statistic_of(statistic_, n_ - 1, 0, squares, centre_ + shift);
        }
        return values;
    }

    /// Two values of the statistic nearer than this have to be compared exactly.
    double rounding(double t0) const
    {
        const double scale = statistic_ == BootstrapStatistic::standardised_mean
                                 ? std::abs(t0)
                                 : std::max(std::abs(t0), largest_ + std::abs(centre_));
        return 1e-13 * scale;
    }

private:
    double of_sums(double sum, double squares) const { return statistic_of(statistic_, n_, sum, squares, centre_); }
    double total() const
    {
        double sum = 0;
        for (const double value : centred_)
            sum += value;
        return sum;
    }
    double squares() const
    {
        double sum = 0;
        for (const double value : centred_)
            sum += value * value;
        return sum;
    }

    BootstrapStatistic statistic_;
    double n_;
    double centre_;
    std::span<const double> values_;
    std::vector<double> centred_;
    double largest_ = 0;
};

std::optional<Error> refusal(std::span<const double> values, BootstrapStatistic statistic)
{
    const std::size_t needed = statistic == BootstrapStatistic::mean ? 2 : 3;
    if (values.size() < needed)
        return insufficient_data(
            "The bootstrap of this statistic needs at least " + std::to_string(needed) + " values.", "data.y");
    const Moments sample = moments(values);
    if (!std::isfinite(sample.variance))
        return invalid_data("The values are too large to be squared and summed.", "data.y");
    if (is_constant(sample))
        return insufficient_data("The values do not vary.", "data.y");
    return std::nullopt;
}

/// exactly(r) is the statistic of resample r, rounded once.
template<class Exactly>
Outcome<Bootstrap> summarise(const Sample& sample, std::vector<double> replicates, double level,
                             const Exactly& exactly)
{
    Bootstrap result;
    result.observed = sample.observed();
    const std::size_t drawn = replicates.size();
    // Strictly below t0: a resample that repeats the data in another order must not count because of its rounding.
    const double t0 = result.observed, rounding = sample.rounding(t0);
    std::size_t next = 0, below = 0;
    const double observed_exactly = sample.resampled_exactly([&] { return next++; });
    for (std::size_t r = 0; r < drawn; ++r)
        below += std::abs(replicates[r] - t0) <= rounding ? (exactly(r) < observed_exactly ? 1 : 0)
                                                          : (replicates[r] < t0 ? 1 : 0);
    std::erase_if(replicates, [](double value) { return !std::isfinite(value); });
    result.resamples = replicates.size();
    result.degenerate = drawn - replicates.size();
    if (replicates.size() < 2)
        return insufficient_data("Fewer than two resamples have a value.");

    const double count = static_cast<double>(replicates.size());
    double deviation = 0;
    for (const double value : replicates)
        deviation += value - t0;
    result.bias = deviation / count;
    double squares = 0;
    for (const double value : replicates)
        squares += (value - t0 - result.bias) * (value - t0 - result.bias);
    result.standard_error = std::sqrt(squares / (count - 1));
    std::sort(replicates.begin(), replicates.end());

    const double low = (1 - level) / 2, high = (1 + level) / 2;
    const double z = distribution::normal_quantile(high);
    const auto quantile = [&](double p) { return interpolated_quantile(replicates, p, result.extreme); };
    result.normal = {t0 - result.bias - z * result.standard_error, t0 - result.bias + z * result.standard_error};
    result.percentile = {quantile(low), quantile(high)};
    result.basic = {2 * t0 - result.percentile.second, 2 * t0 - result.percentile.first};

    if (below > 0 && below < replicates.size())
        result.z0 = distribution::normal_quantile(static_cast<double>(below) / count);
    const std::vector<double> jackknife = sample.jackknife();
    double mean = 0, cubes = 0;
    squares = 0;
    for (const double value : jackknife)
        mean += value;
    mean /= static_cast<double>(jackknife.size());
    for (const double value : jackknife) {
        const double influence = mean - value; // the factor n − 1 cancels
        squares += influence * influence;
        cubes += influence * influence * influence;
    }
    if (squares > 0 && std::isfinite(squares))
        result.acceleration = cubes / (6 * squares * std::sqrt(squares));
    if (result.z0 && result.acceleration) {
        const auto adjusted = [&](double normal) {
            const double shifted = *result.z0 + normal;
            return distribution::normal_cdf(*result.z0 + shifted / (1 - *result.acceleration * shifted));
        };
        result.bca = Bounds{quantile(adjusted(-z)), quantile(adjusted(z))};
    }
    return result;
}

} // namespace

Outcome<Bootstrap> bootstrap(std::span<const double> values, BootstrapStatistic statistic,
                             const ResampleIndex& resamples, double level)
{
    if (auto error = refusal(values, statistic))
        return *error;
    const Sample sample{values, statistic};
    std::vector<double> replicates;
    replicates.reserve(resamples.size());
    for (const auto& indices : resamples) {
        std::size_t next = 0;
        replicates.push_back(sample.resampled([&] { return indices[next++]; }));
    }
    return summarise(sample, std::move(replicates), level, [&](std::size_t r) {
        std::size_t next = 0;
        return sample.resampled_exactly([&] { return resamples[r][next++]; });
    });
}

Outcome<Bootstrap> bootstrap(std::span<const double> values, BootstrapStatistic statistic, std::size_t resamples,
                             std::uint64_t seed, double level, const Execution& execution)
{
    if (auto error = refusal(values, statistic))
        return *error;
    const Sample sample{values, statistic};
    std::vector<double> replicates(resamples);
    const std::uint32_t n = static_cast<std::uint32_t>(values.size());
    const bool done = parallel_for(execution, resamples, 512, [&](std::size_t begin, std::size_t end) {
        for (std::size_t r = begin; r < end; ++r) {
            PhiloxStream stream{seed, r};
            replicates[r] = sample.resampled([&] { return stream.index(n); });
        }
    });
    if (!done)
        return stopped();
    return summarise(sample, std::move(replicates), level, [&](std::size_t r) {
        PhiloxStream stream{seed, r};
        return sample.resampled_exactly([&] { return stream.index(n); });
    });
}

} // namespace beproefd::statistics
