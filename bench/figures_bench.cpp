// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How long it takes to read, verify and cover all published figures; median and largest of 21 runs. Target: verifying
// everything within 50 ms.

#include "figures/catalogue.hpp"
#include "figures/coverage.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

using namespace beproefd::figures;

namespace {

template<class Work>
void measure(const char* name, Work work)
{
    std::vector<double> times;
    for (int run = 0; run < 21; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        const std::chrono::duration<double, std::milli> time = std::chrono::steady_clock::now() - start;
        times.push_back(time.count());
    }
    std::sort(times.begin(), times.end());
    fmt::print("| {} | {:.2f} ms | {:.2f} ms |\n", name, times[times.size() / 2], times.back());
}

} // namespace

int main()
{
    const auto sources = shipped_sources();
    const auto read = read_published(sources);
    if (!read)
        throw std::runtime_error("the published data cannot be read");
    const Published published = *read;
    const Catalogue catalogue{published};

    fmt::print("{} figures, {} checks, {} numbers in the documents\n\n", published.figures.size(),
               catalogue.checks().checks, published.index.size());
    fmt::print("| work | median | largest of 21 |\n|---|---|---|\n");
    measure("read and check all data files", [&] {
        if (!read_published(sources))
            std::abort();
    });
    measure("verify: run every check", [&] {
        if (!run_checks(published).as_known)
            std::abort();
    });
    measure("verify with the detective's explanations", [&] {
        if (!run_checks(published).as_known || explain_tables(published).empty())
            std::abort();
    });
    measure("coverage: match every number", [&] {
        if (!cover(published).complete())
            std::abort();
    });
    measure("a figure with source, checks and use", [&] {
        if (!catalogue.figure("cluster-figures~prevention~2020-granted"))
            std::abort();
    });
}
