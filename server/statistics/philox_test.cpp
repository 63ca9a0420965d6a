// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/philox.hpp"

#include "statistics/distribution.hpp"

#include <gtest/gtest.h>

#include <array>
#include <vector>

namespace beproefd::statistics {
namespace {

TEST(Philox, AgreesWithTheKnownAnswersOfItsAuthors) // kat_vectors of Random123
{
    using Counter = std::array<std::uint32_t, 4>;

    EXPECT_EQ(philox4x32({0, 0, 0, 0}, {0, 0}), (Counter{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}));
    EXPECT_EQ(philox4x32({0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff}, {0xffffffff, 0xffffffff}),
              (Counter{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}));
    EXPECT_EQ(philox4x32({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}),
              (Counter{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}));
}

TEST(PhiloxStream, IsUniformOverSmallRanges)
{
    std::array<int, 6> counts{};
    PhiloxStream stream{1, 0};
    for (int i = 0; i < 60'000; ++i)
        ++counts[stream.index(6)];

    double chi2 = 0;
    for (const int count : counts)
        chi2 += (count - 10'000.0) * (count - 10'000.0) / 10'000.0;
    EXPECT_GT(distribution::chi2_sf(chi2, 5), 1e-4);
}

TEST(PhiloxStream, NeverGivesTheEndsOfTheInterval)
{
    PhiloxStream stream{7, 3};
    for (int i = 0; i < 100'000; ++i) {
        const double value = stream.uniform();
        ASSERT_GT(value, 0);
        ASSERT_LT(value, 1);
    }
}

TEST(StandardNormalQuantile, AgreesWithTheInverseOfErfc)
{
    for (const double p : {1e-300, 1e-20, 1e-5, 0.01, 0.3, 0.5, 0.8, 0.999, 1 - 1e-12})
        EXPECT_NEAR(PhiloxStream::standard_normal_quantile(p), distribution::normal_quantile(p),
                    1e-14 * std::max(1.0, std::abs(distribution::normal_quantile(p))));
}

} // namespace
} // namespace beproefd::statistics
