// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/sentences.hpp"
#include "platform/documents/text/document.hpp"
#include "quickscan/scan/result.hpp"

#include <optional>
#include <span>
#include <string>

/// What a scan says, as a document for who has to read it. Pure: the same result always gives the same document.
namespace beproefd::quickscan {

enum class ReportKind {
    council,  ///< two pages in plain words; without reasons, proof and functions
    partners, ///< per theme, or one theme; without reasons, proof and functions, because it goes outside
    full,     ///< everything, for inside the municipality
    outline,  ///< an empty programme with a chapter per theme (R8)
};
BOOST_DESCRIBE_ENUM(ReportKind, council, partners, full, outline)

/// What a report needs besides the result.
struct ReportSubject {
    ReportKind kind = ReportKind::council;
    std::optional<std::string> theme; ///< of a report for partners: only this one
    std::string municipality;
    bool demonstration = false; ///< invented: every page says so
    Day made_on;
    describe::Language language = describe::Language::nl;
};

/// instrument in the words for the scan's size class.
documents::Document report_of(const Instrument& instrument, const ScanResult& result,
                              std::span<const ActionView> actions, const ReportSubject& subject);

/// The questionnaire to fill in by hand: per question how to read it, the answers, the parts and room to write.
documents::Document paper_form(const Instrument& instrument, describe::Language language, Day made_on);

/// "verslag-raad-2026.pdf"
std::string report_file_name(const ReportSubject& subject, Day period_to, std::string_view ending);
std::string paper_file_name(describe::Language language);

/// 1½, ¾, 2 or 1 2/3, as people write it.
std::string written(Fraction points);

namespace detail {
/// Scores as bars and as a radar; each theme with its title and whole percents, or none where there is no score.
struct ThemePoint {
    std::string title;
    std::optional<std::int64_t> percent;
};
std::string bars_svg(std::span<const ThemePoint> points, std::string_view no_score);
std::string radar_svg(std::span<const ThemePoint> points);
} // namespace detail

} // namespace beproefd::quickscan
