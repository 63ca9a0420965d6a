// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/checks.hpp"
#include "figures/shipped.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

using namespace beproefd;
using namespace beproefd::figures;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

const Published& published() { return test::shipped(); }

const Check& check(const CheckReport& report, std::string_view key)
{
    for (const auto& one : report.items) {
        if (one.key == key)
            return one;
    }
    throw std::runtime_error("no check " + std::string{key});
}

/// The names that the outside recomputation of the same tables (a script of 150 lines, written by someone else) gives
/// to the differences it finds.
std::string name_outside(const Check& check)
{
    const auto is = [&](std::string_view start) { return check.key.starts_with(start); };
    if (is("reallocations~row"))
        return "002-real-row";
    if (is("reallocations~column"))
        return "002-real-col";
    if (is("split~"))
        return "002-split";
    if (is("trainings~column~participants"))
        return "002-train-part";
    if (is("national-track-without"))
        return "002-2.5x";
    if (is("tracks"))
        return "002-tracks";
    if (is("fight-for-your-rights"))
        return "002-ffyr";
    if (is("scheme-budget~2020"))
        return "001-7M-2020";
    if (is("scheme-budget~2021"))
        return "001-7M-2021";
    return check.key;
}

} // namespace

TEST(Checks, FindExactlyTheKnownDifferences)
{
    const auto report = run_checks(published());

    EXPECT_TRUE(report.as_known);
    EXPECT_THAT(report.unexpected, IsEmpty());
    EXPECT_THAT(report.disappeared, IsEmpty());
    EXPECT_EQ(report.differ, 13);
    EXPECT_EQ(report.checks, report.agree + report.differ);
}

TEST(Checks, FindTheNineDifferencesOfTheOutsideRecomputation)
{
    const auto report = run_checks(published());

    std::set<std::string> names;
    for (const auto& one : report.items) {
        if (one.outcome != Outcome::agrees)
            names.insert(name_outside(one));
    }

    EXPECT_EQ(names, (std::set<std::string>{"001-7M-2020", "001-7M-2021", "002-real-row", "002-real-col", "002-split",
                                            "002-2.5x", "002-tracks", "002-train-part", "002-ffyr"}));
}

TEST(Checks, CountFortyEightStatementsOfWhichThirtySevenDoNotAgree)
{
    const auto report = run_checks(published());

    EXPECT_EQ(report.statements, 48);
    EXPECT_EQ(report.statements_not_agreeing, 37);
}

TEST(Checks, RecomputeTheRowAndTheColumnOfTheLostMinusSign)
{
    const auto report = run_checks(published());

    const auto& row = check(report, "reallocations~row~other-programme");
    EXPECT_EQ(row.printed, 1.01);
    EXPECT_EQ(row.recomputed, 1.99);
    EXPECT_EQ(row.difference, 0.98);
    EXPECT_EQ(row.formula.nl, "0,49 + 0,85 + 0,65 = 1,99");
    const auto& column = check(report, "reallocations~column~2008");
    EXPECT_EQ(column.recomputed, 8.24);
    EXPECT_EQ(column.difference, 0.98);
    EXPECT_EQ(column.finding, "I1");
}

TEST(Checks, SayWhatRoundingAloneCanCause)
{
    const auto report = run_checks(published());

    EXPECT_EQ(check(report, "split~approach-to-risk-areas~2009").outcome, Outcome::within_rounding);
    EXPECT_EQ(check(report, "split~approach-to-risk-areas~2010").outcome, Outcome::differs);
    EXPECT_EQ(check(report, "split~approach-to-risk-areas~2010").difference, 0.04);
}

TEST(Checks, FindOneOrderOfTheFourAmountsThatFitsAllSheets)
{
    const auto report = run_checks(published());

    const auto& order = check(report, "cluster-order");
    EXPECT_EQ(order.recomputed, 1);
    EXPECT_EQ(order.outcome, Outcome::agrees);
}

TEST(Checks, ReadAClaimInWordsAsTheRangeItSays)
{
    const auto report = run_checks(published());

    EXPECT_EQ(check(report, "fight-for-your-rights").difference, -5300);
    EXPECT_EQ(check(report, "share-spent").outcome, Outcome::agrees);
    EXPECT_EQ(check(report, "reach-growth").outcome, Outcome::agrees);
    EXPECT_NEAR(*check(report, "reach-growth").recomputed, 3.64, 0.005);
}

TEST(Checks, SayWhatIsPrintedAsItIsPrinted)
{
    const auto report = run_checks(published());

    EXPECT_EQ(check(report, "trainings~column~participants").printed_text, "3975");
    EXPECT_EQ(check(report, "fight-for-your-rights").printed_text, "enkele tienduizenden");
}

TEST(Checks, NoticeAChangedNumberAndADifferenceThatIsGone)
{
    auto data = published();
    for (auto& figure : data.figures) {
        if (figure.key == "budget~expertise-function~2009")
            figure.value = 0.81;
        if (figure.key == "trainings~total~participants")
            figure.value = 3976;
    }

    const auto report = run_checks(data);

    EXPECT_FALSE(report.as_known);
    EXPECT_THAT(report.unexpected, ElementsAre("budget~row~expertise-function", "budget~column~2009"));
    EXPECT_THAT(report.disappeared, ElementsAre("trainings~column~participants"));
}

TEST(Checks, NoticeAKnownDifferenceThatBecameAnother)
{
    auto data = published();
    for (auto& figure : data.figures) {
        if (figure.key == "trainings~total~participants")
            figure.value = 3974;
    }

    const auto report = run_checks(data);

    EXPECT_THAT(report.unexpected, ElementsAre("trainings~column~participants"));
    EXPECT_THAT(report.disappeared, ElementsAre("trainings~column~participants"));
}

TEST(Findings, OfArithmeticHaveACheckAndOfReadingAReason)
{
    const auto findings = findings_with_checks(published(), run_checks(published()));

    for (const auto& finding : findings) {
        if (finding.arithmetic)
            EXPECT_FALSE(finding.checks.empty()) << finding.id;
        else
            EXPECT_FALSE(finding.reason.nl.empty()) << finding.id;
        // What disagrees by arithmetic has a check that differs; what agrees by arithmetic has none that does.
        const bool differs = std::any_of(finding.checks.begin(), finding.checks.end(),
                                         [](const Check& one) { return one.outcome != Outcome::agrees; });
        if (finding.arithmetic)
            EXPECT_EQ(finding.agrees, !differs) << finding.id;
        else
            EXPECT_FALSE(differs) << finding.id;
    }
}

TEST(MarkedTables, ShowTheClashAndTheTotalsItBreaks)
{
    const auto tables = marked_tables(published(), run_checks(published()));
    std::map<std::string, TableCell> cells;
    for (const auto& table : tables) {
        for (const auto& cell : table.cells)
            cells[cell.figure] = cell;
    }

    EXPECT_EQ(cells["reallocations~other-programme~2008"].mark, Mark::clash);
    EXPECT_EQ(cells["reallocations~other-programme~2008"].should_be, -0.49);
    EXPECT_EQ(cells["reallocations~other-programme~total"].mark, Mark::off);
    EXPECT_EQ(cells["reallocations~other-programme~total"].recomputed, 1.99);
    EXPECT_EQ(cells["reallocations~total~2008"].recomputed, 8.24);
    EXPECT_EQ(cells["reallocations~total~2009"].mark, Mark::none);
}
