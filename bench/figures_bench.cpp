// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How long it takes to read, verify and cover all published figures; median and largest of 21 runs. Target: verifying
// everything within 50 ms.

#include "measure.hpp"

#include "figures/catalogue.hpp"
#include "figures/coverage.hpp"

#include <fmt/format.h>

#include <stdexcept>

using beproefd::bench::measure;
using namespace beproefd::figures;

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
    measure("read and check all data files", 21, [&] {
        if (!read_published(sources))
            std::abort();
    });
    measure("verify: run every check", 21, [&] {
        if (!run_checks(published).as_known)
            std::abort();
    });
    measure("verify with the detective's explanations", 21, [&] {
        if (!run_checks(published).as_known || explain_tables(published).empty())
            std::abort();
    });
    measure("coverage: match every number", 21, [&] {
        if (!cover(published).complete())
            std::abort();
    });
    measure("a figure with source, checks and use", 21, [&] {
        if (!catalogue.figure("cluster-figures~prevention~2020-granted"))
            std::abort();
    });
}
