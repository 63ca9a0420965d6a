// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/scalar.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::describe {

/// One column of a described struct: snake_case member with the suffix of its type, such as requested_cents.
struct Column {
    std::string name;
    Kind kind;
    bool optional;
    std::string_view format;
};

/// The columns of a described struct in the order of its members. Every member must be a single value, optional or
/// not.
template<DescribedStruct T>
const std::vector<Column>& columns()
{
    static const std::vector<Column> all = [] {
        std::vector<Column> list;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Member = MemberType<T, decltype(member)>;
            using Single = typename Unwrapped<Member>::type;
            static_assert(ScalarType<Single>, "a member that is a list or a struct has no column");
            list.push_back({std::string{member.name} + std::string{Scalar<Single>::suffix}, Scalar<Single>::kind,
                            IsOptional<Member>::value, Scalar<Single>::format});
        });
        return list;
    }();
    return all;
}

namespace detail {

/// requested + _cents → requestedCents, at compile time.
template<std::size_t Capacity>
struct Camel {
    std::array<char, Capacity> text{};
    std::size_t size = 0;

    constexpr void append(std::string_view snake)
    {
        bool upper = false;
        for (const char c : snake) {
            if (c == '_') {
                upper = size > 0;
                continue;
            }
            text[size++] = upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
            upper = false;
        }
    }
    constexpr std::string_view view() const { return {text.data(), size}; }
};

template<class T, class Descriptor>
struct JsonName {
    using Member = MemberType<T, Descriptor>;
    using Single = typename Unwrapped<Member>::type;

    static constexpr auto compute()
    {
        Camel<96> camel;
        camel.append(Descriptor::name);
        if constexpr (ScalarType<Single>) {
            if (!Scalar<Single>::suffix.empty()) {
                Camel<96> joined;
                std::array<char, 96> both{};
                std::size_t size = 0;
                for (const char c : std::string_view{Descriptor::name})
                    both[size++] = c;
                for (const char c : Scalar<Single>::suffix)
                    both[size++] = c;
                joined.append({both.data(), size});
                return joined;
            }
        }
        return camel;
    }
    static constexpr auto value = compute();
};

/// What stands before the value of a member in JSON, behind another member: ,"requestedCents":
template<class T, class Descriptor>
struct JsonKey {
    static constexpr auto compute()
    {
        constexpr auto name = JsonName<T, Descriptor>::value.view();
        std::array<char, name.size() + 4> text{',', '"'};
        for (std::size_t i = 0; i < name.size(); ++i)
            text[i + 2] = name[i];
        text[name.size() + 2] = '"';
        text[name.size() + 3] = ':';
        return text;
    }
    static constexpr auto value = compute();
};

} // namespace detail

/// The name of a member in JSON: camelCase, with the suffix of its type.
template<class T, class Descriptor>
constexpr std::string_view json_name()
{
    return detail::JsonName<T, Descriptor>::value.view();
}

/// That name as a key, with its quotes and colon; after_another puts a comma before it.
template<class T, class Descriptor>
constexpr std::string_view json_key(bool after_another)
{
    constexpr auto& text = detail::JsonKey<T, Descriptor>::value;
    return std::string_view{text.data(), text.size()}.substr(after_another ? 0 : 1);
}

} // namespace beproefd::describe
