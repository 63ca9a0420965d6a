// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/repository.hpp"
#include "figures/service.hpp"
#include "figures/shipped.hpp"
#include "platform/storage/testing.hpp"

#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::figures;

namespace {

using FiguresInTheDatabase = storage::testing::BothDatabases;
INSTANTIATE_BOTH_DATABASES(FiguresInTheDatabase);

} // namespace

TEST_P(FiguresInTheDatabase, HaveTheColumnsOfTheirDescriptions)
{
    storage::testing::expect_columns_of<Entry>(db(), "figures_entry");
    storage::testing::expect_columns_of<Edition>(db(), "figures_edition");
}

TEST_P(FiguresInTheDatabase, AreReadBackAsTheyWereLoaded)
{
    Service service{db()};

    const auto loaded = service.load_shipped();

    ASSERT_TRUE(loaded);
    EXPECT_TRUE(*loaded);
    reopen();
    Service again{db()};
    const auto catalogue = again.catalogue();
    ASSERT_TRUE(catalogue);
    EXPECT_EQ((*catalogue)->published(), test::shipped());
    EXPECT_TRUE((*catalogue)->checks().as_known);
}

TEST_P(FiguresInTheDatabase, AreNotTouchedWhenTheSameIsLoadedAgain)
{
    Service service{db()};
    ASSERT_TRUE(service.load_shipped());

    const auto second = service.load_shipped();

    ASSERT_TRUE(second);
    EXPECT_FALSE(*second);
}

TEST_P(FiguresInTheDatabase, AreReplacedAsAWholeByANewerEdition)
{
    Service service{db()};
    ASSERT_TRUE(service.load_shipped());
    ASSERT_TRUE(service.catalogue());
    auto newer = test::shipped();
    newer.findings.pop_back();
    newer.figures.front().note.nl = "Nagekeken.";

    const auto loaded = service.load(newer);

    ASSERT_TRUE(loaded);
    EXPECT_TRUE(*loaded);
    const auto catalogue = service.catalogue();
    ASSERT_TRUE(catalogue);
    EXPECT_EQ((*catalogue)->published(), newer);
}

TEST_P(FiguresInTheDatabase, AreRefusedInOneSentenceBeforeTheyAreLoaded)
{
    Service service{db()};

    const auto catalogue = service.catalogue();

    ASSERT_FALSE(catalogue);
    EXPECT_EQ(catalogue.error().reason.code, "figures-not-loaded");
}
