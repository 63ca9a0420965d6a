// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/organisation.hpp"

#include <gtest/gtest.h>

using namespace beproefd::organisations;

TEST(MunicipalityCode, IsGmAndFourDigits)
{
    EXPECT_TRUE(is_municipality_code("GM0363"));
    EXPECT_TRUE(is_invented_code("GM9001"));
    EXPECT_FALSE(is_invented_code("GM0363"));
    for (const auto* code : {"GM363", "gm0363", "GM03630", "GM036X", ""})
        EXPECT_FALSE(is_municipality_code(code)) << code;
}

TEST(NewerList, AddsEndsRenamesAndMoves)
{
    const std::vector<MunicipalityRow> now{{"GM0001", "A", "VR01"}, {"GM0002", "B", "VR01"}, {"GM0003", "C", "VR02"}};
    const std::vector<MunicipalityRow> newer{
        {"GM0001", "A", "VR02"}, {"GM0003", "C aan Zee", "VR02"}, {"GM0004", "D", "VR02"}};

    const auto change = compare(now, newer);

    EXPECT_EQ(change.added, (std::vector<MunicipalityRow>{{"GM0004", "D", "VR02"}}));
    EXPECT_EQ(change.ended, (std::vector<std::string>{"GM0002"}));
    EXPECT_EQ(change.renamed, (std::vector<MunicipalityRow>{{"GM0003", "C aan Zee", "VR02"}}));
    EXPECT_EQ(change.moved, (std::vector<MunicipalityRow>{{"GM0001", "A", "VR02"}}));
}

TEST(NewerList, ChangesNothingWhenItIsTheSame)
{
    const std::vector<MunicipalityRow> list{{"GM0001", "A", "VR01"}};

    EXPECT_TRUE(compare(list, list).empty());
}
