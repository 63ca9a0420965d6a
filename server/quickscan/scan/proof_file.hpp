// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace beproefd::quickscan {

/// Bytes; more is refused.
inline constexpr std::size_t largest_proof_file = 10 * 1024 * 1024;
/// Files that one respondent may add to one question.
inline constexpr int most_proof_files = 5;

/// A kind of file that can be proof.
struct FileKind {
    std::string_view media_type;
    std::string_view extension; ///< without the point
};

/// What the bytes are, whatever they are called: PDF, PNG, JPEG, or an office document (ODT, ODS, DOCX, XLSX) without
/// macros. Empty for everything else, HTML and SVG included.
std::optional<FileKind> kind_of_file(std::string_view bytes);

/// Whether a name fits the kind: "plan.pdf" for a PDF, also "PLAN.PDF", and "jpeg" for JPEG.
bool name_fits(std::string_view name, const FileKind& kind);

/// A name that is safe to save under: no folders, no control characters, no quotes.
std::string safe_file_name(std::string_view name);

std::string to_base64(std::string_view bytes);
/// Empty when the text is not base64 (RFC 4648 §4).
std::optional<std::string> from_base64(std::string_view text);

} // namespace beproefd::quickscan
