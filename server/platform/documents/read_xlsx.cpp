// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/bounded.hpp"
#include "platform/documents/reasons.hpp"
#include "platform/documents/spreadsheet.hpp"

#include <fmt/format.h>
#include <pugixml.hpp>
#include <zip.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <memory>
#include <optional>

namespace beproefd::documents {
namespace {

/// Thrown inside this file only: a deep refusal comes out of read_xlsx as a Problem.
struct Refusal {
    Problem problem;
};

[[noreturn]] void refuse_file(Reason reason, std::vector<Parameter> parameters = {})
{
    Problem problem = refuse(reason, std::move(parameters));
    problem.kind = ProblemKind::invalid_input;
    throw Refusal{std::move(problem)};
}

[[noreturn]] void too_big(std::string what)
{
    refuse_file(reasons::spreadsheet_too_big, {{"what", std::move(what)}});
}

/// The name without its namespace prefix: some programs write x:row for row.
std::string_view local(const char* name)
{
    const std::string_view text{name};
    const auto colon = text.find(':');
    return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name)
{
    for (const auto& one : node.children()) {
        if (local(one.name()) == name)
            return one;
    }
    return {};
}

std::string_view attribute(const pugi::xml_node& node, std::string_view name)
{
    for (const auto& one : node.attributes()) {
        if (local(one.name()) == name)
            return one.value();
    }
    return {};
}

class Archive
{
public:
    Archive(std::string_view bytes, const SpreadsheetLimits& limits) : limits_(limits)
    {
        zip_error_t error;
        zip_error_init(&error);
        zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
        archive_.reset(source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr);
        if (!archive_ && source)
            zip_source_free(source);
        zip_error_fini(&error);
        if (!archive_)
            refuse_file(reasons::not_a_spreadsheet);
        if (static_cast<std::size_t>(zip_get_num_entries(archive_.get(), 0)) > limits.entries)
            too_big("entries");
    }

    /// The unpacked file; empty when there is none of that name.
    std::optional<std::string> read(const std::string& name)
    {
        zip_stat_t told;
        if (zip_stat(archive_.get(), name.c_str(), 0, &told) != 0)
            return std::nullopt;
        if (told.encryption_method != ZIP_EM_NONE)
            refuse_file(reasons::spreadsheet_encrypted);
        const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> file{zip_fopen_index(archive_.get(), told.index, 0),
                                                                     zip_fclose};
        if (!file)
            refuse_file(reasons::not_a_spreadsheet);
        // What the archive says of its own sizes is not believed: the bytes are counted as they come.
        const std::size_t by_expansion = 1'000'000 + limits_.most_expansion * told.comp_size;
        const std::size_t most = std::min({limits_.part_bytes, limits_.all_bytes - read_, by_expansion});
        std::string out;
        std::string chunk(64 * 1024, '\0');
        while (true) {
            const auto got = zip_fread(file.get(), chunk.data(), chunk.size());
            if (got < 0)
                refuse_file(reasons::not_a_spreadsheet);
            if (got == 0)
                break;
            if (out.size() + static_cast<std::size_t>(got) > most)
                too_big(name);
            out.append(chunk, 0, static_cast<std::size_t>(got));
        }
        read_ += out.size();
        return out;
    }

private:
    const SpreadsheetLimits& limits_;
    std::unique_ptr<zip_t, void (*)(zip_t*)> archive_{nullptr, zip_discard};
    std::size_t read_ = 0;
};

void parse(const std::string& text, pugi::xml_document& out)
{
    constexpr unsigned options = pugi::parse_cdata | pugi::parse_escapes | pugi::parse_eol |
                                 pugi::parse_wconv_attribute | pugi::parse_doctype | pugi::parse_ws_pcdata;
    if (!out.load_buffer(text.data(), text.size(), options, pugi::encoding_utf8))
        refuse_file(reasons::not_a_spreadsheet);
    // Spreadsheets declare no document type; who does may be after entities.
    for (const auto& node : out.children()) {
        if (node.type() == pugi::node_doctype)
            refuse_file(reasons::spreadsheet_doctype);
    }
}

/// _x000D_ stands for a character that XML cannot hold, and _x005F_ for the underscore of a text that looks like
/// that.
std::string unescaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size();) {
        unsigned code = 0;
        if (i + 7 <= text.size() && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_' &&
            std::from_chars(text.data() + i + 2, text.data() + i + 6, code, 16).ptr == text.data() + i + 6 &&
            code < 0x80) {
            out += static_cast<char>(code);
            i += 7;
        } else {
            out += text[i++];
        }
    }
    return out;
}

/// The text of <si> or <is>: plain or in runs, without phonetic readings.
std::string rich_text(const pugi::xml_node& node)
{
    std::string out;
    for (const auto& part : node.children()) {
        if (local(part.name()) == "t")
            out += part.child_value();
        else if (local(part.name()) == "r")
            out += child(part, "t").child_value();
    }
    return unescaped(out);
}

/// "C7" → 2; the next column where no reference stands.
std::uint32_t column_of(std::string_view reference, std::uint32_t next)
{
    std::uint32_t column = 0;
    for (const char c : reference) {
        if (c < 'A' || c > 'Z' || column > 100'000)
            break;
        column = column * 26 + static_cast<std::uint32_t>(c - 'A') + 1;
    }
    return column == 0 ? next : column - 1;
}

class Workbook
{
public:
    Workbook(std::string_view bytes, const SpreadsheetLimits& limits) : limits_(limits), archive_(bytes, limits) {}

    std::vector<ReadSheet> sheets()
    {
        const auto book_text = archive_.read("xl/workbook.xml");
        const auto links_text = archive_.read("xl/_rels/workbook.xml.rels");
        if (!book_text || !links_text)
            refuse_file(reasons::not_a_spreadsheet);
        pugi::xml_document links;
        parse(*links_text, links);
        std::map<std::string, std::string, std::less<>> targets;
        for (const auto& one : child(links, "Relationships").children())
            targets.emplace(attribute(one, "Id"), attribute(one, "Target"));
        shared_strings();

        pugi::xml_document book;
        parse(*book_text, book);
        std::vector<ReadSheet> out;
        for (const auto& one : child(child(book, "workbook"), "sheets").children()) {
            if (local(one.name()) != "sheet")
                continue;
            if (out.size() == limits_.sheets)
                too_big("sheets");
            ReadSheet sheet{std::string{attribute(one, "name")}, {}};
            std::string_view id;
            for (const auto& each : one.attributes()) {
                // r:id, not id or sheetId
                if (const std::string_view name{each.name()}; name.ends_with(":id"))
                    id = each.value();
            }
            const auto target = targets.find(id);
            if (target == targets.end() || !utf8_length(sheet.name))
                refuse_file(reasons::not_a_spreadsheet);
            const std::string_view path = target->second;
            const auto text =
                archive_.read(path.starts_with('/') ? std::string{path.substr(1)} : "xl/" + std::string{path});
            if (!text)
                refuse_file(reasons::not_a_spreadsheet);
            pugi::xml_document content;
            parse(*text, content);
            rows(child(child(content, "worksheet"), "sheetData"), sheet);
            out.push_back(std::move(sheet));
        }
        return out;
    }

private:
    void shared_strings()
    {
        const auto text = archive_.read("xl/sharedStrings.xml");
        if (!text)
            return;
        pugi::xml_document strings;
        parse(*text, strings);
        for (const auto& one : child(strings, "sst").children()) {
            if (local(one.name()) == "si")
                strings_.push_back(rich_text(one));
        }
    }

    void rows(const pugi::xml_node& data, ReadSheet& sheet)
    {
        std::uint32_t next_row = 1;
        for (const auto& row : data.children()) {
            if (local(row.name()) != "row")
                continue;
            ReadRow out;
            out.number = next_row;
            if (const auto told = attribute(row, "r"); !told.empty())
                std::from_chars(told.data(), told.data() + told.size(), out.number);
            if (out.number < next_row)
                refuse_file(reasons::not_a_spreadsheet);
            next_row = out.number + 1;
            if (out.number > limits_.rows)
                too_big("rows");
            cells(row, out);
            if (!out.cells.empty())
                sheet.rows.push_back(std::move(out));
        }
    }

    void cells(const pugi::xml_node& row, ReadRow& out)
    {
        std::uint32_t next = 0;
        for (const auto& cell : row.children()) {
            if (local(cell.name()) != "c")
                continue;
            const auto column = column_of(attribute(cell, "r"), next);
            if (column < next)
                refuse_file(reasons::not_a_spreadsheet);
            if (column >= limits_.columns)
                too_big("columns");
            next = column + 1;
            std::string text = value(cell);
            const bool formula = static_cast<bool>(child(cell, "f"));
            if (text.empty() && !formula)
                continue;
            text_bytes_ += text.size();
            if (text_bytes_ > limits_.text_bytes)
                too_big("text");
            if (!utf8_length(text))
                refuse_file(reasons::not_a_spreadsheet);
            out.cells.resize(column + 1);
            out.cells[column] = std::move(text);
            if (formula)
                out.formulas.push_back(column);
        }
    }

    std::string value(const pugi::xml_node& cell) const
    {
        const auto type = attribute(cell, "t");
        if (type == "inlineStr")
            return rich_text(child(cell, "is"));
        const std::string_view kept = child(cell, "v").child_value();
        if (type == "s") {
            std::size_t index = strings_.size();
            const auto [stop, fault] = std::from_chars(kept.data(), kept.data() + kept.size(), index);
            if (fault != std::errc{} || stop != kept.data() + kept.size() || index >= strings_.size())
                refuse_file(reasons::not_a_spreadsheet);
            return strings_[index];
        }
        if (type == "b")
            return kept == "1" ? "TRUE" : "FALSE";
        return unescaped(kept);
    }

    const SpreadsheetLimits& limits_;
    Archive archive_;
    std::vector<std::string> strings_;
    std::size_t text_bytes_ = 0;
};

} // namespace

Result<std::vector<ReadSheet>> read_xlsx(std::string_view bytes, const SpreadsheetLimits& limits)
{
    try {
        return Workbook{bytes, limits}.sheets();
    } catch (Refusal& refusal) {
        return std::move(refusal.problem);
    }
}

std::string column_letters(std::uint32_t column)
{
    std::string out;
    for (++column; column > 0; column = (column - 1) / 26)
        out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
    return out;
}

} // namespace beproefd::documents
