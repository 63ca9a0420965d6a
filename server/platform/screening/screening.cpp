// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/screening/screening.hpp"

#include "platform/screening/search.hpp"

#include <stdexcept>

namespace beproefd::screening {
namespace {

/// Of findings that overlap the first in the order of Kind stays: what is certain, then what says most.
std::vector<Finding> without_overlap(std::vector<Finding> found)
{
    // What has a check digit or a sign of its own is surer than a row of digits.
    const auto rank = [](Kind kind) {
        switch (kind) {
        case Kind::iban:
            return 0;
        case Kind::email:
            return 1;
        case Kind::phone:
            return 2;
        case Kind::bsn:
            return 3;
        case Kind::postcode_address:
            return 4;
        default:
            return 5 + static_cast<int>(kind);
        }
    };
    std::stable_sort(found.begin(), found.end(), [&](const Finding& a, const Finding& b) {
        return std::pair{rank(a.kind), a.from} < std::pair{rank(b.kind), b.from};
    });
    std::map<std::size_t, Finding> kept; // by where it begins
    for (const auto& finding : found) {
        const auto after = kept.lower_bound(finding.from);
        const bool hits_next = after != kept.end() && after->second.from < finding.to;
        const bool hits_last = after != kept.begin() && std::prev(after)->second.to > finding.from;
        if (!hits_next && !hits_last)
            kept.emplace(finding.from, finding);
    }
    std::vector<Finding> all;
    for (const auto& [from, finding] : kept)
        all.push_back(finding);
    return all;
}

} // namespace

bool Searched::preceded_by(const WordSet& set, std::size_t place, std::size_t distance) const
{
    // The last word that ends at or before this place, and those before it while they are near.
    auto next =
        std::partition_point(tokens.begin(), tokens.end(), [&](const Token& token) { return token.to <= place; });
    while (next != tokens.begin()) {
        --next;
        if (next->to + distance < place)
            return false;
        if (set.contains(next->word))
            return true;
    }
    return false;
}

bool Screening::refused() const
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return certainty_of(finding.kind) == Certainty::certain; });
}

bool Screening::asks() const
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return certainty_of(finding.kind) == Certainty::ask; });
}

Screening screen(std::string_view text)
{
    const Folded folded = fold(text);
    const auto words = tokens(folded);
    const Searched searched{folded, words, Lexicon::shipped()};
    std::vector<Finding> found;
    find_numbers(searched, found);
    find_codes(searched, found);
    find_addresses(searched, found);
    find_persons(searched, found);

    Screening screening{without_overlap(std::move(found))};
    for (auto& finding : screening.findings) {
        finding.to = folded.to[finding.to - 1];
        finding.from = folded.from[finding.from];
    }
    return screening;
}

Refusals refusals(std::string_view text, std::string_view pointer, bool confirmed)
{
    Refusals refusals;
    std::size_t units = 0, counted = 0; // counts on from the last finding
    std::ptrdiff_t certain = 0;
    for (const auto& finding : screen(text).findings) {
        units += utf16_position(text.substr(counted), finding.from - counted);
        counted = finding.from;
        if (confirmed && certainty_of(finding.kind) == Certainty::ask) {
            refusals.confirmation_used = true;
            continue;
        }
        const auto end = units + utf16_position(text.substr(finding.from), finding.to - finding.from);
        FieldError error{.pointer = std::string{pointer},
                         .code = std::string{sentence_code(finding.kind)},
                         .parameters = {{"from", std::to_string(units + 1)}, {"to", std::to_string(end)}}};
        // What cannot be confirmed stands first: a page that shows one sentence must not offer to confirm.
        if (certainty_of(finding.kind) == Certainty::certain)
            refusals.errors.insert(refusals.errors.begin() + certain++, std::move(error));
        else
            refusals.errors.push_back(std::move(error));
    }
    return refusals;
}

std::string_view sentence_code(Kind kind)
{
    switch (kind) {
    case Kind::bsn:
        return "text-has-bsn";
    case Kind::phone:
        return "text-has-phone";
    case Kind::email:
        return "text-has-email";
    case Kind::iban:
        return "text-has-iban";
    case Kind::licence_plate:
        return "text-has-licence-plate";
    case Kind::postcode_address:
        return "text-has-postcode-address";
    case Kind::postcode:
        return "text-has-postcode";
    case Kind::street_address:
        return "text-has-street-address";
    case Kind::birth_date:
        return "text-has-birth-date";
    case Kind::name:
        return "text-has-name";
    case Kind::account:
        return "text-has-account";
    case Kind::combination:
        return "text-has-combination";
    }
    throw std::logic_error("a kind of finding without a sentence");
}

std::size_t utf16_position(std::string_view text, std::size_t byte)
{
    std::size_t units = 0;
    for (std::size_t at = 0; at < byte && at < text.size(); ++at) {
        const auto value = static_cast<unsigned char>(text[at]);
        if ((value & 0xC0) != 0x80)
            units += value >= 0xF0 ? 2 : 1;
    }
    return units;
}

} // namespace beproefd::screening
