// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/text/document.hpp"

#include "platform/core/embedded.hpp"
#include "platform/core/markup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>

namespace beproefd::embedded {
std::span<const File> print_style();
}

namespace beproefd::documents {

void Document::heading(int level, std::string text)
{
    blocks.push_back({.kind = BlockKind::heading, .level = level, .text = std::move(text)});
}
void Document::lead(std::string text) { blocks.push_back({.kind = BlockKind::lead, .text = std::move(text)}); }
void Document::paragraph(std::string text)
{
    blocks.push_back({.kind = BlockKind::paragraph, .text = std::move(text)});
}
void Document::remark(std::string text) { blocks.push_back({.kind = BlockKind::remark, .text = std::move(text)}); }
void Document::bullets(std::vector<std::string> items)
{
    if (!items.empty())
        blocks.push_back({.kind = BlockKind::bullets, .items = std::move(items)});
}
void Document::numbered(std::vector<std::string> items)
{
    if (!items.empty())
        blocks.push_back({.kind = BlockKind::numbered, .items = std::move(items)});
}
void Document::tick(std::string text) { blocks.push_back({.kind = BlockKind::tick, .text = std::move(text)}); }
void Document::write_lines(int count)
{
    for (int line = 0; line < count; ++line)
        blocks.push_back({.kind = BlockKind::write_line});
}
void Document::table(TableBlock table) { blocks.push_back({.kind = BlockKind::table, .table = std::move(table)}); }
void Document::figure(FigureBlock figure)
{
    blocks.push_back({.kind = BlockKind::figure, .figure = std::move(figure)});
}
void Document::new_page() { blocks.push_back({.kind = BlockKind::new_page}); }

namespace {

void write_list(std::string& out, const char* element, const std::vector<std::string>& items)
{
    out += fmt::format("<{}>\n", element);
    for (const auto& item : items)
        out += fmt::format("<li>{}</li>\n", escaped(item));
    out += fmt::format("</{}>\n", element);
}

/// Text in which a word that is longer than a column, such as an address, may break after its slashes and dots;
/// without that it takes the room of the column beside it.
std::string breakable(std::string_view text)
{
    constexpr std::size_t long_word = 20;
    std::string out;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto word = text.substr(0, end);
        std::size_t from = 0;
        for (std::size_t at = 0; word.size() > long_word && at < word.size(); ++at)
            if (word[at] == '/' || word[at] == '.') {
                out += escaped(word.substr(from, at + 1 - from)) + "<wbr>";
                from = at + 1;
            }
        out += escaped(word.substr(from));
        if (end < text.size())
            out += ' ';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return out;
}

void write_table(std::string& out, const TableBlock& table)
{
    const auto right = [&](std::size_t column) {
        return std::find(table.numbers.begin(), table.numbers.end(), static_cast<int>(column)) != table.numbers.end()
                   ? " class=\"number\""
                   : "";
    };
    // What fits on a page stays together.
    out += fmt::format("<table{}>\n<caption>{}</caption>\n<thead><tr>",
                       table.rows.size() <= 8 ? " class=\"short\"" : "", escaped(table.caption));
    for (std::size_t column = 0; column < table.head.size(); ++column)
        out += fmt::format("<th scope=\"col\"{}>{}</th>", right(column), escaped(table.head[column]));
    out += "</tr></thead>\n<tbody>\n";
    for (const auto& row : table.rows) {
        out += "<tr>";
        for (std::size_t column = 0; column < row.size(); ++column)
            out += column == 0 ? fmt::format("<th scope=\"row\">{}</th>", breakable(row[column]))
                               : fmt::format("<td{}>{}</td>", right(column), breakable(row[column]));
        out += "</tr>\n";
    }
    out += "</tbody>\n</table>\n";
}

void write_block(std::string& out, const Block& block)
{
    const auto text = escaped(block.text);
    switch (block.kind) {
    case BlockKind::heading: {
        const int level = std::clamp(block.level, 1, 3) + 1;
        out += fmt::format("<h{0}>{1}</h{0}>\n", level, text);
        return;
    }
    case BlockKind::lead:
        out += fmt::format("<p class=\"lead\">{}</p>\n", text);
        return;
    case BlockKind::paragraph:
        out += fmt::format("<p>{}</p>\n", text);
        return;
    case BlockKind::remark:
        out += fmt::format("<p class=\"remark\">{}</p>\n", text);
        return;
    case BlockKind::bullets:
        return write_list(out, "ul", block.items);
    case BlockKind::numbered:
        return write_list(out, "ol", block.items);
    case BlockKind::tick:
        out += fmt::format("<p class=\"tick\">☐ {}</p>\n", text);
        return;
    case BlockKind::write_line:
        out += "<p class=\"write-line\"></p>\n";
        return;
    case BlockKind::table:
        if (block.table)
            write_table(out, *block.table);
        return;
    case BlockKind::figure:
        if (block.figure)
            out += fmt::format("<figure><div role=\"img\" aria-label=\"{}\" "
                               "style=\"width:{}mm\">{}</div><figcaption>{}</figcaption></figure>\n",
                               escaped(block.figure->description), block.figure->width, block.figure->svg,
                               escaped(block.figure->title));
        return;
    case BlockKind::new_page:
        out += "<div class=\"new-page\"></div>\n";
        return;
    }
}

} // namespace

std::string to_html(const Document& document)
{
    const auto style = embedded::print_style().front().content;
    // Nothing may be fetched and nothing may run, whatever a text contains.
    std::string out = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<meta name=\"author\" content=\"{}\">\n<meta name=\"dcterms.date\" "
        "content=\"{}\">\n<title>{}</title>\n<style>\n",
        escaped(document.language), escaped(document.author), escaped(document.date), escaped(document.title));
    out += style;
    // Texts in the margins are CSS strings: a quote or a backslash would end them.
    const auto margin_text = [](std::string_view text) {
        std::string plain;
        for (const char c : text)
            if (c != '"' && c != '\\' && c != '<' && static_cast<unsigned char>(c) >= 0x20)
                plain += c;
        return plain;
    };
    out += fmt::format("@page {{ @top-left {{ content: \"{}\" }} @top-right {{ content: \"{}\" }} @bottom-left {{ "
                       "content: \"{}\" }} "
                       "@bottom-right {{ content: \"{} \" counter(page) \" / \" counter(pages) }} }}\n",
                       margin_text(document.author), margin_text(document.marker), margin_text(document.title),
                       margin_text(document.page_word));
    out += "</style>\n</head>\n<body>\n<main>\n";
    if (!document.marker.empty())
        out += fmt::format("<p class=\"marker\">{}</p>\n", escaped(document.marker));
    out += fmt::format("<h1>{}</h1>\n", escaped(document.title));
    if (!document.subtitle.empty())
        out += fmt::format("<p class=\"subtitle\">{}</p>\n", escaped(document.subtitle));
    for (const auto& block : document.blocks)
        write_block(out, block);
    out += "</main>\n</body>\n</html>\n";
    return out;
}

} // namespace beproefd::documents
