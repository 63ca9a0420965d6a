// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Audited durable writes per second, beside the number of syncs the disk can do.
//
//   storage_bench sqlite:PATH [CLIENTS] [SECONDS] [ORGANISATIONS]
//   storage_bench postgresql://… [CLIENTS] [SECONDS] [ORGANISATIONS]   a database of its own: it is set up and filled
//
// One write is a row and its audit entry in one transaction, for one of 64 organisations, or as many as are asked.
// Three measurements: 8 kB appends with fdatasync beside the database (the limit of one commit at a time), waiting
// clients, each a thread, and as many changes under way without waiting threads (transact_async, how the http workers
// use it).

#include "platform/audit/audit.hpp"
#include "platform/storage/database.hpp"
#include "platform/storage/idempotency.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>
#include <vector>

using namespace beproefd;
using Time = std::chrono::steady_clock;

namespace {

double seconds_since(Time::time_point start) { return std::chrono::duration<double>(Time::now() - start).count(); }

double processor_seconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) { return double(time.tv_sec) + double(time.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

long resident_megabytes()
{
    std::ifstream file("/proc/self/statm");
    long size = 0;
    long resident = 0;
    file >> size >> resident;
    return resident * sysconf(_SC_PAGESIZE) / (1 << 20);
}

void measure_disk(const std::string& folder, double seconds)
{
    const auto path = folder + "/bench-sync.tmp";
    const int file = open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    const std::vector<char> block(8192, 'x');
    const auto start = Time::now();
    int syncs = 0;
    while (seconds_since(start) < seconds) {
        if (write(file, block.data(), block.size()) < 0 || fdatasync(file) != 0)
            break;
        ++syncs;
    }
    fmt::print("{:<34} {:>9.0f}/s  {:>7.3f} ms each\n", "fdatasync of 8 kB, one at a time",
               syncs / seconds_since(start), 1000 * seconds_since(start) / std::max(1, syncs));
    close(file);
    std::filesystem::remove(path);
}

struct Load {
    storage::Database& db;
    std::vector<OrganisationId> organisations;
    std::atomic<std::int64_t> next{0};

    Result<void> write_one(storage::Transaction& tx, std::int64_t number)
    {
        const auto& organisation = organisations[static_cast<std::size_t>(number) % organisations.size()];
        tx.act_for(organisation);
        storage::keep_answer(
            tx, {"0193a5b0-0000-7000-8000-000000000001", new_uuid(), "sha256"},
            {201, R"({"id":"0193a5b0","title":"a row of usual length","grantedCents":1250000})", {}, {}},
            SystemClock{}.now());
        audit::record(tx, {organisation, "0193a5b0-0000-7000-8000-000000000001", "grant_manager"}, "bench.write",
                      {"bench", std::to_string(number)});
        return Done{};
    }
};

void report(const char* name, std::vector<double>& times, double seconds, double processor, std::uint64_t commits,
            std::int64_t refused)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        return times.empty() ? 0.0 : 1000 * times[static_cast<std::size_t>(share * double(times.size() - 1))];
    };
    fmt::print(
        "{:<34} {:>9.0f}/s  p50 {:>6.2f} ms  p99 {:>6.2f} ms  most {:>6.1f} ms  {:>5.1f} us CPU each  {:>5.1f} a "
        "commit  {} refused  {} MB\n",
        name, double(times.size()) / seconds, at(0.5), at(0.99), at(1), 1e6 * processor / double(times.size()),
        double(times.size()) / double(std::max<std::uint64_t>(1, commits)), refused, resident_megabytes());
}

void measure_waiting(Load& load, int clients, double seconds)
{
    std::vector<std::vector<double>> times(static_cast<std::size_t>(clients));
    std::atomic<std::int64_t> refused = 0;
    const auto before = load.db.statistics();
    const auto processor = processor_seconds();
    const auto start = Time::now();
    std::vector<std::thread> threads;
    for (auto& own : times)
        threads.emplace_back([&] {
            while (seconds_since(start) < seconds) {
                const auto began = Time::now();
                const auto number = load.next++;
                if (load.db.transact([&](storage::Transaction& tx) { return load.write_one(tx, number); }))
                    own.push_back(seconds_since(began));
                else
                    ++refused;
            }
        });
    for (auto& thread : threads)
        thread.join();
    const auto took = seconds_since(start);
    std::vector<double> all;
    for (const auto& own : times)
        all.insert(all.end(), own.begin(), own.end());
    report(fmt::format("{} waiting clients", clients).c_str(), all, took, processor_seconds() - processor,
           load.db.statistics().commits - before.commits, refused);
}

void measure_asynchronous(Load& load, int under_way, double seconds)
{
    std::mutex mutex;
    std::condition_variable changed;
    int running = 0;
    std::vector<double> times;
    std::int64_t refused = 0;
    const auto before = load.db.statistics();
    const auto processor = processor_seconds();
    const auto start = Time::now();
    std::unique_lock guard(mutex);
    while (seconds_since(start) < seconds) {
        changed.wait(guard, [&] { return running < under_way; });
        const int free = under_way - running;
        running = under_way;
        guard.unlock();
        for (int number = 0; number < free; ++number) {
            const auto began = Time::now();
            load.db.transact_async(
                [&, row = load.next++](storage::Transaction& tx) { return load.write_one(tx, row); },
                [&, began](std::optional<Result<void>> answer, std::exception_ptr) {
                    const std::lock_guard done(mutex);
                    --running;
                    if (answer && *answer)
                        times.push_back(seconds_since(began));
                    else
                        ++refused;
                    changed.notify_one();
                });
        }
        guard.lock();
    }
    changed.wait(guard, [&] { return running == 0; });
    const auto took = seconds_since(start);
    guard.unlock();
    report(fmt::format("{} under way, no waiting threads", under_way).c_str(), times, took,
           processor_seconds() - processor, load.db.statistics().commits - before.commits, refused);
}

} // namespace

int main(int count, char** words)
{
    if (count < 2) {
        fmt::print(stderr, "usage: storage_bench URL [CLIENTS] [SECONDS] [ORGANISATIONS]\n");
        return 2;
    }
    const std::string url = words[1];
    const int clients = count > 2 ? std::atoi(words[2]) : 128;
    const double seconds = count > 3 ? std::atof(words[3]) : 5;
    const int organisations = count > 4 ? std::max(1, std::atoi(words[4])) : 64;
    try {
        storage::Options options;
        options.opening = storage::Opening::setup;
        auto db = storage::Database::open(url, options);
        Load load{db, {}};
        for (int organisation = 0; organisation < organisations; ++organisation)
            load.organisations.push_back(OrganisationId::create());

        measure_disk(url.starts_with("sqlite:") ? std::filesystem::absolute(url.substr(7)).parent_path().string()
                                                : std::filesystem::temp_directory_path().string(),
                     1);
        measure_waiting(load, 1, std::min(seconds, 2.0));
        measure_waiting(load, clients, seconds);
        if (db.dialect() == storage::Dialect::sqlite)
            measure_asynchronous(load, clients, seconds);
        const auto verification = audit::verify(db);
        fmt::print("audit: {} entries of {} organisations, {} damages\n", verification.entries,
                   verification.organisations, verification.damages.size());
        return verification.damages.empty() ? 0 : 1;
    } catch (const std::exception& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 1;
    }
}
