// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/r_script.hpp"

#include "statistics/door/analyse.hpp"

#include <boost/json/array.hpp>
#include <fmt/format.h>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

std::string vector_of(const json::value& values, bool as_labels)
{
    const auto* array = values.if_array();
    if (!array)
        return RScript::literal(values);
    std::string out = "c(";
    for (std::size_t i = 0; i < array->size(); ++i) {
        if (i > 0)
            out += i % 20 == 0 ? ",\n  " : ", ";
        const auto& item = (*array)[i];
        out += as_labels && !item.is_string() && !item.is_null() ? RScript::quoted(write_json(item))
                                                                 : RScript::literal(item);
    }
    return out + ")";
}

} // namespace

RScript::RScript(Request& request, std::initializer_list<std::string_view> packages) : request_(request)
{
    line(fmt::format("# {} of the contract beproefd.analyse/1, repeated in R", request.method()));
    for (const auto package : packages)
        line(fmt::format("suppressPackageStartupMessages(library({}))", package));
    line("show <- function(name, value) cat(name, \"\\t\", paste(format(as.numeric(value), digits = 15), collapse = "
         "\" "
         "\"), \"\\n\", sep = \"\")");
}

void RScript::line(std::string_view text)
{
    text_ += text;
    text_ += '\n';
}

void RScript::column(std::string_view variable, std::string_view name)
{
    if (const auto* value = request_.require_data(name))
        line(fmt::format("{} <- {}", variable, vector_of(*value, false)));
}

void RScript::labels(std::string_view variable, std::string_view name)
{
    if (const auto* value = request_.require_data(name))
        line(fmt::format("{} <- {}", variable, vector_of(*value, true)));
}

bool RScript::frame(std::string_view variable, std::string_view name)
{
    const auto* value = request_.data(name);
    if (!value || !value->is_array() || value->get_array().empty())
        return false;
    std::string columns;
    for (const auto& item : value->get_array()) {
        const auto* column = item.if_object();
        const auto* label = column ? column->if_contains("name") : nullptr;
        const auto* values = column ? column->if_contains("values") : nullptr;
        if (!label || !label->is_string() || !values) {
            request_.refuse(invalid_data("Each column has to have a name and values.", fmt::format("data.{}", name)));
            return false;
        }
        columns += fmt::format(
            "{}`{}` = {}", columns.empty() ? "" : ",\n  ",
            [&] {
                std::string safe(label->get_string());
                std::replace_if(
                    safe.begin(), safe.end(), [](char c) { return c == '`' || c == '\\' || c == '\n' || c == '\r'; },
                    '_');
                return safe;
            }(),
            vector_of(*values, false));
    }
    line(fmt::format("{} <- data.frame({}, check.names = FALSE)", variable, columns));
    return true;
}

void RScript::print(std::string_view name, std::string_view expression)
{
    line(fmt::format("show(\"{}\", {})", name, expression));
}

std::string RScript::quoted(std::string_view text)
{
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            out += '\\';
        if (c == '\n')
            out += "\\n";
        else if (c == '\r')
            out += "\\r";
        else if (c != '\0')
            out += c;
    }
    return out + "\"";
}

std::string RScript::literal(double value)
{
    const auto text = write_json(json_number(value));
    return text == "null" ? "NA" : text;
}

std::string RScript::literal(const json::value& value)
{
    if (value.is_string())
        return quoted(value.get_string());
    if (value.is_bool())
        return value.get_bool() ? "TRUE" : "FALSE";
    if (value.is_null())
        return "NA";
    return value.is_number() ? write_json(value) : "NULL";
}

} // namespace beproefd::statistics::door
