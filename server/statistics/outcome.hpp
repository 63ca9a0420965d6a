// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cassert>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace beproefd::statistics {

/// Why an analysis gives no answer. The codes are those of the contract (docs/reference/statistics/contract.md).
enum class ErrorCode {
    bad_request,          ///< not JSON, wrong contract, METHOD mismatch
    unknown_method,       ///< no method of that name
    missing_field,        ///< a member that the method needs is not there
    invalid_data,         ///< lengths differ, negative variance or count, value out of range
    invalid_option,       ///< unknown option, unknown value, or out of range
    insufficient_data,    ///< nothing left, or no residual degrees of freedom where the method needs one
    singular_design,      ///< collinear columns
    ambiguous_membership, ///< fuzzy membership of exactly 0.5 in a truth table
    no_convergence,       ///< an iteration did not arrive
    too_large,            ///< above a limit of size or time
    internal,             ///< our own mistake
};

/// The spelling of a code in the contract, for example "missing_field".
std::string_view name(ErrorCode code);

/// A refusal: the code, one plain English sentence, and the place in the request ("data.vi[3]"; may be empty).
struct Error {
    ErrorCode code = ErrorCode::internal;
    std::string message;
    std::string path{};
};

/// Something a reader of the answer has to know, while there is an answer.
struct Warning {
    std::string code; ///< snake_case, for programs
    std::string message;
    std::string path{};

    bool operator==(const Warning&) const = default;
};

using Warnings = std::vector<Warning>;

/// An answer with its warnings, or the reason why there is none. No statistics function throws for what its input
/// can cause.
template<class T>
class [[nodiscard]] Outcome
{
public:
    using value_type = T;

    Outcome(T value, Warnings warnings = {})
        : content_(std::in_place_index<0>, std::move(value)), warnings_(std::move(warnings))
    {
    }
    Outcome(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

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

    const Error& error() const { return assert(!has_value()), *std::get_if<1>(&content_); }

    const Warnings& warnings() const { return warnings_; }
    Warnings& warnings() { return warnings_; }

private:
    std::variant<T, Error> content_;
    Warnings warnings_;
};

inline Error invalid_data(std::string message, std::string path = {})
{
    return {ErrorCode::invalid_data, std::move(message), std::move(path)};
}

inline Error invalid_option(std::string message, std::string path = {})
{
    return {ErrorCode::invalid_option, std::move(message), std::move(path)};
}

inline Error insufficient_data(std::string message, std::string path = {})
{
    return {ErrorCode::insufficient_data, std::move(message), std::move(path)};
}

inline Error singular_design(std::string message, std::string path = {})
{
    return {ErrorCode::singular_design, std::move(message), std::move(path)};
}

inline Error no_convergence(std::string message, std::string path = {})
{
    return {ErrorCode::no_convergence, std::move(message), std::move(path)};
}

inline Error too_large(std::string message, std::string path = {})
{
    return {ErrorCode::too_large, std::move(message), std::move(path)};
}

/// What a long computation says when Execution::stop asked it to end.
inline Error stopped() { return too_large("The analysis did not finish within the time limit."); }

} // namespace beproefd::statistics
