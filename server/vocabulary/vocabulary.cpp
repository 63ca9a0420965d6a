// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "vocabulary/vocabulary.hpp"

#include "platform/describe/data_file.hpp"

#include <algorithm>
#include <set>

namespace beproefd::vocabulary {

const Term* Vocabulary::find(std::string_view term) const
{
    const auto found = std::find_if(terms.begin(), terms.end(), [&](const Term& one) { return one.key == term; });
    return found == terms.end() ? nullptr : &*found;
}

Result<Vocabulary> read_vocabulary(std::string_view text, std::string_view file)
{
    const auto read = describe::read_data_file<Vocabulary>(text, file);
    if (!read)
        return read.error();
    const auto& vocabulary = read->value;
    std::vector<FieldError> errors;
    std::set<std::string> kinds;
    for (std::size_t i = 0; i < vocabulary.kinds.size(); ++i) {
        if (!kinds.insert(vocabulary.kinds[i].key).second)
            errors.push_back(
                read->error(fmt::format("/kinds/{}/key", i), "key-twice", {{"key", vocabulary.kinds[i].key}}));
    }
    std::set<std::string> terms;
    for (std::size_t i = 0; i < vocabulary.terms.size(); ++i) {
        const auto& term = vocabulary.terms[i];
        const auto at = [i](std::string_view member) { return fmt::format("/terms/{}/{}", i, member); };
        if (!terms.insert(term.key).second)
            errors.push_back(read->error(at("key"), "key-twice", {{"key", term.key}}));
        if (kinds.empty() ? term.kind.has_value() : !term.kind || !kinds.contains(*term.kind))
            errors.push_back(read->error(at("kind"), "unknown-key", {{"key", term.kind.value_or("")}}));
        if (term.sources.empty())
            errors.push_back(read->error(at("sources"), "term-without-source"));
        if (term.valid_from && term.valid_until && *term.valid_until < *term.valid_from)
            errors.push_back(read->error(at("validUntil"), "validity-reversed"));
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return vocabulary;
}

} // namespace beproefd::vocabulary
