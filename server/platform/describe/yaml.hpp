// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/json.hpp"

#include <string>

namespace beproefd::describe {

/// Appends a value as block YAML, in the order of its described members. What is absent and lists without items are
/// left out; text always stands in double quotes with the escapes of JSON, which YAML shares. read_data_file gives
/// the same value back.
template<class T>
void write_yaml(std::string& out, const T& value, std::size_t indent)
{
    const std::string margin(indent, ' ');
    if constexpr (ScalarType<T>) {
        out += ' ';
        // The names of an enumeration need no quotes.
        if constexpr (std::is_enum_v<T>)
            out += Scalar<T>::to(value);
        else
            write_json(out, value);
        out += '\n';
    } else if constexpr (IsVector<T>::value) {
        out += '\n';
        for (const auto& item : value) {
            out += margin + "-";
            if constexpr (ScalarType<typename T::value_type>) {
                write_yaml(out, item, indent + 2);
            } else {
                // The first member stands on the line of the dash.
                std::string text;
                write_yaml(text, item, indent + 2);
                out += ' ' + text.substr(1 + indent + 2);
            }
        }
    } else {
        static_assert(DescribedStruct<T>, "describe the type with BOOST_DESCRIBE_STRUCT");
        out += '\n';
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Member = MemberType<T, decltype(member)>;
            const auto& item = value.*member.pointer;
            const auto named = [&](const auto& held) {
                out += margin;
                out += json_name<T, decltype(member)>();
                out += ':';
                write_yaml(out, held, indent + 2);
            };
            if constexpr (IsOptional<Member>::value) {
                if (item)
                    named(*item);
            } else if constexpr (IsVector<Member>::value) {
                if (!item.empty())
                    named(item);
            } else {
                named(item);
            }
        });
    }
}

/// A described struct as a YAML document.
template<DescribedStruct T>
std::string to_yaml(const T& value)
{
    std::string out;
    write_yaml(out, value, 0);
    return out.substr(1);
}

} // namespace beproefd::describe
