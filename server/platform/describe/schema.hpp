// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/json.hpp"

#include <map>
#include <string>
#include <string_view>

namespace beproefd::describe {

/// The name a struct has in the OpenAPI document: T::schema_name when it says one, else the name of the type.
template<class T>
std::string schema_name()
{
    if constexpr (requires { T::schema_name; })
        return std::string{T::schema_name};
    else
        return std::string{type_name<T>()};
}

/// What a member means, in Dutch, from the fields.nl.json beside the struct; empty when nobody wrote it yet.
std::string_view field_description(std::string_view schema, std::string_view member);

/// The schemas of an OpenAPI document by name, as JSON text.
using Components = std::map<std::string, std::string>;

namespace detail {

template<class T>
std::string scalar_schema()
{
    using S = Scalar<T>;
    std::string out;
    if constexpr (S::kind == Kind::boolean) {
        out = R"({"type":"boolean")";
    } else if constexpr (S::kind == Kind::integer) {
        out = R"({"type":"integer")";
        if constexpr (requires { T::minimum; })
            out += fmt::format(R"(,"minimum":{},"maximum":{})", T::minimum, T::maximum);
        else
            out += sizeof(T) <= 4 ? R"(,"format":"int32")" : R"(,"format":"int64")";
    } else if constexpr (S::kind == Kind::real) {
        out = R"({"type":"number","format":"double")";
    } else {
        out = R"({"type":"string")";
        if constexpr (requires { T::minimum; })
            out += fmt::format(R"(,"minLength":{},"maxLength":{})", T::minimum, T::maximum);
        if constexpr (!S::format.empty())
            out += fmt::format(R"(,"format":"{}")", S::format);
        if constexpr (requires { S::allowed(); }) {
            out += R"(,"enum":[)";
            bool first = true;
            for (const std::string_view name : S::allowed()) {
                out += first ? "" : ",";
                first = false;
                write_text(out, name);
            }
            out += ']';
        }
    }
    return out + "}";
}

} // namespace detail

/// The schema of T as JSON text: a $ref for a described struct, which is added to the components with all it
/// mentions.
template<class T>
std::string schema(Components& components)
{
    if constexpr (IsOptional<T>::value) {
        return schema<typename Unwrapped<T>::type>(components);
    } else if constexpr (ScalarType<T>) {
        return detail::scalar_schema<T>();
    } else if constexpr (IsVector<T>::value) {
        return R"({"type":"array","items":)" + schema<typename T::value_type>(components) + "}";
    } else if constexpr (IsMap<T>::value) {
        return R"({"type":"object","additionalProperties":)" + schema<typename T::mapped_type>(components) + "}";
    } else {
        const std::string name = schema_name<T>();
        if (components.emplace(name, "").second) {
            std::string properties;
            std::string required;
            boost::mp11::mp_for_each<Members<T>>([&](auto member) {
                using Member = MemberType<T, decltype(member)>;
                constexpr std::string_view json = json_name<T, decltype(member)>();
                std::string property = schema<Member>(components);
                if (const auto text = field_description(name, json); !text.empty()) {
                    // OpenAPI 3.1 allows a description beside a $ref.
                    property.pop_back();
                    property += R"(,"description":)";
                    write_text(property, text);
                    property += '}';
                }
                properties += fmt::format("{}\"{}\":{}", properties.empty() ? "" : ",", json, property);
                if constexpr (!IsOptional<Member>::value)
                    required += fmt::format("{}\"{}\"", required.empty() ? "" : ",", json);
            });
            components[name] =
                fmt::format(R"({{"type":"object","properties":{{{}}}{},"additionalProperties":false}})", properties,
                            required.empty() ? "" : fmt::format(R"(,"required":[{}])", required));
        }
        return fmt::format(R"({{"$ref":"#/components/schemas/{}"}})", name);
    }
}

} // namespace beproefd::describe
