// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/message.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::http {

/// How much of a request is accepted, in bytes.
struct FramingLimits {
    std::size_t line = std::size_t{8} * 1024;    ///< one header line; a longer one is 431, a longer request line 414
    std::size_t header = std::size_t{64} * 1024; ///< the whole header; more is 431
    std::size_t fields = 100;                    ///< number of header lines; more is 431
};

/// Why a request is not read any further. The connection ends after the answer.
struct FramingFault {
    int status = 400;
    std::string_view code; ///< a reason of reasons.*.json in this folder
};

/// Reads one request from the bytes of a connection.
///
/// Beast's parser does the reading, but it is lenient where proxies differ, and that difference is how requests are
/// smuggled past them. So the header block is checked byte by byte before the parser sees it: no bare CR or LF, no
/// NUL or other control character, no line folding, no space before a colon, exactly one Host, at most one
/// Content-Length of digits only, no Transfer-Encoding other than one "chunked", never both. The body is framed here
/// as well; chunk extensions and trailers are refused: nothing that talks to this server needs them. Source: RFC 9112
/// §2.2, §3.2, §5.1, §5.2, §6.1, §6.3; RFC 9110 §5.5.
class RequestReader
{
public:
    enum class State {
        header,  ///< waiting for the rest of the header
        body,    ///< the header is complete: see request(), then set_body_limit(), then go on
        done,    ///< the whole request is there
        refused, ///< see fault()
    };

    /// hosts: which names are ours, with or without a port; an empty list accepts every name.
    RequestReader(const FramingLimits& limits, const std::vector<std::string>& hosts);
    ~RequestReader();
    RequestReader(const RequestReader&) = delete;
    RequestReader& operator=(const RequestReader&) = delete;

    /// Takes in bytes, as many as make progress, and returns how many it used. What is left must be offered again
    /// together with what comes next. Returns 0 once done or refused.
    std::size_t feed(std::string_view bytes);

    State state() const { return state_; }
    const FramingFault& fault() const { return fault_; }

    /// After the header: at most so many bytes of body, 413 beyond. Without a call nothing but an empty body passes.
    void set_body_limit(std::size_t bytes);

    /// True when the client waits for "100 Continue" before it sends the body.
    bool expects_continue() const { return expects_continue_; }
    bool keep_alive() const { return keep_alive_; }
    /// True when some byte of a request has come in.
    bool started() const { return started_; }
    std::size_t body_received() const;

    Request& request() { return *request_; }
    std::unique_ptr<Request> take_request() { return std::move(request_); }

private:
    struct Parser;

    void refuse(int status, std::string_view code);
    bool check_header(std::string_view block);
    bool finish_header();
    std::size_t feed_header(std::string_view bytes);
    std::size_t feed_body(std::string_view bytes);
    std::size_t take_body(std::string_view bytes);
    std::size_t take_chunk_line(std::string_view bytes);

    FramingLimits limits_;
    const std::vector<std::string>* hosts_;
    std::unique_ptr<Request> request_;
    std::unique_ptr<Parser> parser_;
    State state_ = State::header;
    FramingFault fault_;
    std::size_t body_limit_ = 0;
    std::uint64_t body_left_ = 0; ///< bytes that still come: of the body, or of the chunk
    bool chunked_ = false;
    bool chunk_ends_ = false; ///< a line end is due
    bool last_chunk_ = false;
    std::size_t scanned_ = 0; ///< bytes of the header already searched for its end
    bool expects_continue_ = false;
    bool keep_alive_ = false;
    bool started_ = false;
    bool blank_line_ = false; ///< the one that is forgiven has been there
};

/// True when the value of a Host header is one of ours. A name without a port among ours accepts any port.
bool is_own_host(std::string_view host, const std::vector<std::string>& own);

} // namespace beproefd::http
