// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/read.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace beproefd::describe {

/// What a pointer (RFC 6901, without escapes) leads to, or the nearest thing above it that exists.
const Node& nearest(const Node& root, std::string_view pointer);

/// A list that a data file does not mention is an empty one: people write only what there is. A request must still
/// name every list.
template<class T>
void fill_lists(Node& node)
{
    if constexpr (IsOptional<T>::value) {
        if (node.type != Node::Type::null)
            fill_lists<typename Unwrapped<T>::type>(node);
    } else if constexpr (ScalarType<T>) {
        return;
    } else if constexpr (IsVector<T>::value) {
        for (auto& item : node.items)
            fill_lists<typename T::value_type>(item);
    } else if constexpr (IsMap<T>::value) {
        for (auto& [name, item] : node.members)
            fill_lists<typename T::mapped_type>(item);
    } else {
        if (node.type != Node::Type::object)
            return;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            using Member = MemberType<T, decltype(member)>;
            constexpr std::string_view name = json_name<T, decltype(member)>();
            for (auto& [present, value] : node.members) {
                if (present == name) {
                    fill_lists<Member>(value);
                    return;
                }
            }
            if constexpr (IsVector<Member>::value) {
                Node empty;
                empty.type = Node::Type::array;
                empty.line = node.line;
                empty.column = node.column;
                node.members.emplace_back(std::string{name}, std::move(empty));
            }
        });
    }
}

/// A data file that was read: its value, and where each part of it stands, for what only a rule can find wrong.
template<class T>
struct DataFile {
    std::string file;
    Node node;
    T value{};

    /// An error at the place that the pointer leads to.
    FieldError error(std::string pointer, std::string code, std::vector<Parameter> parameters = {}) const
    {
        const Node& place = nearest(node, pointer);
        return {.pointer = std::move(pointer),
                .code = std::move(code),
                .parameters = std::move(parameters),
                .place = fmt::format("{}:{}:{}", file, place.line, place.column)};
    }
};

/// Reads a YAML file in which lists may be left out; every error at once, with file, line, column and path.
template<class T>
Result<DataFile<T>> read_data_file(std::string_view text, std::string_view file)
{
    auto node = parse_yaml(text, file);
    if (!node)
        return node.error();
    DataFile<T> out{std::string{file}, *std::move(node), {}};
    fill_lists<T>(out.node);
    Reading reading{file};
    read_node(out.node, out.value, reading);
    if (reading.failed())
        return invalid(reading.take_errors());
    return out;
}

} // namespace beproefd::describe
