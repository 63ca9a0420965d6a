// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The transport on a real socket: what a proxy and a server may understand differently, slow clients, full queues.

#include "platform/core/temporary_folder.hpp"
#include "platform/http/server.hpp"
#include "platform/http/test_client.hpp"

#include <condition_variable>
#include <fstream>
#include <gtest/gtest.h>
#include <mutex>
#include <system_error>
#include <thread>

namespace beproefd::http {
namespace {

using namespace std::chrono_literals;
using test::Answer;
using test::RawClient;

/// Says back what it was asked. /wait holds its worker until released, /throw breaks, /later answers from elsewhere,
/// /forget never answers.
class Echo final : public Application
{
public:
    Admission admit(Request& head) override
    {
        ++admitted;
        if (head.path == "/early")
            return {.answer = text(404, "early")};
        return {.body_limit = 1'000'000,
                .at_once = head.path == "/at-once" || head.path == "/hold",
                .quick = head.path == "/quick"};
    }

    void handle(std::shared_ptr<Request> request, Responder respond) override
    {
        ++handled;
        if (request->path == "/wait" || request->path == "/hold") { // a worker, or the I/O thread itself
            std::unique_lock lock{mutex};
            ++waiting;
            changed.notify_all();
            changed.wait(lock, [&] { return released; });
        }
        if (request->path == "/quick")
            quick_on = std::this_thread::get_id();
        if (request->path == "/at-once")
            loop = std::this_thread::get_id();
        if (request->path == "/throw")
            throw std::runtime_error("the disk is full");
        if (request->path == "/full") {
            try {
                throw std::system_error(std::make_error_code(std::errc::no_space_on_device));
            } catch (...) {
                std::throw_with_nested(std::runtime_error("while running: COMMIT"));
            }
        }
        if (request->path == "/forget")
            return;
        if (request->path == "/later") {
            std::thread{[respond] {
                std::this_thread::sleep_for(20ms);
                respond(text(200, "later"));
                respond(text(200, "twice"));
            }}.detach();
            return;
        }
        if (request->path == "/split")
            return respond(text(200, "safe").with("x-name", "a\r\nx-evil: 1"));
        if (request->path == "/large")
            return respond(text(200, std::string(8 * 1024 * 1024, 'x')));
        auto body = fmt::format("{} {} {}", request->method_text, request->path, request->body);
        for (const auto& [name, value] : request->query)
            body += fmt::format(" {}={}", name, value);
        respond(text(200, std::move(body)));
    }

    Response refusal(int status, std::string_view code, const Request*) override
    {
        return text(status, std::string{code});
    }

    static Response text(int status, std::string body)
    {
        Response response{.status = status, .body = std::move(body)};
        return response.with("content-type", "text/plain; charset=utf-8");
    }

    void release()
    {
        const std::lock_guard lock{mutex};
        released = true;
        changed.notify_all();
    }
    void wait_for_waiting(int count)
    {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return waiting >= count; });
    }

    std::mutex mutex;
    std::condition_variable changed;
    int waiting = 0;
    bool released = false;
    std::atomic<int> admitted{0};
    std::atomic<int> handled{0};
    std::atomic<std::thread::id> loop{};     ///< the thread that answered /at-once
    std::atomic<std::thread::id> quick_on{}; ///< the thread that answered /quick
};

class Transport : public testing::Test
{
protected:
    Transport() { options.metrics = std::make_shared<Metrics>(); }
    ~Transport() override { echo.release(); }

    std::uint16_t port()
    {
        if (!server) {
            server.emplace(options, echo);
            const auto started = server->start();
            if (!started)
                throw std::runtime_error(describe::explain(started.error(), Language::en));
        }
        return server->port();
    }

    /// Waits for what another thread brings about; half a minute is for a machine with much else to do.
    static bool eventually(const std::function<bool()>& holds)
    {
        const auto end = std::chrono::steady_clock::now() + 30s;
        while (!holds() && std::chrono::steady_clock::now() < end)
            std::this_thread::sleep_for(5ms);
        return holds();
    }

    /// What the server says to these bytes, on a connection of their own.
    Answer ask(std::string_view bytes)
    {
        RawClient client{port()};
        return client.ask(bytes);
    }

    Echo echo;
    ServerOptions options;
    std::optional<Server> server;
};

std::string get(std::string_view path, std::string_view more = {})
{
    return fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, more);
}

std::string post(std::string_view headers, std::string_view body)
{
    return fmt::format("POST /echo HTTP/1.1\r\nHost: localhost\r\n{}\r\n{}", headers, body);
}

TEST_F(Transport, AnswersAndKeepsTheConnection)
{
    RawClient client{port()};

    const auto first = client.ask(get("/a?x=1&y=a%20b+c"));
    const auto second = client.ask(get("/b"));

    EXPECT_EQ(first.status, 200);
    EXPECT_EQ(first.body, "GET /a  x=1 y=a b c");
    EXPECT_EQ(first.header("connection"), "keep-alive");
    EXPECT_EQ(second.body, "GET /b ");
    EXPECT_NE(first.header("x-request-id"), second.header("x-request-id"));
}

TEST_F(Transport, PutsTheSecurityHeadersOnEveryAnswerAlsoOnRefusals)
{
    for (const auto& answer : {ask(get("/a")), ask(get("/early")), ask("GET /\r\n\r\n")}) {
        EXPECT_EQ(answer.header("x-content-type-options"), "nosniff");
        EXPECT_NE(answer.header("content-security-policy").find("default-src 'none'"), std::string::npos);
        EXPECT_EQ(answer.header("content-security-policy").find("unsafe"), std::string::npos);
        EXPECT_EQ(answer.header("referrer-policy"), "same-origin");
        EXPECT_EQ(answer.header("cross-origin-opener-policy"), "same-origin");
        EXPECT_EQ(answer.header("cross-origin-resource-policy"), "same-origin");
        EXPECT_FALSE(answer.header("permissions-policy").empty());
        EXPECT_FALSE(answer.header("x-request-id").empty());
        EXPECT_FALSE(answer.header("date").empty());
        EXPECT_EQ(answer.header("strict-transport-security"), "") << "only over TLS (RFC 6797 §7.2)";
    }
}

TEST_F(Transport, AnswersPipelinedRequestsInTheirOrder)
{
    RawClient client{port()};

    client.send(get("/later") + get("/2") + get("/at-once") + post("Content-Length: 3\r\n", "abc") + get("/5"));

    EXPECT_EQ(client.receive().body, "later");
    EXPECT_EQ(client.receive().body, "GET /2 ");
    EXPECT_EQ(client.receive().body, "GET /at-once ");
    EXPECT_EQ(client.receive().body, "POST /echo abc");
    EXPECT_EQ(client.receive().body, "GET /5 ");
}

TEST_F(Transport, AnswersAThousandPipelinedRequests)
{
    RawClient client{port()};
    std::string many;
    for (int i = 0; i < 1000; ++i)
        many += get("/at-once");

    std::thread sender{[&] { client.send(many); }};
    int answered = 0;
    for (int i = 0; i < 1000; ++i)
        answered += client.receive().status == 200 ? 1 : 0;
    sender.join();

    EXPECT_EQ(answered, 1000);
}

TEST_F(Transport, ReadsARequestThatComesByteByByte)
{
    RawClient client{port()};

    for (const char c : post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n"))
        client.send({&c, 1});

    EXPECT_EQ(client.receive().body, "POST /echo abc0123456789");
}

TEST_F(Transport, SendsTheHeadOfAnAnswerToHeadButNoBody)
{
    RawClient client{port()};

    const auto head = client.ask("HEAD /a HTTP/1.1\r\nHost: localhost\r\n\r\n", true);
    const auto next = client.ask(get("/b"));

    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("content-length"), std::to_string(std::string_view{"HEAD /a "}.size()));
    EXPECT_EQ(next.body, "GET /b ") << "nothing of a body may stand before it";
}

TEST_F(Transport, UnderstandsHttp10AndTheAbsoluteForm)
{
    EXPECT_EQ(ask("GET /a HTTP/1.0\r\nHost: localhost\r\n\r\n").header("connection"), "close");
    EXPECT_EQ(ask("GET /a HTTP/1.0\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n").header("connection"),
              "keep-alive");
    EXPECT_EQ(ask("GET http://localhost/a?b=c HTTP/1.1\r\nHost: localhost\r\n\r\n").body, "GET /a  b=c");
    EXPECT_EQ(ask("GET http://elsewhere/a HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 400);
    EXPECT_EQ(ask("\r\nGET /a HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 200);
    EXPECT_EQ(ask("\r\n\r\nGET /a HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 400);
    EXPECT_EQ(ask("GET /a HTTP/2.0\r\nHost: localhost\r\n\r\n").status, 505);
    EXPECT_EQ(ask("BREW /a HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 501);
    EXPECT_EQ(ask("TRACE /a HTTP/1.1\r\nHost: localhost\r\n\r\n").status, 501);
}

struct Attack {
    const char* name;
    std::string bytes;
    int status = 400;
};

class Smuggling : public Transport, public testing::WithParamInterface<Attack>
{
};

/// Behind each attack stands a second request. A server that takes it for one has been split.
TEST_P(Smuggling, IsRefusedAndTheConnectionEnds)
{
    RawClient client{port()};

    client.send(GetParam().bytes + get("/smuggled"));
    const auto answer = client.receive();

    EXPECT_EQ(answer.status, GetParam().status);
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(client.closed());
    EXPECT_EQ(echo.handled, 0);
}

std::vector<Attack> attacks()
{
    const std::string line = "GET / HTTP/1.1\r\n";
    const std::string host = "Host: localhost\r\n";
    using namespace std::string_literals;
    return {
        {"BothLengthAndEncoding", post("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"BothEncodingAndLength", post("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n", "0\r\n\r\n")},
        {"EncodingGzipThenLength", post("Transfer-Encoding: gzip\r\nContent-Length: 5\r\n", "abcde")},
        {"EncodingGzip", post("Transfer-Encoding: gzip\r\n", "")},
        {"EncodingGzipChunked", post("Transfer-Encoding: gzip, chunked\r\n", "0\r\n\r\n")},
        {"EncodingChunkedTwice", post("Transfer-Encoding: chunked, chunked\r\n", "0\r\n\r\n")},
        {"EncodingRepeated", post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\n")},
        {"EncodingIdentity", post("Transfer-Encoding: identity\r\n", "")},
        {"EncodingQuoted", post("Transfer-Encoding: \"chunked\"\r\n", "0\r\n\r\n")},
        {"EncodingWithVerticalTab", post("Transfer-Encoding: \vchunked\r\n", "0\r\n\r\n")},
        {"EncodingInHttp10", "POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"},
        {"TwoDifferingLengths", post("Content-Length: 5\r\nContent-Length: 6\r\n", "abcde")},
        {"TwoEqualLengths", post("Content-Length: 5\r\nContent-Length: 5\r\n", "abcde")},
        {"LengthList", post("Content-Length: 5, 5\r\n", "abcde")},
        {"LengthWithSign", post("Content-Length: +5\r\n", "abcde")},
        {"LengthNegative", post("Content-Length: -5\r\n", "")},
        {"LengthHexadecimal", post("Content-Length: 0x5\r\n", "abcde")},
        {"LengthEmpty", post("Content-Length: \r\n", "")},
        {"LengthOverflows", post("Content-Length: 18446744073709551621\r\n", "abcde")},
        {"SpaceBeforeColon", post("Content-Length : 5\r\n", "abcde")},
        {"TabBeforeColon", post("Content-Length\t: 5\r\n", "abcde")},
        {"NoColon", line + host + "Content-Length\r\n\r\n"},
        {"EmptyName", line + host + ": a\r\n\r\n"},
        {"NameWithControl", line + host + "X\x01Y: a\r\n\r\n"},
        {"FoldedLine", line + host + "X-A: a\r\n b\r\n\r\n"},
        {"FoldedLineWithTab", line + host + "X-A: a\r\n\tb\r\n\r\n"},
        {"FoldedFirstLine", line + " " + host + "\r\n"},
        {"FoldedHost", line + "Host:\r\n localhost\r\n\r\n"},
        {"NulInValue", line + host + "X-A: a\0b\r\n\r\n"s},
        {"NulInName", line + host + "X\0A: b\r\n\r\n"s},
        {"NulInTarget", "GET /\0 HTTP/1.1\r\nHost: localhost\r\n\r\n"s},
        {"EscapedNulInTarget", "GET /a%00b HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"BrokenEscape", "GET /a%2 HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"BrokenEscapeInQuery", "GET /a?b=%zz HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"DeleteInValue", line + host + "X-A: a\x7f\r\n\r\n"},
        {"BareLineFeedBetweenLines", "GET / HTTP/1.1\nHost: localhost\r\n\r\n"},
        {"BareLineFeedInHeaders", line + "Host: localhost\nX-A: b\r\n\r\n"},
        {"BareLineFeedAtTheEnd", line + "Host: localhost\r\n\n\r\n\r\n"},
        {"BareCarriageReturn", line + host + "X-A: a\rb\r\n\r\n"},
        {"TwoCarriageReturns", line + "Host: localhost\r\r\n\r\n"},
        {"NoHost", line + "\r\n"},
        {"TwoHosts", line + host + host + "\r\n"},
        {"TwoDifferentHosts", line + host + "Host: elsewhere\r\n\r\n"},
        {"WrongHost", line + "Host: elsewhere.example\r\n\r\n"},
        {"HostWithPath", line + "Host: localhost/\r\n\r\n"},
        {"HostWithUser", line + "Host: a@localhost\r\n\r\n"},
        {"EmptyHost", line + "Host: \r\n\r\n"},
        {"TwoContentTypes", post("Content-Type: application/json\r\nContent-Type: text/plain\r\n", "")},
        {"TwoOrigins", post("Origin: http://localhost\r\nOrigin: http://elsewhere\r\n", "")},
        {"NoVersion", "GET /\r\nHost: localhost\r\n\r\n"},
        {"TwoSpaces", "GET  / HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"SpaceInTarget", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"TabInRequestLine", "GET\t/\tHTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"NotAPath", "GET a HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"Authority", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"Fragment", "GET /a#b HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"HighByteInTarget", "GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n"},
        {"TlsHello", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n"s},
        {"ChunkExtension", post("Transfer-Encoding: chunked\r\n", "3;a=b\r\nabc\r\n0\r\n\r\n")},
        {"ChunkExtensionWithLineFeed", post("Transfer-Encoding: chunked\r\n", "3;\nabc\r\nabc\r\n0\r\n\r\n")},
        {"ChunkExtensionWithQuotedLineFeed",
         post("Transfer-Encoding: chunked\r\n", "3;a=\"\n\"\r\nabc\r\n0\r\n\r\n")},
        {"ChunkSizeOverflows", post("Transfer-Encoding: chunked\r\n", "FFFFFFFFFFFFFFFFF\r\nabc\r\n0\r\n\r\n")},
        {"ChunkSizeNegative", post("Transfer-Encoding: chunked\r\n", "-3\r\nabc\r\n0\r\n\r\n")},
        {"ChunkSizeWithPrefix", post("Transfer-Encoding: chunked\r\n", "0x3\r\nabc\r\n0\r\n\r\n")},
        {"ChunkSizeWithSpace", post("Transfer-Encoding: chunked\r\n", "3 \r\nabc\r\n0\r\n\r\n")},
        {"ChunkSizeEmpty", post("Transfer-Encoding: chunked\r\n", "\r\nabc\r\n0\r\n\r\n")},
        {"ChunkWithoutLineEnd", post("Transfer-Encoding: chunked\r\n", "3\r\nabc0\r\n\r\n")},
        {"ChunkWithBareLineFeed", post("Transfer-Encoding: chunked\r\n", "3\nabc\n0\n\n")},
        {"ChunkLongerThanSaid", post("Transfer-Encoding: chunked\r\n", "3\r\nabcdef\r\n0\r\n\r\n")},
        {"Trailer", post("Transfer-Encoding: chunked\r\n", "3\r\nabc\r\n0\r\nHost: elsewhere\r\n\r\n")},
        {"LongLine", line + host + "X-A: " + std::string(9 * 1024, 'a') + "\r\n\r\n", 431},
        {"ManyLines",
         [&] {
             auto text = line + host;
             for (int i = 0; i < 200; ++i)
                 text += fmt::format("X-{}: a\r\n", i);
             return text + "\r\n";
         }(),
         431},
        {"LargeHeader",
         [&] {
             auto text = line + host;
             for (int i = 0; i < 90; ++i)
                 text += fmt::format("X-{}: {}\r\n", i, std::string(1000, 'a'));
             return text + "\r\n";
         }(),
         431},
        {"LongTarget", "GET /" + std::string(9 * 1024, 'a') + " HTTP/1.1\r\nHost: localhost\r\n\r\n", 414},
        {"LargeBody", post("Content-Length: 2000000\r\n", ""), 413},
        {"LargeChunk", post("Transfer-Encoding: chunked\r\n", "1E8480\r\n"), 413},
        {"UnknownExpectation", post("Expect: a-miracle\r\nContent-Length: 1\r\n", "a"), 417},
    };
}

INSTANTIATE_TEST_SUITE_P(Matrix, Smuggling, testing::ValuesIn(attacks()),
                         [](const auto& information) { return std::string{information.param.name}; });

TEST_F(Transport, AcceptsTheOwnNamesWithAnyPort)
{
    EXPECT_EQ(ask("GET /a HTTP/1.1\r\nHost: LOCALHOST:8080\r\n\r\n").status, 200);
    EXPECT_EQ(ask("GET /a HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n").status, 200);
    EXPECT_EQ(ask("GET /a HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n").status, 400);

    EXPECT_TRUE(is_own_host("beproefd.example:443", {"beproefd.example:443"}));
    EXPECT_FALSE(is_own_host("beproefd.example:444", {"beproefd.example:443"}));
}

TEST_F(Transport, RefusesABodyInManyChunksAboveTheLimitButAcceptsOneExactlyAtIt)
{
    std::string chunks;
    for (int i = 0; i < 10; ++i)
        chunks += "186A0\r\n" + std::string(100'000, 'x') + "\r\n"; // a million in all

    EXPECT_EQ(ask(post("Transfer-Encoding: chunked\r\n", chunks + "0\r\n\r\n")).status, 200);
    EXPECT_EQ(ask(post("Transfer-Encoding: chunked\r\n", chunks + "1\r\nx\r\n0\r\n\r\n")).status, 413);
}

TEST_F(Transport, DeliversTheRefusalAlsoToAClientThatGoesOnSending)
{
    RawClient client{port()};
    client.send(post("Content-Length: 50000000\r\n", ""));
    const std::string piece(100'000, 'x');
    for (int i = 0; i < 20 && client.send(piece); ++i) {
    }

    EXPECT_EQ(client.receive().status, 413);
}

TEST_F(Transport, TellsAClientThatAsksToGoOn)
{
    RawClient client{port()};

    const auto proceed = client.ask(post("Expect: 100-continue\r\nContent-Length: 3\r\n", ""));
    const auto answer = client.ask("abc");

    EXPECT_EQ(proceed.status, 100);
    EXPECT_EQ(answer.body, "POST /echo abc");
}

TEST_F(Transport, TellsAClientThatAsksToGoOnThatItsBodyIsTooLargeInstead)
{
    EXPECT_EQ(ask(post("Expect: 100-continue\r\nContent-Length: 3000000\r\n", "")).status, 413);
}

TEST_F(Transport, EndsTheConnectionAfterAnAnswerThatDidNotReadTheBody)
{
    RawClient client{port()};

    client.send("POST /early HTTP/1.1\r\nHost: localhost\r\nContent-Length: 40\r\n\r\nGET /smuggled");
    const auto answer = client.receive();

    EXPECT_EQ(answer.body, "early");
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(client.closed());
}

TEST_F(Transport, EndsAHeaderThatComesTooSlowlyAtItsDeadline)
{
    options.deadlines.header = 300ms;
    options.deadlines.sweep = 20ms;
    const auto began = std::chrono::steady_clock::now();
    RawClient client{port()};
    client.send("GET / HTTP/1.1\r\n");

    for (int i = 0; i < 40; ++i) { // one line at a time, for ever
        if (!client.send("X-A: a\r\n") || !client.silent(25ms))
            break;
    }

    const auto time = std::chrono::steady_clock::now() - began;
    EXPECT_EQ(client.receive().status, 408);
    EXPECT_GT(time, 200ms);
    EXPECT_TRUE(client.closed());
}

TEST_F(Transport, EndsABodyThatComesTooSlowlyAtItsDeadline)
{
    options.deadlines.body = 200ms;
    options.deadlines.sweep = 20ms;
    RawClient client{port()};

    const auto answer = client.ask(post("Content-Length: 3\r\n", "a"));

    EXPECT_EQ(answer.status, 408);
    EXPECT_TRUE(client.closed());
}

TEST_F(Transport, ClosesAConnectionThatStaysIdleWithoutAWord)
{
    options.deadlines.idle = 1s; // long enough for a busy machine to send the request
    options.deadlines.sweep = 20ms;
    RawClient client{port()};

    EXPECT_EQ(client.ask(get("/a")).status, 200);

    EXPECT_TRUE(client.closed());
}

TEST_F(Transport, ClosesAConnectionWhoseClientDoesNotReadItsAnswer)
{
    options.deadlines.write = 200ms;
    options.deadlines.sweep = 20ms;
    options.deadlines.minimum_rate = 1'000'000'000;
    RawClient client{port()};

    client.send(get("/large"));

    EXPECT_TRUE(eventually([&] { return options.metrics->connections_open == 0; }));
}

TEST_F(Transport, SendsALargeAnswerWhole) { EXPECT_EQ(ask(get("/large")).body, std::string(8 * 1024 * 1024, 'x')); }

TEST_F(Transport, SaysBusyAtOnceWhenTheQueueIsFull)
{
    options.workers = 1;
    options.queue_limit = 1;
    RawClient running{port()};
    RawClient queued{port()};
    running.send(get("/wait"));
    echo.wait_for_waiting(1);
    queued.send(get("/queued"));
    ASSERT_TRUE(eventually([&] { return echo.admitted == 2; }));
    ASSERT_TRUE(queued.silent(50ms));

    const auto refused = ask(get("/third"));
    echo.release();

    EXPECT_EQ(refused.status, 503);
    EXPECT_EQ(refused.body, "server-busy");
    EXPECT_EQ(refused.header("connection"), "keep-alive") << "the client may try again on it";
    EXPECT_EQ(running.receive().status, 200);
    EXPECT_EQ(queued.receive().body, "GET /queued ");
}

TEST_F(Transport, AnswersAtOnceWhileEveryWorkerIsBusy)
{
    options.workers = 1;
    RawClient running{port()};
    running.send(get("/wait"));
    echo.wait_for_waiting(1);

    EXPECT_EQ(ask(get("/at-once")).status, 200);
}

TEST_F(Transport, AnswersAQuickRequestOnTheSpotWhileNoWorkerIsBusyAndElseInItsTurn)
{
    options.loops = 1;
    options.workers = 2;
    RawClient client{port()};
    ASSERT_EQ(client.ask(get("/at-once")).status, 200);

    // The workers have just started: they are idle a moment later.
    for (int turn = 0; turn < 1000 && echo.quick_on.load() != echo.loop.load(); ++turn) {
        ASSERT_EQ(client.ask(get("/quick")).status, 200);
        std::this_thread::sleep_for(1ms);
    }
    EXPECT_EQ(echo.quick_on.load(), echo.loop.load());

    RawClient running{port()};
    running.send(get("/wait"));
    echo.wait_for_waiting(1);
    ASSERT_EQ(client.ask(get("/quick")).status, 200);
    EXPECT_NE(echo.quick_on.load(), echo.loop.load());
}

TEST_F(Transport, TurnsAnExceptionIntoAnAnswerThatTellsNothingOfIt)
{
    RawClient client{port()};

    const auto answer = client.ask(get("/throw"));

    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.body, "internal-error");
    EXPECT_EQ(client.ask(get("/a")).status, 200);
}

TEST_F(Transport, SaysThatTheDiskIsFull)
{
    const auto answer = ask(get("/full"));

    EXPECT_EQ(answer.status, 503);
    EXPECT_EQ(answer.body, "disk-full");
}

TEST_F(Transport, AnswersForAHandlerThatForgets) { EXPECT_EQ(ask(get("/forget")).status, 500); }

TEST_F(Transport, KeepsAHeaderValueOnItsOwnLine)
{
    const auto answer = ask(get("/split"));

    EXPECT_EQ(answer.header("x-name"), "a  x-evil: 1");
    EXPECT_EQ(answer.header("x-evil"), "");
}

TEST_F(Transport, FinishesWhatRunsBeforeItStops)
{
    RawClient running{port()};
    RawClient idle{port()};
    ASSERT_EQ(idle.ask(get("/a")).status, 200);
    running.send(get("/wait"));
    echo.wait_for_waiting(1);

    bool clean = false;
    std::thread stopper{[&] { clean = server->stop(10s); }};
    EXPECT_TRUE(idle.closed());
    EXPECT_TRUE(running.silent(50ms));
    echo.release();
    const auto answer = running.receive();
    running.finish_sending();
    stopper.join();

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(clean);
    EXPECT_THROW(RawClient{server->port()}, std::runtime_error);
}

TEST_F(Transport, AnswersWhatHadArrivedBeforeItStops)
{
    options.loops = 1;
    RawClient idle{port()};
    RawClient holding{port()};
    ASSERT_EQ(idle.ask(get("/a")).status, 200);
    holding.send(get("/hold")); // from here on nothing is read
    echo.wait_for_waiting(1);
    idle.send(get("/b"));
    ASSERT_TRUE(eventually([&] { return idle.all_arrived(); }));

    std::thread stopper{[&] { server->stop(10s); }};
    EXPECT_TRUE(idle.silent(50ms));
    echo.release();
    const auto answer = idle.receive();
    stopper.join();

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("connection"), "close");
}

TEST_F(Transport, CutsOffWhatDoesNotFinishInTime)
{
    RawClient running{port()};
    running.send(get("/wait"));
    echo.wait_for_waiting(1);

    bool cut_off = false;
    std::thread client{[&] { // the work goes on until its connection is gone
        cut_off = running.closed();
        echo.release();
    }};
    const bool clean = server->stop(50ms);
    client.join();

    EXPECT_FALSE(clean);
    EXPECT_TRUE(cut_off);
}

TEST_F(Transport, RefusesAnAddressThatIsInUseWithASentence)
{
    ServerOptions same;
    same.listen = {"127.0.0.1", port()};
    Server second{same, echo};

    const auto started = second.start();

    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().reason.code, "address-in-use");
    EXPECT_NE(describe::explain(started.error(), Language::en).find("is already in use"), std::string::npos);
}

TEST_F(Transport, RefusesAnAddressOfAnotherMachine)
{
    ServerOptions other;
    other.listen = {"192.0.2.1", 0}; // reserved for documentation (RFC 5737)
    Server server{other, echo};

    const auto started = server.start();

    ASSERT_FALSE(started);
    EXPECT_EQ(started.error().reason.code, "address-not-ours");
}

TEST_F(Transport, ShowsMetricsOnTheirOwnAddressAndNowhereElse)
{
    options.metrics_listen = Endpoint{"127.0.0.1", 0};
    ASSERT_EQ(ask(get("/metrics")).body, "GET /metrics ") << "the application's answer, not ours";

    RawClient client{server->metrics_port()};
    const auto answer = client.ask(get("/metrics"));

    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    EXPECT_NE(answer.body.find("\nbeproefd_http_connections_total 2\n"), std::string::npos) << answer.body;
    EXPECT_EQ(client.ask(get("/a")).status, 404);
}

TEST_F(Transport, BelievesForwardedHeadersOfATrustedProxyOnly)
{
    const auto forwarded = get("/a", "X-Forwarded-Proto: https\r\nX-Forwarded-For: 1.2.3.4, 5.6.7.8\r\n"
                                     "X-Request-Id: abcdefgh-1\r\n");
    const auto direct = ask(forwarded);
    server.reset();
    options.trusted_proxies = {"127.0.0.1"};
    const auto through = ask(forwarded);

    EXPECT_EQ(direct.header("strict-transport-security"), "");
    EXPECT_NE(direct.header("x-request-id"), "abcdefgh-1");
    EXPECT_NE(through.header("strict-transport-security"), "");
    EXPECT_EQ(through.header("x-request-id"), "abcdefgh-1");
}

TEST_F(Transport, LogsTheRouteButNeverWhatCouldNameAPerson)
{
    const TemporaryFolder folder;
    const std::string path = folder.path() / "log.jsonl";
    options.log = Log::to_file(path);
    ask(get("/people/jansen?name=secret-name", "Cookie: session=secret-cookie\r\n"));
    server->stop(1s);
    options.log->flush();

    std::ifstream file{path};
    const std::string text{std::istreambuf_iterator<char>{file}, {}};

    EXPECT_NE(text.find(R"("event":"answered")"), std::string::npos) << text;
    EXPECT_NE(text.find(R"("method":"GET","route":"-","status":200,"microseconds":)"), std::string::npos) << text;
    EXPECT_EQ(text.find("secret"), std::string::npos);
    EXPECT_EQ(text.find("jansen"), std::string::npos);
}

TEST(Endpoints, AreReadFromText)
{
    EXPECT_EQ(endpoint_from_text("127.0.0.1:8080")->port, 8080);
    EXPECT_EQ(endpoint_from_text("[::1]:0")->host, "::1");
    EXPECT_EQ(endpoint_from_text("localhost:65535")->host, "localhost");
    for (const auto* wrong : {"", "8080", ":8080", "localhost", "localhost:", "localhost:65536", "localhost:80a",
                              "::1:80", "[]:80", "localhost:-1"})
        EXPECT_FALSE(endpoint_from_text(wrong)) << wrong;
}

TEST(Languages, AreDutchUnlessEnglishIsPreferred)
{
    EXPECT_EQ(preferred_language(""), Language::nl);
    EXPECT_EQ(preferred_language("en"), Language::en);
    EXPECT_EQ(preferred_language("en-GB,en;q=0.9,nl;q=0.8"), Language::en);
    EXPECT_EQ(preferred_language("nl-NL,nl;q=0.9,en;q=0.8"), Language::nl);
    EXPECT_EQ(preferred_language("fr, de"), Language::nl);
    EXPECT_EQ(preferred_language("en;q=0"), Language::nl);
    EXPECT_EQ(preferred_language("EN;q=0.5, nl;q=0.4"), Language::en);
}

} // namespace
} // namespace beproefd::http
