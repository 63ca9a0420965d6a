// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/framing.hpp"

#include "platform/http/letters.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

namespace beproefd::http {

namespace beast = boost::beast;

namespace {

/// Digits of a chunk's size: more than any limit needs. RFC 9112 allows leading zeros without end; we do not.
constexpr std::size_t chunk_digits = 8;

/// Bytes of an announced body that room is made for at once.
constexpr std::size_t reserved_body = 64 * 1024;

/// tchar of RFC 9110 §5.6.2
constexpr bool is_token_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

/// Letters, digits and what else a host with a port is written with; an IPv6 address stands in brackets.
bool is_host(std::string_view host)
{
    return !host.empty() && host.size() <= 261 && std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == ':' || c == '[' || c == ']';
    });
}

/// The host without its port: "[::1]:8080" → "[::1]".
std::string_view without_port(std::string_view host)
{
    const auto bracket = host.rfind(']');
    const auto colon = host.rfind(':');
    if (colon == std::string_view::npos || (bracket != std::string_view::npos && colon < bracket))
        return host;
    return host.substr(0, colon);
}

/// Fields that decide how a request is understood; a second one is an attempt to be understood in two ways.
constexpr std::array single_fields{"authorization",  "content-length",   "content-type",    "expect",
                                   "host",           "if-match",         "idempotency-key", "origin",
                                   "sec-fetch-site", "transfer-encoding"};

/// True for a request line that is well formed but says HTTP/2.0, HTTP/0.9 and the like.
bool names_another_version(std::string_view block)
{
    const auto line = block.substr(0, block.find('\r'));
    const auto version = line.substr(line.rfind(' ') + 1);
    return std::count(line.begin(), line.end(), ' ') == 2 && version.size() == 8 && version.substr(0, 5) == "HTTP/" &&
           version[6] == '.' && version != "HTTP/1.0" && version != "HTTP/1.1";
}

Method method_of(std::string_view text)
{
    for (const auto method :
         {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::delete_, Method::options})
        if (text == method_name(method))
            return method;
    return Method::other;
}

} // namespace

bool is_own_host(std::string_view host, const std::vector<std::string>& own)
{
    if (own.empty())
        return true;
    const auto name = without_port(host);
    return std::any_of(own.begin(), own.end(), [&](const std::string& ours) {
        return same_letters(host, ours) || (without_port(ours) == ours && same_letters(name, ours));
    });
}

struct RequestReader::Parser final : beast::http::basic_parser<true> {
    explicit Parser(Request& target) : request(target)
    {
        header_limit((std::numeric_limits<std::uint32_t>::max)()); // the guard has counted already
        body_limit(boost::none);
        skip(true); // the body is framed below
        eager(true);
    }

    void on_request_impl(beast::http::verb, beast::string_view method, beast::string_view target, int number,
                         beast::error_code&) override
    {
        request.method_text.assign(method.data(), method.size());
        request.method = method_of(request.method_text);
        request.target.assign(target.data(), target.size());
        version = number;
    }

    void on_response_impl(int, beast::string_view, int, beast::error_code&) override {}

    void on_field_impl(beast::http::field, beast::string_view name, beast::string_view value,
                       beast::error_code&) override
    {
        request.headers.push_back({lowered({name.data(), name.size()}), {value.data(), value.size()}});
    }

    void on_header_impl(beast::error_code&) override {}
    void on_body_init_impl(const boost::optional<std::uint64_t>&, beast::error_code&) override {}
    std::size_t on_body_impl(beast::string_view, beast::error_code&) override { return 0; }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, beast::error_code&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t, beast::string_view, beast::error_code&) override { return 0; }
    void on_finish_impl(beast::error_code&) override {}

    Request& request;
    int version = 11;
};

RequestReader::RequestReader(const FramingLimits& limits, const std::vector<std::string>& hosts)
    : limits_(limits), hosts_(&hosts), request_(std::make_unique<Request>()),
      parser_(std::make_unique<Parser>(*request_))
{
}

RequestReader::~RequestReader() = default;

std::size_t RequestReader::feed(std::string_view bytes)
{
    switch (state_) {
    case State::header:
        return feed_header(bytes);
    case State::body:
        return feed_body(bytes);
    case State::done:
    case State::refused:
        break;
    }
    return 0;
}

void RequestReader::set_body_limit(std::size_t bytes)
{
    body_limit_ = bytes;
    if (state_ != State::body || chunked_)
        return;
    if (body_left_ > bytes)
        return refuse(413, "body-too-large");
    if (body_left_ <= reserved_body)
        request_->body.reserve(static_cast<std::size_t>(body_left_));
}

std::size_t RequestReader::body_received() const { return request_ ? request_->body.size() : 0; }

void RequestReader::refuse(int status, std::string_view code)
{
    state_ = State::refused;
    fault_ = {status, code};
    keep_alive_ = false;
}

std::size_t RequestReader::feed_header(std::string_view bytes)
{
    std::size_t skipped = 0;
    if (!started_ && !blank_line_) { // one empty line before a request is forgiven (RFC 9112 §2.2)
        if (bytes == "\r")
            return 0;
        blank_line_ = bytes.substr(0, 2) == "\r\n";
        skipped = blank_line_ ? 2 : 0;
    }
    bytes.remove_prefix(skipped);
    if (bytes.empty())
        return skipped;
    started_ = true;

    // The end of the header, looked for only in what is new.
    const auto from = scanned_ < 3 ? 0 : scanned_ - 3;
    const auto end = bytes.find("\r\n\r\n", from);
    const auto size = end == std::string_view::npos ? bytes.size() : end + 4;
    if (const auto first = bytes.substr(0, std::min(size, limits_.line + 1));
        first.size() > limits_.line && first.find('\n') == std::string_view::npos) {
        refuse(414, "target-too-long");
        return skipped;
    }
    if (size > limits_.header) {
        refuse(431, "header-too-large");
        return skipped;
    }
    if (end == std::string_view::npos) {
        // What can never become a request is refused now, not when the deadline passes.
        if (bytes.find('\0', scanned_) != std::string_view::npos) {
            refuse(400, "malformed-request");
            return skipped;
        }
        scanned_ = bytes.size();
        return skipped;
    }

    const auto block = bytes.substr(0, size);
    if (!check_header(block))
        return skipped;
    beast::error_code error;
    const auto used = parser_->put(boost::asio::const_buffer{block.data(), block.size()}, error);
    if (error || used != size || !parser_->is_header_done()) {
        if (error == beast::http::error::bad_version && names_another_version(block))
            refuse(505, "http-version");
        else
            refuse(400, "malformed-request");
        return skipped;
    }
    if (!finish_header())
        return skipped;
    return skipped + used;
}

bool RequestReader::check_header(std::string_view block)
{
    const auto malformed = [this] {
        refuse(400, "malformed-request");
        return false;
    };
    std::size_t lines = 0;
    std::array<bool, single_fields.size()> seen{};
    bool has_length = false;
    bool has_encoding = false;
    bool has_host = false;

    for (std::size_t begin = 0; begin < block.size();) {
        const auto feed = block.find('\n', begin);
        if (feed == begin || feed == std::string_view::npos || block[feed - 1] != '\r')
            return malformed();
        const auto line = block.substr(begin, feed - 1 - begin);
        begin = feed + 1;
        if (line.empty())
            break; // the end of the block
        for (const char c : line)
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
                return malformed();
        if (line.size() > limits_.line) {
            if (lines == 0)
                refuse(414, "target-too-long");
            else
                refuse(431, "header-too-large");
            return false;
        }
        if (lines++ == 0) {
            if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
                return malformed();
            continue;
        }
        if (lines > limits_.fields + 1) {
            refuse(431, "header-too-large");
            return false;
        }
        const auto colon = line.find(':');
        // A line that begins with a space is a folded one (obs-fold); one with a space before its colon reads as
        // another field to another program. Neither is a token.
        if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
            return malformed();
        const auto name = line.substr(0, colon);
        const auto value = trimmed(line.substr(colon + 1));
        for (std::size_t i = 0; i < single_fields.size(); ++i) {
            if (!same_letters(name, single_fields[i]))
                continue;
            if (seen[i])
                return malformed();
            seen[i] = true;
        }
        if (same_letters(name, "content-length")) {
            has_length = true;
            if (value.empty() || value.size() > 18 ||
                !std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; }))
                return malformed();
        } else if (same_letters(name, "transfer-encoding")) {
            has_encoding = true;
            if (!same_letters(value, "chunked"))
                return malformed();
        } else if (same_letters(name, "host")) {
            has_host = true;
            if (!is_host(value))
                return malformed();
        }
    }
    if ((has_length && has_encoding) || !has_host)
        return malformed();
    return true;
}

bool RequestReader::finish_header()
{
    auto& request = *request_;
    chunked_ = parser_->chunked();
    body_left_ = parser_->content_length().value_or(0);
    state_ = chunked_ || body_left_ > 0 ? State::body : State::done;
    if (parser_->version < 11 && chunked_) { // RFC 9112 §6.1: HTTP/1.0 does not know it
        refuse(400, "malformed-request");
        return false;
    }
    std::string_view target = request.target;
    auto host = std::string_view{*request.header("host")};
    if (!target.empty() && target.front() != '/' && !(target == "*" && request.method == Method::options)) {
        // The absolute form (RFC 9112 §3.2.2); its host counts, and must be the one that Host says.
        const auto scheme = target.find("://");
        const auto name = scheme == std::string_view::npos ? std::string_view{} : target.substr(0, scheme);
        if (name != "http" && name != "https") {
            refuse(400, "malformed-request");
            return false;
        }
        const auto rest = target.substr(scheme + 3);
        const auto slash = rest.find_first_of("/?");
        if (!same_letters(rest.substr(0, slash), host)) {
            refuse(400, "wrong-host");
            return false;
        }
        target = slash == std::string_view::npos ? std::string_view{} : rest.substr(slash);
    }
    if (!is_own_host(host, *hosts_)) {
        refuse(400, "wrong-host");
        return false;
    }

    const auto question = target.find('?');
    auto path = target.substr(0, question);
    if (path.find('#') != std::string_view::npos) {
        refuse(400, "malformed-request");
        return false;
    }
    auto query = question == std::string_view::npos ? std::optional{std::vector<Parameter>{}}
                                                    : parsed_query(target.substr(question + 1));
    if (!query || !percent_decoded(path)) {
        refuse(400, "malformed-request");
        return false;
    }
    request.path = path.empty() ? std::string{"/"} : std::string{path};
    request.query = std::move(*query);

    if (const auto expect = request.header("expect")) {
        if (!same_letters(*expect, "100-continue")) {
            refuse(417, "expectation");
            return false;
        }
        expects_continue_ = parser_->version >= 11 && state_ == State::body;
    }
    if (const auto language = request.header("accept-language"))
        request.language = preferred_language(*language);
    keep_alive_ = parser_->keep_alive();
    return true;
}

std::size_t RequestReader::feed_body(std::string_view bytes)
{
    std::size_t used = 0;
    while (state_ == State::body && used < bytes.size()) {
        const auto left = bytes.substr(used);
        const auto taken = !chunked_ || body_left_ > 0 ? take_body(left) : take_chunk_line(left);
        if (taken == 0)
            break; // more has to come, or it is refused
        used += taken;
    }
    return used;
}

/// Bytes of the body itself.
std::size_t RequestReader::take_body(std::string_view bytes)
{
    const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(bytes.size(), body_left_));
    if (taken > body_limit_ - std::min(body_limit_, request_->body.size())) {
        refuse(413, "body-too-large");
        return 0;
    }
    request_->body.append(bytes.substr(0, taken));
    body_left_ -= taken;
    if (body_left_ == 0 && !chunked_)
        state_ = State::done;
    return taken;
}

/// What stands between the bytes of a chunked body (RFC 9112 §7.1): the size of the next chunk, and the line end
/// behind each. Extensions and trailers are refused. Beast's own chunk parser is not used: in version 1.81 "0 CR LF"
/// followed by one byte ends in a failed assertion.
std::size_t RequestReader::take_chunk_line(std::string_view bytes)
{
    const auto malformed = [this] {
        refuse(400, "malformed-request");
        return std::size_t{0};
    };
    if (chunk_ends_) { // the line end behind a chunk, or the empty line behind the last one
        if (bytes[0] != '\r' || (bytes.size() > 1 && bytes[1] != '\n'))
            return malformed();
        if (bytes.size() < 2)
            return 0;
        chunk_ends_ = false;
        if (last_chunk_)
            state_ = State::done;
        return 2;
    }
    std::uint64_t size = 0;
    std::size_t digits = 0;
    for (; digits < bytes.size(); ++digits) {
        const int digit = hex_digit(bytes[digits]);
        if (digit < 0)
            break;
        if (digits == chunk_digits)
            return malformed();
        size = size * 16 + static_cast<std::uint64_t>(digit);
    }
    if (digits == bytes.size())
        return 0;
    if (digits == 0 || bytes[digits] != '\r' || (digits + 1 < bytes.size() && bytes[digits + 1] != '\n'))
        return malformed();
    if (digits + 1 == bytes.size())
        return 0;
    if (size > body_limit_ - std::min(body_limit_, request_->body.size())) {
        refuse(413, "body-too-large");
        return 0;
    }
    body_left_ = size;
    last_chunk_ = size == 0;
    chunk_ends_ = true;
    return digits + 2;
}

} // namespace beproefd::http
