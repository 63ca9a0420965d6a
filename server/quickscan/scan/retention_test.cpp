// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// What is kept no longer than it serves: the individual round of a scan that was closed, and files nobody uses.

#include "quickscan/scan/scan_testing.hpp"

#include <gmock/gmock.h>

using namespace beproefd;
using namespace beproefd::quickscan;
using namespace beproefd::quickscan::testing;

namespace {

using Kept = WithScans;
INSTANTIATE_BOTH_DATABASES(Kept);

using enum AnswerValue;
using std::chrono::days;

const std::string png = "\x89PNG\r\n\x1a\n and so on";
const FileName name{*Text<1, 200>::from_text("plan.png"), {}};

ProofInput proof(const Id<ProofFile>& file) { return {ProofKind::file, {}, {}, file}; }

} // namespace

TEST_P(Kept, AreIndividualAnswersForAYearAfterTheScanWasClosed)
{
    const auto scan = open_scan();
    const auto reopened = open_scan(2025);
    const auto under_way = open_scan(2024);
    for (const auto& id : {scan.id, reopened.id, under_way.id})
        ASSERT_TRUE(answer(colleague_, id, "q1", input(no, "Niet gezien")));
    for (const auto& id : {scan.id, reopened.id}) {
        step(id, ScanState::consensus);
        settle_all(id, no);
        step(id, ScanState::closed);
    }
    EXPECT_EQ(service().scan(holder_, scan.id)->individual_removed_on, (Day{2027, 11, 21}));
    EXPECT_EQ(service().own_answers(colleague_, under_way.id)->visibility.individual_answers_kept_days, 365);

    clock_.pass(days{364});
    step(reopened.id, ScanState::consensus, "Een antwoord klopt niet");
    service().archive_old_scans();
    EXPECT_EQ(service().scan(holder_, scan.id)->state, ScanState::closed) << "not before its day";
    EXPECT_EQ(rows("quickscan_answer"), 3);

    clock_.pass(days{1} + std::chrono::minutes{1});
    service().archive_old_scans();
    service().archive_old_scans();

    const auto archived = service().scan(holder_, scan.id);
    EXPECT_EQ(archived->state, ScanState::archived);
    EXPECT_FALSE(archived->individual_answers_kept);
    EXPECT_EQ(archived->individual_removed_on, std::nullopt);
    EXPECT_EQ(service().scan(holder_, reopened.id)->state, ScanState::consensus) << "a reopening counts anew";
    EXPECT_EQ(rows("quickscan_answer"), 2) << "those of the scans that are under way";
    EXPECT_EQ(service().result(holder_, scan.id)->blind_spots.size(), 26u) << "what was settled stays";
    const auto entries = trail(city_);
    EXPECT_EQ(entries[0].action, "quickscan.to-archived");
    EXPECT_EQ(entries[0].function_name, "system");
    EXPECT_EQ(entries[0].object_id, scan.id.to_text());
    EXPECT_NE(entries[1].action, "quickscan.to-archived") << "told once";
}

TEST_P(Kept, AreIndividualAnswersOfAScanThatNobodyFinishes)
{
    const auto open = open_scan(2024);
    const auto consensus = open_scan(2025);
    for (const auto& id : {open.id, consensus.id})
        ASSERT_TRUE(answer(colleague_, id, "q1", input(no, "Niet gezien")));
    step(consensus.id, ScanState::consensus);
    ASSERT_TRUE(service().put_settled(holder_, consensus.id, "q1", {}, input(partly, "", {}, {"a"})));
    EXPECT_EQ(service().scan(holder_, consensus.id)->individual_removed_on, (Day{2027, 11, 21}));
    EXPECT_EQ(service().scan(holder_, open.id)->individual_removed_on, (Day{2027, 12, 15}))
        << "until the closing day its respondents count on their answers";

    clock_.pass(days{366});
    service().archive_old_scans();

    const auto stopped = service().scan(holder_, consensus.id);
    EXPECT_EQ(stopped->state, ScanState::archived);
    EXPECT_EQ(stopped->closed_at, std::nullopt) << "what was not settled is not called settled";
    EXPECT_EQ(service().settled(holder_, consensus.id)->items.size(), 1u) << "what was settled stays";
    EXPECT_EQ(service().scan(holder_, open.id)->state, ScanState::open);
    EXPECT_EQ(rows("quickscan_answer"), 1);
    EXPECT_EQ(trail(city_)[0].action, "quickscan.to-archived");
    EXPECT_EQ(trail(city_)[0].function_name, "system");

    clock_.pass(days{24}); // 16 December
    service().archive_old_scans();
    EXPECT_EQ(service().scan(holder_, open.id)->state, ScanState::archived);
    EXPECT_EQ(rows("quickscan_answer"), 0);
}

TEST_P(Kept, AreIndividualAnswersUntilTheDossierHolderStopsTheScan)
{
    const auto settled = open_scan(2024);
    step(settled.id, ScanState::consensus);
    settle_all(settled.id, no);
    step(settled.id, ScanState::closed);
    const auto scan = open_scan(2025);
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(no)));
    step(scan.id, ScanState::consensus);
    settle_all(scan.id, yes);
    const auto version = service().scan(holder_, scan.id)->row_version;

    const auto silent =
        service().step(holder_, scan.id, version, {.to = ScanState::archived, .reason = {}, .confirmed = {}});
    const auto stopped = step(scan.id, ScanState::archived, "Wij doen mee met de regio");

    EXPECT_EQ(code_of(silent), "scan-reason-needed");
    EXPECT_EQ(stopped.state, ScanState::archived);
    EXPECT_EQ(rows("quickscan_answer"), 0);
    EXPECT_TRUE(service().result(holder_, scan.id)->provisional);
    EXPECT_EQ(code_of(service().share_with_council(holder_, scan.id, stopped.row_version, true)), "scan-not-closed");
    const auto next = open_scan(2026);
    step(next.id, ScanState::consensus);
    const auto change = service().result(holder_, next.id)->change;
    ASSERT_TRUE(change);
    EXPECT_EQ(change->previous, settled.id) << "compared with the last result, not with what stopped before one";
}

TEST_P(Kept, AreOnlyFilesThatSomethingRestsOn)
{
    const auto scan = open_scan();
    const auto used = service().add_file(colleague_, scan.id, "q1", name, png);
    const auto forgotten = service().add_file(colleague_, scan.id, "q1", name, png);
    const auto taken_away = service().add_file(holder_, scan.id, "q2", name, png);
    const auto later = service().add_file(holder_, scan.id, "q3", name, png);
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(yes, "", {proof(used->id)})));
    ASSERT_TRUE(answer(holder_, scan.id, "q2", input(yes, "", {proof(taken_away->id)})));
    const auto is_there = [&](const Actor& who, const Id<ProofFile>& id) {
        return service().file(who, id).has_value();
    };

    service().remove_unused_files();
    clock_.pass(days{6});
    ASSERT_TRUE(answer(holder_, scan.id, "q2", input(yes), 1));
    ASSERT_TRUE(answer(holder_, scan.id, "q3", input(yes, "", {proof(later->id)})));
    service().remove_unused_files();
    EXPECT_TRUE(is_there(colleague_, forgotten->id)) << "a page that is open may still use it";

    clock_.pass(days{1} + std::chrono::minutes{1});
    service().remove_unused_files();
    EXPECT_FALSE(is_there(colleague_, forgotten->id));
    EXPECT_TRUE(is_there(colleague_, used->id));
    EXPECT_TRUE(is_there(holder_, later->id)) << "it was used in time";
    EXPECT_TRUE(is_there(holder_, taken_away->id)) << "it may be taken up again for a week";
    EXPECT_EQ(trail(city_)[0].action, "quickscan.remove-unused-file");
    EXPECT_EQ(trail(city_)[0].object_id, forgotten->id.to_text());

    ASSERT_TRUE(answer(holder_, scan.id, "q2", input(yes, "", {proof(taken_away->id)}), 2));
    clock_.pass(days{8});
    service().remove_unused_files();
    EXPECT_TRUE(is_there(holder_, taken_away->id)) << "undone";
    EXPECT_EQ(rows("quickscan_proof_file"), 3);
    EXPECT_EQ(rows("quickscan_unused_file"), 0);
}

TEST_P(Kept, AreFilesOfWhatWasSettledAndDoneWhenTheScanIsArchived)
{
    const auto scan = open_scan();
    const auto own = service().add_file(holder_, scan.id, "q1", name, png);
    ASSERT_TRUE(answer(holder_, scan.id, "q1", input(yes, "", {proof(own->id)})));
    step(scan.id, ScanState::consensus);
    const auto settled = service().add_settled_file(holder_, scan.id, "q2", name, png);
    const auto replaced = service().add_settled_file(holder_, scan.id, "q2", name, png);
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q1", {}, input(yes, "", {proof(own->id)})));
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q2", {}, input(yes, "", {proof(replaced->id)})));
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q2", 1, input(yes, "", {proof(settled->id)})));
    // The settled answer rested on the file of the respondent, and does so no more: it is the respondent's again.
    ASSERT_TRUE(service().put_settled(holder_, scan.id, "q1", 1, input(yes)));
    settle_all(scan.id, no);
    step(scan.id, ScanState::closed);

    step(scan.id, ScanState::archived);

    EXPECT_TRUE(service().file(colleague_, settled->id));
    EXPECT_FALSE(service().file(holder_, replaced->id));
    EXPECT_FALSE(service().file(holder_, own->id)) << "nothing of the individual round stays behind";
    EXPECT_EQ(rows("quickscan_proof_file"), 1);
}

TEST_P(Kept, AreAtMostFiveFilesOfAnAnswerAndOneTakenAwayMakesRoom)
{
    const auto scan = open_scan();
    std::vector<ProofInput> proofs;
    for (int one = 0; one < 5; ++one)
        proofs.push_back(proof(service().add_file(colleague_, scan.id, "q1", name, png)->id));
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(yes, "", proofs)));
    EXPECT_EQ(code_of(service().add_file(colleague_, scan.id, "q1", name, png)), "too-many-files");

    const auto removed = *proofs.back().file_id;
    proofs.pop_back();
    ASSERT_TRUE(answer(colleague_, scan.id, "q1", input(yes, "", proofs), 1));
    const auto added = service().add_file(colleague_, scan.id, "q1", name, png);

    ASSERT_TRUE(added);
    EXPECT_FALSE(service().file(colleague_, removed));
    EXPECT_EQ(rows("quickscan_proof_file"), 5);
}
