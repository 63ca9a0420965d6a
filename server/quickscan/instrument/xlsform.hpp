// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "quickscan/instrument/instrument.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Instruments as XLSForm (xlsform.org), the form that survey programs share: a spreadsheet with the sheets survey,
/// choices and settings. What XLSForm cannot say stands in columns named beproefd_…, which other programs pass over.
namespace beproefd::quickscan {

/// The instrument as a spreadsheet, in which other programs find a form that they can show: themes are groups, shared
/// explanations are notes, explanations are hints, parts are a second question that appears with "partly". The same
/// instrument always gives the same bytes. The instrument must be free of faults (wrong_in).
std::string to_xlsform(const Instrument& instrument);

/// One thing of a foreign form that has no place here.
struct LeftOutPart {
    std::string sheet;
    int row = 0;        ///< as the spreadsheet numbers it; 0 for a whole sheet
    std::string column; ///< letter and name: "F relevant"; empty for a whole row
    std::string code;   ///< its sentence stands in reasons.*.json
    Words text;         ///< that sentence
    bool operator==(const LeftOutPart&) const = default;
};
BOOST_DESCRIBE_STRUCT(LeftOutPart, (), (sheet, row, column, code, text))

struct XlsformReading {
    Instrument instrument;
    std::vector<LeftOutPart> left_out; ///< empty for every form that to_xlsform wrote
};

/// Reads a form. One that to_xlsform wrote gives the same instrument back. Of a foreign form, what has no place here
/// is named part by part and left out: skip logic, computed and required questions, other types, repeats, media,
/// third languages. A form in one language has its text in both. A foreign form becomes a draft of kind survey.
///
/// Refuses what is no spreadsheet (documents/spreadsheet.hpp) and, with sheet, row and column of every error at once,
/// what makes no instrument: no sheet survey, columns that occur twice, names that cannot be used or occur twice,
/// choices that are missing, and all that wrong_in refuses.
Result<XlsformReading> read_xlsform(std::string_view bytes);

/// The same, but a form with parts that have no place here is refused, with all of them.
Result<Instrument> read_whole_xlsform(std::string_view bytes);

} // namespace beproefd::quickscan
