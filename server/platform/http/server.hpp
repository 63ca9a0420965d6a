// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "platform/http/framing.hpp"
#include "platform/http/log.hpp"
#include "platform/http/message.hpp"
#include "platform/http/metrics.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace beproefd::http {

/// Gives the answer to one request: once, from any thread, now or later. When every copy is gone without an answer
/// the client gets 500, so a forgotten request never hangs.
class Responder
{
public:
    struct State;

    explicit Responder(std::shared_ptr<State> state) : state_(std::move(state)) {}

    /// Only the first call counts.
    void operator()(Response response) const;
    /// What was to give the answer broke: 500, and the log says what.
    void broke(const std::exception_ptr& what) const;

private:
    std::shared_ptr<State> state_;
};

/// What the server serves.
class Application
{
public:
    virtual ~Application() = default;

    /// What is decided from the header alone, before a body is read.
    struct Admission {
        std::optional<Response> answer{}; ///< answered already: static file, unknown path
        std::size_t body_limit = 0;       ///< bytes; more is 413
        bool at_once = false;             ///< so quick that it runs on the I/O thread
        bool quick = false;               ///< runs on the I/O thread while no worker has anything to do
    };
    /// Runs on an I/O thread: never waits.
    virtual Admission admit(Request& head) = 0;

    /// Runs on a worker thread (or at once). An exception becomes 500.
    virtual void handle(std::shared_ptr<Request> request, Responder respond) = 0;

    /// What the transport itself refuses: 400, 408, 413, 414, 417, 431, 500, 501, 503, 505. request is null when the
    /// header could not be read.
    virtual Response refusal(int status, std::string_view code, const Request* request) = 0;
};

struct Endpoint {
    std::string host;
    std::uint16_t port = 0; ///< 0: any free one
};

/// Reads "127.0.0.1:8080", "localhost:8080" or "[::1]:8080"; empty for anything else.
std::optional<Endpoint> endpoint_from_text(std::string_view text);

struct ServerOptions {
    Endpoint listen{"127.0.0.1", 0};
    std::optional<Endpoint> metrics_listen{}; ///< /metrics is served here and nowhere else

    /// The names under which we are reached, with or without a port. Empty accepts every name.
    std::vector<std::string> hosts{"localhost", "127.0.0.1", "[::1]"};
    /// Addresses whose X-Forwarded-For, X-Forwarded-Proto and X-Request-Id are believed.
    std::vector<std::string> trusted_proxies{};
    /// Send Strict-Transport-Security on answers to requests that arrived over TLS.
    bool strict_transport = true;

    unsigned loops = 0;                    ///< I/O threads; 0: half the cores, at least one
    unsigned workers = 0;                  ///< worker threads; 0: the number of cores, at least two
    std::size_t queue_limit = 512;         ///< requests waiting for a worker; beyond it 503 with Retry-After
    std::size_t connection_limit = 10'000; ///< open connections; beyond it they are closed at once

    FramingLimits framing{};

    /// One absolute moment per phase, so a slow client cannot extend it byte by byte.
    struct Deadlines {
        std::chrono::milliseconds idle{60'000};   ///< between requests; closed without a word
        std::chrono::milliseconds header{15'000}; ///< from its first byte; then 408
        std::chrono::milliseconds body{60'000};   ///< then 408
        std::chrono::milliseconds write{60'000};  ///< plus the time the size takes at the minimum rate
        std::chrono::milliseconds linger{2'000};  ///< for the client to read the last answer
        std::chrono::milliseconds sweep{500};     ///< how often they are looked at
        std::size_t minimum_rate = 1'024;         ///< bytes per second of a body after its first five seconds
    } deadlines{};

    std::shared_ptr<Log> log{};         ///< one line per answer; none without it
    std::shared_ptr<Metrics> metrics{}; ///< made when missing
};

/// Listens, reads, lets the application answer, writes. One acceptor hands connections to I/O threads; a connection
/// never changes thread, so it needs no locks. Handlers run on a bounded pool of workers.
class Server
{
public:
    /// The application must outlive the server.
    Server(ServerOptions options, Application& application);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Begins to listen and returns. Refuses an address that is in use or not ours.
    Result<void> start();

    /// The port that is listened on; of use when 0 was asked.
    std::uint16_t port() const;
    std::uint16_t metrics_port() const;

    /// Accepts no more, lets running requests finish for at most that long, then closes what is left. Returns true
    /// when nothing had to be cut off.
    bool stop(std::chrono::milliseconds patience = std::chrono::seconds{20});

private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

/// Lets the main thread wait for SIGTERM or SIGINT. Make it before any thread starts: they inherit that the signals
/// are held back, so that none of them is interrupted.
class TerminationSignal
{
public:
    TerminationSignal();
    /// The number of the signal that came.
    int wait() const;
};

} // namespace beproefd::http
