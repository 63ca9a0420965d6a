// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace beproefd {

/// Why something is refused: a code for programs and the source for people. The sentence per code stands in
/// reasons.nl.json and reasons.en.json beside the code that refuses.
struct Reason {
    std::string_view code;   ///< kebab-case, unique in the whole program
    std::string_view source; ///< law, decision record or requirement; empty when the code says it all
};

/// A name and its value, to be filled in at {name} in the sentence of a reason.
using Parameter = std::pair<std::string, std::string>;

/// One wrong field of an input, so that all of them can be told at once.
struct FieldError {
    std::string pointer; ///< where: JSON pointer (RFC 6901) in a body, "?name" for a query parameter
    std::string code;    ///< what is wrong; its sentence stands in platform/describe/reasons.*.json
    std::vector<Parameter> parameters{};
    std::string place{}; ///< file:line:column for data files, empty for requests

    bool operator==(const FieldError&) const = default;
};

enum class ProblemKind {
    invalid_input, ///< 400, all fields at once
    not_signed_in, ///< 401
    not_permitted, ///< 403
    not_found,     ///< 404, also for a row of another organisation
    conflict,      ///< 409, a rule refuses
    stale,         ///< 412, someone was first
    too_large,     ///< 413
    unsupported,   ///< 415
    precondition,  ///< 428, If-Match is missing
    too_many,      ///< 429, with retry_after_seconds
    busy,          ///< 503, with retry_after_seconds
};

/// An expected refusal, as a value. Something broken is thrown instead.
struct Problem {
    ProblemKind kind = ProblemKind::invalid_input;
    Reason reason{"invalid-input", ""};
    std::vector<Parameter> parameters{};
    std::vector<FieldError> fields{};
    int retry_after_seconds = 0;
    std::string stored{}; ///< JSON of what is kept now, where the one who was second must see both; else empty
};

/// A value, or the reason why there is none. The names are those of std::expected, which g++ 12 does not offer in
/// C++20 mode; later this becomes an alias.
template<class T>
class [[nodiscard]] Result
{
public:
    using value_type = T;

    Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
    Result(Problem problem) : content_(std::in_place_index<1>, std::move(problem)) {}

    bool has_value() const noexcept { return content_.index() == 0; }
    explicit operator bool() const noexcept { return has_value(); }

    T& operator*() & { return value(); }
    const T& operator*() const& { return value(); }
    T&& operator*() && { return std::move(value()); }
    T* operator->() { return &value(); }
    const T* operator->() const { return &value(); }

    T& value() & { return assert(has_value()), *std::get_if<0>(&content_); }
    const T& value() const& { return assert(has_value()), *std::get_if<0>(&content_); }
    T&& value() && { return assert(has_value()), std::move(*std::get_if<0>(&content_)); }

    Problem& error() & { return assert(!has_value()), *std::get_if<1>(&content_); }
    const Problem& error() const& { return assert(!has_value()), *std::get_if<1>(&content_); }
    Problem&& error() && { return assert(!has_value()), std::move(*std::get_if<1>(&content_)); }

private:
    std::variant<T, Problem> content_;
};

/// For what succeeds without a value.
struct Done {
    bool operator==(const Done&) const = default;
};

template<>
class [[nodiscard]] Result<void> : public Result<Done>
{
public:
    Result() : Result<Done>(Done{}) {}
    Result(Done) : Result<Done>(Done{}) {}
    Result(Problem problem) : Result<Done>(std::move(problem)) {}
};

/// A rule refuses.
inline Problem refuse(Reason reason, std::vector<Parameter> parameters = {})
{
    return {ProblemKind::conflict, reason, std::move(parameters), {}, 0};
}

inline constexpr Reason reason_not_found{"not-found", ""};
inline constexpr Reason reason_stale{"stale", ""};
inline constexpr Reason reason_invalid_input{"invalid-input", ""};

/// There is no such row, or it belongs to another organisation: the answer does not tell which.
inline Problem not_found() { return {ProblemKind::not_found, reason_not_found, {}, {}, 0}; }

/// Someone changed it first.
inline Problem stale() { return {ProblemKind::stale, reason_stale, {}, {}, 0}; }

/// Wrong input, with every wrong field.
inline Problem invalid(std::vector<FieldError> fields)
{
    return {ProblemKind::invalid_input, reason_invalid_input, {}, std::move(fields), 0};
}

} // namespace beproefd
