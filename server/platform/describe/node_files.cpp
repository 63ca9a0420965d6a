// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/node.hpp"

#include "platform/core/bounded.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <yaml-cpp/yaml.h>

#include <optional>
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

/// Takes the rows of a table one by one, and notes what is wrong on the way.
class CsvRows
{
public:
    CsvRows(std::string_view text, std::string_view file, std::vector<FieldError>& errors)
        : text_(text), file_(file), errors_(errors)
    {
    }

    bool at_end() const { return i_ >= text_.size(); }
    int line() const { return line_; }

    /// The cells of the next row; nothing when a quote is not closed, because then no row can be told from another.
    std::optional<std::vector<Node>> take()
    {
        std::vector<Node> cells;
        for (bool more = true; more;) {
            auto cell = take_cell();
            if (!cell)
                return std::nullopt;
            cells.push_back(*std::move(cell));
            more = is(',');
            if (!more && is('\r'))
                next();
            if (!at_end())
                next();
        }
        return cells;
    }

private:
    bool is(char c) const { return i_ < text_.size() && text_[i_] == c; }
    bool ends_cell() const
    {
        return at_end() || is(',') || is('\n') || (is('\r') && i_ + 1 < text_.size() && text_[i_ + 1] == '\n');
    }
    void next()
    {
        if (text_[i_] == '\n') {
            ++line_;
            column_ = 1;
        } else if ((static_cast<unsigned char>(text_[i_]) & 0xc0) != 0x80) {
            ++column_;
        }
        ++i_;
    }
    void keep(Node& cell)
    {
        cell.text += text_[i_];
        next();
    }

    std::optional<Node> take_cell()
    {
        Node cell;
        cell.line = static_cast<std::uint32_t>(line_);
        cell.column = static_cast<std::uint32_t>(column_);
        const bool quoted = is('"');
        if (quoted && !take_quoted(cell)) {
            errors_.push_back(
                at(file_, static_cast<int>(cell.line), static_cast<int>(cell.column), "csv-open-quote"));
            return std::nullopt;
        }
        if (quoted && !at_end() && !is(',') && !is('\n') && !is('\r'))
            errors_.push_back(at(file_, line_, column_, "csv-after-quote"));
        while (!ends_cell()) {
            if (is('"') && !quoted)
                errors_.push_back(at(file_, line_, column_, "csv-quote"));
            keep(cell);
        }
        // A number in quotes is still a number: quotes only protect the comma in a table.
        cell.type = cell.text.empty() ? Node::Type::null : Node::Type::word;
        return cell;
    }

    /// False when the quote is never closed.
    bool take_quoted(Node& cell)
    {
        next();
        while (!at_end()) {
            const bool quote = is('"');
            if (quote)
                next();
            if (quote && !is('"'))
                return true;
            keep(cell);
        }
        return false;
    }

    std::string_view text_;
    std::string_view file_;
    std::vector<FieldError>& errors_;
    std::size_t i_ = 0;
    int line_ = 1;
    int column_ = 1;
};

/// The names of the columns; each stays a member of the table, so that it is known where it stands.
std::vector<std::string> take_header(std::vector<Node> cells, Node& table, std::string_view file,
                                     std::vector<FieldError>& errors)
{
    std::vector<std::string> header;
    std::set<std::string> names;
    for (auto& cell : cells) {
        const auto wrong = [&](std::string_view code, std::vector<Parameter> parameters = {}) {
            errors.push_back(at(file, static_cast<int>(cell.line), static_cast<int>(cell.column), std::string{code},
                                std::move(parameters)));
        };
        if (cell.text.empty())
            wrong("csv-unnamed-column");
        else if (!names.insert(cell.text).second)
            wrong("duplicate-member", {{"name", cell.text}});
        header.push_back(cell.text);
        table.members.emplace_back(header.back(), std::move(cell));
    }
    return header;
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
    for (CsvRows rows{text, file, errors}; !rows.at_end();) {
        const int line = rows.line();
        auto cells = rows.take();
        if (!cells)
            return invalid(std::move(errors));
        if (cells->size() == 1 && cells->front().type == Node::Type::null)
            continue; // an empty line
        if (header.empty()) {
            header = take_header(*std::move(cells), table, file, errors);
            continue;
        }
        if (cells->size() != header.size()) {
            errors.push_back(
                at(file, line, 1, "csv-cells",
                   {{"expected", std::to_string(header.size())}, {"found", std::to_string(cells->size())}}));
            continue;
        }
        Node row;
        row.type = Node::Type::object;
        row.line = static_cast<std::uint32_t>(line);
        row.column = 1;
        for (std::size_t c = 0; c < cells->size(); ++c)
            row.members.emplace_back(header[c], std::move((*cells)[c]));
        table.items.push_back(std::move(row));
    }
    if (header.empty())
        errors.push_back(at(file, 1, 1, "csv-empty"));
    if (!errors.empty())
        return invalid(std::move(errors));
    return table;
}

} // namespace beproefd::describe
