// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/permutation.hpp"

#include "statistics/distribution.hpp"
#include "statistics/meta/kernel.hpp"
#include "statistics/philox.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace beproefd::statistics::meta {
namespace {

constexpr double tolerance = 1e-9;
constexpr double most_exact = 4'194'304; // 2^22

/// |z| (or |t|) of every coefficient of a model fitted to reordered or mirrored studies; false when it cannot be.
class Statistic
{
public:
    Statistic(const kernel::Basis& basis, std::span<const double> v, const PermutationOptions& options)
        : basis_(basis), v_(v), options_(options), fit_(basis)
    {
    }

    bool operator()(std::span<const double> y, std::span<const std::uint32_t> order, std::vector<double>& statistics)
    {
        const std::size_t p = basis_.p;
        fit_.reorder(order);
        const double tau2 = kernel::estimate_tau2(fit_, y, v_, kernel::raw_variance(y), options_.tau_method);
        if (std::isnan(tau2) || !fit_.at(y, v_, tau2))
            return false;
        const double factor =
            options_.test == Test::knapp_hartung ? fit_.q_statistic / static_cast<double>(basis_.k - p) : 1;
        for (std::size_t j = 0; j < p; ++j) {
            double estimate = 0, variance = 0;
            for (std::size_t a = 0; a < p; ++a) {
                const double ra = basis_.r_inverse(j, a);
                estimate += ra * fit_.gamma()[a];
                for (std::size_t b = 0; b < p; ++b)
                    variance += ra * fit_.a_inverse()[a * p + b] * basis_.r_inverse(j, b);
            }
            statistics[j] = std::abs(estimate) / std::sqrt(factor * variance);
            if (std::isnan(statistics[j]))
                return false;
        }
        return true;
    }

private:
    const kernel::Basis& basis_;
    std::span<const double> v_;
    const PermutationOptions& options_;
    kernel::Fit fit_;
};

/// Rows of a design by kind: equal rows have the same number.
struct RowKinds {
    std::vector<std::uint32_t> kind;    ///< per row
    std::vector<std::uint32_t> example; ///< a row of each kind
    std::vector<std::size_t> count;     ///< rows of each kind
    double arrangements = 1;            ///< distinct orders; infinite when too many for a double
};

RowKinds kinds_of(const Matrix& x)
{
    RowKinds kinds;
    std::map<std::vector<double>, std::uint32_t> known;
    for (std::size_t i = 0; i < x.rows(); ++i) {
        std::vector<double> row;
        for (std::size_t j = 0; j < x.columns(); ++j)
            row.push_back(x(i, j));
        const auto [found, added] =
            known.try_emplace(std::move(row), static_cast<std::uint32_t>(kinds.example.size()));
        if (added) {
            kinds.example.push_back(static_cast<std::uint32_t>(i));
            kinds.count.push_back(0);
        }
        kinds.kind.push_back(found->second);
        ++kinds.count[found->second];
        kinds.arrangements *= static_cast<double>(i + 1) / static_cast<double>(kinds.count[found->second]);
    }
    kinds.arrangements = std::round(kinds.arrangements);
    return kinds;
}

/// The arrangement of the kinds that stands at place `rank` in lexicographic order.
std::vector<std::uint32_t> arrangement(const RowKinds& kinds, double rank)
{
    std::vector<std::size_t> left = kinds.count;
    std::size_t rows = kinds.kind.size();
    double arrangements = kinds.arrangements;
    std::vector<std::uint32_t> order;
    while (rows > 0)
        for (std::uint32_t kind = 0; kind < left.size(); ++kind) {
            if (left[kind] == 0)
                continue;
            const double starting_so =
                std::round(arrangements * static_cast<double>(left[kind]) / static_cast<double>(rows));
            if (rank >= starting_so) {
                rank -= starting_so;
                continue;
            }
            order.push_back(kind);
            --left[kind];
            --rows;
            arrangements = starting_so;
            break;
        }
    return order;
}

} // namespace

Outcome<Permutation> permutation_test(std::span<const double> y, std::span<const double> v, const Design& design,
                                      const PermutationOptions& options, const Execution& execution)
{
    const auto observed_model =
        random_effects(y, v, design, {.tau_method = options.tau_method, .test = options.test});
    if (!observed_model)
        return observed_model.error();
    const auto basis = kernel::make_basis(design.x);
    if (!basis)
        return basis.error();
    const std::size_t k = y.size(), p = design.columns();
    const auto [scaled_y, scaled_v, s] = kernel::scale(y, v);
    const bool flips = basis->ones;

    RowKinds kinds;
    double possible = std::exp2(static_cast<double>(k));
    if (!flips) {
        kinds = kinds_of(design.x);
        possible = kinds.arrangements;
    }
    const bool exact = options.exact.value_or(possible <= static_cast<double>(options.resamples));
    if (exact && !(possible <= most_exact))
        return too_large("There are too many permutations for an exact test; set exact to false for random ones.",
                         "options.exact");

    std::vector<double> observed(p);
    {
        Statistic statistic(*basis, scaled_v, options);
        if (!statistic(scaled_y, {}, observed))
            return no_convergence("The model could not be fitted.");
    }
    // A flip of all signs gives the same |statistic|: the first sign can stay.
    const std::size_t total = !exact ? options.resamples : static_cast<std::size_t>(flips ? possible / 2 : possible);
    constexpr std::size_t piece = 64;
    const std::size_t pieces = (total + piece - 1) / piece;
    std::vector<std::size_t> extreme(pieces * p, 0), fitted(pieces, 0);
    const bool finished = parallel_for(execution, pieces, 1, [&](std::size_t begin, std::size_t end) {
        Statistic statistic(*basis, scaled_v, options);
        std::vector<double> found(p), mirrored(k);
        std::vector<std::uint32_t> order(flips ? 0 : k), current;
        for (std::size_t mine = begin; mine < end; ++mine) {
            const std::size_t first = mine * piece, last = std::min(total, first + piece);
            if (exact && !flips)
                current = arrangement(kinds, static_cast<double>(first));
            for (std::size_t r = first; r < last; ++r) {
                PhiloxStream random(options.seed, r);
                if (flips) {
                    for (std::size_t i = 0; i < k; ++i) {
                        const bool flip = exact ? i > 0 && (r >> (i - 1) & 1) != 0 : random.coin();
                        mirrored[i] = flip ? -scaled_y[i] : scaled_y[i];
                    }
                } else if (exact) {
                    for (std::size_t i = 0; i < k; ++i)
                        order[i] = kinds.example[current[i]];
                    std::next_permutation(current.begin(), current.end());
                } else {
                    random.permutation(order);
                }
                if (!statistic(flips ? std::span<const double>(mirrored) : std::span<const double>(scaled_y), order,
                               found))
                    continue;
                ++fitted[mine];
                for (std::size_t j = 0; j < p; ++j)
                    extreme[mine * p + j] += found[j] >= observed[j] - tolerance ? 1 : 0;
            }
        }
    });
    if (!finished)
        return stopped();

    Permutation result;
    result.exact = exact;
    std::size_t usable = std::accumulate(fitted.begin(), fitted.end(), std::size_t{0});
    result.failed = total - usable;
    const std::size_t extra = exact ? 0 : 1; // the observed one joins the random ones
    result.permutations = (usable + extra) * (exact && flips ? 2 : 1);
    for (std::size_t j = 0; j < p; ++j) {
        std::size_t count = extra;
        for (std::size_t mine = 0; mine < pieces; ++mine)
            count += extreme[mine * p + j];
        result.p.push_back(static_cast<double>(count) / static_cast<double>(usable + extra));
    }
    Warnings warnings;
    if (result.failed > 0)
        warnings.push_back({"failed_fits",
                            std::to_string(result.failed) + " permutations could not be fitted and are "
                                                            "left out.",
                            ""});
    return {std::move(result), std::move(warnings)};
}

} // namespace beproefd::statistics::meta
