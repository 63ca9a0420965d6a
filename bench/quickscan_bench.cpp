// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// One scan's result, and 500 people who answer at once.
//
//   quickscan_bench [PATH] [PEOPLE] [SECONDS]     PATH: a new SQLite file, else one under /tmp
//
// The result: a scan with six respondents, 26 answers each, settled, with a closed scan of the year before and its
// actions; read in process. Answering: a real server on a real socket, each person an account with a session and a
// connection of its own, each answer an audited durable write by the same route as the pages use. Two ways: each
// person answers once a second at a moment of its own, and all at the same moment. The client shares the cores.

// The headers of the server expect what its precompiled header brings.
#include <algorithm>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <memory>

#include "platform/auth/accounts/repository.hpp"
#include "platform/auth/accounts/routes.hpp"
#include "platform/core/random.hpp"
#include "platform/core/sha256.hpp"
#include "platform/http/test_client.hpp"
#include "quickscan/scan/routes.hpp"

#include <poll.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <stdexcept>
#include <vector>

using namespace beproefd;
using namespace beproefd::quickscan;
using Time = std::chrono::steady_clock;

namespace {

double milliseconds_since(Time::time_point start)
{
    return std::chrono::duration<double, std::milli>(Time::now() - start).count();
}

double percentile(std::vector<double> values, double share)
{
    std::sort(values.begin(), values.end());
    return values.empty() ? 0 : values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

void print(std::string_view what, const std::vector<double>& times)
{
    fmt::print("{:<52} n {:>6}  p50 {:>7.2f} ms  p99 {:>7.2f} ms  max {:>7.2f} ms\n", what, times.size(),
               percentile(times, 0.5), percentile(times, 0.99), percentile(times, 1));
    std::fflush(stdout);
}

template<class T>
T must(Result<T> result)
{
    if (!result)
        throw std::runtime_error(std::string{result.error().reason.code});
    return *std::move(result);
}

struct Person {
    Actor actor;
    std::string name;
    std::string token;
};

Id<Organisation> organisation(storage::Database& database)
{
    const auto id = Id<Organisation>::create();
    must(Result<Done>{database.transact([&](storage::Transaction& tx) -> Result<Done> {
        tx.execute(R"(INSERT INTO organisations_organisation (id, kind, code, demonstration, safety_region)
                      VALUES ($1, 'municipality', 'GM9001', 1, ''))",
                   id);
        return Done{};
    })});
    return id;
}

std::vector<Person> people(storage::Database& database, const Id<Organisation>& own, int count)
{
    std::vector<Person> all;
    const auto now = SystemClock{}.now();
    must(Result<Done>{database.transact([&](storage::Transaction& tx) -> Result<Done> {
        all.clear();
        auth::Repository accounts{tx, own};
        for (int i = 0; i < count; ++i) {
            const Role role = i == 0 ? Role::dossier_holder : Role::colleague;
            const Account account{Id<Account>::create(), own, fmt::format("persoon-{}", i), "", false, false, now, 1};
            accounts.save(account);
            accounts.save_roles(account.id, {role});
            const auto token = secure_random_hex(32);
            accounts.save(auth::Session{sha256_hex(token), own, account.id, now, now});
            all.push_back({Actor{account.id, own, {role}, auth::RoleBook::shipped().permissions_of({role})},
                           account.name, token});
        }
        return Done{};
    })});
    return all;
}

Id<Scan> open_scan(Service& scans, const std::vector<Person>& people, int year, std::size_t invited)
{
    const auto& holder = people.front().actor;
    const auto today = amsterdam_day(SystemClock{}.now());
    const auto scan = must(scans.create(holder, {.instrument = *Text<1, 80>::from_text("quickscan-local-approach"),
                                                 .version = {},
                                                 .period_from = Day{year, 1, 1},
                                                 .period_to = Day{year, 12, 31},
                                                 .size_class = SizeClass::medium,
                                                 .closes_on = today.plus(30)}));
    for (std::size_t i = 0; i < invited; ++i)
        must(scans.invite(holder, scan.id,
                          {.domain = static_cast<Domain>(i % 4),
                           .function = *FunctionLabel::from_text("beleidsmedewerker"),
                           .account = Text<1, 60>::from_text(people[i].name),
                           .link = {},
                           .link_until = {},
                           .confirmed = {}}));
    must(scans.step(holder, scan.id, scan.row_version, {.to = ScanState::open, .reason = {}, .confirmed = {}}));
    return scan.id;
}

AnswerInput input(int number)
{
    return {.value = number % 3 == 0   ? AnswerValue::yes
                     : number % 3 == 1 ? AnswerValue::no
                                       : AnswerValue::unknown,
            .parts = {},
            .values = {},
            .reason = Explanation::from_text("Dit staat in het programma en is besproken met de partners."),
            .note = {},
            .proofs = {},
            .confirmed = {}};
}

void measure_result(Service& scans, const std::vector<Person>& people)
{
    const auto& holder = people.front().actor;
    Id<Scan> last;
    for (const int year : {2025, 2026}) {
        last = open_scan(scans, people, year, 6);
        const auto& instrument = *shipped_instruments().current("quickscan-local-approach");
        int number = year;
        for (std::size_t i = 0; i < 6; ++i) {
            for (const auto& question : instrument.questions)
                must(scans.put_answer(people[i].actor, last, question.key, {}, input(number++)));
        }
        const auto to = [&](ScanState state) {
            const auto version = must(scans.scan(holder, last)).row_version;
            must(scans.step(holder, last, version, {.to = state, .reason = {}, .confirmed = {}}));
        };
        to(ScanState::consensus);
        for (const auto& question : instrument.questions)
            must(scans.put_settled(holder, last, question.key, {}, input(number++)));
        for (const auto* question : {"q1", "q6", "q16", "q20"})
            must(scans.add_action(holder, last,
                                  {.question = *Text<1, 40>::from_text(question),
                                   .text = *Text<1, 500>::from_text("Doe wat nodig is"),
                                   .owner_function = *FunctionLabel::from_text("beleidsmedewerker"),
                                   .due_on = Day{2027, 1, 1},
                                   .confirmed = {}}));
        to(ScanState::closed);
    }
    std::vector<double> times;
    for (int i = 0; i < 1000; ++i) {
        const auto start = Time::now();
        const auto result = must(scans.result(holder, last));
        const auto text = describe::to_json(result);
        times.push_back(milliseconds_since(start));
        if (!result.change)
            throw std::logic_error("there is no change to compute");
    }
    print("one scan's result, as JSON", times);
}

/// One connection that sends a request and waits for its answer.
class Connection
{
public:
    explicit Connection(std::uint16_t port) : socket_(port) {}

    int socket() const { return socket_.descriptor(); }
    bool waiting() const { return waiting_; }

    void send(const std::string& request)
    {
        sent_ = Time::now();
        waiting_ = true;
        if (::send(socket(), request.data(), request.size(), MSG_NOSIGNAL) != static_cast<ssize_t>(request.size()))
            throw std::runtime_error("the request was not taken whole");
    }

    /// How long the answer took, once it is there.
    std::optional<double> received()
    {
        char bytes[8192];
        const auto got = ::recv(socket(), bytes, sizeof bytes, MSG_DONTWAIT);
        if (got <= 0)
            return std::nullopt;
        text_.append(bytes, static_cast<std::size_t>(got));
        const auto head = text_.find("\r\n\r\n");
        if (head == std::string::npos)
            return std::nullopt;
        const auto length = text_.find("content-length: ");
        const auto size = length < head ? std::strtoul(text_.c_str() + length + 16, nullptr, 10) : 0;
        if (text_.size() < head + 4 + size)
            return std::nullopt;
        if (text_.compare(9, 3, "200") != 0)
            throw std::runtime_error(text_.substr(0, 600));
        text_.clear();
        waiting_ = false;
        return milliseconds_since(sent_);
    }

private:
    http::test::Socket socket_;
    bool waiting_ = false;
    std::string text_;
    Time::time_point sent_;
};

class Crowd
{
public:
    Crowd(std::uint16_t port, const std::vector<Person>& people, const Id<Scan>& scan) : people_(people), scan_(scan)
    {
        for (std::size_t i = 0; i < people.size(); ++i) {
            connections_.push_back(std::make_unique<Connection>(port));
            polled_.push_back({connections_.back()->socket(), POLLIN, 0});
        }
        answered_.resize(people.size());
    }

    /// Person i answers the next question.
    void answer(std::size_t i)
    {
        const int number = ++answered_[i];
        const int question = (number - 1) % 26 + 1;
        const int version = (number - 1) / 26; // changed again after a whole round
        const std::string body =
            fmt::format(R"({{"value":"{}","reason":"Dit staat in het programma en is besproken met de partners."}})",
                        number % 2 == 0 ? "no" : "yes");
        connections_[i]->send(fmt::format(
            "PUT /api/v1/scans/{}/own-answers/q{} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            "Sec-Fetch-Site: same-origin\r\nCookie: beproefd={}\r\n{}Content-Length: {}\r\n\r\n{}",
            scan_.to_text(), question, people_[i].token,
            version > 0 ? fmt::format("If-Match: \"v{}\"\r\n", version) : "", body.size(), body));
    }

    bool waiting(std::size_t i) const { return connections_[i]->waiting(); }

    void gather(std::vector<double>& times, int patience)
    {
        if (::poll(polled_.data(), polled_.size(), patience) <= 0)
            return;
        for (std::size_t i = 0; i < polled_.size(); ++i) {
            if (polled_[i].revents == 0)
                continue;
            if (const auto time = connections_[i]->received())
                times.push_back(*time);
        }
    }

    bool any_waiting() const
    {
        return std::any_of(connections_.begin(), connections_.end(), [](const auto& one) { return one->waiting(); });
    }

private:
    const std::vector<Person>& people_;
    Id<Scan> scan_;
    std::vector<std::unique_ptr<Connection>> connections_;
    std::vector<pollfd> polled_;
    std::vector<int> answered_;
};

void measure_answering(std::uint16_t port, const std::vector<Person>& people, const Id<Scan>& scan, double seconds)
{
    Crowd crowd{port, people, scan};
    std::vector<double> times;

    // Each at a moment of its own: once a second, spread by chance.
    std::mt19937 random{2026};
    std::uniform_real_distribution<double> second{0, 1000};
    std::vector<double> next;
    for (std::size_t i = 0; i < people.size(); ++i)
        next.push_back(second(random));
    const auto start = Time::now();
    while (milliseconds_since(start) < seconds * 1000 || crowd.any_waiting()) {
        const auto now = milliseconds_since(start);
        for (std::size_t i = 0; i < people.size() && now < seconds * 1000; ++i) {
            if (next[i] <= now && !crowd.waiting(i)) {
                crowd.answer(i);
                next[i] += 1000;
            }
        }
        crowd.gather(times, 1);
    }
    print(fmt::format("{} people, each an answer a second", people.size()), times);

    // All at the same moment, ten times.
    times.clear();
    for (int round = 0; round < 10; ++round) {
        for (std::size_t i = 0; i < people.size(); ++i)
            crowd.answer(i);
        while (crowd.any_waiting())
            crowd.gather(times, 10);
    }
    print(fmt::format("{} answers at the same moment", people.size()), times);
}

} // namespace

int main(int argc, char** argv)
{
    const std::string path = argc > 1 ? argv[1] : fmt::format("/tmp/quickscan-bench-{}.sqlite", getpid());
    const int count = argc > 2 ? std::atoi(argv[2]) : 500;
    const double seconds = argc > 3 ? std::atof(argv[3]) : 10;
    try {
        auto database = storage::Database::open("sqlite:" + path, {.opening = storage::Opening::setup});
        const SystemClock clock;
        auth::Service accounts{database, clock};
        Service scans{database, clock, shipped_instruments};
        const auto own = organisation(database);
        const auto all = people(database, own, count);

        measure_result(scans, all);

        const auto scan = open_scan(scans, all, 2027, all.size());
        http::Router router;
        auth::CookieAuthenticator authenticator{accounts};
        router.authenticate_with(authenticator);
        mount_scans(router, scans);
        http::Server server{http::ServerOptions{}, router};
        if (!server.start())
            throw std::runtime_error("no port is free");
        measure_answering(server.port(), all, scan, seconds);
        server.stop();
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
    if (argc <= 1) {
        for (const auto* suffix : {"", "-wal", "-shm", ".lock"})
            std::filesystem::remove(path + suffix);
    }
    return 0;
}
