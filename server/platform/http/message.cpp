// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/message.hpp"

#include "platform/core/bounded.hpp"
#include "platform/core/sha256.hpp"
#include "platform/http/letters.hpp"

#include <charconv>
#include <ctime>
#include <unistd.h>

namespace beproefd::http {

namespace {

/// "0.7" → 700. Anything that is not a weight counts as 1000, as a missing one does.
int weight(std::string_view text)
{
    if (text.empty() || (text[0] != '0' && text[0] != '1'))
        return 1000;
    int value = (text[0] - '0') * 1000;
    int step = 100;
    for (std::size_t i = 2; i < text.size() && i < 5; ++i, step /= 10)
        if (text[i] >= '0' && text[i] <= '9')
            value += (text[i] - '0') * step;
    return std::min(value, 1000);
}

/// Calls seen(name, weight) for each element of "nl;q=0.9, en".
template<class Seen>
void each_weighted(std::string_view list, Seen&& seen)
{
    while (!list.empty()) {
        const auto comma = list.find(',');
        auto element = list.substr(0, comma);
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
        const auto semicolon = element.find(';');
        const auto name = trimmed(element.substr(0, semicolon));
        int value = 1000;
        if (semicolon != std::string_view::npos) {
            const auto parameter = trimmed(element.substr(semicolon + 1));
            if (parameter.size() > 2 && (parameter[0] == 'q' || parameter[0] == 'Q') && parameter[1] == '=')
                value = weight(parameter.substr(2));
        }
        if (!name.empty())
            seen(name, value);
    }
}

} // namespace

std::string_view method_name(Method method)
{
    switch (method) {
    case Method::get:
        return "GET";
    case Method::head:
        return "HEAD";
    case Method::post:
        return "POST";
    case Method::put:
        return "PUT";
    case Method::patch:
        return "PATCH";
    case Method::delete_:
        return "DELETE";
    case Method::options:
        return "OPTIONS";
    case Method::other:
        break;
    }
    return "OTHER";
}

Language preferred_language(std::string_view accept_language)
{
    int dutch = 0;
    int english = 0;
    each_weighted(accept_language, [&](std::string_view name, int value) {
        const auto primary = name.substr(0, name.find('-'));
        if (same_letters(primary, "nl") || primary == "*")
            dutch = std::max(dutch, value);
        else if (same_letters(primary, "en"))
            english = std::max(english, value);
    });
    return english > dutch ? Language::en : Language::nl;
}

std::optional<int> weight_in(std::string_view list, std::string_view name)
{
    std::optional<int> exact;
    std::optional<int> any;
    each_weighted(list, [&](std::string_view element, int value) {
        if (same_letters(element, name))
            exact = value;
        else if (element == "*")
            any = value;
    });
    return exact ? exact : any;
}

std::optional<std::string_view> find_header(const std::vector<Header>& headers, std::string_view name)
{
    for (const auto& header : headers)
        if (header.name == name)
            return header.value;
    return std::nullopt;
}

std::optional<std::string_view> Request::cookie(std::string_view name) const
{
    for (const auto& header : headers) {
        if (header.name != "cookie")
            continue;
        std::string_view rest = header.value;
        while (!rest.empty()) {
            const auto semicolon = rest.find(';');
            const auto pair = trimmed(rest.substr(0, semicolon));
            rest = semicolon == std::string_view::npos ? std::string_view{} : rest.substr(semicolon + 1);
            const auto equals = pair.find('=');
            if (equals != std::string_view::npos && pair.substr(0, equals) == name)
                return pair.substr(equals + 1);
        }
    }
    return std::nullopt;
}

const Actor& Request::actor() const
{
    static const Actor nobody;
    return caller ? *caller : nobody;
}

std::optional<std::int64_t> Request::if_match_version() const
{
    const auto value = header("if-match");
    if (!value || value->size() < 4 || value->substr(0, 2) != "\"v" || value->back() != '"')
        return std::nullopt;
    std::int64_t version = 0;
    const auto* end = value->data() + value->size() - 1;
    const auto read = std::from_chars(value->data() + 2, end, version);
    if (read.ec != std::errc{} || read.ptr != end || version < 0)
        return std::nullopt;
    return version;
}

std::string Request::idempotency_key() const { return std::string{header("idempotency-key").value_or("")}; }

std::string Request::fingerprint() const
{
    std::string text{method_name(method)};
    text.append(1, '\0').append(path).append(1, '\0').append(body);
    return sha256_hex(text);
}

OpenFile::~OpenFile() { ::close(descriptor_); }

std::string_view status_text(int status)
{
    switch (status) {
    case 100:
        return "Continue";
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 202:
        return "Accepted";
    case 204:
        return "No Content";
    case 304:
        return "Not Modified";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 412:
        return "Precondition Failed";
    case 413:
        return "Content Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 428:
        return "Precondition Required";
    case 429:
        return "Too Many Requests";
    case 431:
        return "Request Header Fields Too Large";
    case 500:
        return "Internal Server Error";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Unknown";
    }
}

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_space)
{
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%') {
            if (i + 2 >= text.size())
                return std::nullopt;
            const int high = hex_digit(text[i + 1]);
            const int low = hex_digit(text[i + 2]);
            if (high < 0 || low < 0 || (high == 0 && low == 0))
                return std::nullopt;
            decoded += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            decoded += plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    return decoded;
}

std::optional<std::vector<Parameter>> parsed_query(std::string_view query)
{
    std::vector<Parameter> parameters;
    while (!query.empty()) {
        const auto ampersand = query.find('&');
        const auto pair = query.substr(0, ampersand);
        query = ampersand == std::string_view::npos ? std::string_view{} : query.substr(ampersand + 1);
        if (pair.empty())
            continue;
        const auto equals = pair.find('=');
        auto name = percent_decoded(pair.substr(0, equals), true);
        auto value = equals == std::string_view::npos ? std::optional<std::string>{""}
                                                      : percent_decoded(pair.substr(equals + 1), true);
        if (!name || !value || !utf8_length(*name) || !utf8_length(*value))
            return std::nullopt;
        parameters.emplace_back(std::move(*name), std::move(*value));
    }
    return parameters;
}

std::string percent_encoded(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                           c == '.' || c == '_' || c == '~';
        if (plain)
            out += c;
        else
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return out;
}

std::string ascii_file_name(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if ((byte & 0xC0) != 0x80) // not the second or later byte of a character
            out += byte < 0x20 || byte > 0x7E || c == '"' || c == '\\' ? '_' : c;
    }
    return out;
}

std::string http_date(std::int64_t seconds)
{
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm parts{};
    const std::time_t moment = seconds;
    gmtime_r(&moment, &parts);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days.at(parts.tm_wday), parts.tm_mday,
                       months.at(parts.tm_mon), parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

} // namespace beproefd::http
