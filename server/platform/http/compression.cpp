// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/compression.hpp"

#include <brotli/encode.h>
#include <zlib.h>

namespace beproefd::http {

namespace {

/// Levels for answers made on the spot: most of the saving for a small part of the time.
constexpr int brotli_quality = 4;
constexpr int gzip_level = 5;

bool is_compressible(std::string_view type)
{
    const auto name = type.substr(0, type.find(';'));
    return name.starts_with("text/") || name.ends_with("json") || name.ends_with("xml") || name == "image/svg+xml" ||
           name == "application/javascript";
}

std::string brotli(std::string_view text)
{
    std::size_t size = BrotliEncoderMaxCompressedSize(text.size());
    std::string out(size, '\0');
    if (BrotliEncoderCompress(brotli_quality, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                              reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                              reinterpret_cast<std::uint8_t*>(out.data())) != BROTLI_TRUE)
        return {};
    out.resize(size);
    return out;
}

std::string gzip(std::string_view text)
{
    z_stream stream{};
    if (deflateInit2(&stream, gzip_level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return {};
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const bool complete = deflate(&stream, Z_FINISH) == Z_STREAM_END;
    out.resize(complete ? stream.total_out : 0);
    deflateEnd(&stream);
    return out;
}

} // namespace

Coding preferred_coding(std::string_view accept_encoding, bool has_brotli, bool has_gzip)
{
    const int brotli_weight = has_brotli ? weight_in(accept_encoding, "br").value_or(0) : 0;
    const int gzip_weight = has_gzip ? weight_in(accept_encoding, "gzip").value_or(0) : 0;
    if (brotli_weight > 0 && brotli_weight >= gzip_weight)
        return Coding::brotli;
    return gzip_weight > 0 ? Coding::gzip : Coding::identity;
}

void compress(const Request& request, Response& response)
{
    if (response.file || response.body.size() < smallest_compressed || response.header("content-encoding") ||
        !is_compressible(response.header("content-type").value_or("")))
        return;
    const auto accepted = request.header("accept-encoding");
    const auto coding = accepted ? preferred_coding(*accepted) : Coding::identity;
    if (coding == Coding::identity)
        return;
    auto smaller = coding == Coding::brotli ? brotli(response.body) : gzip(response.body);
    if (smaller.empty() || smaller.size() >= response.body.size())
        return;
    response.body = std::move(smaller);
    response.with("content-encoding", coding == Coding::brotli ? "br" : "gzip");
}

bool names_tag(std::string_view if_none_match, std::string_view tag)
{
    const auto bare = [](std::string_view text) { return text.starts_with("W/") ? text.substr(2) : text; };
    while (!if_none_match.empty()) {
        const auto comma = if_none_match.find(',');
        auto element = if_none_match.substr(0, comma);
        if_none_match = comma == std::string_view::npos ? std::string_view{} : if_none_match.substr(comma + 1);
        while (!element.empty() && element.front() == ' ')
            element.remove_prefix(1);
        while (!element.empty() && element.back() == ' ')
            element.remove_suffix(1);
        if (element == "*" || bare(element) == bare(tag))
            return true;
    }
    return false;
}

} // namespace beproefd::http
