// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"
#include "quickscan/instrument/instrument.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>

/// How the members of the described structs stand in the cells of a form. A member that is added to a struct travels
/// without a line here.
namespace beproefd::quickscan::xlsform {

inline constexpr std::string_view own_prefix = "beproefd_";
inline constexpr std::string_view dutch = "Nederlands (nl)";
inline constexpr std::string_view english = "English (en)";

/// The members that XLSForm has a column or row for.
using namespace std::string_view_literals;
inline constexpr std::array native_question = {"key"sv,         "number"sv, "theme"sv,   "type"sv,    "text"sv,
                                               "explanation"sv, "parts"sv,  "choices"sv, "minimum"sv, "maximum"sv};
inline constexpr std::array native_choice = {"key"sv, "label"sv};
inline constexpr std::array native_instrument = {"key"sv,    "version"sv, "title"sv,    "scale"sv,
                                                 "themes"sv, "blocks"sv,  "questions"sv};

using Cells = std::map<std::string, std::string, std::less<>>; ///< by name of the column

inline void put_words(Cells& to, const std::string& name, const Words& words)
{
    to[name + "_nl"] = words.nl;
    to[name + "_en"] = words.en;
}

/// Words become two columns, lists of keys are joined by spaces, single values stand as they are, everything else is
/// JSON. What is absent or empty is an empty cell.
template<class T>
void put(Cells& to, const std::string& name, const T& value)
{
    if constexpr (describe::IsOptional<T>::value) {
        if (value)
            put(to, name, *value);
    } else if constexpr (std::is_same_v<T, Words>) {
        put_words(to, name, value);
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        std::string joined;
        for (const auto& one : value)
            joined.append(joined.empty() ? "" : " ").append(one);
        to[name] = joined;
    } else if constexpr (describe::ScalarType<T>) {
        if constexpr (describe::Scalar<T>::kind == describe::Kind::text)
            to[name] = std::string{describe::Scalar<T>::to(value)};
        else
            to[name] = describe::to_json(value);
    } else if constexpr (describe::IsVector<T>::value) {
        if (!value.empty())
            to[name] = describe::to_json(value);
    } else {
        to[name] = describe::to_json(value);
    }
}

/// The members of T that XLSForm has no column for, under their own names. `native` are those it has.
template<class T>
void put_own(Cells& to, const T& value, std::span<const std::string_view> native)
{
    boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
        constexpr std::string_view name = member.name;
        if (std::find(native.begin(), native.end(), name) == native.end())
            put(to, std::string{own_prefix} + std::string{name}, value.*member.pointer);
    });
}

/// The names of the columns that put_own may fill, in its order.
template<class T>
void own_columns(std::vector<std::string>& to, std::span<const std::string_view> native)
{
    boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
        using Member = describe::MemberType<T, decltype(member)>;
        constexpr std::string_view name = member.name;
        if (std::find(native.begin(), native.end(), name) != native.end())
            return;
        const auto add = [&](std::string column) {
            if (std::find(to.begin(), to.end(), column) == to.end())
                to.push_back(std::move(column));
        };
        const std::string column = std::string{own_prefix} + std::string{name};
        if constexpr (std::is_same_v<typename describe::Unwrapped<Member>::type, Words>) {
            add(column + "_nl");
            add(column + "_en");
        } else {
            add(column);
        }
    });
}

/// Tells what is wrong with a cell: name of the column, then the errors.
using Wrong = std::function<void(std::string_view column, std::vector<FieldError> errors)>;

/// The other way round.
template<class T>
void get(const Cells& from, const std::string& name, T& out, const Wrong& wrong)
{
    const auto cell = [&](const std::string& column) -> std::string_view {
        const auto found = from.find(column);
        return found == from.end() ? std::string_view{} : found->second;
    };
    if constexpr (describe::IsOptional<T>::value) {
        using Held = typename describe::Unwrapped<T>::type;
        bool present = !cell(name).empty();
        if constexpr (std::is_same_v<Held, Words>)
            present = !cell(name + "_nl").empty() || !cell(name + "_en").empty();
        if (present)
            get(from, name, out.emplace(), wrong);
    } else if constexpr (std::is_same_v<T, Words>) {
        out.nl = cell(name + "_nl");
        out.en = cell(name + "_en");
        if (out.nl.empty() || out.en.empty())
            wrong(name + (out.nl.empty() ? "_nl" : "_en"), {describe::detail::refusal("required")});
    } else if constexpr (std::is_same_v<T, std::vector<std::string>>) {
        std::string_view rest = cell(name);
        while (!rest.empty()) {
            const auto end = std::min(rest.find(' '), rest.size());
            if (end > 0)
                out.emplace_back(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    } else {
        const std::string_view text = cell(name);
        describe::Reading reading;
        describe::Node node;
        if constexpr (describe::ScalarType<T>) {
            if (!text.empty()) {
                node.type = describe::Node::Type::word;
                node.text = text;
            }
        } else {
            if constexpr (describe::IsVector<T>::value) {
                if (text.empty())
                    return;
            }
            auto parsed = describe::parse_json(text);
            if (!parsed) {
                wrong(name, parsed.error().fields);
                return;
            }
            node = *std::move(parsed);
        }
        describe::read_node(node, out, reading);
        if (reading.failed())
            wrong(name, reading.take_errors());
    }
}

template<class T>
void get_own(const Cells& from, T& out, std::span<const std::string_view> native, const Wrong& wrong)
{
    boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
        constexpr std::string_view name = member.name;
        if (std::find(native.begin(), native.end(), name) == native.end())
            get(from, std::string{own_prefix} + std::string{name}, out.*member.pointer, wrong);
    });
}

} // namespace beproefd::quickscan::xlsform
