// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Meta-analysis in process and through the JSON door, with growth in k. Prints rows for
// docs/reference/performance.md.

#include "statistics/door/analyse.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/meta/influence.hpp"
#include "statistics/meta/multilevel.hpp"
#include "statistics/meta/permutation.hpp"
#include "statistics/meta/random_effects.hpp"
#include "statistics/meta/robust.hpp"
#include "statistics/philox.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <string>
#include <vector>

namespace {

using namespace beproefd::statistics;
using namespace beproefd::statistics::meta;

struct Sample {
    std::vector<double> y, v, x;
};

Sample sample(std::size_t k)
{
    PhiloxStream random(7, k);
    Sample sample;
    for (std::size_t i = 0; i < k; ++i) {
        sample.v.push_back(std::exp(-3 + random.normal()));
        sample.x.push_back(2000 + random.index(20));
        sample.y.push_back(0.2 + 0.3 * random.normal() + std::sqrt(sample.v[i]) * random.normal());
    }
    return sample;
}

/// Median milliseconds of at least five runs and at least a fifth of a second.
template<class F>
double median_ms(F&& f)
{
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    const auto start = Clock::now();
    while (times.size() < 5 || (Clock::now() - start < std::chrono::milliseconds(200) && times.size() < 2000)) {
        const auto before = Clock::now();
        f();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - before).count());
    }
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

void row(const std::string& task, double ms) { fmt::print("| {} | {:.4g} ms |\n", task, ms); }

template<class T>
void must(const Outcome<T>& outcome)
{
    if (!outcome)
        fmt::print("failed: {}\n", outcome.error().message);
}

} // namespace

int main()
{
    for (const std::size_t k : {13UL, 100UL, 1'000UL, 5'000UL, 10'000UL, 100'000UL}) {
        const auto s = sample(k);
        const auto design = intercept_only(k);
        row(fmt::format("meta.rma REML, k = {}", k), median_ms([&] { must(random_effects(s.y, s.v, design)); }));
    }
    const auto small = sample(13);
    const std::vector<Regressor> x{{"year", small.x}};
    row("meta.influence, k = 13",
        median_ms([&] { must(influence(small.y, small.v, intercept_only(13), TauMethod::REML)); }));
    row("meta.leave1out, k = 13", median_ms([&] { must(leave_one_out(small.y, small.v, {})); }));
    for (const unsigned threads : {1U, 2U}) {
        PermutationOptions options;
        options.exact = false;
        row(fmt::format("meta.permutation, 10,000 resamples, k = 13, one moderator, {} thread{}", threads,
                        threads == 1 ? "" : "s"),
            median_ms([&] {
                must(permutation_test(small.y, small.v, design_of(x, true, 13), options, {.threads = threads}));
            }));
    }
    for (const std::size_t k : {56UL, 1'000UL, 10'000UL}) {
        const auto s = sample(k);
        std::vector<std::size_t> outer(k), inner(k);
        for (std::size_t i = 0; i < k; ++i) {
            outer[i] = i / 5;
            inner[i] = i;
        }
        row(fmt::format("meta.multilevel three levels, k = {}", k),
            median_ms([&] { must(multilevel(s.y, s.v, outer, inner, intercept_only(k))); }));
        const auto model = random_effects(s.y, s.v, intercept_only(k));
        WorkingModel working{s.v};
        for (double& value : working.diagonal)
            value += model->tau2;
        const std::vector<double> beta{model->coefficients[0].estimate};
        row(fmt::format("CR2 with Satterthwaite, k = {}", k), median_ms([&] {
                must(cluster_robust(s.y, intercept_only(k), beta, model->covariance, outer, working,
                                    ClusterVariance::CR2, 0.95));
            }));
    }
    const auto registry = door::all_methods();
    for (const std::size_t k : {13UL, 10'000UL}) {
        const auto s = sample(k);
        const auto request =
            fmt::format(R"({{"contract":"beproefd.analyse/1","method":"meta.rma","data":{{"yi":[{}],"vi":[{}]}}}})",
                        fmt::join(s.y, ","), fmt::join(s.v, ","));
        row(fmt::format("meta.rma through JSON, k = {}", k),
            median_ms([&] { door::analyse(registry, request, {}); }));
    }
    return 0;
}
