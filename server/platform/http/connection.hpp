// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Inside platform/http only: this header shows Asio.

#pragma once

#include "platform/http/route.hpp"
#include "platform/http/server.hpp"
#include "platform/http/worker_pool.hpp"

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <mutex>
#include <thread>
#include <unordered_set>

namespace beproefd::http {

namespace asio = boost::asio;
using Tcp = asio::ip::tcp;
using SteadyClock = std::chrono::steady_clock;

class Connection;

/// What all connections of a server share.
struct Shared {
    explicit Shared(ServerOptions options, unsigned workers)
        : options(std::move(options)), pool(workers, this->options.queue_limit)
    {
    }

    ServerOptions options;
    std::shared_ptr<Log> log;
    std::shared_ptr<Metrics> metrics;
    WorkerPool pool;
    std::atomic<bool> draining{false};
};

/// One I/O thread and the connections that live on it.
class Loop : public std::enable_shared_from_this<Loop>
{
public:
    explicit Loop(std::shared_ptr<Shared> shared);

    void run();
    /// Hands an answer over from any thread.
    void deliver(std::weak_ptr<Connection> connection, std::uint64_t exchange, Response response);
    /// The current moment for a Date header; formatted once a second.
    const std::string& date();
    std::string new_request_id();

    asio::io_context context{1};
    std::unordered_set<std::shared_ptr<Connection>> connections; ///< touched by this loop's thread only

private:
    struct Delivery {
        std::weak_ptr<Connection> connection;
        std::uint64_t exchange;
        Response response;
    };

    void sweep_later();
    void take_deliveries();

    std::shared_ptr<Shared> shared_;
    std::atomic<std::thread::id> thread_{}; ///< the one that runs the loop
    asio::executor_work_guard<asio::io_context::executor_type> keep_running_;
    asio::steady_timer sweeper_;
    std::mutex deliveries_mutex_;
    std::vector<Delivery> deliveries_;
    std::vector<Delivery> taken_;
    std::int64_t date_second_ = -1;
    std::string date_;
    std::string id_prefix_;
    std::uint32_t id_count_ = 0;
};

/// One client, as a state machine: reads a request, has it answered, writes the answer, begins again. At any moment
/// at most one operation of the socket is under way, and one deadline counts.
class Connection : public std::enable_shared_from_this<Connection>
{
public:
    Connection(Tcp::socket socket, std::shared_ptr<Shared> shared, std::shared_ptr<Loop> loop,
               Application& application);
    ~Connection();

    void start();
    void sweep(SteadyClock::time_point now);
    void answer(std::uint64_t exchange, Response response);
    /// Ends it when nothing is under way.
    void drain();
    void close();

private:
    enum class Phase { idle, header, body, handling, writing, lingering, closed };

    void enter(Phase phase, std::chrono::milliseconds time);
    void read();
    void received(const boost::system::error_code& error, std::size_t bytes);
    void process();
    bool admit();
    void dispatch();
    void refuse(int status, std::string_view code);
    void send(Response response);
    void flush();
    bool flush_some(bool& blocked);
    void sent();
    void linger();
    std::string_view pending() const { return {input_.data() + begin_, end_ - begin_}; }

    Tcp::socket socket_;
    std::shared_ptr<Shared> shared_;
    std::weak_ptr<Loop> loop_;
    Loop* loop_now_; ///< valid on the loop's own thread
    Application* application_;
    std::string remote_address_;
    bool from_trusted_proxy_ = false;

    Phase phase_ = Phase::idle;
    SteadyClock::time_point deadline_{};
    SteadyClock::time_point phase_began_{};

    std::vector<char> input_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;

    std::optional<RequestReader> reader_;
    std::uint64_t exchange_ = 0; ///< counts requests, so that a late answer cannot reach the next one
    bool admitted_ = false;
    bool at_once_ = false;
    bool quick_ = false;

    // What is kept of the request while a handler has it.
    Method method_ = Method::other;
    const Route* route_ = nullptr;
    std::string request_id_;
    bool secure_ = false;
    SteadyClock::time_point request_came_{};

    Response response_;
    std::string head_;
    std::size_t head_sent_ = 0;
    std::uint64_t body_sent_ = 0;
    bool send_body_ = false;
    bool keep_ = false;
    bool reading_ = false; ///< a read is under way
};

} // namespace beproefd::http
