// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A client for tests that sends exactly the bytes it is told: no library may tidy them up.

#pragma once

#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <linux/sockios.h>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace beproefd::http::test {

struct Answer {
    int status = 0; ///< 0: the connection ended without an answer
    std::map<std::string, std::string> headers;
    std::string body;

    std::string header(const std::string& name) const
    {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string{} : found->second;
    }
};

/// A connection to a server on this machine, closed at the end; throws when nobody listens.
class Socket
{
public:
    explicit Socket(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            ::close(descriptor_);
            throw std::runtime_error("no server on this port");
        }
        const int on = 1;
        ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Socket() { ::close(descriptor_); }
    Socket(const Socket&) = delete;
    Socket& operator=(const Socket&) = delete;

    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

class RawClient
{
public:
    explicit RawClient(std::uint16_t port) : socket_(port) {}

    /// False when the server has closed.
    bool send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto sent = ::send(socket_.descriptor(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (sent <= 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        }
        return true;
    }

    /// One answer; head: it has no body whatever its Content-Length says.
    Answer receive(bool head = false, std::chrono::milliseconds patience = std::chrono::seconds{30})
    {
        Answer answer;
        const auto end = until(patience, [&] { return buffer_.find("\r\n\r\n") != std::string::npos; });
        if (!end)
            return answer;
        const auto size = buffer_.find("\r\n\r\n") + 4;
        const auto text = buffer_.substr(0, size);
        buffer_.erase(0, size);
        answer.status = std::atoi(text.c_str() + 9);
        auto at = text.find("\r\n") + 2;
        while (at < text.size() - 2) {
            const auto line = text.substr(at, text.find("\r\n", at) - at);
            at += line.size() + 2;
            const auto colon = line.find(": ");
            answer.headers[line.substr(0, colon)] = line.substr(colon + 2);
        }
        if (head || answer.status == 204 || answer.status == 304 || answer.status < 200)
            return answer;
        const auto length = static_cast<std::size_t>(std::atoll(answer.header("content-length").c_str()));
        if (!until(patience, [&] { return buffer_.size() >= length; }))
            throw std::runtime_error("the body is shorter than Content-Length says");
        answer.body = buffer_.substr(0, length);
        buffer_.erase(0, length);
        return answer;
    }

    Answer ask(std::string_view request, bool head = false)
    {
        send(request);
        return receive(head);
    }

    /// True when the server ends the connection within the time, with nothing left unread.
    bool closed(std::chrono::milliseconds patience = std::chrono::seconds{30})
    {
        return !until(patience, [] { return false; }) && ended_ && buffer_.empty();
    }

    /// Nothing arrives for so long, and the connection stays open.
    bool silent(std::chrono::milliseconds time)
    {
        const auto before = buffer_.size();
        until(time, [&] { return buffer_.size() > before; });
        return !ended_ && buffer_.size() == before;
    }

    void finish_sending() { ::shutdown(socket_.descriptor(), SHUT_WR); }
    /// True when all that was sent stands in the buffer of the server's system, read or not.
    bool all_arrived() const
    {
        int unacknowledged = 1;
        return ::ioctl(socket_.descriptor(), SIOCOUTQ, &unacknowledged) == 0 && unacknowledged == 0;
    }

private:
    template<class Done>
    bool until(std::chrono::milliseconds patience, Done done)
    {
        const auto end = std::chrono::steady_clock::now() + patience;
        while (!done()) {
            const auto left =
                std::chrono::duration_cast<std::chrono::milliseconds>(end - std::chrono::steady_clock::now());
            if (ended_ || left.count() <= 0)
                return false;
            pollfd poll{socket_.descriptor(), POLLIN, 0};
            if (::poll(&poll, 1, static_cast<int>(left.count())) <= 0)
                continue;
            char bytes[65536];
            const auto got = ::recv(socket_.descriptor(), bytes, sizeof bytes, 0);
            if (got <= 0)
                ended_ = true;
            else
                buffer_.append(bytes, static_cast<std::size_t>(got));
        }
        return true;
    }

    Socket socket_;
    std::string buffer_;
    bool ended_ = false;
};

} // namespace beproefd::http::test
