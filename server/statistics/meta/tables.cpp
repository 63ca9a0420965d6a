// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/tables.hpp"

#include "statistics/distribution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics::meta {
namespace {

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

double square(double x) { return x * x; }

/// A table with its margins.
struct Margins {
    explicit Margins(const Table& t)
        : a(t.a), b(t.b), c(t.c), d(t.d), n1(t.a + t.b), n2(t.c + t.d), events(t.a + t.c), others(t.b + t.d),
          n(n1 + n2)
    {
    }
    double a, b, c, d, n1, n2, events, others, n;

    bool tells_nothing() const { return events == 0 || others == 0; }
};

std::optional<Error> check(std::span<const Table> tables)
{
    if (tables.empty())
        return insufficient_data("There are no studies.", "data.ai");
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const Table& t = tables[i];
        if (!(t.a >= 0 && t.b >= 0 && t.c >= 0 && t.d >= 0) || !std::isfinite(t.a + t.b + t.c + t.d))
            return invalid_data("Counts cannot be negative.", fmt::format("data.ai[{}]", i));
        if (t.a + t.b == 0 || t.c + t.d == 0)
            return invalid_data("A group without persons cannot be compared.", fmt::format("data.ai[{}]", i));
    }
    return std::nullopt;
}

void add_interval(PooledTables& pooled, double level)
{
    const double margin = distribution::normal_quantile(0.5 + level / 2) * pooled.standard_error;
    pooled.ci_lo = pooled.estimate - margin;
    pooled.ci_hi = pooled.estimate + margin;
    pooled.p = distribution::normal_two_sided(pooled.estimate / pooled.standard_error);
}

void add_heterogeneity(PooledTables& pooled, double q, double studies)
{
    const double df = studies - 1;
    pooled.q = df > 0 ? std::max(0.0, q) : 0;
    pooled.q_p = df > 0 ? distribution::chi2_sf(pooled.q, df) : 1;
    pooled.i2 = df > 0 && pooled.q > 0 ? std::max(0.0, 100 * (pooled.q - df) / pooled.q) : 0;
}

/// Tests of the hypothesis that all odds ratios are 1, and that they are all the same.
void add_odds_ratio_tests(PooledTables& pooled, std::span<const Table> tables, bool continuity_correction)
{
    pooled.cmh = pooled.cmh_p = pooled.tarone = pooled.tarone_p = nan;
    double difference = 0, variance = 0;
    for (const Table& table : tables) {
        const Margins t(table);
        difference += t.a - t.n1 * t.events / t.n;
        if (t.n > 1)
            variance += t.n1 / t.n * (t.n2 / t.n) * (t.events * (t.others / (t.n - 1)));
    }
    if (variance > 0) {
        pooled.cmh = square(std::abs(difference) - (continuity_correction ? 0.5 : 0)) / variance;
        pooled.cmh_p = distribution::chi2_sf(*pooled.cmh, 1);
    }
    const double ratio = std::exp(pooled.estimate);
    double breslow_day = 0, sum = 0, sum_variance = 0, informative = 0;
    for (const Table& table : tables) {
        const Margins t(table);
        if (t.tells_nothing())
            continue;
        // The a that the pooled odds ratio expects with these margins: the root of a quadratic. This form of it does
        // not lose digits when the ratio is near 1.
        const double linear = ratio * (t.n1 + t.events) + (t.n2 - t.events);
        const double discriminant =
            std::sqrt(std::max(0.0, square(linear) - 4 * ratio * (ratio - 1) * t.n1 * t.events));
        const double expected = 2 * ratio * t.n1 * t.events / (linear + discriminant);
        if (!(expected > 0))
            continue;
        const double own_variance = 1 / (1 / expected + 1 / (t.n1 - expected) + 1 / (t.events - expected) +
                                         1 / (expected - t.n1 - t.events + t.n));
        ++informative;
        breslow_day += square(t.a - expected) / own_variance;
        sum += t.a - expected;
        sum_variance += own_variance;
    }
    if (informative > 0)
        pooled.tarone = std::max(0.0, breslow_day - square(sum) / sum_variance);
    if (informative > 1)
        pooled.tarone_p = distribution::chi2_sf(*pooled.tarone, informative - 1);
}

} // namespace

Outcome<PooledTables> mantel_haenszel(std::span<const Table> tables, RatioMeasure measure, bool continuity_correction,
                                      double level)
{
    if (const auto error = check(tables))
        return *error;
    PooledTables pooled;
    double r = 0, s = 0;
    if (measure == RatioMeasure::odds_ratio) {
        double pr = 0, ps_qr = 0, qs = 0;
        for (const Table& table : tables) {
            const Margins t(table);
            const double p = (t.a + t.d) / t.n, q = (t.b + t.c) / t.n, ri = t.a / t.n * t.d, si = t.b / t.n * t.c;
            r += ri;
            s += si;
            pr += p * ri;
            ps_qr += p * si + q * ri;
            qs += q * si;
        }
        pooled.standard_error = std::sqrt(0.5 * (pr / square(r) + ps_qr / (r * s) + qs / square(s)));
    } else if (measure == RatioMeasure::risk_ratio) {
        double sum = 0;
        for (const Table& table : tables) {
            const Margins t(table);
            r += t.a * (t.n2 / t.n);
            s += t.c * (t.n1 / t.n);
            sum += t.n1 / t.n * (t.n2 / t.n) * t.events - t.a / t.n * t.c;
        }
        pooled.standard_error = std::sqrt(sum / (r * s));
    } else {
        double difference = 0, weight = 0, first = 0, second = 0;
        for (const Table& table : tables) {
            const Margins t(table);
            difference += t.a * (t.n2 / t.n) - t.c * (t.n1 / t.n);
            weight += t.n1 * (t.n2 / t.n);
            first +=
                t.c * square(t.n1 / t.n) - t.a * square(t.n2 / t.n) + t.n1 / t.n * (t.n2 / t.n) * (t.n2 - t.n1) / 2;
            second += t.a * (t.n2 - t.c) / t.n + t.c * (t.n1 - t.a) / t.n;
        }
        pooled.estimate = difference / weight;
        pooled.standard_error = std::sqrt(std::max(0.0, (pooled.estimate * first + second / 2) / square(weight)));
    }
    if (measure != RatioMeasure::risk_difference) {
        if (!(r > 0) || !(s > 0))
            return insufficient_data(
                "One of the groups has no events (or nothing else) in any study: there is no pooled "
                "ratio.",
                "data.ai");
        pooled.estimate = std::log(r / s);
    }
    if (!(pooled.standard_error > 0))
        return insufficient_data("Nothing varies in these tables: there is no standard error.", "data.ai");
    add_interval(pooled, level);

    double q = 0, studies = 0;
    for (const Table& table : tables) {
        if (Margins(table).tells_nothing())
            continue;
        const double add = table.a == 0 || table.b == 0 || table.c == 0 || table.d == 0 ? 0.5 : 0;
        const Margins t(Table{table.a + add, table.b + add, table.c + add, table.d + add});
        double effect = 0, variance = 0;
        if (measure == RatioMeasure::odds_ratio) {
            effect = std::log(t.a) + std::log(t.d) - std::log(t.b) - std::log(t.c);
            variance = 1 / t.a + 1 / t.b + 1 / t.c + 1 / t.d;
        } else if (measure == RatioMeasure::risk_ratio) {
            effect = std::log(t.a / t.n1) - std::log(t.c / t.n2);
            variance = 1 / t.a - 1 / t.n1 + 1 / t.c - 1 / t.n2;
        } else {
            const double p1 = t.a / t.n1, p2 = t.c / t.n2;
            effect = p1 - p2;
            variance = p1 * (1 - p1) / t.n1 + p2 * (1 - p2) / t.n2;
        }
        ++studies;
        q += square(effect - pooled.estimate) / variance;
    }
    add_heterogeneity(pooled, q, studies);
    if (measure == RatioMeasure::odds_ratio)
        add_odds_ratio_tests(pooled, tables, continuity_correction);
    return pooled;
}

Outcome<PooledTables> peto(std::span<const Table> tables, double level)
{
    if (const auto error = check(tables))
        return *error;
    double difference = 0, variance = 0, squares = 0, studies = 0;
    for (const Table& table : tables) {
        const Margins t(table);
        if (t.tells_nothing())
            continue;
        const double own = t.a - t.events * t.n1 / t.n;
        const double own_variance = t.events * t.others * (t.n1 / t.n) * (t.n2 / t.n) / (t.n - 1);
        difference += own;
        variance += own_variance;
        squares += square(own) / own_variance;
        ++studies;
    }
    if (!(variance > 0))
        return insufficient_data("No study has both persons with and persons without the event.", "data.ai");
    PooledTables pooled;
    pooled.estimate = difference / variance;
    pooled.standard_error = std::sqrt(1 / variance);
    add_interval(pooled, level);
    add_heterogeneity(pooled, squares - square(difference) / variance, studies);
    return pooled;
}

} // namespace beproefd::statistics::meta
