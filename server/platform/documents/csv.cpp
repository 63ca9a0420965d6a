// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/table.hpp"

#include <cassert>
#include <fmt/format.h>

namespace beproefd::documents {
namespace {

void write_field(std::string& out, std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"')
            out += '"';
        out += c;
    }
    out += '"';
}

struct FieldWriter {
    std::string& out;

    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const { write_field(out, without_formula(text)); }
    void operator()(std::int64_t number) const { out += std::to_string(number); }
    void operator()(const Decimal& number) const { out += fmt::format("{:.{}f}", number.value, number.decimals); }
    void operator()(Day day) const { out += day.to_text(); }
};

} // namespace

std::string without_formula(std::string_view text)
{
    std::string safe;
    if (!text.empty() && std::string_view{"=+-@\t\r"}.find(text.front()) != std::string_view::npos)
        safe += '\'';
    safe += text;
    return safe;
}

std::string to_csv(const Sheet& sheet)
{
    std::string out;
    for (std::size_t i = 0; i < sheet.columns.size(); ++i) {
        if (i > 0)
            out += ',';
        write_field(out, sheet.columns[i].name);
    }
    out += "\r\n";
    for (const auto& row : sheet.rows) {
        assert(row.size() == sheet.columns.size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            if (i > 0)
                out += ',';
            std::visit(FieldWriter{out}, row[i]);
        }
        out += "\r\n";
    }
    return out;
}

} // namespace beproefd::documents
