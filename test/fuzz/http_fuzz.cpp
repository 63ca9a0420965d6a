// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The bytes of a connection. Whatever they are, the reader must not break, must not keep more than its limits, and
// must understand the same whether they arrive at once or in pieces: a difference there is how requests are smuggled.

#include "platform/http/framing.hpp"

#include <cstdint>
#include <cstdlib>
#include <fmt/format.h>
#include <string>
#include <vector>

namespace {

using namespace beproefd::http;

constexpr std::size_t body_limit = 4096;

[[noreturn]] void broken(const char* what)
{
    fmt::print(stderr, "broken: {}\n", what);
    std::abort();
}

void check(const Request& request)
{
    std::size_t hosts = 0;
    for (const auto& header : request.headers) {
        hosts += header.name == "host" ? 1 : 0;
        for (const char c : header.name + header.value)
            if ((static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f)
                broken("a control character in a header");
    }
    if (hosts != 1)
        broken("not exactly one Host");
    if (request.body.size() > body_limit)
        broken("more body than the limit");
    if (request.path.empty() || (request.path.front() != '/' && request.path != "*"))
        broken("a path that is none");
    if (request.path.find('\0') != std::string::npos)
        broken("a NUL in the path");
}

/// What is understood when the bytes come in pieces of this size: one line per request, then how it ended.
std::vector<std::string> understood(std::string_view bytes, std::size_t piece)
{
    static const std::vector<std::string> hosts{"localhost"};
    std::vector<std::string> all;
    std::string buffer;
    auto reader = std::make_unique<RequestReader>(FramingLimits{512, 2048, 20}, hosts);
    bool admitted = false;
    while (!bytes.empty()) {
        buffer.append(bytes.substr(0, piece));
        bytes.remove_prefix(std::min(piece, bytes.size()));
        for (bool again = true; again;) {
            again = false;
            buffer.erase(0, reader->feed(buffer));
            switch (reader->state()) {
            case RequestReader::State::refused:
                // A refusal may come before or after the end of the header; only that it comes is the same.
                all.push_back("refused");
                return all;
            case RequestReader::State::body:
                if (!admitted) {
                    admitted = true;
                    reader->set_body_limit(body_limit);
                    again = true;
                }
                break;
            case RequestReader::State::done: {
                const auto request = reader->take_request();
                check(*request);
                all.push_back(fmt::format("{} {} {} {} {}", request->method_text, request->target,
                                          request->headers.size(), request->body, reader->keep_alive()));
                reader = std::make_unique<RequestReader>(FramingLimits{512, 2048, 20}, hosts);
                admitted = false;
                again = !buffer.empty();
                break;
            }
            case RequestReader::State::header:
                if (buffer.size() > 2048 + 512)
                    broken("more kept than the limit of a header");
                break;
            }
        }
    }
    return all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0)
        return 0;
    const std::size_t piece = 1 + data[0] % 64;
    const std::string_view bytes{reinterpret_cast<const char*>(data) + 1, size - 1};
    const auto whole = understood(bytes, bytes.size() + 1);
    auto parts = understood(bytes, piece);
    // In pieces a refusal may come while the end is still on its way; nothing may be understood differently.
    if (whole != parts)
        broken("understood differently in pieces");
    return 0;
}
