// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/parallel.hpp"

#include "statistics/philox.hpp"

#include <gtest/gtest.h>

#include <stdexcept>
#include <vector>

namespace beproefd::statistics {
namespace {

std::vector<double> draws(unsigned threads)
{
    std::vector<double> found(1000);
    parallel_for({.threads = threads}, found.size(), 7, [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i)
            found[i] = PhiloxStream{42, i}.normal();
    });
    return found;
}

TEST(ParallelFor, GivesTheSameBitsOnAnyNumberOfThreads)
{
    const auto one = draws(1);

    EXPECT_EQ(draws(2), one);
    EXPECT_EQ(draws(16), one);
    EXPECT_EQ(ordered_sum(draws(16)), ordered_sum(one));
}

TEST(ParallelFor, StopsWhenAskedTo)
{
    const Execution execution{.threads = 2, .stop = [] { return true; }};

    EXPECT_FALSE(parallel_for(execution, 100, 1, [](std::size_t, std::size_t) {}));
}

TEST(ParallelFor, HandsOnWhatGoesWrong)
{
    EXPECT_THROW(parallel_for({.threads = 4}, 100, 1,
                              [](std::size_t begin, std::size_t) {
                                  if (begin == 50)
                                      throw std::runtime_error("broken");
                              }),
                 std::runtime_error);
}

} // namespace
} // namespace beproefd::statistics
