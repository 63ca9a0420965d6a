// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A spreadsheet that someone uploads as a questionnaire. Whatever it is, reading must not break; what is read has no
// faults and is written and read again unchanged. An input that begins with "=" is taken for cells (tabs and lines,
// sheets apart by form feeds), so that the fuzzer also gets behind the archive.

#include "platform/documents/spreadsheet.hpp"
#include "quickscan/instrument/reading.hpp"
#include "quickscan/instrument/xlsform.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace beproefd;

std::vector<std::string_view> parts(std::string_view text, char separator)
{
    std::vector<std::string_view> out;
    while (true) {
        const auto end = text.find(separator);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return out;
        text.remove_prefix(end + 1);
    }
}

std::string spreadsheet_of(std::string_view text)
{
    static const std::vector<std::string> names{"survey", "choices", "settings"};
    std::vector<documents::TextSheet> sheets;
    for (const auto sheet : parts(text, '\f')) {
        if (sheets.size() == names.size())
            break;
        auto& rows = sheets.emplace_back(documents::TextSheet{names[sheets.size()], {}}).rows;
        for (const auto row : parts(sheet, '\n')) {
            auto& cells = rows.emplace_back();
            for (const auto cell : parts(row, '\t'))
                cells.emplace_back(cell.substr(0, 1000));
        }
    }
    return documents::to_text_xlsx(sheets);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view input{reinterpret_cast<const char*>(data), size};
    std::string made;
    if (input.starts_with('=')) {
        made = spreadsheet_of(input.substr(1, 20'000));
        input = made;
    }
    const auto read = quickscan::read_xlsform(input);
    if (!read)
        return 0;
    if (!quickscan::wrong_in(read->instrument).empty())
        std::abort();
    const auto again = quickscan::read_whole_xlsform(quickscan::to_xlsform(read->instrument));
    if (!again || *again != read->instrument)
        std::abort();
    return 0;
}
