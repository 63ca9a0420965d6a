// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/read.hpp"

#include <charconv>
#include <cmath>
#include <string>
#include <string_view>

namespace beproefd::describe {

/// Appends a JSON string with its quotes. text must be valid UTF-8.
void write_text(std::string& out, std::string_view text);

namespace detail {

void write_integer(std::string& out, std::int64_t value);
/// The shortest digits that read back as the same number; null for NaN and infinities, which JSON cannot hold.
void write_real(std::string& out, double value);

} // namespace detail

/// Appends a value as JSON, straight into the buffer: no tree is built. A member without a value is left out.
template<class T>
void write_json(std::string& out, const T& value)
{
    if constexpr (IsOptional<T>::value) {
        if (value)
            write_json(out, *value);
        else
            out += "null";
    } else if constexpr (ScalarType<T>) {
        if constexpr (Scalar<T>::kind == Kind::boolean)
            out += Scalar<T>::to(value) ? "true" : "false";
        else if constexpr (Scalar<T>::kind == Kind::integer)
            detail::write_integer(out, Scalar<T>::to(value));
        else if constexpr (Scalar<T>::kind == Kind::real)
            detail::write_real(out, Scalar<T>::to(value));
        else
            write_text(out, Scalar<T>::to(value));
    } else if constexpr (IsVector<T>::value) {
        out += '[';
        bool first = true;
        for (const auto& item : value) {
            if (!first)
                out += ',';
            first = false;
            write_json(out, item);
        }
        out += ']';
    } else if constexpr (IsMap<T>::value) {
        out += '{';
        bool first = true;
        for (const auto& [name, item] : value) {
            if (!first)
                out += ',';
            first = false;
            write_text(out, name);
            out += ':';
            write_json(out, item);
        }
        out += '}';
    } else {
        static_assert(DescribedStruct<T>, "describe the type with BOOST_DESCRIBE_STRUCT or specialise Scalar");
        out += '{';
        bool first = true;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            const auto& item = value.*member.pointer;
            if constexpr (IsOptional<MemberType<T, decltype(member)>>::value) {
                if (!item)
                    return;
            }
            out += json_key<T, decltype(member)>(!first);
            first = false;
            write_json(out, item);
        });
        out += '}';
    }
}

template<class T>
std::string to_json(const T& value)
{
    std::string out;
    write_json(out, value);
    return out;
}

} // namespace beproefd::describe
