// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "vocabulary/service.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/sentences.hpp"

#include <algorithm>
#include <span>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> vocabularies();
}

namespace beproefd::vocabulary {

const std::vector<Vocabulary>& shipped()
{
    static const std::vector<Vocabulary> all = [] {
        std::vector<Vocabulary> read;
        for (const auto& file : embedded::vocabularies()) {
            auto one = read_vocabulary(file.content, file.path);
            if (!one)
                throw std::logic_error(describe::explain(one.error(), describe::Language::en));
            read.push_back(*std::move(one));
        }
        std::sort(read.begin(), read.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
        return read;
    }();
    return all;
}

const Vocabulary* find(std::string_view key)
{
    for (const auto& one : shipped()) {
        if (one.key == key)
            return &one;
    }
    return nullptr;
}

Result<Vocabulary> vocabulary(std::string_view key)
{
    if (const auto* found = find(key))
        return *found;
    return not_found();
}

VocabularyList list()
{
    VocabularyList list;
    for (const auto& one : shipped())
        list.items.push_back({one.key, one.title, one.description, static_cast<std::int64_t>(one.terms.size())});
    return list;
}

} // namespace beproefd::vocabulary
