// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/node.hpp"

#include "platform/core/bounded.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/format.h>

namespace beproefd::describe {
namespace {

/// Line and column (in characters) of an offset.
std::pair<std::uint32_t, std::uint32_t> place_of(std::string_view text, std::size_t offset)
{
    std::uint32_t line = 1;
    std::uint32_t column = 1;
    for (std::size_t i = 0; i < offset && i < text.size(); ++i) {
        if (text[i] == '\n') {
            ++line;
            column = 1;
        } else if ((static_cast<unsigned char>(text[i]) & 0xc0) != 0x80) {
            ++column;
        }
    }
    return {line, column};
}

/// Receives what boost::json::basic_parser finds and builds the tree.
struct Handler {
    static constexpr std::size_t max_object_size = std::size_t(-1);
    static constexpr std::size_t max_array_size = std::size_t(-1);
    static constexpr std::size_t max_key_size = std::size_t(-1);
    static constexpr std::size_t max_string_size = std::size_t(-1);

    using Error = boost::json::error_code;

    Node root;
    std::vector<Node*> open;
    std::string text;
    std::string key;
    std::string duplicate;

    Node& place()
    {
        if (open.empty())
            return root;
        Node& parent = *open.back();
        if (parent.type == Node::Type::array)
            return parent.items.emplace_back();
        return parent.members.emplace_back(std::move(key), Node{}).second;
    }
    bool begin(Node::Type type)
    {
        Node& node = place();
        node.type = type;
        open.push_back(&node);
        return true;
    }

    bool on_document_begin(Error&) { return true; }
    bool on_document_end(Error&) { return true; }
    bool on_object_begin(Error&) { return begin(Node::Type::object); }
    bool on_object_end(std::size_t, Error&) { return open.pop_back(), true; }
    bool on_array_begin(Error&) { return begin(Node::Type::array); }
    bool on_array_end(std::size_t, Error&) { return open.pop_back(), true; }
    bool on_key_part(boost::json::string_view part, std::size_t, Error&)
    {
        return text.append(part.data(), part.size()), true;
    }
    bool on_key(boost::json::string_view part, std::size_t, Error& error)
    {
        text.append(part.data(), part.size());
        if (open.back()->find(text)) {
            duplicate = text;
            error = boost::json::error::extra_data;
            return false;
        }
        key = std::move(text);
        text.clear();
        return true;
    }
    bool on_string_part(boost::json::string_view part, std::size_t, Error&)
    {
        return text.append(part.data(), part.size()), true;
    }
    bool on_string(boost::json::string_view part, std::size_t, Error&)
    {
        text.append(part.data(), part.size());
        Node& node = place();
        node.type = Node::Type::text;
        node.text = std::move(text);
        text.clear();
        return true;
    }
    bool on_number_part(boost::json::string_view, Error&) { return true; }
    bool on_int64(std::int64_t value, boost::json::string_view, Error&)
    {
        Node& node = place();
        node.type = Node::Type::integer;
        node.integer = value;
        return true;
    }
    bool on_uint64(std::uint64_t value, boost::json::string_view text_, Error& error)
    {
        return on_double(static_cast<double>(value), text_, error);
    }
    bool on_double(double value, boost::json::string_view, Error&)
    {
        Node& node = place();
        node.type = Node::Type::real;
        node.real = value;
        return true;
    }
    bool on_bool(bool value, Error&)
    {
        Node& node = place();
        node.type = Node::Type::boolean;
        node.boolean = value;
        return true;
    }
    bool on_null(Error&) { return place(), true; }
    bool on_comment_part(boost::json::string_view, Error&) { return true; }
    bool on_comment(boost::json::string_view, Error&) { return true; }
};

} // namespace

Result<Node> parse_json(std::string_view text)
{
    boost::json::parse_options options;
    options.max_depth = 32;
    boost::json::basic_parser<Handler> parser{options};
    boost::json::error_code error;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
    if (!error && !parser.done())
        error = boost::json::error::incomplete;

    std::size_t at = read;
    std::string code = "json";
    std::vector<Parameter> parameters;
    if (!error) {
        while (at < text.size() && (text[at] == ' ' || text[at] == '\n' || text[at] == '\r' || text[at] == '\t'))
            ++at;
        if (at == text.size())
            return std::move(parser.handler().root);
    } else if (!parser.handler().duplicate.empty()) {
        code = "duplicate-member";
        parameters.emplace_back("name", parser.handler().duplicate);
    }
    const auto [line, column] = place_of(text, at);
    parameters.emplace_back("line", std::to_string(line));
    parameters.emplace_back("column", std::to_string(column));
    return invalid({FieldError{.pointer = "", .code = std::move(code), .parameters = std::move(parameters)}});
}

} // namespace beproefd::describe
