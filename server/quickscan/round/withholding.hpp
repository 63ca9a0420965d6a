// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/round/counting.hpp"
#include "statistics/disclosure/linked.hpp"
#include "statistics/parallel.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace beproefd::quickscan::national {

/// A row as everybody may see it: a count without a number is withheld, and does not say why.
struct FrozenRow {
    std::string breakdown;
    std::string group;
    std::int64_t n = 0;
    std::vector<std::optional<std::int64_t>> counts{};
    bool operator==(const FrozenRow&) const = default;
};

struct FrozenItem {
    Item item;
    std::vector<FrozenRow> rows;

    const FrozenRow* row(std::string_view breakdown, std::string_view group) const;
};

/// All tables of a round, withheld together.
struct Frozen {
    std::int64_t handed_in = 0;
    std::vector<FrozenItem> items;

    std::int64_t cells() const;
    std::int64_t withheld() const;
};

/// Why a row as a whole cannot be shown, whatever its counts.
enum class RowDanger {
    none,
    one_answer,   ///< all gave the same answer, or all but one: the one would know the answer of all others
    small_change, ///< it differs from an earlier round by fewer than the limit: subtracting shows those few
};
/// Groups that were divided otherwise then, such as one that is in the rest now, are compared together.
RowDanger danger(const ItemCounts& item, std::size_t row, std::span<const Counts> earlier, std::int64_t limit);

/// True counts with what was shown of them, for the rounds that come later.
Counts published(Counts counts, const Frozen& shown);

/// Decides for all tables of a round at once which counts are withheld.
///
/// Withheld are, per item: counts from 1 up to the limit less one, in the country and in each group; every count,
/// zeros too, of a row that is a danger as a whole; and as few further counts as it takes, so that the tables by size
/// and by part of the country, their totals and the numbers that handed in, taken together, leave each of them
/// open: any number from 1 to the limit less one for a small count, and at least `limit` further numbers for others,
/// as far as the number of municipalities allows. The attacker knows the rule and the limit.
/// A row that did not change since an earlier round is shown exactly as it was then: what one round shows and the
/// other withholds would be told by the two together. Where the search finds nothing that protects, the item is shown
/// for the country only, and if need be not at all.
///
/// `earlier` are the true counts of the rounds of the same questionnaire that were published before.
/// The number that handed in, of the country and of each group that is shown, is public.
Frozen withhold(const Counts& counts, std::span<const Counts> earlier, std::int64_t limit,
                const statistics::Execution& execution = {});

/// The tables of the items of one question as the engine reads them, for whoever audits them. Where several choices
/// may be given, who did not answer the question is the same number beside each of them, and thus one cell.
struct Linked {
    statistics::disclosure::LinkedTables tables;
    std::vector<std::vector<std::vector<statistics::disclosure::Cell>>> cells; ///< per item, row and answer
    std::vector<statistics::disclosure::Cell> sizes; ///< per row: how many handed in; public
};
Linked link(std::span<const ItemCounts> question);

} // namespace beproefd::quickscan::national
