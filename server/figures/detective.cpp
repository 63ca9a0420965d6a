// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/detective.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <tuple>
#include <utility>

namespace beproefd::figures::detective {
namespace {

/// Weights of evidence. Ten points are a factor of ten; steps of five are the half bans in which Jeffreys grades
/// evidence, because a smaller difference is not worth mentioning. How each follows: decision record 0035.
namespace score {
constexpr int pen_slip = 45;           ///< a sign, a digit, two neighbouring digits, a point, a neighbouring cell
constexpr int sign_at_home = 50;       ///< a lost sign where other negative numbers are printed
constexpr int gained_sign = 30;        ///< a minus where none belongs
constexpr int jump_transposition = 40; ///< digits exchanged across one other digit
constexpr int far_transposition = 30;
constexpr int bare_zero = 35;       ///< a last zero lost or doubled together with the point
constexpr int far_shift = 35;       ///< by two or three places
constexpr int moved_over_zero = 40; ///< a value changed places with a printed zero
constexpr int added_wrongly = 45;   ///< a total off in one digit's place, less per further digit
constexpr int lone_gap = 65;        ///< a blank where hardly anything is blank, less per digit of what is missing
constexpr int common_gap = 55;      ///< a blank where blanks are common
constexpr int per_digit = 10;       ///< the more digits must come out right by chance, the less likely
constexpr int stray_sign = 10;      ///< less for a missing negative number where no other is printed
} // namespace score

Units power_of_ten(int exponent)
{
    Units power = 1;
    for (; exponent > 0; --exponent)
        power *= 10;
    return power;
}

Units magnitude(Units value) { return value < 0 ? -value : value; }

/// Decimal digits, the last one first; room for every 128-bit number.
struct Digits {
    std::array<signed char, 44> digit{};
    int size = 0;

    /// At least `least` digits, with leading zeros as in 0.04.
    Digits(Units value, int least)
    {
        for (value = magnitude(value); value > 0; value /= 10)
            digit[static_cast<std::size_t>(size++)] = static_cast<signed char>(value % 10);
        size = std::max(size, least);
    }
    signed char operator[](int place) const { return digit[static_cast<std::size_t>(place)]; }
};

int significant_digits(Units value)
{
    value = magnitude(value);
    while (value > 0 && value % 10 == 0)
        value /= 10;
    return Digits{value, 1}.size;
}

bool one_digit_differs(Units wrong, Units right, int decimals)
{
    const Digits a{wrong, decimals + 1};
    const Digits b{right, decimals + 1};
    if (a.size != b.size)
        return false;
    int different = 0;
    for (int i = 0; i < a.size; ++i)
        different += a[i] != b[i];
    return different == 1;
}

/// Which digits of a number, counted from its last one.
struct DigitRange {
    int first = 0;
    int end = 44;
};

/// True when `shorter` is `longer` without one digit of the range.
bool one_digit_dropped(Units shorter, Units longer, int decimals_of_longer, DigitRange range)
{
    const Digits digits{longer, decimals_of_longer + 1};
    Units place = power_of_ten(range.first);
    for (int i = range.first; i < std::min(digits.size, range.end) && digits.size > 1; ++i, place *= 10)
        if (magnitude(longer) / place / 10 * place + magnitude(longer) % place == magnitude(shorter))
            return true;
    return false;
}

/// True when `longer` is `shorter` with one digit of the range printed twice.
bool one_digit_doubled(Units longer, Units shorter, int decimals_of_shorter, DigitRange range)
{
    const Digits digits{shorter, decimals_of_shorter + 1};
    Units place = power_of_ten(range.first);
    for (int i = range.first; i < std::min(digits.size, range.end); ++i, place *= 10)
        if (magnitude(shorter) / place * place * 10 + magnitude(shorter) % (place * 10) == magnitude(longer))
            return true;
    return false;
}

/// How far apart two digits stand that were exchanged; 0 when that is not what happened.
int transposed_over(Units wrong, Units right, int decimals)
{
    const Digits b{right, decimals + 1};
    const Digits a{wrong, b.size};
    if (a.size != b.size)
        return 0;
    int first = -1;
    int second = -1;
    for (int i = 0; i < a.size; ++i) {
        if (a[i] == b[i])
            continue;
        if (second >= 0)
            return 0;
        (first < 0 ? first : second) = i;
    }
    return second >= 0 && a[first] == b[second] && a[second] == b[first] ? second - first : 0;
}

/// By how many places the point moved; 0 when that is not what happened.
int shifted_by(Units wrong, Units right)
{
    Units power = 10;
    for (int places = 1; places <= 3; ++places, power *= 10)
        if (wrong * power == right || right * power == wrong)
            return places;
    return 0;
}

int fewest_decimals(const Decimal& value)
{
    int decimals = value.decimals;
    for (Units units = value.units; decimals > 0 && units % 10 == 0; units /= 10)
        --decimals;
    return decimals;
}

/// The same number in other decimals; empty when it does not fit.
std::optional<Units> units_at(const Decimal& value, int decimals)
{
    if (decimals < fewest_decimals(value))
        return std::nullopt;
    if (decimals >= value.decimals)
        return value.units * power_of_ten(decimals - value.decimals);
    return value.units / power_of_ten(value.decimals - decimals);
}

class SlipList
{
public:
    /// One entry per kind, with the best score it earned.
    void add(SlipKind kind, int score)
    {
        const auto known = std::find_if(slips_.begin(), slips_.end(), [&](const Slip& s) { return s.kind == kind; });
        if (known == slips_.end())
            slips_.push_back({kind, score});
        else
            known->score = std::max(known->score, score);
    }
    std::vector<Slip> take() { return std::move(slips_); }

private:
    std::vector<Slip> slips_;
};

/// How a sum may be touched: as the printed total (+1), or as an item (−1, or +1 when it is subtracted).
struct Membership {
    std::uint32_t sum;
    std::int8_t effect; ///< what one unit more at the place does to total − recomputed
    bool is_total;
};

struct Value {
    std::optional<Units> units;
    Place place;
    std::uint32_t first_membership = 0;
    std::uint32_t end_membership = 0;
};

/// How finely the numbers of a column are printed; -1 where there is none.
struct ColumnDecimals {
    int finest = -1;
    int with_finest = 0; ///< how many numbers have the finest decimals
    int next = -1;       ///< the finest of the others
};

struct Sum {
    SumKind kind;
    std::uint32_t total;
    std::uint32_t copy = 0; ///< of a copy: the second print
    Units recomputed = 0;
    Units residual = 0;       ///< total − recomputed
    Units rounding_bound = 0; ///< twice the most that rounding can do
    Units tolerance = 0;
    std::size_t items = 0;
    bool checked = false;
    bool violated = false;
};

/// One place that would read differently.
struct Change {
    std::uint32_t value;
    std::optional<Units> becomes;
};

/// All values and sums of all tables in one common scale.
class System
{
public:
    System(std::span<const Table> tables, std::span<const Link> links) : tables_(tables), links_(links)
    {
        find_scale();
        lay_out_values();
        for (std::size_t table = 0; table < tables_.size(); ++table)
            add_sums_of(table);
        for (const auto& link : links_)
            add_copy(link);
        index_memberships();
        check_sums();
    }

    Case solve() const
    {
        Case result;
        for (const auto& sum : sums_)
            result.sums += sum.checked;
        for (const auto& sum : sums_)
            if (sum.violated)
                result.differences.push_back(difference(sum));
        if (!result.consistent()) {
            result.explanations = explanations();
            rank(result.explanations);
        }
        return result;
    }

private:
    // --- building -------------------------------------------------------------------------------------------------

    void find_scale()
    {
        for (const auto& table : tables_) {
            scale_ = std::max(scale_, table.tolerance.decimals);
            for (const auto& printed : table.places)
                if (printed.value)
                    scale_ = std::max(scale_, printed.value->decimals);
        }
    }

    void lay_out_values()
    {
        std::size_t size = 0;
        for (const auto& table : tables_) {
            assert(table.places.size() == table.rows.size() * table.columns.size());
            offsets_.push_back(static_cast<std::uint32_t>(size));
            size += table.places.size();
        }
        values_.reserve(size);
        for (std::size_t t = 0; t < tables_.size(); ++t) {
            const auto& table = tables_[t];
            std::size_t items = 0;
            std::size_t blanks = 0;
            bool negative = false;
            auto& columns = columns_.emplace_back(table.columns.size());
            for (std::size_t r = 0; r < table.rows.size(); ++r) {
                for (std::size_t c = 0; c < table.columns.size(); ++c) {
                    const auto& printed = table.at(r, c);
                    Value value{.units = {}, .place = {t, r, c}};
                    if (printed.value) {
                        value.units = printed.value->units * power_of_ten(scale_ - printed.value->decimals);
                        count_decimals(columns[c], printed.value->decimals);
                    }
                    negative = negative || (value.units && *value.units < 0);
                    if (is_item(value.place)) {
                        ++items;
                        blanks += !value.units;
                    }
                    values_.push_back(value);
                }
            }
            negatives_.push_back(negative);
            blanks_common_.push_back(blanks > 1 && blanks * 10 > items);
        }
    }

    static void count_decimals(ColumnDecimals& column, int decimals)
    {
        if (decimals > column.finest) {
            column.next = std::exchange(column.finest, decimals);
            column.with_finest = 1;
        } else if (decimals == column.finest) {
            ++column.with_finest;
        } else {
            column.next = std::max(column.next, decimals);
        }
    }

    std::uint32_t index(const Place& place) const
    {
        return offsets_[place.table] +
               static_cast<std::uint32_t>(place.row * tables_[place.table].columns.size() + place.column);
    }

    bool is_item(const Place& place) const
    {
        const auto& table = tables_[place.table];
        return table.rows[place.row].role == Role::item && table.columns[place.column].role == Role::item;
    }

    const Printed& printed(const Place& place) const { return tables_[place.table].at(place.row, place.column); }

    /// The sums along one direction: for every line across, one sum per total and subtotal.
    template<class PlaceAt>
    void add_sums(std::size_t table, SumKind kind, const std::vector<Line>& along, std::size_t across,
                  PlaceAt place_at)
    {
        for (std::size_t total = 0; total < along.size(); ++total) {
            if (along[total].role == Role::item)
                continue;
            std::size_t first = 0;
            std::size_t end = along.size();
            if (along[total].role == Role::subtotal) {
                end = total;
                for (std::size_t i = total; i > 0 && first == 0; --i)
                    if (along[i - 1].role == Role::subtotal)
                        first = i;
            }
            for (std::size_t line = 0; line < across; ++line) {
                const auto number = static_cast<std::uint32_t>(sums_.size());
                Sum sum{.kind = kind, .total = index(place_at(line, total))};
                sum.tolerance =
                    tables_[table].tolerance.units * power_of_ten(scale_ - tables_[table].tolerance.decimals);
                joins_.push_back({sum.total, {number, 1, true}});
                for (std::size_t i = first; i < end; ++i) {
                    if (along[i].role != Role::item)
                        continue;
                    const std::int8_t effect = along[i].subtracted ? 1 : -1;
                    joins_.push_back({index(place_at(line, i)), {number, effect, false}});
                    ++sum.items;
                }
                sums_.push_back(sum);
            }
        }
    }

    void add_sums_of(std::size_t t)
    {
        const auto& table = tables_[t];
        add_sums(t, SumKind::row, table.columns, table.rows.size(),
                 [t](std::size_t line, std::size_t i) { return Place{t, line, i}; });
        add_sums(t, SumKind::column, table.rows, table.columns.size(),
                 [t](std::size_t line, std::size_t i) { return Place{t, i, line}; });
    }

    void add_copy(const Link& link)
    {
        const auto number = static_cast<std::uint32_t>(sums_.size());
        Sum sum{.kind = SumKind::copy, .total = index(link.first), .copy = index(link.second)};
        sum.items = 1;
        joins_.push_back({sum.total, {number, 1, true}});
        joins_.push_back({sum.copy, {number, -1, false}});
        sums_.push_back(sum);
    }

    void index_memberships()
    {
        for (const auto& join : joins_)
            ++values_[join.value].end_membership;
        std::uint32_t start = 0;
        for (auto& value : values_) {
            value.first_membership = start;
            start += std::exchange(value.end_membership, start);
        }
        memberships_.resize(joins_.size());
        for (const auto& join : joins_)
            memberships_[values_[join.value].end_membership++] = join.membership;
    }

    std::span<const Membership> memberships(const Value& value) const
    {
        return std::span{memberships_}.subspan(value.first_membership, value.end_membership - value.first_membership);
    }

    void check_sums()
    {
        for (const auto& value : values_) {
            if (!value.units)
                continue;
            const Units half_unit_twice = power_of_ten(scale_ - printed(value.place).value->decimals);
            for (const auto& membership : memberships(value)) {
                auto& sum = sums_[membership.sum];
                sum.residual += membership.effect * *value.units;
                sum.rounding_bound += half_unit_twice;
                if (membership.is_total)
                    sum.checked = sum.items > 0;
                else
                    sum.recomputed -= membership.effect * *value.units;
            }
        }
        for (auto& sum : sums_) {
            if (sum.kind == SumKind::copy)
                sum.checked = sum.checked && values_[sum.copy].units.has_value();
            sum.violated = sum.checked && magnitude(sum.residual) > sum.tolerance;
            violated_ += sum.violated;
        }
    }

    Difference difference(const Sum& sum) const
    {
        const auto& total = values_[sum.total];
        Difference difference{
            .sum = sum.kind, .total = total.place, .copy = {}, .printed = *printed(total.place).value};
        if (sum.kind == SumKind::copy) {
            difference.copy = values_[sum.copy].place;
            difference.recomputed = *printed(*difference.copy).value;
        } else {
            difference.recomputed = {sum.recomputed, scale_};
        }
        // The items and the total each lie within half a unit of their last decimal; at exactly that bound every one
        // of them would have to lie on the very edge, with opposite rounding, so the bound itself does not count.
        difference.rounding_possible = 2 * magnitude(sum.residual) < sum.rounding_bound;
        if (sum.kind != SumKind::copy)
            difference.recomputed = shortened(difference.recomputed, decimals_around(sum));
        return difference;
    }

    /// The finest decimals printed in the sum.
    int decimals_around(const Sum& sum) const
    {
        const auto number = static_cast<std::uint32_t>(&sum - sums_.data());
        int decimals = 0;
        for (const auto member : members(number))
            if (values_[member].units)
                decimals = std::max(decimals, printed(values_[member].place).value->decimals);
        return decimals;
    }

    /// The places that take part in a sum.
    std::vector<std::uint32_t> members(std::uint32_t number) const
    {
        const auto by_sum = [](const Join& join, std::uint32_t sum) { return join.membership.sum < sum; };
        std::vector<std::uint32_t> found;
        for (auto join = std::lower_bound(joins_.begin(), joins_.end(), number, by_sum);
             join != joins_.end() && join->membership.sum == number; ++join)
            found.push_back(join->value);
        return found;
    }

    static Decimal shortened(Decimal value, int decimals)
    {
        decimals = std::max(decimals, fewest_decimals(value));
        return {*units_at(value, decimals), decimals};
    }

    // --- searching ------------------------------------------------------------------------------------------------

    /// True when all sums are right once the changes are made.
    bool makes_all_right(std::span<const Change> changes) const
    {
        touched_.clear();
        for (const auto& change : changes) {
            const auto& value = values_[change.value];
            const Units shift = change.becomes.value_or(0) - value.units.value_or(0);
            for (const auto& membership : memberships(value)) {
                auto known = std::find_if(touched_.begin(), touched_.end(),
                                          [&](const TouchedSum& t) { return t.sum == membership.sum; });
                if (known == touched_.end())
                    known = touched_.insert(known, {membership.sum, 0, sums_[membership.sum].checked});
                known->shift += membership.effect * shift;
                if (membership.is_total)
                    known->checked = change.becomes.has_value() && sums_[membership.sum].items > 0;
            }
        }
        std::size_t repaired = 0;
        for (const auto& touched : touched_) {
            const auto& sum = sums_[touched.sum];
            const Units residual = magnitude(sum.residual + touched.shift);
            if (touched.checked && residual > (sum.violated ? Units{0} : sum.tolerance))
                return false;
            repaired += sum.violated;
        }
        return repaired == violated_;
    }

    std::vector<Explanation> explanations() const
    {
        // A slip must touch every sum that differs, so it must touch the first one: only its members can hold it.
        const auto first = static_cast<std::uint32_t>(
            std::find_if(sums_.begin(), sums_.end(), [](const Sum& s) { return s.violated; }) - sums_.begin());
        std::vector<Explanation> found;
        auto suspects = members(first);
        for (const auto suspect : suspects)
            if (!printed(values_[suspect].place).confirmed)
                explain_change(suspect, first, found);
        if (sums_[first].kind != SumKind::copy)
            for (const auto suspect : suspects)
                explain_moves(suspect, first, found);
        return found;
    }

    /// What must stand at the place follows from the difference; then: how could it have been printed like this?
    void explain_change(std::uint32_t suspect, std::uint32_t first, std::vector<Explanation>& found) const
    {
        const auto& value = values_[suspect];
        Units effect = 0;
        for (const auto& membership : memberships(value))
            if (membership.sum == first)
                effect = static_cast<int>(membership.effect);
        const Units shift = -sums_[first].residual * effect;
        const Units right = value.units.value_or(0) + shift;
        const Change change{suspect, right};
        if (makes_all_right({&change, 1})) {
            describe(value, right, shift, found);
            return;
        }
        // A total that was added wrongly and then copied is one slip in two prints.
        if (is_item(value.place) || !value.units || links_.empty())
            return;
        std::vector<Change> changes{change};
        for (const auto& link : links_) {
            for (const auto& [one, other] :
                 {std::pair{link.first, link.second}, std::pair{link.second, link.first}}) {
                const auto& twin = values_[index(other)];
                if (one == value.place && twin.units == value.units && !printed(other).confirmed)
                    changes.push_back({index(other), right});
            }
        }
        if (changes.size() > 1 && makes_all_right(changes))
            found.push_back(explanation(SlipKind::wrong_total, value, right, added_wrongly(shift)));
    }

    static int added_wrongly(Units shift)
    {
        return score::added_wrongly - score::per_digit * (std::min(significant_digits(shift), 3) - 1);
    }

    void describe(const Value& value, Units right, Units shift, std::vector<Explanation>& found) const
    {
        const auto table = value.place.table;
        const bool item = is_item(value.place);
        if (!value.units) {
            const int gap = blanks_common_[table] && item ? score::common_gap : score::lone_gap;
            const int stray = right < 0 && !negatives_[table] ? score::stray_sign : 0;
            const int likely = gap - score::per_digit * std::min(significant_digits(right), 3) - stray;
            found.push_back(explanation(SlipKind::missing_value, value, right, likely));
            return;
        }
        const auto& wrong = *printed(value.place).value;
        for (const auto& slip :
             slips_between(wrong, {right, scale_}, usual_decimals(value.place), negatives_[table])) {
            // One digit other than it should be is also what an adding slip leaves in a total: told once, as that.
            const Units shown = *units_at(wrong, std::max(wrong.decimals, scale_));
            if (!item && slip.kind == SlipKind::digit && one_digit_differs(shown, right, scale_))
                continue;
            found.push_back(explanation(slip.kind, value, right, slip.score));
        }
        if (!item)
            found.push_back(explanation(SlipKind::wrong_total, value, right, added_wrongly(shift)));
    }

    void explain_moves(std::uint32_t suspect, std::uint32_t first, std::vector<Explanation>& found) const
    {
        const auto& value = values_[suspect];
        const auto& table = tables_[value.place.table];
        static constexpr std::array<std::pair<int, int>, 4> steps{{{0, -1}, {0, 1}, {-1, 0}, {1, 0}}};
        for (const auto& [down, right] : steps) {
            const auto row = static_cast<std::ptrdiff_t>(value.place.row) + down;
            const auto column = static_cast<std::ptrdiff_t>(value.place.column) + right;
            if (row < 0 || column < 0 || row >= static_cast<std::ptrdiff_t>(table.rows.size()) ||
                column >= static_cast<std::ptrdiff_t>(table.columns.size()))
                continue;
            const auto neighbour =
                index({value.place.table, static_cast<std::size_t>(row), static_cast<std::size_t>(column)});
            try_move(suspect, neighbour, found);
            // A neighbour in the same sum is a suspect itself and finds this move from its own side.
            const auto sums = memberships(values_[neighbour]);
            if (std::none_of(sums.begin(), sums.end(), [&](const Membership& m) { return m.sum == first; }))
                try_move(neighbour, suspect, found);
        }
    }

    void try_move(std::uint32_t from, std::uint32_t to, std::vector<Explanation>& found) const
    {
        const auto& source = values_[from];
        const auto& target = values_[to];
        if (!source.units || *source.units == 0 || target.units.value_or(0) != 0)
            return;
        if (printed(source.place).confirmed || printed(target.place).confirmed)
            return;
        // A total that moves away leaves a sum without a total; that proves nothing unless it is a total elsewhere.
        if (!is_item(source.place) && (is_item(target.place) || target.units))
            return;
        if (is_item(source.place) && !is_item(target.place) && target.units)
            return;
        const std::array changes{Change{from, target.units}, Change{to, source.units}};
        if (!makes_all_right(changes))
            return;
        Explanation move{.rank = 1, .kind = SlipKind::moved_cell, .place = source.place};
        move.printed = printed(source.place).value;
        move.corrected = printed(target.place).value;
        move.moved_to = target.place;
        move.score = target.units ? score::moved_over_zero : score::pen_slip;
        found.push_back(move);
    }

    Explanation explanation(SlipKind kind, const Value& value, Units right, int likely) const
    {
        const auto& wrong = printed(value.place).value;
        Explanation result{.rank = 1, .kind = kind, .place = value.place, .printed = wrong};
        const int usual = usual_decimals(value.place);
        result.corrected = shortened({right, scale_}, wrong ? std::min(wrong->decimals, usual) : usual);
        result.score = likely;
        return result;
    }

    /// The finest decimals printed elsewhere in the column, or in the whole table when nothing else stands in it.
    int usual_decimals(const Place& place) const
    {
        const auto& column = columns_[place.table][place.column];
        const auto& here = printed(place).value;
        const bool alone_the_finest = here && here->decimals == column.finest && column.with_finest == 1;
        const int decimals = alone_the_finest ? column.next : column.finest;
        return decimals < 0 ? scale_ : decimals;
    }

    static void rank(std::vector<Explanation>& found)
    {
        std::sort(found.begin(), found.end(), [](const Explanation& a, const Explanation& b) {
            return std::tuple{-a.score, a.place, a.kind, a.moved_to} <
                   std::tuple{-b.score, b.place, b.kind, b.moved_to};
        });
        for (std::size_t i = 0; i < found.size(); ++i)
            found[i].rank =
                i > 0 && found[i].score == found[i - 1].score ? found[i - 1].rank : static_cast<int>(i) + 1;
    }

    struct Join {
        std::uint32_t value;
        Membership membership;
    };
    struct TouchedSum {
        std::uint32_t sum;
        Units shift;
        bool checked;
    };

    std::span<const Table> tables_;
    std::span<const Link> links_;
    int scale_ = 0;
    std::vector<std::uint32_t> offsets_;
    std::vector<Value> values_;
    std::vector<Sum> sums_;
    std::vector<Join> joins_; ///< in the order of their sums
    std::vector<Membership> memberships_;
    std::vector<std::vector<ColumnDecimals>> columns_; ///< per table
    std::vector<bool> negatives_;
    std::vector<bool> blanks_common_;
    std::size_t violated_ = 0;
    mutable std::vector<TouchedSum> touched_; ///< kept between candidates so that each costs no allocation
};

} // namespace

std::string Decimal::to_text() const
{
    const Digits digits{units, decimals + 1};
    std::string text;
    if (units < 0)
        text += '-';
    for (int i = digits.size - 1; i >= 0; --i) {
        text += static_cast<char>('0' + digits[i]);
        if (i == decimals && decimals > 0)
            text += '.';
    }
    return text;
}

std::string_view to_text(SlipKind kind)
{
    switch (kind) {
    case SlipKind::lost_sign:
        return "lost_sign";
    case SlipKind::digit:
        return "digit";
    case SlipKind::transposed_digits:
        return "transposed_digits";
    case SlipKind::decimal_shift:
        return "decimal_shift";
    case SlipKind::moved_cell:
        return "moved_cell";
    case SlipKind::missing_value:
        return "missing_value";
    case SlipKind::wrong_total:
        return "wrong_total";
    }
    return "";
}

std::vector<Slip> slips_between(const Decimal& wrong, const Decimal& right, int usual_decimals, bool signs_at_home)
{
    SlipList slips;
    const int finest = std::max({wrong.decimals, right.decimals, usual_decimals});
    const Units w = *units_at(wrong, finest);
    const Units r = *units_at(right, finest);
    if (w == r)
        return {};
    if (w == -r) {
        slips.add(SlipKind::lost_sign,
                  r > 0 ? score::gained_sign : (signs_at_home ? score::sign_at_home : score::pen_slip));
        return slips.take();
    }
    if ((w < 0 && r > 0) || (w > 0 && r < 0))
        return {}; // a sign and something else besides: two slips

    const int shifted = w != 0 && r != 0 ? shifted_by(w, r) : 0;

    // A digit may have gone wrong in the text ("12.4" for 12.34) or in the bare digits ("1.24" for 12.34), and the
    // right number may have been printed with more zeros than it needs: try each number of decimals that makes sense.
    const std::array decimals_tried{std::min(wrong.decimals, usual_decimals), usual_decimals, fewest_decimals(right)};
    for (const int decimals : decimals_tried) {
        const auto a = units_at(wrong, decimals);
        const auto b = units_at(right, decimals);
        if (!a || !b)
            continue;
        if (one_digit_differs(*a, *b, decimals))
            slips.add(SlipKind::digit, score::pen_slip);
        // 1.23 for 12.30 is a shifted point; that only the bare digits lost their last zero is possible, but
        // far-fetched.
        const auto dropped_or_doubled = [&](DigitRange range) {
            return one_digit_dropped(*a, *b, decimals, range) || one_digit_doubled(*a, *b, decimals, range);
        };
        if (dropped_or_doubled({.first = shifted ? decimals : 0}))
            slips.add(SlipKind::digit, score::pen_slip);
        else if (shifted && dropped_or_doubled({}))
            slips.add(SlipKind::digit, score::bare_zero);
        if (const int distance = transposed_over(*a, *b, decimals))
            slips.add(SlipKind::transposed_digits, distance == 1   ? score::pen_slip
                                                   : distance == 2 ? score::jump_transposition
                                                                   : score::far_transposition);
    }
    if (const int decimals = wrong.decimals + 1; !shifted)
        if (const auto b = units_at(right, decimals);
            b && one_digit_dropped(wrong.units, *b, decimals, {0, decimals}))
            slips.add(SlipKind::digit, score::pen_slip);
    if (const int decimals = wrong.decimals - 1; decimals > 0 && !shifted)
        if (const auto b = units_at(right, decimals);
            b && one_digit_doubled(wrong.units, *b, decimals, {0, decimals}))
            slips.add(SlipKind::digit, score::pen_slip);
    if (shifted)
        slips.add(SlipKind::decimal_shift, shifted == 1 ? score::pen_slip : score::far_shift);
    return slips.take();
}

Case investigate(std::span<const Table> tables, std::span<const Link> links) { return System{tables, links}.solve(); }

Case investigate(const Table& table) { return investigate({&table, 1}, {}); }

void correct(const Explanation& explanation, std::span<Table> tables)
{
    const auto place = [&](const Place& p) -> Printed& { return tables[p.table].at(p.row, p.column); };
    place(explanation.place).value = explanation.corrected;
    if (explanation.moved_to)
        place(*explanation.moved_to).value = explanation.printed;
}

} // namespace beproefd::figures::detective
