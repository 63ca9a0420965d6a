// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/proof_file.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

namespace beproefd::quickscan {
namespace {

using namespace std::string_view_literals;

constexpr FileKind pdf{"application/pdf", "pdf"};
constexpr FileKind png{"image/png", "png"};
constexpr FileKind jpeg{"image/jpeg", "jpg"};
constexpr FileKind odt{"application/vnd.oasis.opendocument.text", "odt"};
constexpr FileKind ods{"application/vnd.oasis.opendocument.spreadsheet", "ods"};
constexpr FileKind docx{"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"};
constexpr FileKind xlsx{"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"};

std::uint32_t little(std::string_view bytes, std::size_t at, std::size_t count)
{
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < count; ++i)
        value |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[at + i])) << (8 * i);
    return value;
}

/// The names in the central directory of a ZIP file (PKWARE APPNOTE 4.3.12); empty when there is none that holds.
std::vector<std::string_view> names_in_zip(std::string_view bytes)
{
    constexpr std::size_t end_size = 22;
    const auto end = bytes.rfind("PK\x05\x06"sv);
    if (end == std::string_view::npos || end + end_size > bytes.size())
        return {};
    std::size_t entries = little(bytes, end + 10, 2);
    std::size_t at = little(bytes, end + 16, 4);
    std::vector<std::string_view> names;
    constexpr std::size_t header_size = 46;
    for (; entries > 0; --entries) {
        if (at + header_size > end || bytes.substr(at, 4) != "PK\x01\x02"sv)
            return {};
        const std::size_t name = little(bytes, at + 28, 2);
        const std::size_t more = little(bytes, at + 30, 2) + little(bytes, at + 32, 2);
        if (at + header_size + name + more > end)
            return {};
        names.push_back(bytes.substr(at + header_size, name));
        at += header_size + name + more;
    }
    return names;
}

std::optional<FileKind> kind_of_office_file(std::string_view bytes)
{
    const auto names = names_in_zip(bytes);
    const auto has = [&](std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const auto& name : names) {
        if (name.ends_with("vbaProject.bin") || name.starts_with("Basic/") || name.starts_with("Scripts/"))
            return std::nullopt;
    }
    // OpenDocument: the first entry is "mimetype", not compressed (ODF 1.3 part 2, 3.3).
    if (bytes.size() > 38 && bytes.substr(30, 8) == "mimetype" && little(bytes, 8, 2) == 0) {
        const auto type = bytes.substr(38 + little(bytes, 28, 2), little(bytes, 22, 4));
        for (const auto& kind : {odt, ods}) {
            if (type == kind.media_type && has("content.xml"))
                return kind;
        }
        return std::nullopt;
    }
    // Office Open XML: says itself what its parts are (ECMA-376 part 2, 10.1.2).
    if (!has("[Content_Types].xml"))
        return std::nullopt;
    if (has("word/document.xml"))
        return docx;
    if (has("xl/workbook.xml"))
        return xlsx;
    return std::nullopt;
}

constexpr std::string_view base64_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

} // namespace

std::optional<FileKind> kind_of_file(std::string_view bytes)
{
    if (bytes.starts_with("%PDF-"sv))
        return pdf;
    if (bytes.starts_with("\x89PNG\r\n\x1a\n"sv))
        return png;
    if (bytes.starts_with("\xff\xd8\xff"sv))
        return jpeg;
    if (bytes.starts_with("PK\x03\x04"sv))
        return kind_of_office_file(bytes);
    return std::nullopt;
}

bool name_fits(std::string_view name, const FileKind& kind)
{
    const auto point = name.rfind('.');
    if (point == std::string_view::npos)
        return false;
    std::string extension{name.substr(point + 1)};
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return extension == kind.extension || (kind.extension == "jpg" && extension == "jpeg");
}

std::string safe_file_name(std::string_view name)
{
    const auto slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos)
        name.remove_prefix(slash + 1);
    std::string safe;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        safe +=
            byte < 0x20 || byte == 0x7f || std::string_view{"\"<>:|?*;%"}.find(c) != std::string_view::npos ? '_' : c;
    }
    while (!safe.empty() && safe.front() == '.')
        safe.erase(safe.begin());
    return safe.empty() ? "bestand" : safe;
}

std::string to_base64(std::string_view bytes)
{
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const auto left = std::min<std::size_t>(3, bytes.size() - at);
        std::uint32_t three = 0;
        for (std::size_t i = 0; i < 3; ++i)
            three = three << 8 | (i < left ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= left ? base64_digits[three >> (18 - 6 * i) & 63] : '=';
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text)
{
    static constexpr auto value_of = [] {
        std::array<std::int8_t, 256> values{};
        for (auto& value : values)
            value = -1;
        for (std::size_t i = 0; i < base64_digits.size(); ++i)
            values[static_cast<unsigned char>(base64_digits[i])] = static_cast<std::int8_t>(i);
        return values;
    }();
    if (text.size() % 4 != 0)
        return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t at = 0; at < text.size(); at += 4) {
        const bool last = at + 4 == text.size();
        std::uint32_t three = 0;
        for (std::size_t i = 0; i < 4; ++i) {
            const bool padded = last && i >= 4 - padding;
            const auto value = padded ? 0 : value_of[static_cast<unsigned char>(text[at + i])];
            if (value < 0)
                return std::nullopt;
            three = three << 6 | static_cast<std::uint32_t>(value);
        }
        const std::size_t count = last ? 3 - padding : 3;
        for (std::size_t i = 0; i < count; ++i)
            bytes += static_cast<char>(three >> (16 - 8 * i) & 255);
    }
    return bytes;
}

} // namespace beproefd::quickscan
