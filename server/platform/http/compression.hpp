// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/message.hpp"

namespace beproefd::http {

/// Answers smaller than this travel as they are: the saving is less than a packet. Bytes.
inline constexpr std::size_t smallest_compressed = 1024;

enum class Coding { identity, gzip, brotli };

/// What Accept-Encoding prefers of what we offer; brotli before gzip at equal weight.
Coding preferred_coding(std::string_view accept_encoding, bool has_brotli = true, bool has_gzip = true);

/// Compresses a text answer when the client takes it and it is large enough, and says so in the headers.
void compress(const Request& request, Response& response);

/// True when If-None-Match names this entity tag, compared weakly (RFC 9110 §13.1.2).
bool names_tag(std::string_view if_none_match, std::string_view tag);

} // namespace beproefd::http
