// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <compare>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace beproefd {

/// A new identifier: UUID version 7 as text (RFC 9562), so that later ones sort after earlier ones.
std::string new_uuid();

/// True for 8-4-4-4-12 lowercase hexadecimal digits with hyphens.
bool is_uuid(std::string_view text);

/// An identifier of one kind of thing. An Id<Application> does not fit where an Id<Round> is asked.
template<class Entity>
class Id
{
public:
    Id() = default;
    static Id create() { return Id{new_uuid()}; }
    static std::optional<Id> from_text(std::string_view text)
    {
        if (!is_uuid(text))
            return std::nullopt;
        return Id{std::string{text}};
    }

    const std::string& to_text() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;

private:
    explicit Id(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

} // namespace beproefd

template<class Entity>
struct std::hash<beproefd::Id<Entity>> {
    std::size_t operator()(const beproefd::Id<Entity>& id) const { return std::hash<std::string>{}(id.to_text()); }
};
