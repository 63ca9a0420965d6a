// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/node.hpp"

#include "platform/core/bounded.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <yaml-cpp/yaml.h>

#include <set>

namespace beproefd::describe {
namespace {

FieldError at(std::string_view file, int line, int column, std::string code, std::vector<Parameter> parameters = {})
{
    return {.pointer = "",
            .code = std::move(code),
            .parameters = std::move(parameters),
            .place = fmt::format("{}:{}:{}", file, line, column)};
}

/// Where the first byte that is not UTF-8 stands; empty when all of it is.
std::optional<FieldError> broken_utf8(std::string_view text, std::string_view file)
{
    if (utf8_length(text))
        return std::nullopt;
    int line = 1;
    while (true) {
        const auto end = text.find('\n');
        const std::string_view current = text.substr(0, end);
        if (!utf8_length(current)) {
            std::size_t good = current.size();
            while (!utf8_length(current.substr(0, good)))
                --good;
            return at(file, line, static_cast<int>(*utf8_length(current.substr(0, good))) + 1, "utf8");
        }
        if (end == std::string_view::npos)
            return at(file, line, 1, "utf8");
        text.remove_prefix(end + 1);
        ++line;
    }
}

void convert(const YAML::Node& from, Node& to, std::vector<FieldError>& errors, std::string_view file)
{
    const auto mark = from.Mark();
    to.line = static_cast<std::uint32_t>(mark.line + 1);
    to.column = static_cast<std::uint32_t>(mark.column + 1);
    switch (from.Type()) {
    case YAML::NodeType::Undefined:
    case YAML::NodeType::Null:
        to.type = Node::Type::null;
        break;
    case YAML::NodeType::Scalar:
        // yaml-cpp tags a quoted scalar "!", so "2020" in quotes stays text.
        to.type = from.Tag() == "!" ? Node::Type::text : Node::Type::word;
        to.text = from.Scalar();
        break;
    case YAML::NodeType::Sequence:
        to.type = Node::Type::array;
        for (const auto& item : from)
            convert(item, to.items.emplace_back(), errors, file);
        break;
    case YAML::NodeType::Map: {
        to.type = Node::Type::object;
        std::set<std::string> names;
        for (const auto& member : from) {
            const auto key = member.first.Mark();
            const std::string name = member.first.IsScalar() ? member.first.Scalar() : std::string{};
            if (!names.insert(name).second) {
                errors.push_back(at(file, key.line + 1, key.column + 1, "duplicate-member", {{"name", name}}));
                continue;
            }
            convert(member.second, to.members.emplace_back(name, Node{}).second, errors, file);
        }
    }
    }
}

void convert(const toml::node& from, Node& to)
{
    to.line = from.source().begin.line;
    to.column = from.source().begin.column;
    if (const auto* table = from.as_table()) {
        to.type = Node::Type::object;
        for (const auto& [key, value] : *table)
            convert(value, to.members.emplace_back(std::string{key.str()}, Node{}).second);
    } else if (const auto* array = from.as_array()) {
        to.type = Node::Type::array;
        for (const auto& value : *array)
            convert(value, to.items.emplace_back());
    } else if (const auto boolean = from.value_exact<bool>()) {
        to.type = Node::Type::boolean;
        to.boolean = *boolean;
    } else if (const auto integer = from.value_exact<std::int64_t>()) {
        to.type = Node::Type::integer;
        to.integer = *integer;
    } else if (const auto real = from.value_exact<double>()) {
        to.type = Node::Type::real;
        to.real = *real;
    } else if (const auto text = from.value_exact<std::string>()) {
        to.type = Node::Type::text;
        to.text = *text;
    } else if (const auto date = from.value_exact<toml::date>()) {
        to.type = Node::Type::text;
        to.text = fmt::format("{:04}-{:02}-{:02}", date->year, date->month, date->day);
    }
}

} // namespace

Result<Node> parse_yaml(std::string_view text, std::string_view file)
{
    if (auto broken = broken_utf8(text, file))
        return invalid({*std::move(broken)});
    try {
        const YAML::Node document = YAML::Load(std::string{text});
        Node node;
        std::vector<FieldError> errors;
        convert(document, node, errors, file);
        if (!errors.empty())
            return invalid(std::move(errors));
        return node;
    } catch (const YAML::Exception& error) {
        return invalid({at(file, error.mark.line + 1, error.mark.column + 1, "yaml", {{"detail", error.msg}})});
    }
}

Result<Node> parse_toml(std::string_view text, std::string_view file)
{
    try {
        const toml::table document = toml::parse(text, file);
        Node node;
        convert(document, node);
        return node;
    } catch (const toml::parse_error& error) {
        const auto& begin = error.source().begin;
        return invalid({at(file, static_cast<int>(begin.line), static_cast<int>(begin.column), "toml",
                           {{"detail", std::string{error.description()}}})});
    }
}

Result<Node> parse_csv(std::string_view text, std::string_view file)
{
    if (auto broken = broken_utf8(text, file))
        return invalid({*std::move(broken)});
    if (text.starts_with("\xef\xbb\xbf"))
        text.remove_prefix(3);

    std::vector<FieldError> errors;
    std::vector<std::string> header;
    Node table;
    table.type = Node::Type::array;
    int line = 1;
    int column = 1;
    std::size_t i = 0;
    const auto next = [&] {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
            ++column;
        }
        ++i;
    };

    while (i < text.size()) {
        const int row_line = line;
        std::vector<Node> cells;
        bool row_ended = false;
        while (!row_ended) {
            Node cell;
            cell.line = static_cast<std::uint32_t>(line);
            cell.column = static_cast<std::uint32_t>(column);
            bool quoted = false;
            if (i < text.size() && text[i] == '"') {
                quoted = true;
                next();
                bool closed = false;
                while (i < text.size() && !closed) {
                    if (text[i] != '"') {
                        cell.text += text[i];
                        next();
                    } else if (i + 1 < text.size() && text[i + 1] == '"') {
                        cell.text += '"';
                        next();
                        next();
                    } else {
                        next();
                        closed = true;
                    }
                }
                if (!closed) {
                    errors.push_back(
                        at(file, static_cast<int>(cell.line), static_cast<int>(cell.column), "csv-open-quote"));
                    return invalid(std::move(errors));
                }
                if (i < text.size() && text[i] != ',' && text[i] != '\n' && text[i] != '\r')
                    errors.push_back(at(file, line, column, "csv-after-quote"));
            }
            while (i < text.size() && text[i] != ',' && text[i] != '\n' &&
                   !(text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')) {
                if (text[i] == '"' && !quoted)
                    errors.push_back(at(file, line, column, "csv-quote"));
                cell.text += text[i];
                next();
            }
            cell.type = quoted ? Node::Type::text : cell.text.empty() ? Node::Type::null : Node::Type::word;
            // A number in quotes is still a number: quotes only protect the comma in a table.
            if (quoted)
                cell.type = cell.text.empty() ? Node::Type::null : Node::Type::word;
            cells.push_back(std::move(cell));
            if (i < text.size() && text[i] == ',') {
                next();
                continue;
            }
            if (i < text.size() && text[i] == '\r')
                next();
            if (i < text.size())
                next();
            row_ended = true;
        }
        if (cells.size() == 1 && cells[0].type == Node::Type::null)
            continue; // an empty line
        if (header.empty()) {
            std::set<std::string> names;
            for (auto& cell : cells) {
                if (cell.text.empty())
                    errors.push_back(at(file, row_line, static_cast<int>(cell.column), "csv-unnamed-column"));
                else if (!names.insert(cell.text).second)
                    errors.push_back(
                        at(file, row_line, static_cast<int>(cell.column), "duplicate-member", {{"name", cell.text}}));
                header.push_back(cell.text);
                table.members.emplace_back(header.back(),
                                           std::move(cell)); // where the name stands, for what is wrong with it
            }
            continue;
        }
        if (cells.size() != header.size()) {
            errors.push_back(
                at(file, row_line, 1, "csv-cells",
                   {{"expected", std::to_string(header.size())}, {"found", std::to_string(cells.size())}}));
            continue;
        }
        Node row;
        row.type = Node::Type::object;
        row.line = static_cast<std::uint32_t>(row_line);
        row.column = 1;
        for (std::size_t c = 0; c < cells.size(); ++c)
            row.members.emplace_back(header[c], std::move(cells[c]));
        table.items.push_back(std::move(row));
    }
    if (header.empty())
        errors.push_back(at(file, 1, 1, "csv-empty"));
    if (!errors.empty())
        return invalid(std::move(errors));
    return table;
}

} // namespace beproefd::describe
