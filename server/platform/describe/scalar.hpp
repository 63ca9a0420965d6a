// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "platform/core/euro.hpp"
#include "platform/core/id.hpp"
#include "platform/core/result.hpp"
#include "platform/core/time.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace beproefd::describe {

/// How a single value is kept: as JSON, in a column and in a data file.
enum class Kind { boolean, integer, real, text };

/// What a value type tells about itself. Specialise it to add a type; every reader, writer, column and schema
/// follows.
///   kind      how it is kept; Stored is bool, std::int64_t, double or std::string_view accordingly
///   suffix    appended to the member's name, where the type cannot show its unit: "_cents"
///   format    OpenAPI format, or empty
///   from      the value, or empty when the type refuses it
///   to        the kept form; for text a std::string or std::string_view
///   allowed   the names it can have, where it is one of a few
///   refusal   code and parameters of the sentence that says what is expected
template<class T>
struct Scalar;

template<class T>
concept ScalarType = requires { Scalar<T>::kind; };

/// A struct that BOOST_DESCRIBE_STRUCT describes and that is not a single value.
template<class T>
concept DescribedStruct = !ScalarType<T> && boost::describe::has_describe_members<T>::value;

namespace detail {

inline FieldError refusal(std::string code, std::vector<Parameter> parameters = {})
{
    return {.pointer = {}, .code = std::move(code), .parameters = std::move(parameters)};
}

struct PlainScalar {
    static constexpr std::string_view suffix = "";
    static constexpr std::string_view format = "";
};

template<class T>
struct TextScalar : PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<T> from(std::string_view text) { return T::from_text(text); }
    static std::string to(const T& value) { return value.to_text(); }
};

} // namespace detail

template<>
struct Scalar<bool> : detail::PlainScalar {
    static constexpr Kind kind = Kind::boolean;
    static std::optional<bool> from(bool value) { return value; }
    static bool to(bool value) { return value; }
    static FieldError refusal() { return detail::refusal("boolean"); }
};

template<std::integral T>
    requires(!std::same_as<T, bool> && !std::same_as<T, char>)
struct Scalar<T> : detail::PlainScalar {
    static constexpr Kind kind = Kind::integer;
    static std::optional<T> from(std::int64_t value)
    {
        if (!std::in_range<T>(value))
            return std::nullopt;
        return static_cast<T>(value);
    }
    static std::int64_t to(T value) { return static_cast<std::int64_t>(value); }
    static FieldError refusal()
    {
        return detail::refusal("range", {{"minimum", std::to_string(std::numeric_limits<T>::min())},
                                         {"maximum", std::to_string(std::numeric_limits<T>::max())}});
    }
};

template<>
struct Scalar<double> : detail::PlainScalar {
    static constexpr Kind kind = Kind::real;
    static std::optional<double> from(double value) { return value; }
    static double to(double value) { return value; }
    static FieldError refusal() { return detail::refusal("number"); }
};

template<>
struct Scalar<std::string> : detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<std::string> from(std::string_view text)
    {
        if (!is_clean_text(text))
            return std::nullopt;
        return std::string{text};
    }
    static std::string_view to(const std::string& value) { return value; }
    static FieldError refusal() { return detail::refusal("clean-text"); }
};

template<std::size_t Minimum, std::size_t Maximum>
struct Scalar<Text<Minimum, Maximum>> : detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::optional<Text<Minimum, Maximum>> from(std::string_view text)
    {
        return Text<Minimum, Maximum>::from_text(text);
    }
    static std::string_view to(const Text<Minimum, Maximum>& value) { return value; }
    static FieldError refusal()
    {
        return detail::refusal("length",
                               {{"minimum", std::to_string(Minimum)}, {"maximum", std::to_string(Maximum)}});
    }
};

template<std::int64_t Minimum, std::int64_t Maximum>
struct Scalar<Whole<Minimum, Maximum>> : detail::PlainScalar {
    static constexpr Kind kind = Kind::integer;
    static std::optional<Whole<Minimum, Maximum>> from(std::int64_t value)
    {
        return Whole<Minimum, Maximum>::from(value);
    }
    static std::int64_t to(Whole<Minimum, Maximum> value) { return value.value(); }
    static FieldError refusal()
    {
        return detail::refusal("range", {{"minimum", std::to_string(Minimum)}, {"maximum", std::to_string(Maximum)}});
    }
};

template<>
struct Scalar<Euro> : detail::PlainScalar {
    static constexpr Kind kind = Kind::integer;
    static constexpr std::string_view suffix = "_cents";
    static std::optional<Euro> from(std::int64_t cents) { return Euro::cents(cents); }
    static std::int64_t to(Euro value) { return value.in_cents(); }
    static FieldError refusal() { return detail::refusal("integer"); }
};

template<>
struct Scalar<Day> : detail::TextScalar<Day> {
    static constexpr std::string_view format = "date";
    static FieldError refusal() { return detail::refusal("date"); }
};

template<>
struct Scalar<Instant> : detail::TextScalar<Instant> {
    static constexpr std::string_view format = "date-time";
    static FieldError refusal() { return detail::refusal("date-time"); }
};

template<class Entity>
struct Scalar<Id<Entity>> : detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static constexpr std::string_view format = "uuid";
    static std::optional<Id<Entity>> from(std::string_view text) { return Id<Entity>::from_text(text); }
    static std::string_view to(const Id<Entity>& value) { return value.to_text(); }
    static FieldError refusal() { return detail::refusal("uuid"); }
};

/// Words joined by a comma.
inline std::string joined(const std::vector<std::string_view>& words)
{
    std::string text;
    for (const auto word : words)
        text.append(text.empty() ? "" : ", ").append(word);
    return text;
}

template<class E>
    requires(std::is_enum_v<E> && boost::describe::has_describe_enumerators<E>::value)
struct Scalar<E> : detail::PlainScalar {
    static constexpr Kind kind = Kind::text;
    static std::vector<std::string_view> allowed()
    {
        std::vector<std::string_view> names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>(
            [&](auto enumerator) { names.emplace_back(enumerator.name); });
        return names;
    }
    static std::optional<E> from(std::string_view text)
    {
        std::optional<E> found;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
            if (text == enumerator.name)
                found = enumerator.value;
        });
        return found;
    }
    static std::string_view to(E value)
    {
        std::string_view name;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto enumerator) {
            if (value == enumerator.value)
                name = enumerator.name;
        });
        assert(!name.empty());
        return name;
    }
    static FieldError refusal() { return detail::refusal("enum", {{"allowed", joined(allowed())}}); }
};

template<class T>
struct IsOptional : std::false_type {
};
template<class T>
struct IsOptional<std::optional<T>> : std::true_type {
};

/// The T of std::optional<T>, or the type itself.
template<class T>
struct Unwrapped {
    using type = T;
};
template<class T>
struct Unwrapped<std::optional<T>> {
    using type = T;
};

/// The members of a described struct, inherited ones included, in the order of their declaration.
template<class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

/// The type of the member that a descriptor of Members<T> stands for.
template<class T, class Descriptor>
using MemberType = std::remove_cvref_t<decltype(std::declval<T>().*Descriptor::pointer)>;

/// Name of a type without its namespaces, from the compiler's own spelling.
template<class T>
constexpr std::string_view type_name()
{
    std::string_view text = __PRETTY_FUNCTION__;
    const auto start = text.find("T = ") + 4;
    text = text.substr(start, text.find_first_of(";]", start) - start);
    const auto colons = text.rfind("::");
    return colons == std::string_view::npos ? text : text.substr(colons + 2);
}

} // namespace beproefd::describe
