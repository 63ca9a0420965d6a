// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How long tests, models and simulations take in process on one thread: median of 15 runs, with growth in rows and in
// simulations. Targets: 1,000 stepped-wedge simulations 150 ms, 1,000 cluster-means simulations 5 ms, 10,000 BCa
// resamples 10 ms.

#include "statistics/comparison/permutations.hpp"
#include "statistics/comparison/ranks.hpp"
#include "statistics/philox.hpp"
#include "statistics/power/simulate.hpp"
#include "statistics/regression/linear_model.hpp"
#include "statistics/regression/mixed_model.hpp"
#include "statistics/resampling/bootstrap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>

using namespace beproefd::statistics;

namespace {

/// Prints a row for docs/reference/performance.md. work() says whether there was an answer.
template<class Work>
void measure(std::string_view what, int runs, Work work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const auto start = std::chrono::steady_clock::now();
        if (!work()) {
            fmt::print(stderr, "{}: no answer\n", what);
            std::exit(1);
        }
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    fmt::print("| {} | {:.3f} ms |\n", what, times[times.size() / 2]);
}

std::vector<double> normal_values(std::uint64_t seed, std::size_t count)
{
    PhiloxStream stream{seed, 0};
    std::vector<double> values(count);
    for (double& value : values)
        value = stream.normal();
    return values;
}

} // namespace

int main()
{
    fmt::print("| task | median |\n|---|---|\n");
    const power::SimulatedSteppedWedge wedge{{2, 2, 2, 2}, 10, 1, 0.3, 0.4};
    for (const std::size_t simulations : {1'000, 10'000, 100'000})
        measure(fmt::format("stepped wedge 8×5×10, {} REML simulations", simulations), 15, [&] {
            return power::simulate(wedge, 0.05, power::SimulationAnalysis::lmm_z, simulations, 1, 0.95, {})
                .has_value();
        });
    measure("cluster means, 1000 simulations", 15, [] {
        return power::simulate(power::SimulatedClusters{8, 10, 0.1, 0.5}, 0.05,
                               power::SimulationAnalysis::cluster_means_t, 1'000, 1, 0.95, {})
            .has_value();
    });
    for (const std::size_t n : {40, 400}) {
        const auto y = normal_values(n, n);
        measure(fmt::format("BCa bootstrap of a mean, n = {}, 10,000 resamples", n), 15,
                [&] { return bootstrap(y, BootstrapStatistic::mean, 10'000, 1, 0.95, {}).has_value(); });
    }
    for (const std::size_t n : {20, 36}) {
        auto values = normal_values(n, n);
        measure(fmt::format("exact sign flips by halves, {} pairs", n), 15,
                [&] { return exact_sign_flip_test(values, Alternative::two_sided).has_value(); });
        for (double& value : values)
            value = std::round(10 * value) / 10;
        measure(fmt::format("exact sign flips on a grid of tenths, {} pairs", n), 15,
                [&] { return exact_sign_flip_test(values, Alternative::two_sided).has_value(); });
    }
    const auto a = normal_values(1, 60), b = normal_values(2, 60);
    measure("exact rank sum, 60 against 60", 15,
            [&] { return rank_sum_test(a, b, Alternative::two_sided, RankDistribution::exact).has_value(); });
    for (const std::size_t n : {1'000, 10'000, 100'000}) {
        auto y = normal_values(3, n);
        const auto x = normal_values(4, n), level = normal_values(5, n);
        std::vector<std::size_t> groups(n);
        for (std::size_t i = 0; i < n; ++i) {
            groups[i] = i * i % (n / 8);
            y[i] += 0.3 * x[i] + 0.5 * level[groups[i]];
        }
        for (std::size_t next = 0, i = 0; i < n; ++i) // labels 0 … without gaps
            groups[i] = groups[i] <= next ? groups[i] : next++;
        const Design design = design_of(std::vector<Regressor>{{"x", x}}, true, n);
        measure(fmt::format("mixed model, {} rows, Satterthwaite", n), 5, [&] {
            return mixed_model(design, y, groups, Likelihood::restricted, MixedDf::satterthwaite, 0.95).has_value();
        });
        measure(fmt::format("least squares with CR2, {} rows", n), 5,
                [&] { return linear_model(design, true, y, Covariance::cr2, groups, 0.95).has_value(); });
    }
}
