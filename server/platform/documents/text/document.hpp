// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace beproefd::documents {

enum class BlockKind {
    heading, ///< `level` 1 to 3; the title of the document stands above level 1
    lead,    ///< the paragraph that says what it comes to
    paragraph,
    remark, ///< smaller: sources, how it was counted
    bullets,
    numbered,
    tick,       ///< a box to tick, for on paper
    write_line, ///< an empty line to write on
    table,
    figure,
    new_page,
};
BOOST_DESCRIBE_ENUM(BlockKind, heading, lead, paragraph, remark, bullets, numbered, tick, write_line, table, figure,
                    new_page)

struct TableBlock {
    static constexpr auto schema_name = "DocumentTable";
    std::string caption;
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows; ///< each as long as the head; its first cell names the row
    std::vector<int> numbers;                   ///< columns, from 0, that are set to the right
    bool operator==(const TableBlock&) const = default;
};
BOOST_DESCRIBE_STRUCT(TableBlock, (), (caption, head, rows, numbers))

/// A picture that says nothing a table does not say as well.
struct FigureBlock {
    static constexpr auto schema_name = "DocumentFigure";
    std::string svg;         ///< with a viewBox, without scripts and addresses elsewhere; in the font of the text
    std::string title;       ///< what is shown
    std::string description; ///< for who does not see it
    int width = 0;           ///< millimetres
    int height = 0;
    bool operator==(const FigureBlock&) const = default;
};
BOOST_DESCRIBE_STRUCT(FigureBlock, (), (svg, title, description, width, height))

struct Block {
    static constexpr auto schema_name = "DocumentBlock";
    BlockKind kind = BlockKind::paragraph;
    int level = 0;                    ///< of a heading
    std::string text{};               ///< of heading, lead, paragraph, remark, tick
    std::vector<std::string> items{}; ///< of bullets and numbered
    std::optional<TableBlock> table{};
    std::optional<FigureBlock> figure{};
    bool operator==(const Block&) const = default;
};
BOOST_DESCRIBE_STRUCT(Block, (), (kind, level, text, items, table, figure))

/// A document before it has a form: the page, the PDF and the ODT are written from this one thing, so that they say
/// the same. Text is plain text; every writer escapes it.
struct Document {
    std::string title;
    std::string subtitle;
    std::string language = "nl"; ///< BCP 47
    std::string author;          ///< the organisation
    std::string marker;          ///< on every page, such as "Voorbeeldgegevens"; may be empty
    std::string date;            ///< of what it says, ISO 8601
    std::string page_word;       ///< "Bladzijde", in the language of the document
    std::vector<Block> blocks;
    bool operator==(const Document&) const = default;

    // Writing one, a block a line.
    void heading(int level, std::string text);
    void lead(std::string text);
    void paragraph(std::string text);
    void remark(std::string text);
    void bullets(std::vector<std::string> items);
    void numbered(std::vector<std::string> items);
    void tick(std::string text);
    void write_lines(int count);
    void table(TableBlock table);
    void figure(FigureBlock figure);
    void new_page();
};
BOOST_DESCRIBE_STRUCT(Document, (), (title, subtitle, language, author, marker, date, page_word, blocks))

/// One self-contained page: no scripts, nothing fetched. It prints on A4 with the marker and the title on every page.
std::string to_html(const Document& document);

/// OpenDocument text 1.3 (ISO/IEC 26300): headings as headings, tables with head rows, title, language and date as
/// metadata, numbered pages. The same document gives the same bytes. Throws std::runtime_error when the file
/// cannot be made.
std::string to_odt(const Document& document);

} // namespace beproefd::documents
