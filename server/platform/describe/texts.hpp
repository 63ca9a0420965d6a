// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/embedded.hpp"
#include "platform/describe/sentences.hpp"
#include "platform/describe/words.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::describe {

/// The words that one folder says to people: its texts.nl.json and texts.en.json, embedded with beproefd_embed.
class Texts
{
public:
    /// Throws std::logic_error when one of the two languages is not among the files, is not an object of texts, or
    /// has a key that the other misses.
    explicit Texts(std::span<const embedded::File> files);

    /// The text with its {parameters} filled in; a brace in what is filled in stays a brace. Throws std::logic_error
    /// for a text or a parameter that is not there.
    std::string operator()(std::string_view key, Language language,
                           const std::vector<Parameter>& parameters = {}) const;
    /// The text in both languages.
    Words words(std::string_view key, const std::vector<Parameter>& parameters = {}) const;
    /// One cell for readers of both languages, "Dutch / English"; once when they say the same.
    std::string both(std::string_view key, const std::vector<Parameter>& parameters = {}) const;
    bool has(std::string_view key) const { return dutch_.contains(key); }
    std::vector<std::string> keys() const;

private:
    using Map = std::map<std::string, std::string, std::less<>>;
    Map dutch_, english_;
};

} // namespace beproefd::describe
