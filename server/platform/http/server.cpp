// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/server.hpp"

#include "platform/http/connection.hpp"

#include <boost/asio/ip/v6_only.hpp>
#include <boost/asio/post.hpp>
#include <charconv>
#include <csignal>
#include <thread>

namespace beproefd::http {

namespace {

constexpr Reason address_in_use{"address-in-use", ""};
constexpr Reason address_not_ours{"address-not-ours", ""};

/// Waits a moment after a failed accept, for example when no file descriptor is free.
constexpr std::chrono::milliseconds accept_pause{100};

/// What is listened on, and who answers there.
struct Listener {
    Listener(asio::io_context& context, Application& application)
        : acceptor(context), pause(context), application(&application)
    {
    }
    Tcp::acceptor acceptor;
    asio::steady_timer pause;
    Application* application;
};

/// /metrics on its own address: nothing else lives there, and it lives nowhere else.
class MetricsApplication final : public Application
{
public:
    explicit MetricsApplication(const Metrics& metrics) : metrics_(&metrics) {}

    Admission admit(Request& head) override
    {
        if (head.path == "/metrics" && (head.method == Method::get || head.method == Method::head)) {
            Response response{.status = 200, .body = metrics_->to_text()};
            response.with("content-type", "text/plain; version=0.0.4; charset=utf-8");
            return {.answer = std::move(response)};
        }
        return {.answer = refusal(404, "not-found", &head)};
    }

    void handle(std::shared_ptr<Request>, Responder) override {} // everything is answered above

    Response refusal(int status, std::string_view, const Request*) override
    {
        Response response{.status = status, .body = fmt::format("{}\n", status_text(status))};
        response.with("content-type", "text/plain; charset=utf-8");
        return response;
    }

private:
    const Metrics* metrics_;
};

} // namespace

std::optional<Endpoint> endpoint_from_text(std::string_view text)
{
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return std::nullopt;
    auto host = text.substr(0, colon);
    if (host.front() == '[') {
        if (host.size() < 3 || host.back() != ']')
            return std::nullopt;
        host = host.substr(1, host.size() - 2);
    } else if (host.find(':') != std::string_view::npos) {
        return std::nullopt;
    }
    std::uint16_t port = 0;
    const auto digits = text.substr(colon + 1);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), port);
    if (digits.empty() || read.ec != std::errc{} || read.ptr != digits.data() + digits.size())
        return std::nullopt;
    return Endpoint{std::string{host}, port};
}

struct Server::Implementation {
    Implementation(ServerOptions options, Application& application) : application(application)
    {
        const auto cores = std::max(1u, std::thread::hardware_concurrency());
        const auto workers = options.workers > 0 ? options.workers : std::max(2u, cores);
        loop_count = options.loops > 0 ? options.loops : std::max(1u, cores / 2);
        shared = std::make_shared<Shared>(std::move(options), workers);
        shared->log = shared->options.log;
        shared->metrics = shared->options.metrics ? shared->options.metrics : std::make_shared<Metrics>();
        // The collector may be asked after this server is gone.
        shared->metrics->add([weak = std::weak_ptr<Shared>{shared}](std::string& out) {
            if (const auto alive = weak.lock())
                Metrics::write(out, "beproefd_http_queue", "gauge", "Requests waiting for a worker.",
                               static_cast<std::int64_t>(alive->pool.waiting()));
        });
        metrics_application = std::make_unique<MetricsApplication>(*shared->metrics);
    }

    Result<void> listen(const Endpoint& endpoint, Application& target, std::uint16_t& port)
    {
        const auto refusal = [&](Reason reason) {
            return refuse(reason, {{"address", fmt::format("{}:{}", endpoint.host, endpoint.port)}});
        };
        auto& context = loops.front()->context;
        boost::system::error_code error;
        Tcp::resolver resolver{context};
        const auto found = resolver.resolve(endpoint.host, std::to_string(endpoint.port),
                                            Tcp::resolver::passive | Tcp::resolver::numeric_service, error);
        if (error || found.empty())
            return refusal(address_not_ours);
        port = endpoint.port;
        bool any = false;
        for (const auto& entry : found) { // localhost is both 127.0.0.1 and ::1
            auto address = entry.endpoint();
            address.port(port);
            auto listener = std::make_unique<Listener>(context, target);
            auto& acceptor = listener->acceptor;
            acceptor.open(address.protocol(), error);
            if (!error)
                acceptor.set_option(Tcp::acceptor::reuse_address{true}, error);
            if (!error && address.protocol() == Tcp::v6())
                acceptor.set_option(asio::ip::v6_only{true}, error);
            if (!error)
                acceptor.bind(address, error);
            if (!error)
                acceptor.listen(asio::socket_base::max_listen_connections, error);
            if (error == asio::error::address_in_use)
                return refusal(address_in_use);
            if (error)
                continue; // a machine without IPv6 still listens on the other one
            port = acceptor.local_endpoint().port();
            any = true;
            listeners.push_back(std::move(listener));
        }
        if (!any)
            return refusal(address_not_ours);
        return {};
    }

    void accept(Listener& listener)
    {
        const auto loop = loops[next_loop++ % loops.size()];
        listener.acceptor.async_accept(
            loop->context, [this, &listener, loop](const boost::system::error_code& error, Tcp::socket socket) {
                if (!listener.acceptor.is_open())
                    return;
                if (error) {
                    listener.pause.expires_after(accept_pause);
                    listener.pause.async_wait([this, &listener](const boost::system::error_code& cancelled) {
                        if (!cancelled && listener.acceptor.is_open())
                            accept(listener);
                    });
                    return;
                }
                auto& metrics = *shared->metrics;
                ++metrics.connections_accepted;
                if (metrics.connections_open.load() >= static_cast<std::int64_t>(shared->options.connection_limit)) {
                    ++metrics.connections_refused; // closed with the socket
                } else {
                    auto connection =
                        std::make_shared<Connection>(std::move(socket), shared, loop, *listener.application);
                    asio::post(loop->context, [connection] { connection->start(); });
                }
                accept(listener);
            });
    }

    Application& application;
    unsigned loop_count = 1;
    std::shared_ptr<Shared> shared;
    std::unique_ptr<MetricsApplication> metrics_application;
    std::vector<std::shared_ptr<Loop>> loops;
    std::vector<std::unique_ptr<Listener>> listeners;
    std::vector<std::thread> threads;
    std::size_t next_loop = 0;
    std::uint16_t port = 0;
    std::uint16_t metrics_port = 0;
};

Server::Server(ServerOptions options, Application& application)
    : implementation_(std::make_unique<Implementation>(std::move(options), application))
{
}

Server::~Server() { stop(std::chrono::milliseconds{0}); }

Result<void> Server::start()
{
    auto& self = *implementation_;
    std::signal(SIGPIPE, SIG_IGN); // sendfile has no flag against it
    for (unsigned i = 0; i < self.loop_count; ++i)
        self.loops.push_back(std::make_shared<Loop>(self.shared));
    const auto& options = self.shared->options;
    auto listening = self.listen(options.listen, self.application, self.port);
    if (listening && options.metrics_listen)
        listening = self.listen(*options.metrics_listen, *self.metrics_application, self.metrics_port);
    if (!listening) {
        self.listeners.clear();
        self.loops.clear();
        return listening;
    }
    for (auto& listener : self.listeners)
        self.accept(*listener);
    for (auto& loop : self.loops)
        self.threads.emplace_back([loop] { loop->run(); });
    return {};
}

std::uint16_t Server::port() const { return implementation_->port; }

std::uint16_t Server::metrics_port() const { return implementation_->metrics_port; }

bool Server::stop(std::chrono::milliseconds patience)
{
    auto& self = *implementation_;
    if (self.threads.empty()) {
        self.shared->pool.stop();
        return true;
    }
    self.shared->draining = true;
    asio::post(self.loops.front()->context, [&self] {
        for (auto& listener : self.listeners) {
            boost::system::error_code error;
            listener->acceptor.close(error);
            listener->pause.cancel();
        }
    });
    const auto on_all = [&self](auto action) {
        for (auto& loop : self.loops)
            asio::post(loop->context, [loop, action] {
                const std::vector<std::shared_ptr<Connection>> all{loop->connections.begin(),
                                                                   loop->connections.end()};
                for (const auto& connection : all)
                    action(*connection);
            });
    };
    const auto end = SteadyClock::now() + patience;
    const auto open = [&self] { return self.shared->metrics->connections_open.load(); };
    on_all([](Connection& connection) { connection.drain(); });
    while (open() > 0 && SteadyClock::now() < end) {
        std::this_thread::sleep_for(std::chrono::milliseconds{5});
        on_all([](Connection& connection) { connection.drain(); });
    }
    const bool all_done = open() == 0;
    on_all([](Connection& connection) { connection.close(); });
    self.shared->pool.stop();
    for (auto& loop : self.loops)
        asio::post(loop->context, [loop] { loop->context.stop(); });
    for (auto& thread : self.threads)
        thread.join();
    // What is still queued is run here: a handler keeps its loop, and the loop its handlers, so neither would ever
    // go.
    for (auto& loop : self.loops) {
        loop->context.restart();
        loop->context.poll();
        const std::vector<std::shared_ptr<Connection>> late{loop->connections.begin(), loop->connections.end()};
        for (const auto& connection : late)
            connection->close();
        loop->context.poll();
    }
    self.threads.clear();
    self.listeners.clear();
    self.loops.clear();
    if (self.shared->log)
        self.shared->log->flush();
    return all_done;
}

TerminationSignal::TerminationSignal()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

int TerminationSignal::wait() const
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    int signal = 0;
    sigwait(&signals, &signal);
    return signal;
}

} // namespace beproefd::http
