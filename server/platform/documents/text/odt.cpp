// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// OpenDocument text: a zip with the content, its styles, metadata and pictures (OASIS OpenDocument 1.3, parts 2 and
// 3).

#include "platform/documents/text/document.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <numeric>
#include <sstream>
#include <stdexcept>

namespace beproefd::documents {
namespace {

using pugi::xml_node;

constexpr const char* media_type = "application/vnd.oasis.opendocument.text";

struct Entry {
    std::string name;
    std::string content;
    std::string type;
};

xml_node add(xml_node parent, const char* name,
             std::initializer_list<std::pair<const char*, std::string>> attributes = {})
{
    xml_node node = parent.append_child(name);
    for (const auto& [key, value] : attributes)
        node.append_attribute(key) = value.c_str();
    return node;
}

std::string to_text(const pugi::xml_document& document)
{
    std::ostringstream out;
    document.save(out, "", pugi::format_raw, pugi::encoding_utf8);
    return out.str();
}

xml_node root(pugi::xml_document& document, const char* name)
{
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    return add(document.root(), name,
               {{"xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"},
                {"xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"},
                {"xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"},
                {"xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"},
                {"xmlns:draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"},
                {"xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"},
                {"xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"},
                {"xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"},
                {"xmlns:xlink", "http://www.w3.org/1999/xlink"},
                {"xmlns:dc", "http://purl.org/dc/elements/1.1/"},
                {"office:version", "1.3"}});
}

/// What XML cannot carry is left out; line ends become spaces, because each paragraph is a block of its own.
std::string plain(std::string_view text)
{
    std::string out;
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x20)
            out += c;
        else if (c == '\n' || c == '\t')
            out += ' ';
    return out;
}

xml_node paragraph(xml_node parent, const char* style, std::string_view text)
{
    xml_node node = add(parent, "text:p", {{"text:style-name", style}});
    node.append_child(pugi::node_pcdata).set_value(plain(text).c_str());
    return node;
}

constexpr double text_width = 170; ///< millimetres between the margins of A4
/// One name, as a word processor takes a list for the name of one font that is nowhere installed. LibreOffice brings
/// this one along, and where it is missing Arial is as wide, letter for letter.
constexpr std::string_view text_font = "Liberation Sans";

class Content
{
public:
    explicit Content(const Document& document)
    {
        const xml_node top = root(xml_, "office:document-content");
        xml_node automatic = add(top, "office:automatic-styles");
        automatic_ = automatic;
        // Of tables Writer reads the automatic styles only.
        const auto family = [&](const char* name, const char* kind, const char* properties,
                                std::initializer_list<std::pair<const char*, std::string>> attributes) {
            add(add(automatic, "style:style", {{"style:name", name}, {"style:family", kind}}), properties,
                attributes);
        };
        family("Table", "table", "style:table-properties",
               {{"style:width", "170mm"}, {"table:align", "left"}, {"fo:margin-bottom", "2mm"}});
        family("Row", "table-row", "style:table-row-properties", {{"fo:keep-together", "always"}});
        family("Cell", "table-cell", "style:table-cell-properties",
               {{"fo:border-bottom", "0.2mm solid #b9c3cb"}, {"fo:padding", "1mm"}});
        family("Head_20_cell", "table-cell", "style:table-cell-properties",
               {{"fo:border-bottom", "0.4mm solid #14212b"}, {"fo:padding", "1mm"}});
        body_ = add(add(top, "office:body"), "office:text");
        if (!document.marker.empty())
            paragraph(body_, "Marker", document.marker);
        paragraph(body_, "Title", document.title);
        if (!document.subtitle.empty())
            paragraph(body_, "Subtitle", document.subtitle);
        for (const auto& block : document.blocks)
            write(block);
    }

    std::string text() const { return to_text(xml_); }
    std::vector<Entry>& pictures() { return pictures_; }

private:
    /// The style of the next block, on a new page where that was asked.
    std::string on_page(const std::string& style)
    {
        if (!new_page_)
            return style;
        new_page_ = false;
        const std::string name = fmt::format("{}_page", style);
        if (!automatic_.find_child_by_attribute("style:style", "style:name", name.c_str())) {
            xml_node made =
                add(automatic_, "style:style",
                    {{"style:name", name}, {"style:family", "paragraph"}, {"style:parent-style-name", style}});
            add(made, "style:paragraph-properties", {{"fo:break-before", "page"}});
        }
        return name;
    }

    void write(const Block& block)
    {
        switch (block.kind) {
        case BlockKind::heading: {
            const int level = std::clamp(block.level, 1, 3);
            xml_node node = add(body_, "text:h",
                                {{"text:style-name", on_page(fmt::format("Heading_20_{}", level))},
                                 {"text:outline-level", std::to_string(level)}});
            node.append_child(pugi::node_pcdata).set_value(plain(block.text).c_str());
            return;
        }
        case BlockKind::lead:
            paragraph(body_, on_page("Lead").c_str(), block.text);
            return;
        case BlockKind::paragraph:
            paragraph(body_, on_page("Text_20_body").c_str(), block.text);
            return;
        case BlockKind::remark:
            paragraph(body_, on_page("Remark").c_str(), block.text);
            return;
        case BlockKind::bullets:
            return write_list("Bullets", block.items);
        case BlockKind::numbered:
            return write_list("Numbers", block.items);
        case BlockKind::tick:
            paragraph(body_, on_page("Tick").c_str(), "☐ " + block.text);
            return;
        case BlockKind::write_line:
            paragraph(body_, on_page("Write_20_line").c_str(), "");
            return;
        case BlockKind::table:
            if (block.table)
                write_table(*block.table);
            return;
        case BlockKind::figure:
            if (block.figure)
                write_figure(*block.figure);
            return;
        case BlockKind::new_page:
            new_page_ = true;
            return;
        }
    }

    void write_list(const char* style, const std::vector<std::string>& items)
    {
        xml_node list = add(body_, "text:list", {{"text:style-name", style}});
        for (const auto& item : items)
            paragraph(add(list, "text:list-item"), "List_20_item", item);
    }

    /// Millimetres per column that together are the page: room for its longest word, and of what is left as much as
    /// its longest text asks, within bounds, so that a date does not take the room of a sentence.
    static std::vector<int> widths(const TableBlock& table)
    {
        constexpr std::size_t longest_word = 14, longest_text = 45; // characters; an address is broken
        constexpr double letter = 2.2, padding = 2;                 // millimetres, bold at 9.5 points
        std::vector<double> least, wanted;
        for (std::size_t column = 0; column < table.head.size(); ++column) {
            std::size_t word = 0, text = 0;
            const auto look = [&](const std::string& said) {
                text = std::max(text, said.size());
                std::istringstream words{said};
                for (std::string one; words >> one;)
                    word = std::max(word, one.size());
            };
            look(table.head[column]);
            for (const auto& row : table.rows)
                if (column < row.size())
                    look(row[column]);
            least.push_back(static_cast<double>(std::min(word, longest_word)) * letter + padding);
            wanted.push_back(static_cast<double>(std::min(text, longest_text)));
        }
        const double taken = std::accumulate(least.begin(), least.end(), 0.0);
        const double asked = std::accumulate(wanted.begin(), wanted.end(), 0.0);
        std::vector<int> millimetres;
        for (std::size_t column = 0; column < least.size(); ++column)
            millimetres.push_back(static_cast<int>(taken >= text_width ? text_width * least[column] / taken
                                                                       : least[column] + (text_width - taken) *
                                                                                             wanted[column] / asked));
        if (!millimetres.empty())
            millimetres.front() +=
                static_cast<int>(text_width) - std::accumulate(millimetres.begin(), millimetres.end(), 0);
        return millimetres;
    }

    std::string column_style(int millimetres)
    {
        const std::string name = fmt::format("Column{}", millimetres);
        if (!automatic_.find_child_by_attribute("style:style", "style:name", name.c_str()))
            add(add(automatic_, "style:style", {{"style:name", name}, {"style:family", "table-column"}}),
                "style:table-column-properties", {{"style:column-width", fmt::format("{}mm", millimetres)}});
        return name;
    }

    void write_table(const TableBlock& table)
    {
        if (!table.caption.empty())
            paragraph(body_, on_page("Table_20_caption").c_str(), table.caption);
        const auto right = [&](std::size_t column) {
            return std::find(table.numbers.begin(), table.numbers.end(), static_cast<int>(column)) !=
                   table.numbers.end();
        };
        xml_node node = add(body_, "table:table",
                            {{"table:name", fmt::format("Table{}", ++tables_)}, {"table:style-name", "Table"}});
        for (const auto width : widths(table))
            add(node, "table:table-column", {{"table:style-name", column_style(width)}});
        const auto cell = [&](xml_node row, const char* cell_style, const char* text_style, std::string_view text) {
            paragraph(
                add(row, "table:table-cell", {{"table:style-name", cell_style}, {"office:value-type", "string"}}),
                text_style, text);
        };
        xml_node head = add(add(node, "table:table-header-rows"), "table:table-row", {{"table:style-name", "Row"}});
        for (std::size_t column = 0; column < table.head.size(); ++column)
            cell(head, "Head_20_cell", right(column) ? "Table_20_head_20_right" : "Table_20_head",
                 table.head[column]);
        for (const auto& values : table.rows) {
            xml_node row = add(node, "table:table-row", {{"table:style-name", "Row"}});
            for (std::size_t column = 0; column < values.size(); ++column)
                cell(row, "Cell", right(column) ? "Table_20_number" : "Table_20_text", values[column]);
        }
        paragraph(body_, "Remark", "");
    }

    /// A picture apart does not take over the font of the document around it.
    static std::string in_font_of_text(std::string svg)
    {
        constexpr std::string_view element = "<svg";
        if (svg.starts_with(element))
            svg.insert(element.size(), fmt::format(" font-family=\"{}\"", text_font));
        return svg;
    }

    void write_figure(const FigureBlock& figure)
    {
        const std::string name = fmt::format("Pictures/figure{}.svg", pictures_.size() + 1);
        xml_node holder = paragraph(body_, on_page("Text_20_body").c_str(), "");
        xml_node frame = add(holder, "draw:frame",
                             {{"draw:name", fmt::format("Figure{}", pictures_.size() + 1)},
                              {"text:anchor-type", "as-char"},
                              {"svg:width", fmt::format("{}mm", figure.width)},
                              {"svg:height", fmt::format("{}mm", figure.height)},
                              {"draw:z-index", "0"}});
        add(frame, "draw:image",
            {{"xlink:href", name},
             {"xlink:type", "simple"},
             {"xlink:show", "embed"},
             {"xlink:actuate", "onLoad"},
             {"draw:mime-type", "image/svg+xml"}});
        add(frame, "svg:title").append_child(pugi::node_pcdata).set_value(plain(figure.title).c_str());
        add(frame, "svg:desc").append_child(pugi::node_pcdata).set_value(plain(figure.description).c_str());
        paragraph(body_, "Remark", figure.title);
        pictures_.push_back({name, in_font_of_text(figure.svg), "image/svg+xml"});
    }

    pugi::xml_document xml_;
    xml_node automatic_;
    xml_node body_;
    bool new_page_ = false;
    int tables_ = 0;
    std::vector<Entry> pictures_;
};

struct Look {
    const char* name;
    const char* parent;
    const char* size;
    const char* weight;
    const char* colour;
    const char* above;
    const char* below;
    const char* align;
};

// Measures as in print.css.
constexpr Look looks[] = {
    {"Text_20_body", "Standard", "10pt", "normal", "#14212b", "0mm", "2mm", "start"},
    {"Title", "Standard", "22pt", "bold", "#0b3a53", "0mm", "2mm", "start"},
    {"Subtitle", "Standard", "11.5pt", "normal", "#4a5560", "0mm", "5mm", "start"},
    {"Marker", "Standard", "10pt", "bold", "#8a3b00", "0mm", "3mm", "start"},
    {"Heading_20_1", "Standard", "14pt", "bold", "#0b3a53", "5mm", "1.5mm", "start"},
    {"Heading_20_2", "Standard", "12pt", "bold", "#14212b", "5mm", "1.5mm", "start"},
    {"Heading_20_3", "Standard", "10.5pt", "bold", "#14212b", "4mm", "1mm", "start"},
    {"Lead", "Text_20_body", "11.5pt", "normal", "#14212b", "0mm", "2mm", "start"},
    {"Remark", "Text_20_body", "8.5pt", "normal", "#4a5560", "0mm", "2mm", "start"},
    {"Tick", "Text_20_body", "10pt", "normal", "#14212b", "0mm", "1mm", "start"},
    {"List_20_item", "Text_20_body", "10pt", "normal", "#14212b", "0mm", "1mm", "start"},
    {"Table_20_caption", "Text_20_body", "8.5pt", "normal", "#4a5560", "2mm", "1mm", "start"},
    {"Table_20_text", "Text_20_body", "9.5pt", "normal", "#14212b", "0mm", "0mm", "start"},
    {"Table_20_number", "Table_20_text", "9.5pt", "normal", "#14212b", "0mm", "0mm", "end"},
    {"Table_20_head", "Table_20_text", "9.5pt", "bold", "#14212b", "0mm", "0mm", "start"},
    {"Table_20_head_20_right", "Table_20_head", "9.5pt", "bold", "#14212b", "0mm", "0mm", "end"},
    {"Footer", "Standard", "8.5pt", "normal", "#4a5560", "0mm", "0mm", "start"},
    {"Header", "Standard", "8.5pt", "bold", "#8a3b00", "0mm", "0mm", "start"},
};

std::string readable(std::string_view name)
{
    std::string out{name};
    for (auto at = out.find("_20_"); at != std::string::npos; at = out.find("_20_"))
        out.replace(at, 4, " ");
    return out;
}

void add_list_style(xml_node styles, const char* name, bool numbers)
{
    xml_node style = add(styles, "text:list-style", {{"style:name", name}});
    xml_node level =
        numbers ? add(style, "text:list-level-style-number",
                      {{"text:level", "1"}, {"style:num-suffix", "."}, {"style:num-format", "1"}})
                : add(style, "text:list-level-style-bullet", {{"text:level", "1"}, {"text:bullet-char", "•"}});
    xml_node properties =
        add(level, "style:list-level-properties", {{"text:list-level-position-and-space-mode", "label-alignment"}});
    add(properties, "style:list-level-label-alignment",
        {{"text:label-followed-by", "listtab"},
         {"text:list-tab-stop-position", "6mm"},
         {"fo:text-indent", "-6mm"},
         {"fo:margin-left", "6mm"}});
}

std::string styles(const Document& document)
{
    pugi::xml_document xml;
    xml_node top = root(xml, "office:document-styles");
    add(add(top, "office:font-face-decls"), "style:font-face",
        {{"style:name", "Text"},
         {"svg:font-family", fmt::format("'{}'", text_font)},
         {"style:font-family-generic", "swiss"},
         {"style:font-pitch", "variable"}});

    xml_node all = add(top, "office:styles");
    xml_node normal = add(all, "style:default-style", {{"style:family", "paragraph"}});
    add(normal, "style:paragraph-properties", {{"fo:orphans", "2"}, {"fo:widows", "2"}, {"fo:line-height", "120%"}});
    const auto country = document.language == "nl" ? "NL" : "GB";
    add(normal, "style:text-properties",
        {{"style:font-name", "Text"},
         {"fo:font-size", "10.5pt"},
         {"fo:language", document.language},
         {"fo:country", country},
         {"fo:color", "#14212b"}});
    add(all, "style:style", {{"style:name", "Standard"}, {"style:family", "paragraph"}, {"style:class", "text"}});
    for (const auto& look : looks) {
        const std::string_view name{look.name};
        xml_node style = add(all, "style:style",
                             {{"style:name", look.name},
                              {"style:display-name", readable(name)},
                              {"style:family", "paragraph"},
                              {"style:parent-style-name", look.parent}});
        if (name.starts_with("Heading")) {
            style.append_attribute("style:default-outline-level") = std::string{name.back()}.c_str();
            style.append_attribute("style:next-style-name") = "Text_20_body";
        }
        xml_node properties =
            add(style, "style:paragraph-properties",
                {{"fo:margin-top", look.above}, {"fo:margin-bottom", look.below}, {"fo:text-align", look.align}});
        if (name.starts_with("Heading") || name == "Table_20_caption")
            properties.append_attribute("fo:keep-with-next") = "always";
        add(style, "style:text-properties",
            {{"fo:font-size", look.size}, {"fo:font-weight", look.weight}, {"fo:color", look.colour}});
    }
    xml_node line = add(all, "style:style",
                        {{"style:name", "Write_20_line"},
                         {"style:display-name", "Write line"},
                         {"style:family", "paragraph"},
                         {"style:parent-style-name", "Text_20_body"}});
    add(line, "style:paragraph-properties",
        {{"fo:margin-top", "5mm"},
         {"fo:margin-bottom", "0mm"},
         {"fo:border-bottom", "0.2mm solid #4a5560"},
         {"fo:padding-bottom", "0.5mm"},
         {"style:join-border", "false"}});
    add_list_style(all, "Bullets", false);
    add_list_style(all, "Numbers", true);
    xml_node automatic = add(top, "office:automatic-styles");
    xml_node page = add(automatic, "style:page-layout", {{"style:name", "A4"}});
    add(page, "style:page-layout-properties",
        {{"fo:page-width", "210mm"},
         {"fo:page-height", "297mm"},
         {"style:print-orientation", "portrait"},
         {"fo:margin-top", "12mm"},
         {"fo:margin-bottom", "12mm"},
         {"fo:margin-left", "20mm"},
         {"fo:margin-right", "20mm"}});
    add(add(page, "style:header-style"), "style:header-footer-properties",
        {{"fo:min-height", "8mm"}, {"fo:margin-bottom", "4mm"}});
    add(add(page, "style:footer-style"), "style:header-footer-properties",
        {{"fo:min-height", "8mm"}, {"fo:margin-top", "4mm"}});
    xml_node master = add(add(top, "office:master-styles"), "style:master-page",
                          {{"style:name", "Standard"}, {"style:page-layout-name", "A4"}});
    paragraph(add(master, "style:header"), "Header", document.marker);
    xml_node footer = paragraph(add(master, "style:footer"), "Footer",
                                fmt::format("{} · {} · {} ", document.author, document.title, document.page_word));
    add(footer, "text:page-number", {{"text:select-page", "current"}}).append_child(pugi::node_pcdata).set_value("1");
    footer.append_child(pugi::node_pcdata).set_value(" / ");
    add(footer, "text:page-count").append_child(pugi::node_pcdata).set_value("1");
    return to_text(xml);
}

std::string metadata(const Document& document)
{
    pugi::xml_document xml;
    xml_node meta = add(root(xml, "office:document-meta"), "office:meta");
    const auto field = [&](const char* name, const std::string& value) {
        add(meta, name).append_child(pugi::node_pcdata).set_value(plain(value).c_str());
    };
    field("meta:generator", "Beproefd");
    field("dc:title", document.title);
    if (!document.subtitle.empty())
        field("dc:subject", document.subtitle);
    field("meta:initial-creator", document.author);
    field("dc:creator", document.author);
    field("dc:language", document.language);
    if (!document.date.empty())
        field("dc:date", document.date + "T00:00:00");
    return to_text(xml);
}

std::string manifest(const std::vector<Entry>& entries)
{
    pugi::xml_document xml;
    auto declaration = xml.append_child(pugi::node_declaration);
    declaration.append_attribute("version") = "1.0";
    declaration.append_attribute("encoding") = "UTF-8";
    xml_node top =
        add(xml.root(), "manifest:manifest",
            {{"xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"}, {"manifest:version", "1.3"}});
    add(top, "manifest:file-entry",
        {{"manifest:full-path", "/"}, {"manifest:version", "1.3"}, {"manifest:media-type", media_type}});
    for (const auto& entry : entries)
        add(top, "manifest:file-entry", {{"manifest:full-path", entry.name}, {"manifest:media-type", entry.type}});
    return to_text(xml);
}

/// A zip in memory, the entries in this order, each with the same moment, so that equal documents are equal files.
std::string zipped(const std::vector<Entry>& entries)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* memory = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (memory == nullptr)
        throw std::runtime_error("no memory for an ODT file");
    zip_source_keep(memory);
    const std::unique_ptr<zip_source_t, void (*)(zip_source_t*)> kept{memory, zip_source_free};
    zip_t* archive = zip_open_from_source(memory, ZIP_TRUNCATE, &error);
    if (archive == nullptr) {
        zip_source_free(memory);
        throw std::runtime_error(fmt::format("an ODT file cannot be made: {}", zip_error_strerror(&error)));
    }
    for (const auto& entry : entries) {
        zip_source_t* content = zip_source_buffer(archive, entry.content.data(), entry.content.size(), 0);
        const zip_int64_t index = zip_file_add(archive, entry.name.c_str(), content, ZIP_FL_ENC_UTF_8);
        // The first entry is found by its bytes and so is not compressed (part 2, 3.3).
        const zip_int32_t method = entry.name == "mimetype" ? ZIP_CM_STORE : ZIP_CM_DEFLATE;
        if (index < 0 || zip_set_file_compression(archive, static_cast<zip_uint64_t>(index), method, 6) != 0 ||
            zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), 0, 0x5821 /* 2024-01-01 */, 0) != 0) {
            const std::string why = zip_strerror(archive);
            zip_discard(archive);
            throw std::runtime_error("an ODT file cannot be made: " + why);
        }
    }
    if (zip_close(archive) != 0) {
        const std::string why = zip_strerror(archive);
        zip_discard(archive);
        throw std::runtime_error("an ODT file cannot be made: " + why);
    }
    if (zip_source_open(memory) != 0)
        throw std::runtime_error("an ODT file cannot be read back");
    zip_stat_t stat;
    zip_source_stat(memory, &stat);
    std::string bytes(stat.size, '\0');
    const auto read = zip_source_read(memory, bytes.data(), bytes.size());
    zip_source_close(memory);
    if (read != static_cast<zip_int64_t>(bytes.size()))
        throw std::runtime_error("an ODT file cannot be read back");
    return bytes;
}

} // namespace

std::string to_odt(const Document& document)
{
    Content content{document};
    std::vector<Entry> entries{{"content.xml", content.text(), "text/xml"},
                               {"styles.xml", styles(document), "text/xml"},
                               {"meta.xml", metadata(document), "text/xml"}};
    for (auto& picture : content.pictures())
        entries.push_back(std::move(picture));
    std::string list = manifest(entries);
    entries.push_back({"META-INF/manifest.xml", std::move(list), "text/xml"});
    entries.insert(entries.begin(), {"mimetype", media_type, ""});
    return zipped(entries);
}

} // namespace beproefd::documents
