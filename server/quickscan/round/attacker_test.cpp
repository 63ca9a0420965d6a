// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Someone who wants to know what one municipality answered, and who has everything that was ever published: all
// tables of all rounds, the rule and the limit. Each test is one way to go about it.

#include "quickscan/round/generator.hpp"
#include "quickscan/round/withholding.hpp"

#include <gtest/gtest.h>

#include <algorithm>

namespace beproefd::quickscan::national {
namespace {

namespace disclosure = statistics::disclosure;
using disclosure::Cell;

constexpr std::int64_t limit = 5;
constexpr std::int64_t far = 1'000'000;

std::vector<Item> questions(int number)
{
    std::vector<Item> items;
    for (int question = 1; question <= number; ++question)
        items.push_back({fmt::format("q{}", question), {"yes", "partly", "no", "unknown", "not_applicable"}});
    return items;
}

std::vector<Copy> copies_of(std::uint64_t seed, int year, const std::vector<Item>& items)
{
    const auto municipalities = invent_municipalities(seed, {});
    std::vector<Copy> copies;
    for (const auto& scan : invent_scans(seed, year, municipalities, items))
        copies.push_back(copy_of(scan, municipalities, items));
    return copies;
}

/// What there is to know about one withheld count: the numbers that fit everything that was published.
struct Guess {
    std::size_t row = 0, answer = 0;
    std::int64_t lower = 0, upper = 0;
    std::size_t item = 0; ///< of the question
};

/// The exact attack: every range that follows from all tables of a question together, for each of its items.
std::vector<Guess> deduce(std::span<const ItemCounts> truth, std::span<const FrozenItem> seen, bool knows_the_band,
                          std::vector<disclosure::Belief> beliefs = {})
{
    const auto linked = link(truth);
    std::vector<Cell> withheld;
    for (std::size_t item = 0; item < seen.size(); ++item)
        for (std::size_t row = 0; row < seen[item].rows.size(); ++row)
            for (std::size_t answer = 0; answer < seen[item].rows[row].counts.size(); ++answer)
                if (const auto& counts = seen[item].rows[row].counts; !counts[answer]) {
                    const auto cell = linked.cells[item][row][answer];
                    withheld.push_back(cell);
                    const auto count = truth[item].rows[row].counts[answer];
                    // Where a row or an answer is withheld as a whole, zeros and large counts are too: no band to
                    // know. The choices of one question are withheld so without who did not answer it.
                    const auto open = std::count_if(counts.begin(), counts.end(), [](const auto& c) { return c; });
                    const bool whole_row = open == 0 || (seen.size() > 1 && open == 1 && counts.back());
                    const auto all = truth[item].rows[0].counts[answer];
                    const bool whole_answer = row > 0 && all > 0 && all < limit;
                    if (knows_the_band && !whole_row && !whole_answer && count > 0 && count < limit)
                        beliefs.push_back({cell, 1, limit - 1});
                }
    const auto ranges = disclosure::audit(linked.tables, withheld, beliefs);
    EXPECT_TRUE(ranges);
    std::vector<Guess> guesses;
    for (const auto& range : *ranges)
        for (std::size_t item = 0; item < seen.size(); ++item)
            for (std::size_t row = 0; row < linked.cells[item].size(); ++row)
                for (std::size_t answer = 0; answer < linked.cells[item][row].size(); ++answer)
                    if (linked.cells[item][row][answer] == range.cell && !seen[item].rows[row].counts[answer])
                        guesses.push_back({row, answer, range.lower, range.upper, item});
    return guesses;
}

std::vector<Guess> deduce(const ItemCounts& truth, const FrozenItem& seen, bool knows_the_band,
                          std::vector<disclosure::Belief> beliefs = {})
{
    return deduce(std::span{&truth, 1}, std::span{&seen, 1}, knows_the_band, std::move(beliefs));
}

/// A second attacker, who knows nothing of our engine: takes the published numbers of a question only, writes down
/// every sum and everything that one choice says about another, and narrows what is withheld until nothing changes.
std::vector<Guess> narrow_down(std::span<const FrozenItem> seen)
{
    struct Bound {
        std::int64_t lower = 0, upper = far;
    };
    std::vector<std::vector<std::vector<Bound>>> bounds; // per item, row and answer
    for (const auto& item : seen) {
        bounds.emplace_back();
        for (const auto& row : item.rows) {
            bounds.back().emplace_back();
            for (const auto& count : row.counts)
                bounds.back().back().push_back(count ? Bound{*count, *count} : Bound{0, row.n});
        }
    }
    bool changed = true;
    const auto set = [&](Bound& bound, std::int64_t lower, std::int64_t upper) {
        if (lower > bound.lower)
            bound.lower = lower, changed = true;
        if (upper < bound.upper)
            bound.upper = upper, changed = true;
    };
    // total = sum of parts, all of them bounds; narrowed in both directions.
    const auto narrow = [&](Bound& total, const std::vector<Bound*>& parts) {
        std::int64_t low = 0, high = 0;
        for (const auto* part : parts)
            low += part->lower, high += part->upper;
        set(total, low, high);
        for (auto* part : parts)
            set(*part, total.lower - (high - part->upper), total.upper - (low - part->lower));
    };
    const auto& rows = seen.front().rows;
    while (changed) {
        changed = false;
        for (auto& item : bounds) {
            for (std::size_t row = 0; row < rows.size(); ++row) {
                Bound n{rows[row].n, rows[row].n};
                std::vector<Bound*> parts;
                for (auto& bound : item[row])
                    parts.push_back(&bound);
                narrow(n, parts);
            }
            for (std::size_t first = 1; first < rows.size();) {
                auto last = first;
                while (last < rows.size() && rows[last].breakdown == rows[first].breakdown)
                    ++last;
                for (std::size_t answer = 0; answer < item.front().size(); ++answer) {
                    std::vector<Bound*> parts;
                    for (auto row = first; row < last; ++row)
                        parts.push_back(&item[row][answer]);
                    narrow(item[0][answer], parts);
                }
                first = last;
            }
        }
        // Choices (chosen, not chosen, unknown): one unknown for all, and none of the others with what excludes them.
        for (std::size_t one = 0; one < seen.size() && seen.size() > 1; ++one)
            for (std::size_t other = 0; other < seen.size(); ++other)
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    auto &here = bounds[one][row], &there = bounds[other][row];
                    set(there[2], here[2].lower, here[2].upper);
                    if (one != other && seen[one].item.exclusive) {
                        set(there[1], here[0].lower, far);
                        set(here[0], 0, there[1].upper);
                    }
                }
    }
    std::vector<Guess> guesses;
    for (std::size_t item = 0; item < seen.size(); ++item)
        for (std::size_t row = 0; row < rows.size(); ++row)
            for (std::size_t answer = 0; answer < bounds[item][row].size(); ++answer)
                if (!seen[item].rows[row].counts[answer])
                    guesses.push_back(
                        {row, answer, bounds[item][row][answer].lower, bounds[item][row][answer].upper, item});
    return guesses;
}

std::vector<Guess> narrow_down(const FrozenItem& seen) { return narrow_down(std::span{&seen, 1}); }

std::vector<Copy> group(std::string_view size, std::string_view region, std::string_view answer, int number)
{
    return std::vector<Copy>(static_cast<std::size_t>(number),
                             Copy{std::string{size}, std::string{region}, {{"q1", std::string{answer}}}});
}

void add(std::vector<Copy>& all, const std::vector<Copy>& more) { all.insert(all.end(), more.begin(), more.end()); }

/// A country with enough of every answer everywhere, to put a special group in.
std::vector<Copy> mixed(std::initializer_list<std::string_view> sizes)
{
    std::vector<Copy> all;
    for (const auto size : sizes)
        for (const auto region : {"VR01", "VR05", "VR09", "VR20"})
            for (const auto answer : {"yes", "partly", "no", "unknown", "not_applicable"})
                add(all, group(size, region, answer, 6));
    return all;
}

std::size_t row_of(const ItemCounts& counts, std::string_view group)
{
    for (std::size_t row = 0; row < counts.rows.size(); ++row)
        if (counts.rows[row].group == group)
            return row;
    throw std::logic_error("no such row");
}

bool shows_nothing(const FrozenRow& row)
{
    return std::all_of(row.counts.begin(), row.counts.end(), [](const auto& count) { return !count; });
}

class ThreeRounds : public ::testing::Test
{
protected:
    static void SetUpTestSuite()
    {
        for (int year = 0; year < 3; ++year) {
            truth.push_back(count(questions(26), shipped_breakdowns(), copies_of(2026, year, questions(26))));
            frozen.push_back(withhold(truth.back(), {truth.data(), truth.size() - 1}, limit));
            truth.back() = published(std::move(truth.back()), frozen.back());
        }
    }
    static inline std::vector<Counts> truth;
    static inline std::vector<Frozen> frozen;
};

} // namespace

TEST_F(ThreeRounds, ShowNoCountBelowTheLimitAndStillShowMost)
{
    for (const auto& round : frozen) {
        for (const auto& item : round.items)
            for (const auto& row : item.rows)
                for (const auto& count : row.counts)
                    EXPECT_FALSE(count && *count > 0 && *count < limit) << item.item.key << ' ' << row.group;
        EXPECT_LT(round.withheld(), round.cells() * 6 / 10);
        EXPECT_GT(round.withheld(), 0);
        RecordProperty("withheld", static_cast<int>(round.withheld()));
    }
}

TEST_F(ThreeRounds, AddUpWhereverNothingIsWithheld)
{
    for (const auto& round : frozen)
        for (const auto& item : round.items)
            for (const auto& row : item.rows) {
                std::int64_t sum = 0;
                bool whole = true;
                for (const auto& count : row.counts) {
                    sum += count.value_or(0);
                    whole = whole && count;
                }
                if (whole) {
                    EXPECT_EQ(sum, row.n);
                }
            }
}

TEST_F(ThreeRounds, TellWhoCombinesAllTablesOfAQuestionNoMoreThanThatASmallCountIsSmall)
{
    for (std::size_t round = 0; round < frozen.size(); ++round)
        for (std::size_t item = 0; item < frozen[round].items.size(); ++item) {
            const auto& counts = truth[round].items[item];
            for (const auto& guess : deduce(counts, frozen[round].items[item], true)) {
                const auto count = counts.rows[guess.row].counts[guess.answer];
                if (count > 0 && count < limit)
                    EXPECT_GE(guess.upper - guess.lower, limit - 2)
                        << counts.item.key << ' ' << counts.rows[guess.row].group << ' ' << guess.answer;
                else
                    EXPECT_LT(guess.lower, guess.upper) << counts.item.key << ' ' << counts.rows[guess.row].group;
            }
        }
}

TEST_F(ThreeRounds, LeaveEveryWithheldCountOpenToWhoKnowsOnlyWhatWasPublished)
{
    for (const auto& round : frozen)
        for (const auto& item : round.items)
            for (const auto& guess : narrow_down(item)) {
                EXPECT_LT(guess.lower, guess.upper) << item.item.key << ' ' << item.rows[guess.row].group;
                EXPECT_FALSE(guess.lower > 0 && guess.upper < limit - 1)
                    << "a small count would be known to be there: " << item.item.key;
            }
}

TEST_F(ThreeRounds, TellAMemberThatTakesItselfOutOfTheCountsNothingCertainAboutTheOthers)
{
    for (std::size_t item = 0; item < frozen[0].items.size(); ++item) {
        const auto& counts = truth[0].items[item];
        const auto& seen = frozen[0].items[item];
        const auto linked = link({&counts, 1});
        for (std::size_t row = 0; row < counts.rows.size(); ++row)
            for (std::size_t own = 0; own < counts.rows[row].counts.size(); ++own) {
                if (counts.rows[row].counts[own] == 0)
                    continue;
                const auto n = counts.rows[row].n;
                // What is shown: no single answer covers all the others.
                for (std::size_t answer = 0; answer < counts.rows[row].counts.size(); ++answer)
                    if (const auto& count = seen.rows[row].counts[answer]) {
                        EXPECT_LT(*count - (answer == own ? 1 : 0), n - 1);
                    }
                // What is withheld: neither does one that can be worked out, now that the own answer is known.
                std::vector<disclosure::Belief> beliefs;
                if (!seen.rows[row].counts[own])
                    beliefs.push_back({linked.cells[0][row][own], 1, std::nullopt});
                for (const auto& guess : deduce(counts, seen, true, beliefs)) {
                    if (guess.row == row) {
                        EXPECT_LT(guess.lower - (guess.answer == own ? 1 : 0), n - 1);
                    }
                    const auto count = counts.rows[guess.row].counts[guess.answer];
                    if (count > 0 && count < limit) {
                        EXPECT_LT(guess.lower, guess.upper);
                    }
                }
            }
    }
}

TEST(AGroupThatAllAnsweredTheSame, IsNotShownAndCannotBeWorkedOut)
{
    auto copies = mixed({"small", "medium"});
    for (const auto region : {"VR01", "VR05", "VR09", "VR20"})
        add(copies, group("large", region, "no", 5));

    const auto truth = count(questions(1), shipped_breakdowns(), copies);
    const auto frozen = withhold(truth, {}, limit);

    const auto large = row_of(truth.items[0], "large");
    EXPECT_TRUE(shows_nothing(frozen.items[0].rows[large]));
    for (const auto& guess : deduce(truth.items[0], frozen.items[0], true))
        if (guess.row == large) {
            EXPECT_GE(guess.upper - guess.lower, limit);
        }
}

TEST(AGroupInWhichOneAnsweredDifferently, DoesNotTellThatOneWhatAllOthersAnswered)
{
    auto copies = mixed({"small", "medium"});
    for (const auto region : {"VR01", "VR05", "VR09", "VR20"})
        add(copies, group("large", region, "no", 5));
    copies.back().answers["q1"] = "yes";

    const auto truth = count(questions(1), shipped_breakdowns(), copies);
    const auto frozen = withhold(truth, {}, limit);

    const auto large = row_of(truth.items[0], "large");
    EXPECT_TRUE(shows_nothing(frozen.items[0].rows[large]));
    const auto own = link({&truth.items[0], 1}).cells[0][large][0];
    for (const auto& guess : deduce(truth.items[0], frozen.items[0], true, {{own, 1, std::nullopt}}))
        if (guess.row == large && guess.answer == 2) {
            EXPECT_LE(guess.lower, truth.items[0].rows[large].n - limit);
        }
}

TEST(ACountryThatAllAnsweredTheSame, IsNotShownAtAll)
{
    std::vector<Copy> copies;
    for (const auto size : {"small", "medium", "large"})
        for (const auto region : {"VR01", "VR05", "VR09", "VR20"})
            add(copies, group(size, region, "yes", 10));

    const auto truth = count(questions(1), shipped_breakdowns(), copies);

    const auto frozen = withhold(truth, {}, limit);
    for (const auto& row : frozen.items[0].rows)
        EXPECT_TRUE(shows_nothing(row)) << row.group;
}

TEST(TwoRoundsThatDifferByOneMunicipality, DoNotTellWhatTheNewOneAnswered)
{
    const auto before = mixed({"small", "medium", "large"});
    const std::vector<Counts> first{count(questions(1), shipped_breakdowns(), before)};
    for (std::size_t answer = 0; answer < 5; ++answer) {
        auto copies = before;
        add(copies, group("large", "VR20", questions(1)[0].answers[answer], 1));
        const auto truth = count(questions(1), shipped_breakdowns(), copies);

        const auto frozen = withhold(truth, first, limit);

        // Whoever believes that nobody else changed: every answer of the new one still fits.
        const auto guesses = deduce(truth.items[0], frozen.items[0], true);
        for (const auto* name : {"", "large", "south"}) {
            const auto row = row_of(truth.items[0], name);
            EXPECT_TRUE(shows_nothing(frozen.items[0].rows[row])) << name;
            for (const auto& guess : guesses)
                if (guess.row == row) {
                    const auto was = first[0].items[0].rows[row].counts[guess.answer];
                    EXPECT_LE(guess.lower, was);
                    EXPECT_GE(guess.upper, was + 1);
                }
        }
        // Groups in which nothing changed are shown as they were.
        EXPECT_EQ(frozen.items[0].row("size_class", "small")->n, first[0].items[0].rows[1].n);
    }
}

TEST(TwoRoundsInWhichOneMunicipalityChangedItsAnswer, DoNotTellFromWhatToWhat)
{
    const auto before = mixed({"small", "medium", "large"});
    const std::vector<Counts> first{count(questions(1), shipped_breakdowns(), before)};
    auto copies = before;
    copies.back().answers["q1"] = "yes";
    const auto truth = count(questions(1), shipped_breakdowns(), copies);

    const auto frozen = withhold(truth, first, limit);

    for (const auto* name : {"", "large", "south"})
        EXPECT_TRUE(shows_nothing(frozen.items[0].rows[row_of(truth.items[0], name)])) << name;
}

TEST(TwoRoundsThatAreTheSame, AreShownTwice)
{
    const auto copies = mixed({"small", "medium", "large"});
    const auto truth = count(questions(1), shipped_breakdowns(), copies);
    const std::vector<Counts> first{published(truth, withhold(truth, {}, limit))};

    EXPECT_EQ(withhold(truth, first, limit).withheld(), 0);
}

/// A survey in which several may be chosen: seven choices of which one excludes the rest, and three as the survey of
/// 2015 asks of knowledge.
std::vector<Item> choices()
{
    std::vector<Item> items;
    for (const auto* key :
         {"q1.a", "q1.b", "q1.c", "q1.d", "q1.e", "q1.f", "q1.none", "q2.done", "q2.wanted", "q2.neither"})
        items.push_back({key, {"chosen", "not_chosen", "unknown"}});
    items[6].exclusive = items[9].exclusive = true;
    return items;
}

Counts survey_of(std::uint64_t seed, int year, std::size_t municipalities)
{
    const auto items = choices();
    const auto invented = invent_municipalities(seed, {});
    std::vector<Copy> copies;
    for (const auto& scan : invent_survey(seed, year, invented, items, {"q1.none", "q2.neither"}))
        copies.push_back(copy_of(scan, invented, items));
    copies.resize(std::min(copies.size(), municipalities));
    return count(items, shipped_breakdowns(), copies);
}

/// Both attackers on every question of choices: q1 and q2.
void attack_choices(const Counts& truth, const Frozen& frozen, std::string_view what)
{
    for (const auto& [first, number] : {std::pair{0, 7}, std::pair{7, 3}}) {
        const auto counts = std::span{truth.items}.subspan(first, number);
        const auto seen = std::span{frozen.items}.subspan(first, number);
        const auto name = [&](const Guess& guess) {
            return fmt::format("{}: {} {} {}", what, seen[guess.item].item.key,
                               seen[guess.item].rows[guess.row].group, guess.answer);
        };
        // That nobody gave an answer may follow from a shown zero; every number of municipalities stays open.
        const auto truth_of = [&](const Guess& guess) {
            return counts[guess.item].rows[guess.row].counts[guess.answer];
        };
        for (const auto& guess : deduce(counts, seen, true)) {
            if (truth_of(guess) == 0)
                continue;
            if (truth_of(guess) < limit)
                EXPECT_GE(guess.upper - guess.lower, limit - 2) << name(guess);
            else
                EXPECT_LT(guess.lower, guess.upper) << name(guess);
        }
        for (const auto& guess : narrow_down(seen))
            if (truth_of(guess) > 0) {
                EXPECT_LT(guess.lower, guess.upper) << name(guess);
            }
    }
}

TEST(TheChoicesOfOneQuestion, AreWithheldTogetherBecauseWhoDidNotAnswerIsTheSameNumberBesideEach)
{
    for (const std::uint64_t seed : {2026U, 3U}) {
        const auto truth = survey_of(seed, 0, 1'000);

        const auto frozen = withhold(truth, {}, limit);

        attack_choices(truth, frozen, fmt::format("seed {}", seed));
        EXPECT_LT(frozen.withheld(), frozen.cells() * 6 / 10);
        for (std::size_t item = 0; item < 7; ++item)
            for (std::size_t row = 0; row < frozen.items[item].rows.size(); ++row)
                EXPECT_EQ(frozen.items[item].rows[row].counts[2], frozen.items[0].rows[row].counts[2])
                    << "the unknown of one question is withheld beside one choice and not beside another";
    }
}

TEST(TheChoicesOfOneQuestion, AreLeftOpenToTheAttackerInASmallCountryToo)
{
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        const auto truth = survey_of(seed, 0, 12 + seed * 9);

        attack_choices(truth, withhold(truth, {}, limit), fmt::format("seed {}", seed));
    }
}

TEST(TwoRoundsThatDivideTheGroupsOtherwise, DoNotTellWhatTheOneThatLeftHadAnswered)
{
    // Six large ones in the first round; one of them does not come back, so that the large go into the rest.
    auto first = mixed({"small", "medium"});
    for (const auto answer : {"yes", "no", "partly"})
        add(first, group("large", "VR01", answer, 2));
    auto second = first;
    second.pop_back();
    add(second, group("small", "VR09", "yes", 8)); // enough new ones elsewhere to show the country
    const std::vector<Item> asked = questions(1);
    const auto before = count(asked, shipped_breakdowns(), first);
    const std::vector<Counts> earlier{published(before, withhold(before, {}, limit))};
    const auto truth = count(asked, shipped_breakdowns(), second);

    const auto frozen = withhold(truth, earlier, limit);

    ASSERT_EQ(frozen.items[0].row("size_class", "large"), nullptr);
    const auto rest = row_of(truth.items[0], "rest");
    EXPECT_TRUE(shows_nothing(frozen.items[0].rows[rest])) << "the rest is medium and large of then, less one";
    const auto together = [&](std::size_t answer) {
        std::int64_t sum = 0;
        for (const auto* name : {"medium", "large"})
            sum += before.items[0].rows[row_of(before.items[0], name)].counts[answer];
        return sum;
    };
    for (const auto& guess : deduce(truth.items[0], frozen.items[0], true))
        if (guess.row == rest) {
            EXPECT_LE(guess.lower, together(guess.answer) - 1) << "each answer may be the one that is gone";
            EXPECT_GE(guess.upper, together(guess.answer));
        }
}

TEST(AGroupInWhichNothingChanged, IsShownAsItWasSoThatTwoRoundsDoNotCompleteEachOther)
{
    int unchanged = 0, with_withheld = 0;
    for (std::uint64_t seed = 1; seed <= 12; ++seed) {
        const auto items = questions(6);
        const auto first = copies_of(seed, 0, items);
        auto second = copies_of(seed, 1, items);
        // Whoever is small answers as before; the others go on.
        std::erase_if(second, [](const Copy& copy) { return copy.size_class == "small"; });
        for (const auto& copy : first)
            if (copy.size_class == "small")
                second.push_back(copy);
        const auto before = count(items, shipped_breakdowns(), first);
        const std::vector<Counts> earlier{published(before, withhold(before, {}, limit))};

        const auto frozen = withhold(count(items, shipped_breakdowns(), second), earlier, limit);

        for (std::size_t item = 0; item < items.size(); ++item) {
            const auto& then = before.items[item].rows[row_of(before.items[item], "small")];
            const auto& was = earlier[0].items[item].rows[row_of(before.items[item], "small")].withheld;
            const auto* now = frozen.items[item].row("size_class", "small");
            ASSERT_NE(now, nullptr);
            ++unchanged;
            with_withheld += std::count(was.begin(), was.end(), 1) > 0;
            const bool nothing_now = shows_nothing(*now);
            for (std::size_t answer = 0; answer < then.counts.size(); ++answer)
                if (!nothing_now) {
                    EXPECT_EQ(!now->counts[answer], was[answer] != 0) << "seed " << seed << ' ' << items[item].key;
                }
        }
    }
    EXPECT_GT(with_withheld, unchanged / 4) << "or there is nothing to complete";
}

TEST(SmallCountries, AreLeftOpenToTheAttackerWhateverTheyAnswered)
{
    // Few municipalities, uneven groups, rare answers: the hardest tables to hide anything in.
    for (std::uint64_t seed = 1; seed <= 25; ++seed) {
        auto copies = copies_of(seed, 0, questions(3));
        copies.resize(12 + seed * 4);
        const auto truth = count(questions(3), shipped_breakdowns(), copies);

        const auto frozen = withhold(truth, {}, limit);

        for (std::size_t item = 0; item < 3; ++item) {
            for (const auto& guess : deduce(truth.items[item], frozen.items[item], true)) {
                const auto count = truth.items[item].rows[guess.row].counts[guess.answer];
                if (count > 0 && count < limit) {
                    EXPECT_GE(guess.upper - guess.lower, limit - 2) << "seed " << seed;
                }
            }
            for (const auto& guess : narrow_down(frozen.items[item]))
                EXPECT_LT(guess.lower, guess.upper) << "seed " << seed;
        }
    }
}

TEST(Withholding, IsTheSameOnAnyNumberOfThreads)
{
    const auto truth = count(questions(6), shipped_breakdowns(), copies_of(7, 0, questions(6)));

    const auto one = withhold(truth, {}, limit, {.threads = 1});
    const auto two = withhold(truth, {}, limit, {.threads = 2});

    for (std::size_t item = 0; item < one.items.size(); ++item)
        EXPECT_EQ(one.items[item].rows, two.items[item].rows);
}

} // namespace beproefd::quickscan::national
