// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What the work list asks of whom, at each point of the life of a scan.

#include "quickscan/scan/scan_testing.hpp"

#include <gmock/gmock.h>

using namespace beproefd;
using namespace beproefd::quickscan;
using namespace beproefd::quickscan::testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {

class Work : public WithScans
{
protected:
    std::vector<WorkKind> kinds(const Actor& who)
    {
        std::vector<WorkKind> found;
        const auto list = *service().work(who);
        for (const auto& item : list.items)
            found.push_back(item.kind);
        return found;
    }
};
INSTANTIATE_BOTH_DATABASES(Work);

using enum WorkKind;

} // namespace

TEST_P(Work, AsksTheDossierHolderForTheNextStepOfAScan)
{
    const auto made = draft();
    EXPECT_THAT(kinds(holder_), ElementsAre(WorkKind::open_scan));
    invite(made.id, Domain::safety, "beleidsmedewerker veiligheid", "dossierhouder");
    invite(made.id, Domain::social, "beleidsmedewerker jeugd", "collega");
    EXPECT_THAT(kinds(colleague_), IsEmpty()) << "nothing can be answered yet";

    step(made.id, ScanState::open);
    EXPECT_THAT(kinds(holder_), ElementsAre(answer_scan));
    EXPECT_THAT(kinds(colleague_), ElementsAre(answer_scan));
    ASSERT_TRUE(service().submit(holder_, made.id, {.show_function = false}));
    EXPECT_THAT(kinds(holder_), IsEmpty()) << "the colleague is not ready, and has until the closing day";
    ASSERT_TRUE(service().submit(colleague_, made.id, {.show_function = false}));
    EXPECT_THAT(kinds(holder_), ElementsAre(close_round));
    EXPECT_THAT(kinds(colleague_), IsEmpty()) << "closing the round is for the dossier holder";

    step(made.id, ScanState::consensus);
    EXPECT_THAT(kinds(holder_), ElementsAre(settle_scan));
    settle_all(made.id, AnswerValue::no);
    step(made.id, ScanState::closed);
    EXPECT_THAT(kinds(holder_), ElementsAre(archive_scan));
    EXPECT_EQ(service().work(holder_)->items[0].due_on, (Day{2027, 11, 21}));
    EXPECT_FALSE(service().work(holder_)->items[0].overdue);
    EXPECT_THAT(kinds(colleague_), IsEmpty());

    step(made.id, ScanState::archived);
    EXPECT_THAT(kinds(holder_), IsEmpty());
}

TEST_P(Work, TellsInTimeThatAScanNobodyFinishesWillBeStopped)
{
    const auto scan = WithScans::open_scan();
    step(scan.id, ScanState::consensus);
    clock_.pass(std::chrono::days{365 - 61});
    EXPECT_THAT(kinds(holder_), ElementsAre(settle_scan));

    clock_.pass(std::chrono::days{1});

    EXPECT_THAT(kinds(holder_), ElementsAre(settle_scan, finish_scan));
    EXPECT_EQ(service().work(holder_)->items[1].due_on, (Day{2027, 11, 21}));
    EXPECT_THAT(kinds(colleague_), IsEmpty());
}

TEST_P(Work, TellsThatTheClosingDayPassed)
{
    const auto scan = WithScans::open_scan();
    clock_.pass(std::chrono::days{25}); // 16 December: answering ended the day before
    const auto waiting = service().work(holder_)->items;

    ASSERT_EQ(waiting.size(), 1u) << "nobody is asked for answers that are refused";
    EXPECT_EQ(waiting[0].kind, close_round);
    EXPECT_EQ(waiting[0].scan_id, scan.id);
    EXPECT_EQ(waiting[0].remaining, 2) << "who are not ready";
    EXPECT_TRUE(waiting[0].overdue);
    EXPECT_THAT(kinds(colleague_), IsEmpty());
    EXPECT_THAT(kinds(stranger_), IsEmpty());
}
