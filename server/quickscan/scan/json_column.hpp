// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/json.hpp"

namespace beproefd::quickscan {

/// A list or struct that is kept in one column as JSON, because it is read and written whole.
template<class T>
struct JsonColumn {
    T value{};
    bool operator==(const JsonColumn&) const = default;
};

} // namespace beproefd::quickscan

template<class T>
struct beproefd::describe::Scalar<beproefd::quickscan::JsonColumn<T>> : beproefd::describe::detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<quickscan::JsonColumn<T>> from(std::string_view text)
    {
        auto value = read_json<T>(text);
        if (!value)
            return std::nullopt;
        return quickscan::JsonColumn<T>{*std::move(value)};
    }
    static std::string to(const quickscan::JsonColumn<T>& column) { return to_json(column.value); }
    static FieldError refusal() { return detail::refusal("text"); }
};
