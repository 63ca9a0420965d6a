// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/columns.hpp"
#include "platform/describe/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::describe {

/// Collects every error of one reading, with its JSON pointer and, for files, its place.
class Reading
{
public:
    /// file is empty for a request.
    explicit Reading(std::string_view file = {}) : file_(file) {}

    void error(const Node& where, FieldError error);
    /// Refuses what the node holds, saying what was expected; a node that is null or missing is "required".
    std::vector<FieldError> take_errors() { return std::move(errors_); }
    bool failed() const { return !errors_.empty(); }

    /// Goes one step into the input for the time of the object: a member name or an index.
    class Step
    {
    public:
        Step(Reading& reading, std::string_view name);
        Step(Reading& reading, std::size_t index);
        Step(const Step&) = delete;
        ~Step() { reading_.pointer_.resize(before_); }

    private:
        Reading& reading_;
        std::size_t before_;
    };

private:
    std::string file_;
    std::string pointer_;
    std::vector<FieldError> errors_;
};

namespace detail {

std::optional<bool> as_boolean(const Node& node);
std::optional<std::int64_t> as_integer(const Node& node);
std::optional<double> as_real(const Node& node);
std::optional<std::string_view> as_text(const Node& node);

} // namespace detail

template<class T>
void read_node(const Node& node, T& out, Reading& reading);

template<ScalarType T>
void read_scalar(const Node& node, T& out, Reading& reading)
{
    const auto accept = [&](const auto& kept, const char* expected) {
        if (!kept) {
            // An enumeration or a date says more than "text"; a number that overflows says its range.
            reading.error(node,
                          node.type == Node::Type::null ? detail::refusal("required") : detail::refusal(expected));
            return;
        }
        if (auto value = Scalar<T>::from(*kept))
            out = std::move(*value);
        else
            reading.error(node, Scalar<T>::refusal());
    };
    if constexpr (Scalar<T>::kind == Kind::boolean)
        accept(detail::as_boolean(node), "boolean");
    else if constexpr (Scalar<T>::kind == Kind::integer)
        accept(detail::as_integer(node), "integer");
    else if constexpr (Scalar<T>::kind == Kind::real)
        accept(detail::as_real(node), "number");
    else
        accept(detail::as_text(node), "text");
}

template<DescribedStruct T>
void read_struct(const Node& node, T& out, Reading& reading)
{
    if (node.type != Node::Type::object) {
        reading.error(node, detail::refusal(node.type == Node::Type::null ? "required" : "object"));
        return;
    }
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Member = MemberType<T, decltype(member)>;
        constexpr std::string_view name = json_name<T, decltype(member)>();
        const Reading::Step step{reading, name};
        if (const Node* found = node.find(name)) {
            read_node(*found, out.*member.pointer, reading);
        } else if constexpr (!IsOptional<Member>::value) {
            reading.error(node, detail::refusal("required"));
        }
    });
    for (const auto& [name, value] : node.members) {
        bool known = false;
        boost::mp11::mp_for_each<Members<T>>(
            [&](auto member) { known = known || json_name<T, decltype(member)>() == std::string_view{name}; });
        if (!known) {
            const Reading::Step step{reading, name};
            reading.error(value, detail::refusal("unknown-member"));
        }
    }
}

template<class T>
struct IsVector : std::false_type {
};
template<class T>
struct IsVector<std::vector<T>> : std::true_type {
};
template<class T>
struct IsMap : std::false_type {
};
template<class T>
struct IsMap<std::map<std::string, T>> : std::true_type {
};

/// Reads a node into a value of any described type. Every error is collected; out is only meaningful without errors.
template<class T>
void read_node(const Node& node, T& out, Reading& reading)
{
    if constexpr (IsOptional<T>::value) {
        if (node.type == Node::Type::null) {
            out.reset();
            return;
        }
        read_node(node, out.emplace(), reading);
    } else if constexpr (ScalarType<T>) {
        read_scalar(node, out, reading);
    } else if constexpr (IsVector<T>::value) {
        if (node.type != Node::Type::array) {
            reading.error(node, detail::refusal(node.type == Node::Type::null ? "required" : "array"));
            return;
        }
        out.clear();
        out.resize(node.items.size());
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            const Reading::Step step{reading, i};
            read_node(node.items[i], out[i], reading);
        }
    } else if constexpr (IsMap<T>::value) {
        if (node.type != Node::Type::object) {
            reading.error(node, detail::refusal(node.type == Node::Type::null ? "required" : "object"));
            return;
        }
        out.clear();
        for (const auto& [name, value] : node.members) {
            const Reading::Step step{reading, name};
            read_node(value, out[name], reading);
        }
    } else {
        static_assert(DescribedStruct<T>, "describe the type with BOOST_DESCRIBE_STRUCT or specialise Scalar");
        read_struct(node, out, reading);
    }
}

/// Reads a parsed input into T; every error at once.
template<class T>
Result<T> read(const Result<Node>& node, std::string_view file = {})
{
    if (!node)
        return node.error();
    T value{};
    Reading reading{file};
    read_node(*node, value, reading);
    if (reading.failed())
        return invalid(reading.take_errors());
    return value;
}

/// The body of a request.
template<class T>
Result<T> read_json(std::string_view text)
{
    return read<T>(parse_json(text));
}

/// A data file; file is the name shown in errors. Keys are written as in JSON (camelCase).
template<class T>
Result<T> read_yaml(std::string_view text, std::string_view file)
{
    return read<T>(parse_yaml(text, file), file);
}

/// snake_case → camelCase.
std::string camel_case(std::string_view snake);

/// The configuration; its keys are snake_case, as TOML is written.
template<class T>
Result<T> read_toml(std::string_view text, std::string_view file)
{
    auto document = parse_toml(text, file);
    if (!document)
        return document.error();
    for (auto& [name, value] : document->members)
        name = camel_case(name);
    return read<T>(document, file);
}

namespace detail {

/// What is wrong with the names of the columns: names that T does not know, and columns that T cannot do without.
template<DescribedStruct T>
std::vector<FieldError> head_errors(const Node& table, std::string_view file)
{
    std::string names;
    for (const auto& column : columns<T>())
        names += (names.empty() ? "" : ", ") + column.name;
    std::vector<FieldError> errors;
    for (const auto& [name, cell] : table.members) {
        const bool known = std::any_of(columns<T>().begin(), columns<T>().end(),
                                       [&](const Column& column) { return column.name == name; });
        if (!known)
            errors.push_back({.pointer = "",
                              .code = "csv-unknown-column",
                              .parameters = {{"name", name}, {"expected", names}},
                              .place = fmt::format("{}:{}:{}", file, cell.line, cell.column)});
    }
    for (const auto& column : columns<T>())
        if (!column.optional && !table.find(column.name))
            errors.push_back({.pointer = "",
                              .code = "csv-missing-column",
                              .parameters = {{"name", column.name}},
                              .place = fmt::format("{}:1:1", file)});
    return errors;
}

} // namespace detail

/// A table for rows of T: parse_csv with the columns by the names of the members. Refuses each wrong or missing name
/// of a column once, at its own place, instead of in every row.
template<DescribedStruct T>
Result<Node> parse_table(std::string_view text, std::string_view file)
{
    auto table = parse_csv(text, file);
    if (!table)
        return table.error();
    if (auto errors = detail::head_errors<T>(*table, file); !errors.empty())
        return invalid(std::move(errors));
    for (auto& row : table->items) {
        for (auto& [name, cell] : row.members)
            name = camel_case(name);
    }
    return table;
}

/// A table with one described struct per row. Column names are snake_case in a CSV file, as tables are written.
template<DescribedStruct T>
Result<std::vector<T>> read_csv(std::string_view text, std::string_view file)
{
    const auto table = parse_table<T>(text, file);
    if (!table)
        return table.error();
    return read<std::vector<T>>(table, file);
}

} // namespace beproefd::describe
