// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/connection.hpp"

#include "platform/core/random.hpp"

#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <system_error>

namespace beproefd::http {

namespace {

constexpr std::size_t first_buffer = 4 * 1024; ///< bytes; most requests fit
constexpr std::size_t body_buffer = 64 * 1024; ///< bytes, while a body comes in
constexpr std::size_t sendfile_turn = 1 << 20; ///< bytes sent before others get their turn
constexpr std::chrono::seconds rate_grace{5};  ///< before the minimum rate of a body counts

/// The same on every answer. Source: OWASP ASVS 5.0 V3.4; internet.nl; the pages load nothing from elsewhere.
constexpr std::string_view security_headers = "x-content-type-options: nosniff\r\n"
                                              "referrer-policy: same-origin\r\n"
                                              "cross-origin-opener-policy: same-origin\r\n"
                                              "cross-origin-resource-policy: same-origin\r\n"
                                              "permissions-policy: camera=(), geolocation=(), microphone=(), "
                                              "payment=(), usb=()\r\n";
constexpr std::string_view content_security_policy =
    "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'\r\n";
/// Two years: the least that browsers' preload lists accept.
constexpr std::string_view strict_transport = "strict-transport-security: max-age=63072000; includeSubDomains\r\n";

bool is_request_id(std::string_view text)
{
    return text.size() >= 8 && text.size() <= 64 && std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
           });
}

/// The last address of X-Forwarded-For: the only one that our own proxy wrote.
std::string_view last_element(std::string_view list)
{
    const auto comma = list.rfind(',');
    if (comma != std::string_view::npos)
        list.remove_prefix(comma + 1);
    while (!list.empty() && list.front() == ' ')
        list.remove_prefix(1);
    return list;
}

bool may_have_body(int status) { return status != 204 && status != 304 && status >= 200; }

/// True when a full disk is told as the cause of the exception.
bool is_full_disk(const std::exception& error)
{
    try {
        std::rethrow_if_nested(error);
        return false;
    } catch (const std::system_error& cause) {
        return cause.code() == std::errc::no_space_on_device;
    } catch (...) {
        return false;
    }
}

} // namespace

/// Answers with 500 when nobody else did.
struct Responder::State {
    std::shared_ptr<Loop> loop;
    std::weak_ptr<Connection> connection;
    std::uint64_t exchange = 0;
    Application* application = nullptr;
    std::shared_ptr<Log> log;
    std::string request_id;
    Language language = Language::nl;
    std::atomic<bool> answered{false};

    void deliver(Response response)
    {
        if (!answered.exchange(true))
            loop->deliver(connection, exchange, std::move(response));
    }

    /// A full disk is told as what it is: the visitor did nothing wrong, and somebody can mend it.
    void broken(const std::exception& error)
    {
        if (is_full_disk(error))
            broken(error.what(), 503, "disk-full");
        else
            broken(error.what());
    }

    void broken(std::string_view what, int status = 500, std::string_view code = "internal-error")
    {
        if (log)
            log->write(Log::Level::error, "exception", {{"requestId", request_id}, {"what", what}});
        Request request;
        request.id = request_id;
        request.language = language;
        request.path = "/api/";
        deliver(application->refusal(status, code, &request));
    }

    ~State()
    {
        if (!answered.load() && !connection.expired())
            broken("the handler gave no answer");
    }
};

void Responder::operator()(Response response) const { state_->deliver(std::move(response)); }

void Responder::broke(const std::exception_ptr& what) const
{
    try {
        std::rethrow_exception(what);
    } catch (const std::exception& error) {
        state_->broken(error);
    } catch (...) {
        state_->broken("an exception that is not a std::exception");
    }
}

// --- Loop ---------------------------------------------------------------------------------------------------------

Loop::Loop(std::shared_ptr<Shared> shared)
    : shared_(std::move(shared)), keep_running_(asio::make_work_guard(context)), sweeper_(context),
      id_prefix_(secure_random_hex(6))
{
}

void Loop::run()
{
    thread_ = std::this_thread::get_id();
    sweep_later();
    context.run();
}

void Loop::sweep_later()
{
    sweeper_.expires_after(shared_->options.deadlines.sweep);
    sweeper_.async_wait([this](const boost::system::error_code& error) {
        if (error)
            return;
        const auto now = SteadyClock::now();
        const std::vector<std::shared_ptr<Connection>> all{connections.begin(), connections.end()};
        for (const auto& connection : all)
            connection->sweep(now);
        sweep_later();
    });
}

void Loop::deliver(std::weak_ptr<Connection> connection, std::uint64_t exchange, Response response)
{
    if (std::this_thread::get_id() == thread_) { // a quick answer, made here: dispatch() has nothing left to do
        if (const auto here = connection.lock())
            here->answer(exchange, std::move(response));
        return;
    }
    bool first = false;
    {
        const std::lock_guard lock{deliveries_mutex_};
        first = deliveries_.empty();
        deliveries_.push_back({std::move(connection), exchange, std::move(response)});
    }
    if (first) // one wake-up takes them all
        asio::post(context, [this] { take_deliveries(); });
}

void Loop::take_deliveries()
{
    {
        const std::lock_guard lock{deliveries_mutex_};
        std::swap(deliveries_, taken_);
    }
    for (auto& delivery : taken_)
        if (const auto connection = delivery.connection.lock())
            connection->answer(delivery.exchange, std::move(delivery.response));
    taken_.clear();
}

const std::string& Loop::date()
{
    const auto now = static_cast<std::int64_t>(std::time(nullptr));
    if (now != date_second_) {
        date_second_ = now;
        date_ = http_date(now);
    }
    return date_;
}

std::string Loop::new_request_id() { return fmt::format("{}{:08x}", id_prefix_, ++id_count_); }

// --- Connection ---------------------------------------------------------------------------------------------------

Connection::Connection(Tcp::socket socket, std::shared_ptr<Shared> shared, std::shared_ptr<Loop> loop,
                       Application& application)
    : socket_(std::move(socket)), shared_(std::move(shared)), loop_(loop), loop_now_(loop.get()),
      application_(&application)
{
    ++shared_->metrics->connections_open;
}

Connection::~Connection() { --shared_->metrics->connections_open; }

void Connection::start()
{
    boost::system::error_code error;
    socket_.non_blocking(true, error);
    socket_.set_option(Tcp::no_delay{true}, error);
    const auto remote = socket_.remote_endpoint(error);
    if (error)
        return; // gone already
    remote_address_ = remote.address().to_string();
    const auto& trusted = shared_->options.trusted_proxies;
    from_trusted_proxy_ = std::find(trusted.begin(), trusted.end(), remote_address_) != trusted.end();
    loop_now_->connections.insert(shared_from_this());
    reader_.emplace(shared_->options.framing, shared_->options.hosts);
    // A new connection has to begin a request within the time of a header, not of a pause.
    enter(Phase::idle, shared_->options.deadlines.header);
    read();
}

void Connection::enter(Phase phase, std::chrono::milliseconds time)
{
    phase_ = phase;
    phase_began_ = SteadyClock::now();
    deadline_ = phase_began_ + time;
}

void Connection::sweep(SteadyClock::time_point now)
{
    const auto& deadlines = shared_->options.deadlines;
    switch (phase_) {
    case Phase::idle:
    case Phase::writing:
    case Phase::lingering:
        if (now >= deadline_)
            close();
        return;
    case Phase::header:
    case Phase::body: {
        bool late = now >= deadline_;
        if (phase_ == Phase::body && now - phase_began_ > rate_grace) {
            const auto counted = std::chrono::duration<double>(now - phase_began_ - rate_grace).count();
            late = late || static_cast<double>(reader_->body_received()) <
                               counted * static_cast<double>(deadlines.minimum_rate);
        }
        if (late) {
            ++shared_->metrics->requests_timed_out;
            refuse(408, "request-timeout");
        }
        return;
    }
    case Phase::handling: // the handler has its own limits
    case Phase::closed:
        return;
    }
}

void Connection::read()
{
    if (begin_ == end_)
        begin_ = end_ = 0;
    const auto wanted = phase_ == Phase::body ? body_buffer : first_buffer;
    if (input_.size() < wanted || (phase_ == Phase::idle && input_.size() > first_buffer && end_ == 0)) {
        input_.resize(wanted);
        input_.shrink_to_fit();
    }
    if (end_ == input_.size()) {
        if (begin_ > 0) {
            std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
            end_ -= begin_;
            begin_ = 0;
        } else {
            input_.resize(input_.size() * 2); // the reader refuses before this grows far
        }
    }
    reading_ = true;
    socket_.async_read_some(asio::buffer(input_.data() + end_, input_.size() - end_),
                            [self = shared_from_this()](const boost::system::error_code& error, std::size_t bytes) {
                                self->received(error, bytes);
                            });
}

void Connection::received(const boost::system::error_code& error, std::size_t bytes)
{
    reading_ = false;
    if (phase_ == Phase::closed)
        return;
    if (phase_ == Phase::lingering) {
        if (error)
            return close();
        begin_ = end_ = 0; // what a refused client still sends is thrown away
        return read();
    }
    if (phase_ == Phase::handling || phase_ == Phase::writing)
        return; // refused meanwhile, by the sweep; what came is not looked at any more
    if (error)
        return close();
    end_ += bytes;
    process();
}

void Connection::process()
{
    for (;;) {
        begin_ += reader_->feed(pending());
        switch (reader_->state()) {
        case RequestReader::State::refused: {
            const auto fault = reader_->fault();
            return refuse(fault.status, fault.code);
        }
        case RequestReader::State::header:
            if (phase_ == Phase::idle && reader_->started())
                enter(Phase::header, shared_->options.deadlines.header);
            return read();
        case RequestReader::State::body:
            if (admitted_)
                return read();
            if (!admit())
                return;
            break; // what came with the header may be the whole body
        case RequestReader::State::done:
            if (!admitted_ && !admit())
                return;
            return dispatch();
        }
    }
}

bool Connection::admit()
{
    auto& request = reader_->request();
    request.remote_address = remote_address_;
    if (from_trusted_proxy_) {
        if (const auto address = request.header("x-forwarded-for"); address && !last_element(*address).empty())
            request.remote_address = last_element(*address);
        request.secure = request.header("x-forwarded-proto").value_or("") == "https";
        if (const auto id = request.header("x-request-id"); id && is_request_id(*id))
            request.id = *id;
    }
    if (request.id.empty())
        request.id = loop_now_->new_request_id();
    request_id_ = request.id;
    secure_ = request.secure;
    method_ = request.method;
    admitted_ = true;
    if (request.method == Method::other) {
        refuse(501, "method-unknown");
        return false;
    }

    auto admission = application_->admit(request);
    route_ = request.route;
    if (admission.answer) {
        // A body that nobody will read may not be taken for the next request.
        admission.answer->close = admission.answer->close || reader_->state() != RequestReader::State::done;
        send(std::move(*admission.answer));
        return false;
    }
    at_once_ = admission.at_once;
    quick_ = admission.quick;
    reader_->set_body_limit(admission.body_limit);
    if (reader_->state() == RequestReader::State::refused) {
        const auto fault = reader_->fault();
        refuse(fault.status, fault.code);
        return false;
    }
    if (reader_->state() == RequestReader::State::body) {
        enter(Phase::body, shared_->options.deadlines.body);
        if (reader_->expects_continue() && pending().empty()) {
            static constexpr std::string_view proceed = "HTTP/1.1 100 Continue\r\n\r\n";
            // The socket's buffer is empty here: everything before this request has been sent.
            [[maybe_unused]] const auto written =
                ::send(socket_.native_handle(), proceed.data(), proceed.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        }
    }
    return true;
}

void Connection::dispatch()
{
    phase_ = Phase::handling;
    ++exchange_;
    request_came_ = SteadyClock::now();
    std::shared_ptr<Request> request = reader_->take_request();

    auto state = std::make_shared<Responder::State>();
    state->loop = loop_now_->shared_from_this();
    state->connection = weak_from_this();
    state->exchange = exchange_;
    state->application = application_;
    state->log = shared_->log;
    state->request_id = request_id_;
    state->language = request->language;

    auto work = [application = application_, shared = shared_, request, state]() mutable {
        try {
            application->handle(std::move(request), Responder{state});
        } catch (const std::exception& error) {
            ++shared->metrics->exceptions;
            state->broken(error);
        } catch (...) {
            ++shared->metrics->exceptions;
            state->broken("an exception that is not a std::exception");
        }
    };
    // Handing a quick answer to another thread and back costs more than the answer. While a worker is busy it goes
    // the usual way, so that whoever holds a connection of the database is never waited for here.
    if (at_once_ || (quick_ && shared_->pool.idle()))
        return work();
    if (!shared_->pool.try_post(std::move(work))) {
        ++shared_->metrics->queue_full;
        state->answered = true;
        send(application_->refusal(503, "server-busy", request.get()));
    }
}

void Connection::refuse(int status, std::string_view code)
{
    ++shared_->metrics->requests_refused;
    const Request* request =
        admitted_ && reader_->state() != RequestReader::State::header ? &reader_->request() : nullptr;
    if (request_id_.empty())
        request_id_ = loop_now_->new_request_id();
    if (!request)
        request_came_ = phase_began_;
    Request unread;
    unread.id = request_id_;
    unread.path = "/api/";
    auto response = application_->refusal(status, code, request ? request : &unread);
    response.close = true;
    send(std::move(response));
}

void Connection::answer(std::uint64_t exchange, Response response)
{
    if (phase_ == Phase::handling && exchange == exchange_)
        send(std::move(response));
}

void Connection::send(Response response)
{
    response_ = std::move(response);
    const auto& deadlines = shared_->options.deadlines;
    const auto size = response_.file ? response_.file_size : response_.body.size();
    keep_ = !response_.close && reader_->keep_alive() && !shared_->draining.load(std::memory_order_relaxed);
    send_body_ = method_ != Method::head && may_have_body(response_.status) && size > 0;

    head_.clear();
    head_.reserve(1024);
    auto append = std::back_inserter(head_);
    fmt::format_to(append, "HTTP/1.1 {} {}\r\ndate: {}\r\n", response_.status, status_text(response_.status),
                   loop_now_->date());
    bool has_policy = false;
    for (const auto& header : response_.headers) {
        has_policy = has_policy || header.name == "content-security-policy";
        head_.append(header.name).append(": ");
        // A line break in a value would end the header: what follows could be taken for an answer of its own.
        for (const char c : header.value)
            head_ += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
        head_ += "\r\n";
    }
    if (may_have_body(response_.status))
        fmt::format_to(append, "content-length: {}\r\n", size);
    head_.append("x-request-id: ").append(request_id_).append("\r\n").append(security_headers);
    if (!has_policy)
        head_ += content_security_policy;
    if (secure_ && shared_->options.strict_transport)
        head_ += strict_transport;
    head_ += keep_ ? "connection: keep-alive\r\n\r\n" : "connection: close\r\n\r\n";

    head_sent_ = 0;
    body_sent_ = 0;
    enter(Phase::writing, deadlines.write + std::chrono::milliseconds{
                                                size * 1000 / std::max<std::size_t>(deadlines.minimum_rate, 1)});
    flush();
}

void Connection::flush()
{
    bool blocked = false;
    if (!flush_some(blocked))
        return close();
    if (!blocked)
        return sent();
    socket_.async_wait(Tcp::socket::wait_write, [self = shared_from_this()](const boost::system::error_code& error) {
        if (self->phase_ != Phase::writing)
            return;
        if (error)
            return self->close();
        self->flush();
    });
}

/// Writes what the socket takes. False when the client is gone; blocked when the rest has to wait.
bool Connection::flush_some(bool& blocked)
{
    const auto handle = socket_.native_handle();
    const bool file = send_body_ && response_.file;
    const auto body_size = file ? response_.file_size : response_.body.size();

    const auto waits = [&](ssize_t written) {
        blocked = written < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        return written >= 0 || blocked || errno == EINTR;
    };
    while (head_sent_ < head_.size() || (send_body_ && !file && body_sent_ < body_size)) {
        std::array<iovec, 2> parts{iovec{head_.data() + head_sent_, head_.size() - head_sent_},
                                   iovec{response_.body.data() + body_sent_, 0}};
        if (send_body_ && !file)
            parts[1].iov_len = static_cast<std::size_t>(body_size - body_sent_);
        msghdr message{};
        message.msg_iov = parts.data();
        message.msg_iovlen = parts[1].iov_len > 0 ? 2 : 1;
        const auto written = ::sendmsg(handle, &message, MSG_NOSIGNAL | (file ? MSG_MORE : 0));
        if (!waits(written))
            return false;
        if (blocked)
            return true;
        if (written > 0) {
            const auto of_head = std::min(static_cast<std::size_t>(written), head_.size() - head_sent_);
            head_sent_ += of_head;
            body_sent_ += static_cast<std::size_t>(written) - of_head;
        }
    }
    std::size_t turn = 0;
    while (file && body_sent_ < body_size) {
        if (turn >= sendfile_turn) {
            blocked = true;
            return true;
        }
        auto offset = static_cast<off_t>(body_sent_);
        const auto written = ::sendfile(handle, response_.file->descriptor(), &offset,
                                        std::min<std::uint64_t>(body_size - body_sent_, sendfile_turn));
        if (!waits(written))
            return false;
        if (blocked)
            return true;
        if (written == 0)
            return false; // the file became shorter: the length that was promised cannot be kept
        body_sent_ += static_cast<std::uint64_t>(std::max<ssize_t>(written, 0));
        turn += static_cast<std::size_t>(std::max<ssize_t>(written, 0));
    }
    return true;
}

void Connection::sent()
{
    const auto now = SteadyClock::now();
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(
                          now - (request_came_ == SteadyClock::time_point{} ? phase_began_ : request_came_))
                          .count();
    shared_->metrics->bytes_sent.fetch_add(head_.size() + body_sent_, std::memory_order_relaxed);
    if (route_)
        route_->counters->count(response_.status, time);
    if (shared_->log)
        shared_->log->answered(request_id_, method_name(method_), route_ ? route_->pattern : "-", response_.status,
                               time, head_.size() + body_sent_);
    response_ = {};
    if (!keep_)
        return linger();

    reader_.emplace(shared_->options.framing, shared_->options.hosts);
    admitted_ = false;
    at_once_ = false;
    quick_ = false;
    route_ = nullptr;
    method_ = Method::other;
    request_id_.clear();
    request_came_ = {};
    enter(Phase::idle, shared_->options.deadlines.idle);
    if (pending().empty())
        return read();
    // The next request is here already (pipelining); others get their turn first.
    asio::post(loop_now_->context, [self = shared_from_this()] {
        if (self->phase_ == Phase::idle)
            self->process();
    });
}

/// Closing at once would make the kernel throw away what the client has not read yet when it is still sending.
void Connection::linger()
{
    boost::system::error_code error;
    socket_.shutdown(Tcp::socket::shutdown_send, error);
    if (error)
        return close();
    enter(Phase::lingering, shared_->options.deadlines.linger);
    if (!reading_) { // a read is under way when the sweep refused
        begin_ = end_ = 0;
        read();
    }
}

void Connection::drain()
{
    if (phase_ != Phase::idle || !pending().empty())
        return;
    // A request that has arrived and was not read yet is answered first; the answer says that we close.
    boost::system::error_code gone;
    if (socket_.available(gone) == 0)
        close();
}

void Connection::close()
{
    if (phase_ == Phase::closed)
        return;
    phase_ = Phase::closed;
    boost::system::error_code error;
    socket_.close(error);
    loop_now_->connections.erase(shared_from_this());
}

} // namespace beproefd::http
