// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/actor.hpp"
#include "platform/core/result.hpp"
#include "platform/describe/sentences.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace beproefd::http {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

std::string_view method_name(Method method);

/// GET, HEAD and OPTIONS change nothing (RFC 9110 §9.2.1).
constexpr bool is_safe(Method method)
{
    return method == Method::get || method == Method::head || method == Method::options;
}

using describe::Language;

constexpr std::string_view language_name(Language language) { return language == Language::nl ? "nl" : "en"; }

/// What Accept-Language asks: English when its weight is above that of Dutch, Dutch otherwise (RFC 9110 §12.5.4).
Language preferred_language(std::string_view accept_language);

/// The weight (0 to 1000) that a list such as Accept-Encoding gives a name; "*" counts when the name is absent.
/// Empty when the list names neither.
std::optional<int> weight_in(std::string_view list, std::string_view name);

struct Header {
    std::string name; ///< lower case
    std::string value;
};

/// The value of the first header of that name (lower case), or empty.
std::optional<std::string_view> find_header(const std::vector<Header>& headers, std::string_view name);

struct Route;

/// One request, complete with its body when a handler sees it.
struct Request {
    Method method = Method::get;
    std::string method_text;      ///< as sent; only of use when method is other
    std::string target;           ///< as sent, path and query
    std::string path;             ///< the path as sent, still percent-encoded
    std::vector<Parameter> query; ///< decoded, in the order sent
    std::vector<Header> headers;
    std::string body;
    std::vector<std::string> path_parameters; ///< decoded, in the order of the route's pattern
    std::string remote_address;               ///< of the client; behind a trusted proxy the one that the proxy saw
    std::string id;                           ///< goes out as X-Request-Id and stands in the log
    Language language = Language::nl;
    bool secure = false;                 ///< arrived over TLS, at this server or at a trusted proxy
    const Route* route = nullptr;        ///< which route answers, once found
    std::shared_ptr<const Actor> caller; ///< set before a handler runs

    std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }

    /// The value of one cookie, or empty.
    std::optional<std::string_view> cookie(std::string_view name) const;

    /// Who asks. The public when nobody signed in.
    const Actor& actor() const;

    /// The row version of If-Match: "v7". The router has refused the request when a route needs it and it is missing.
    std::optional<std::int64_t> if_match_version() const;

    /// Idempotency-Key, on routes that create a record always present.
    std::string idempotency_key() const;

    /// SHA-256 over method, path and body, in hexadecimal: tells a repeated Idempotency-Key with the same request
    /// from one with another.
    std::string fingerprint() const;
};

/// An open file, closed when the last answer that sends it is gone.
class OpenFile
{
public:
    explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
    ~OpenFile();
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

/// One answer. The transport adds Date, Content-Length, Connection, X-Request-Id and the security headers.
struct Response {
    int status = 200;
    std::vector<Header> headers{};
    std::string body{};
    std::shared_ptr<const OpenFile> file{}; ///< sent instead of body
    std::uint64_t file_size = 0;            ///< bytes
    bool close = false;                     ///< end the connection after this answer

    Response& with(std::string name, std::string value)
    {
        headers.push_back({std::move(name), std::move(value)});
        return *this;
    }
    std::optional<std::string_view> header(std::string_view name) const { return find_header(headers, name); }
};

/// The sentence of RFC 9110 for a status: "Not Found".
std::string_view status_text(int status);

/// Percent-decodes; empty for a broken escape and for a NUL. plus_is_space for query strings.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space = false);

/// Splits "?a=1&b=2" (without the question mark) into decoded names and values; empty when an escape is broken or
/// something is not UTF-8.
std::optional<std::vector<Parameter>> parsed_query(std::string_view query);

/// Percent-encodes all but letters, digits and "-._~" (RFC 3986 §2.3); what RFC 8187 wants after UTF-8''.
std::string percent_encoded(std::string_view text);

/// The name with "_" for what is not ASCII, for clients that do not know filename*.
std::string ascii_file_name(std::string_view name);

/// "Sat, 21 Nov 2026 04:00:00 GMT" (RFC 9110 §5.6.7), for seconds since 1970.
std::string http_date(std::int64_t seconds);

} // namespace beproefd::http
