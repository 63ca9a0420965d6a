// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/checks.hpp"

#include "figures/compute.hpp"
#include "figures/texts.hpp"

#include <fmt/format.h>

#include <cmath>
#include <set>

namespace beproefd::figures {
namespace {

/// Half a millionth: below every printed decimal, above what binary fractions leave behind.
constexpr double nothing = 0.5e-6;

/// "1.763.000", "−0,49" in Dutch; "1,763,000", "−0.49" in English; a true minus sign.
std::string written(double value, std::int64_t decimals, bool dutch)
{
    std::string digits = fmt::format("{:.{}f}", std::abs(value), decimals);
    const auto point = std::min(digits.find('.'), digits.size());
    std::string out = value < 0 ? "−" : "";
    for (std::size_t i = 0; i < point; ++i) {
        out += digits[i];
        if ((point - i - 1) % 3 == 0 && i + 1 < point)
            out += dutch ? '.' : ',';
    }
    if (point < digits.size()) {
        out += dutch ? ',' : '.';
        out += digits.substr(point + 1);
    }
    return out;
}

std::string formula_of(const CheckDefinition& definition, const std::vector<const Figure*>& terms,
                       const std::optional<double>& recomputed, std::int64_t decimals, bool dutch)
{
    std::string_view between = " + ";
    switch (definition.operation) {
    case Operation::difference:
    case Operation::remainder:
        between = " − ";
        break;
    case Operation::ratio:
        between = " ÷ ";
        break;
    case Operation::product:
        between = " × ";
        break;
    case Operation::max:
        between = "; ";
        break;
    default:
        break;
    }
    std::string out;
    for (const Figure* term : terms) {
        const auto value = as_term(*term);
        if (term->kind == Kind::blank || !value)
            continue;
        if (!out.empty())
            out += between;
        out += written(*value, term->decimals, dutch);
    }
    if (definition.operation == Operation::mean)
        out = fmt::format("({}) ÷ {}", out, terms.size());
    if (definition.operation == Operation::max) {
        if (terms.size() > 1)
            out = texts()("largest_of", dutch ? describe::Language::nl : describe::Language::en, {{"terms", out}});
        else
            return out;
    }
    if (definition.factor != 1)
        out = fmt::format("({}) × {}", out, written(definition.factor, definition.factor < 1 ? 2 : 0, dutch));
    if (recomputed && !out.empty())
        out += " = " + written(*recomputed, decimals, dutch);
    return out;
}

/// How many decimals a difference of these needs to be shown, up to six.
std::int64_t decimals_for(double value, std::int64_t least)
{
    std::int64_t decimals = least;
    while (decimals < 6 && std::abs(round_half_up(value, decimals) - value) > nothing)
        ++decimals;
    return decimals;
}

/// A check with what its definition says of every kind; nothing is computed yet.
Check stated(const CheckDefinition& definition)
{
    Check check;
    check.key = definition.key;
    check.kind = definition.kind;
    check.title = definition.title;
    check.finding = definition.finding;
    return check;
}

/// The orders in which the four amounts of a sheet could belong to their labels. Of the 24 orders, those in which on
/// every sheet nothing more is granted than requested and the printed parts of prevention add up.
/// Source: the sheets print all labels first and all numbers after; see docs/decisions/0033.
Check order_of_amounts(const CheckDefinition& definition, const FigureIndex& figures, const Published& published)
{
    Check check = stated(definition);
    check.table = definition.table;
    check.unit = "count";
    const std::array<std::string, 4> names{"2020-requested", "2020-granted", "2021-requested", "2021-granted"};
    struct Sheet {
        std::array<double, 4> printed; ///< in the order of their lines
        bool prevention;
    };
    std::vector<Sheet> sheets;
    const auto value = [&](const std::string& row, const std::string& column) {
        const Figure* figure = figures.find(definition.table + "~" + row + "~" + column);
        return figure && figure->value ? *figure->value : std::nan("");
    };
    for (const auto& cluster : published.clusters) {
        std::vector<std::pair<std::int64_t, double>> amounts;
        for (const auto& name : names) {
            const Figure* figure = figures.find(definition.table + "~" + cluster.key + "~" + name);
            if (figure && figure->line && figure->value) {
                amounts.emplace_back(*figure->line, *figure->value);
                check.terms.push_back(figure->key);
            }
        }
        if (amounts.size() != 4)
            continue;
        std::sort(amounts.begin(), amounts.end());
        sheets.push_back(
            {{amounts[0].second, amounts[1].second, amounts[2].second, amounts[3].second}, !cluster.parts.empty()});
    }
    const double requested_parts = value("prevention-e", names[2]) + value("prevention-f", names[2]);
    const double granted_parts = value("prevention-e", names[3]) + value("prevention-f", names[3]);

    std::array<std::size_t, 4> order{0, 1, 2, 3}; // name n is printed at place order[n]
    int valid = 0;
    bool as_held = false;
    do {
        bool fits = !sheets.empty();
        for (const auto& sheet : sheets) {
            const auto at = [&](std::size_t name) { return sheet.printed[order[name]]; };
            fits = fits && at(0) >= at(1) && at(2) >= at(3);
            if (sheet.prevention)
                fits = fits && at(2) == requested_parts && at(3) == granted_parts;
        }
        if (fits) {
            ++valid;
            as_held = as_held || order == std::array<std::size_t, 4>{0, 1, 2, 3};
        }
    } while (std::next_permutation(order.begin(), order.end()));

    check.printed = 1;
    check.recomputed = valid;
    check.difference = valid - 1;
    check.outcome = valid == 1 && as_held ? Outcome::agrees : Outcome::differs;
    check.formula =
        texts().words("orders_valid", {{"valid", std::to_string(valid)}, {"sheets", std::to_string(sheets.size())}});
    return check;
}

class Checking
{
public:
    explicit Checking(const Published& published) : published_(published), figures_(published.figures) {}

    CheckReport run()
    {
        for (const auto& definition : published_.checks) {
            if (definition.kind == CheckKind::order)
                report_.items.push_back(order_of_amounts(definition, figures_, published_));
            else if (!definition.table.empty())
                sums_of_table(definition);
            else
                add(evaluate(definition));
        }
        account();
        return std::move(report_);
    }

private:
    void add(Check check) { report_.items.push_back(std::move(check)); }

    void sums_of_table(const CheckDefinition& definition)
    {
        const auto table = std::find_if(published_.tables.begin(), published_.tables.end(),
                                        [&](const PublishedTable& one) { return one.key == definition.table; });
        if (table == published_.tables.end())
            return;
        const bool rows = definition.kind == CheckKind::sum_of_row;
        const auto sums = [&](const auto& lines, const auto& across, auto key_of) {
            for (const auto& line : lines) {
                CheckDefinition one = definition;
                one.key += "~" + line.key;
                one.title = {replaced(definition.title.nl, line.label.nl),
                             replaced(definition.title.en, line.label.en)};
                for (const auto& other : across) {
                    const std::string key = key_of(line.key, other.key);
                    if (!figures_.find(key))
                        continue;
                    if (other.total)
                        one.printed = key;
                    else
                        one.terms.push_back(key);
                }
                if (one.printed.empty() || one.terms.empty())
                    continue;
                Check check = evaluate(one);
                check.table = table->key;
                add(std::move(check));
            }
        };
        if (rows)
            sums(table->rows, table->columns, [&](const std::string& row, const std::string& column) {
                return table->key + "~" + row + "~" + column;
            });
        else
            sums(table->columns, table->rows, [&](const std::string& column, const std::string& row) {
                return table->key + "~" + row + "~" + column;
            });
    }

    /// {row} or {column} of the title.
    static std::string replaced(std::string text, const std::string& label)
    {
        for (const std::string_view name : {"{row}", "{column}"}) {
            if (const auto at = text.find(name); at != std::string::npos)
                text.replace(at, name.size(), label);
        }
        return text;
    }

    Check evaluate(const CheckDefinition& definition)
    {
        Check check = stated(definition);
        check.printed_figure = definition.printed;
        check.terms = definition.terms;
        check.tolerance = definition.tolerance;
        check.tolerance_reason = definition.tolerance_reason;
        const Figure* printed = figures_.find(definition.printed);
        std::vector<const Figure*> terms;
        terms.reserve(definition.terms.size());
        for (const auto& key : definition.terms)
            terms.push_back(figures_.find(key));
        if (!printed || std::find(terms.begin(), terms.end(), nullptr) != terms.end()) {
            // read_published refuses such data, so this is data that something else changed: say so, do not hide it.
            check.outcome = Outcome::differs;
            return check;
        }
        check.printed_text = printed->printed;
        check.unit = definition.expected ? "share" : printed->unit;
        check.decimals = definition.expected ? 2 : printed->decimals;
        check.recomputed = carry_out(definition.operation, definition.factor, terms);
        // A blank total agrees with blank parts: nothing was paid, and nothing is printed.
        check.printed = definition.expected ? definition.expected : as_term(*printed);
        if (check.recomputed) {
            check.outcome = compare(definition, *printed, check);
            check.decimals = decimals_for(check.difference.value_or(0), check.decimals);
            if (definition.operation == Operation::ratio)
                check.recomputed = round_half_up(*check.recomputed, 4);
            if (check.difference)
                check.difference = round_half_up(*check.difference, 6);
        } else {
            check.outcome = Outcome::differs;
        }
        const auto shown = check.recomputed ? decimals_for(*check.recomputed, check.decimals) : check.decimals;
        check.formula = {formula_of(definition, terms, check.recomputed, std::min<std::int64_t>(shown, 4), true),
                         formula_of(definition, terms, check.recomputed, std::min<std::int64_t>(shown, 4), false)};
        return check;
    }

    static Outcome compare(const CheckDefinition& definition, const Figure& printed, Check& check)
    {
        const double recomputed = *check.recomputed;
        if (!definition.expected && printed.kind == Kind::claim && !printed.value) {
            // Words say a range; what falls outside it differs by the distance to its nearer end.
            check.printed = printed.low;
            if (printed.low && recomputed < *printed.low - nothing) {
                check.difference = recomputed - *printed.low;
            } else if (printed.high && recomputed > *printed.high + nothing) {
                check.printed = printed.high;
                check.difference = recomputed - *printed.high;
            } else {
                check.difference = 0;
            }
            return std::abs(*check.difference) > nothing ? Outcome::differs : Outcome::agrees;
        }
        if (!check.printed)
            return Outcome::differs;
        check.difference = recomputed - *check.printed;
        const double difference = *check.difference;
        bool agrees = false;
        switch (definition.kind) {
        case CheckKind::at_most:
            agrees = difference <= definition.tolerance + nothing;
            break;
        case CheckKind::at_least:
            // "Over 100" is not reached by 100 itself, nor "most" by half.
            agrees = definition.expected || printed.precision == Precision::more_than
                         ? difference > nothing
                         : difference >= -definition.tolerance - nothing;
            break;
        default:
            agrees = std::abs(difference) <= definition.tolerance + nothing;
        }
        if (agrees)
            return Outcome::agrees;
        // Each printed number may be off by half its last unit, the total too.
        const double reach = definition.rounding / 2 * static_cast<double>(check.terms.size() + 1);
        return std::abs(difference) <= reach + nothing ? Outcome::within_rounding : Outcome::differs;
    }

    /// Which differences are known, and whether they are all there.
    void account()
    {
        std::set<std::string> seen;
        for (auto& check : report_.items) {
            ++report_.checks;
            const auto known = std::find_if(published_.known_differences.begin(), published_.known_differences.end(),
                                            [&](const KnownDifference& one) { return one.check == check.key; });
            const bool differs = check.outcome != Outcome::agrees;
            check.known = differs && known != published_.known_differences.end() && check.difference &&
                          std::abs(known->difference - *check.difference) <= nothing;
            if (check.known)
                seen.insert(check.key);
            if (differs)
                ++report_.differ;
            else
                ++report_.agree;
            if (differs && !check.known)
                report_.unexpected.push_back(check.key);
        }
        for (const auto& known : published_.known_differences) {
            if (!seen.contains(known.check))
                report_.disappeared.push_back(known.check);
        }
        report_.statements = static_cast<std::int64_t>(published_.findings.size());
        for (const auto& finding : published_.findings)
            report_.statements_not_agreeing += finding.agrees ? 0 : 1;
        report_.as_known = report_.unexpected.empty() && report_.disappeared.empty();
    }

    const Published& published_;
    FigureIndex figures_;
    CheckReport report_;
};

} // namespace

CheckReport run_checks(const Published& published) { return Checking{published}.run(); }

std::vector<Finding> findings_with_checks(const Published& published, const CheckReport& report)
{
    std::vector<Finding> findings = published.findings;
    for (auto& finding : findings) {
        for (const auto& check : report.items) {
            // A check on a whole table speaks for a finding only where it differs.
            if (check.finding == finding.id && (check.table.empty() || check.outcome != Outcome::agrees))
                finding.checks.push_back(check);
        }
    }
    return findings;
}

std::vector<PublishedTable> marked_tables(const Published& published, const CheckReport& report)
{
    const FigureIndex figures{published.figures};
    std::vector<PublishedTable> tables = published.tables;
    for (auto& table : tables) {
        for (auto& cell : table.cells) {
            const Figure* figure = figures.find(cell.figure);
            if (figure && figure->corrected) {
                cell.mark = Mark::clash;
                cell.should_be = figure->corrected;
            }
        }
        for (const auto& check : report.items) {
            const bool sum = check.kind == CheckKind::sum_of_row || check.kind == CheckKind::sum_of_column ||
                             check.kind == CheckKind::sum_of_parts;
            if (!sum || check.outcome == Outcome::agrees)
                continue;
            for (auto& cell : table.cells) {
                if (cell.figure == check.printed_figure && cell.mark == Mark::none) {
                    cell.mark = Mark::off;
                    cell.recomputed = check.recomputed;
                }
            }
        }
    }
    return tables;
}

} // namespace beproefd::figures
