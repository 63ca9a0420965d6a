// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/spreadsheet.hpp"
#include "platform/documents/table.hpp"

#include <xlsxwriter.h>

#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <unistd.h>

namespace beproefd::documents {
namespace {

void must(lxw_error error)
{
    if (error != LXW_NO_ERROR)
        throw std::runtime_error(fmt::format("the spreadsheet cannot be written: {}", lxw_strerror(error)));
}

/// The formats of one workbook; those for numbers are made when first used.
class Formats
{
public:
    explicit Formats(lxw_workbook* book) : book_(book)
    {
        title = workbook_add_format(book);
        format_set_bold(title);
        format_set_font_size(title, 14);
        head = workbook_add_format(book);
        format_set_bold(head);
        format_set_text_wrap(head);
        format_set_bottom(head, LXW_BORDER_THIN);
        day = workbook_add_format(book);
        format_set_num_format(day, "yyyy-mm-dd");
    }

    lxw_format* number(int decimals)
    {
        auto& format = numbers_[decimals];
        if (!format) {
            format = workbook_add_format(book_);
            format_set_num_format(
                format,
                decimals == 0 ? "#,##0" : ("#,##0." + std::string(static_cast<std::size_t>(decimals), '0')).c_str());
        }
        return format;
    }

    lxw_format* title;
    lxw_format* head;
    lxw_format* day;

private:
    lxw_workbook* book_;
    std::map<int, lxw_format*> numbers_;
};

struct CellWriter {
    lxw_worksheet* sheet;
    Formats& formats;
    lxw_row_t row;
    lxw_col_t column;

    void operator()(std::monostate) const {}
    void operator()(const std::string& text) const
    {
        must(worksheet_write_string(sheet, row, column, text.c_str(), nullptr));
    }
    void operator()(std::int64_t number) const
    {
        must(worksheet_write_number(sheet, row, column, static_cast<double>(number), formats.number(0)));
    }
    void operator()(const Decimal& number) const
    {
        must(worksheet_write_number(sheet, row, column, number.value, formats.number(number.decimals)));
    }
    void operator()(Day day) const
    {
        const std::chrono::year_month_day date{day.days()};
        lxw_datetime moment{static_cast<int>(date.year()),
                            static_cast<int>(static_cast<unsigned>(date.month())),
                            static_cast<int>(static_cast<unsigned>(date.day())),
                            0,
                            0,
                            0};
        must(worksheet_write_datetime(sheet, row, column, &moment, formats.day));
    }
};

void write(lxw_workbook* book, Formats& formats, const Sheet& content)
{
    lxw_worksheet* sheet = workbook_add_worksheet(book, content.name.c_str());
    if (!sheet)
        throw std::runtime_error(fmt::format("a sheet cannot be named {}", content.name));
    for (std::size_t i = 0; i < content.columns.size(); ++i)
        must(worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i),
                                  content.columns[i].width, nullptr));

    lxw_row_t row = 0;
    must(worksheet_write_string(sheet, row++, 0, content.title.c_str(), formats.title));
    for (const auto& remark : content.remarks)
        must(worksheet_write_string(sheet, row++, 0, remark.c_str(), nullptr));
    ++row;
    const lxw_row_t head = row;
    for (std::size_t i = 0; i < content.columns.size(); ++i)
        must(worksheet_write_string(sheet, row, static_cast<lxw_col_t>(i), content.columns[i].label.c_str(),
                                    formats.head));
    for (const auto& cells : content.rows) {
        ++row;
        for (std::size_t i = 0; i < cells.size(); ++i)
            std::visit(CellWriter{sheet, formats, row, static_cast<lxw_col_t>(i)}, cells[i]);
    }
    worksheet_freeze_panes(sheet, head + 1, 1);
    if (!content.columns.empty() && !content.rows.empty())
        must(worksheet_autofilter(sheet, head, 0, row, static_cast<lxw_col_t>(content.columns.size() - 1)));
}

/// Text that looks like the escape of a character (_x000D_) with its underscore escaped: spreadsheets read it as text
/// only so, and libxlsxwriter leaves it to us.
std::string escaped(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto hexadecimal = [&](std::size_t at) { return std::isxdigit(static_cast<unsigned char>(text[at])); };
        if (text[i] == '_' && i + 7 <= text.size() && text[i + 1] == 'x' && text[i + 6] == '_' &&
            hexadecimal(i + 2) && hexadecimal(i + 3) && hexadecimal(i + 4) && hexadecimal(i + 5))
            out += "_x005F";
        out += text[i];
    }
    return out;
}

/// What `fill` writes into a workbook, as bytes.
template<class Fill>
std::string workbook_bytes(lxw_workbook_options options, Fill fill)
{
    // Debian's libxlsxwriter writes to a file only; the file is gone when this function ends.
    std::string path = (std::filesystem::temp_directory_path() / "beproefd-XXXXXX").string();
    const int file = mkstemp(path.data());
    if (file < 0)
        throw std::system_error(errno, std::generic_category(), path);
    ::close(file);
    struct Remover {
        const std::string& path;
        ~Remover() { ::unlink(path.c_str()); }
    } const remover{path};

    lxw_workbook* book = workbook_new_opt(path.c_str(), &options);
    if (!book)
        throw std::runtime_error("the spreadsheet cannot be made");
    try {
        fill(book);
    } catch (...) {
        lxw_workbook_free(book);
        throw;
    }
    must(workbook_close(book));

    std::ifstream made{path, std::ios::binary};
    std::ostringstream bytes;
    bytes << made.rdbuf();
    if (!made)
        throw std::runtime_error("the spreadsheet cannot be read back");
    return std::move(bytes).str();
}

} // namespace

std::string to_xlsx(const std::vector<Sheet>& sheets)
{
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    return workbook_bytes(options, [&](lxw_workbook* book) {
        Formats formats{book};
        for (const auto& sheet : sheets)
            write(book, formats, sheet);
    });
}

std::string to_text_xlsx(const std::vector<TextSheet>& sheets)
{
    return workbook_bytes({}, [&](lxw_workbook* book) {
        lxw_doc_properties properties{};
        properties.created = 946'684'800; // 1 January 2000: a moment of making would make every file another one
        must(workbook_set_properties(book, &properties));
        lxw_format* head = workbook_add_format(book);
        format_set_bold(head);
        for (const auto& content : sheets) {
            lxw_worksheet* sheet = workbook_add_worksheet(book, content.name.c_str());
            if (!sheet)
                throw std::runtime_error(fmt::format("a sheet cannot be named {}", content.name));
            for (std::size_t row = 0; row < content.rows.size(); ++row) {
                for (std::size_t column = 0; column < content.rows[row].size(); ++column) {
                    if (const auto& text = content.rows[row][column]; !text.empty())
                        must(worksheet_write_string(sheet, static_cast<lxw_row_t>(row),
                                                    static_cast<lxw_col_t>(column), escaped(text).c_str(),
                                                    row == 0 ? head : nullptr));
                }
            }
            if (!content.rows.empty() && !content.rows[0].empty())
                must(worksheet_set_column(sheet, 0, static_cast<lxw_col_t>(content.rows[0].size() - 1), 24, nullptr));
            worksheet_freeze_panes(sheet, 1, 0);
        }
    });
}

} // namespace beproefd::documents
