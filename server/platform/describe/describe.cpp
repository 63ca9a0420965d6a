// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/eight_bytes.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/read.hpp"

#include <limits>

namespace beproefd::describe {

const Node* Node::find(std::string_view name) const
{
    for (const auto& [key, value] : members) {
        if (key == name)
            return &value;
    }
    return nullptr;
}

void Reading::error(const Node& where, FieldError error)
{
    error.pointer = pointer_;
    if (!file_.empty())
        error.place = fmt::format("{}:{}:{}", file_, where.line, where.column);
    errors_.push_back(std::move(error));
}

Reading::Step::Step(Reading& reading, std::string_view name) : reading_(reading), before_(reading.pointer_.size())
{
    // RFC 6901: "~" and "/" inside a name are written as ~0 and ~1.
    reading_.pointer_ += '/';
    for (const char c : name) {
        if (c == '~')
            reading_.pointer_ += "~0";
        else if (c == '/')
            reading_.pointer_ += "~1";
        else
            reading_.pointer_ += c;
    }
}

Reading::Step::Step(Reading& reading, std::size_t index) : reading_(reading), before_(reading.pointer_.size())
{
    reading_.pointer_ += '/';
    reading_.pointer_ += std::to_string(index);
}

std::string camel_case(std::string_view snake)
{
    std::string camel;
    bool upper = false;
    for (const char c : snake) {
        if (c == '_') {
            upper = !camel.empty();
            continue;
        }
        camel += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
        upper = false;
    }
    return camel;
}

void write_text(std::string& out, std::string_view text)
{
    static constexpr char hex[] = "0123456789abcdef";
    out += '"';
    std::size_t plain = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        for (; i + 8 <= text.size(); i += 8) { // over what needs no escape
            const EightBytes eight{text.substr(i)};
            if (eight.any_below(0x20) || eight.any_equal('"') || eight.any_equal('\\'))
                break;
        }
        if (i == text.size())
            break;
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        out.append(text.substr(plain, i - plain));
        plain = i + 1;
        switch (byte) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\r':
            out += "\\r";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            out += "\\u00";
            out += hex[byte >> 4];
            out += hex[byte & 15];
        }
    }
    out.append(text.substr(plain));
    out += '"';
}

namespace detail {
namespace {

template<class T>
std::optional<T> whole_word(std::string_view text)
{
    T value{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return value;
}

} // namespace

std::optional<bool> as_boolean(const Node& node)
{
    if (node.type == Node::Type::boolean)
        return node.boolean;
    if (node.type == Node::Type::word && (node.text == "true" || node.text == "yes"))
        return true;
    if (node.type == Node::Type::word && (node.text == "false" || node.text == "no"))
        return false;
    return std::nullopt;
}

std::optional<std::int64_t> as_integer(const Node& node)
{
    if (node.type == Node::Type::integer)
        return node.integer;
    if (node.type == Node::Type::word)
        return whole_word<std::int64_t>(node.text);
    // 3.0 is the whole number three in JSON Schema; beyond 2^53 a double no longer tells which one was meant.
    if (node.type == Node::Type::real && std::trunc(node.real) == node.real &&
        std::abs(node.real) <= 9007199254740992.0)
        return static_cast<std::int64_t>(node.real);
    return std::nullopt;
}

std::optional<double> as_real(const Node& node)
{
    if (node.type == Node::Type::real)
        return node.real;
    if (node.type == Node::Type::integer)
        return static_cast<double>(node.integer);
    if (node.type == Node::Type::word) {
        const auto value = whole_word<double>(node.text);
        return value && std::isfinite(*value) ? value : std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::string_view> as_text(const Node& node)
{
    if (node.type == Node::Type::text || node.type == Node::Type::word)
        return node.text;
    return std::nullopt;
}

void write_integer(std::string& out, std::int64_t value)
{
    char digits[24];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    out.append(digits, end);
}

void write_real(std::string& out, double value)
{
    if (!std::isfinite(value)) {
        out += "null";
        return;
    }
    char digits[32];
    const auto [end, error] = std::to_chars(digits, digits + sizeof digits, value);
    out.append(digits, end);
}

} // namespace detail
} // namespace beproefd::describe
