// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/postgres_connection.hpp"

#include "platform/storage/disk_full.hpp"

#include <fmt/format.h>
#include <libpq-fe.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstring>
#include <stdexcept>

namespace beproefd::storage {

namespace {

constexpr std::size_t most_prepared = 512;
constexpr const char* begin_write = "BEGIN ISOLATION LEVEL SERIALIZABLE";
constexpr const char* begin_read = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* set_scope =
    "SELECT set_config('app.organisation', $1, true), set_config('app.purpose', $2, true)";
/// The turns stand apart from other advisory locks by their first number ("BPFT").
constexpr const char* wait_for_turn = "SELECT pg_advisory_lock(1112557140, $1)";
constexpr const char* commit_and_give_back = "COMMIT; SELECT pg_advisory_unlock_all()";
constexpr const char* rollback_and_give_back = "ROLLBACK; SELECT pg_advisory_unlock_all()";
constexpr const char* give_back = "SELECT pg_advisory_unlock_all()";

/// FNV-1a. All servers on one database must come to the same number, so std::hash will not do.
std::int32_t turn_of(std::string_view organisation)
{
    std::uint32_t hash = 2166136261u;
    for (const char c : organisation)
        hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return static_cast<std::int32_t>(hash);
}

class PostgresRow final : public Row
{
public:
    explicit PostgresRow(const PGresult* result) : result_(result) {}
    void move_to(int row) { row_ = row; }

    int columns() const override { return PQnfields(result_); }
    std::string_view name(int column) const override { return PQfname(result_, column); }
    bool is_null(int column) const override { return PQgetisnull(result_, row_, column) != 0; }

    bool boolean(int column) const override
    {
        const auto kept = text(column);
        if (kept == "1" || kept == "t")
            return true;
        if (kept == "0" || kept == "f")
            return false;
        refuse(column, "0 or 1");
    }

    std::int64_t integer(int column) const override
    {
        const auto kept = text(column);
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(kept.data(), kept.data() + kept.size(), value);
        if (error != std::errc{} || end != kept.data() + kept.size())
            refuse(column, "a whole number");
        return value;
    }

    double real(int column) const override
    {
        const auto kept = text(column);
        double value = 0;
        const auto [end, error] = std::from_chars(kept.data(), kept.data() + kept.size(), value);
        if (error != std::errc{} || end != kept.data() + kept.size())
            refuse(column, "a number");
        return value;
    }

    std::string_view text(int column) const override
    {
        if (is_null(column))
            refuse(column, "a value");
        return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
    }

    std::string bytes(int column) const override
    {
        // "\\x" and two hexadecimal digits a byte: the form since PostgreSQL 9.0.
        const auto kept = text(column);
        const auto digit = [&](char c) -> unsigned {
            if (c >= '0' && c <= '9')
                return static_cast<unsigned>(c - '0');
            if (c >= 'a' && c <= 'f')
                return static_cast<unsigned>(c - 'a') + 10;
            refuse(column, "bytes");
        };
        if (!kept.starts_with("\\x") || kept.size() % 2 != 0)
            refuse(column, "bytes");
        std::string content(kept.size() / 2 - 1, '\0');
        for (std::size_t at = 0; at < content.size(); ++at)
            content[at] = static_cast<char>(digit(kept[2 * at + 2]) << 4 | digit(kept[2 * at + 3]));
        return content;
    }

private:
    [[noreturn]] void refuse(int column, std::string_view expected) const
    {
        throw Corrupt(fmt::format("column {} does not hold {}", name(column), expected));
    }

    const PGresult* result_;
    int row_ = 0;
};

/// The values as text with a NUL behind each, which is how libpq wants them.
class Values
{
public:
    explicit Values(std::span<const Parameter> parameters)
    {
        texts_.reserve(parameters.size());
        for (const auto& parameter : parameters) {
            texts_.emplace_back();
            std::visit([&](const auto& value) { write(texts_.back(), value); }, parameter);
            lengths.push_back(static_cast<int>(texts_.back().size()));
            pointers.push_back(std::holds_alternative<std::monostate>(parameter) ? nullptr : texts_.back().c_str());
        }
    }

    std::vector<const char*> pointers;
    std::vector<int> lengths;

private:
    static void write(std::string&, std::monostate) {}
    static void write(std::string& out, std::int64_t value) { out = std::to_string(value); }
    static void write(std::string& out, double value)
    {
        if (!std::isfinite(value))
            throw std::domain_error("a number that is not finite cannot be kept");
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
        out.assign(digits.data(), end);
    }
    static void write(std::string& out, std::string_view value)
    {
        if (value.find('\0') != std::string_view::npos)
            throw std::domain_error("a text with a NUL cannot be kept");
        out = value;
    }
    static void write(std::string& out, const std::string& value) { write(out, std::string_view{value}); }
    static void write(std::string& out, const Bytes& value)
    {
        constexpr std::string_view digits = "0123456789abcdef";
        out.reserve(2 + 2 * value.bytes.size());
        out = "\\x";
        for (const char c : value.bytes) {
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        }
    }

    std::vector<std::string> texts_; // reserved: the pointers stay valid
};

/// The message without the password that a URL may carry, on one line.
std::string one_line(std::string_view message)
{
    std::string text{message};
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.pop_back();
    for (auto& c : text)
        if (c == '\n')
            c = ' ';
    return text;
}

} // namespace

void PostgresConnection::ResultDeleter::operator()(pg_result* result) const { PQclear(result); }

PostgresConnection::PostgresConnection(const std::string& url, Role role, std::chrono::milliseconds patience)
    : role_(role)
{
    // URL first, then what we need, so that the URL cannot turn it off; a time limit only when the URL gives none.
    const char* const names[] = {"connect_timeout", "dbname", "application_name", "client_encoding", nullptr};
    const char* const values[] = {"10", url.c_str(), "beproefd", "UTF8", nullptr};
    handle_ = PQconnectdbParams(names, values, /*expand_dbname=*/1);
    try {
        if (PQstatus(handle_) != CONNECTION_OK)
            throw CannotOpen(OpenFailure::not_found, fmt::format("The PostgreSQL database cannot be reached: {}.",
                                                                 one_line(PQerrorMessage(handle_))));
        if (PQserverVersion(handle_) < 140000)
            throw CannotOpen(OpenFailure::foreign, "PostgreSQL 14 or newer is needed.");
        PQsetNoticeProcessor(handle_, [](void*, const char*) {}, nullptr);
        script("SET client_min_messages = warning; SET DateStyle = 'ISO, YMD'; SET TimeZone = 'UTC'; "
               "SET idle_in_transaction_session_timeout = '60s'; "
               // An answer may not leave before its sync; a stricter setting of the server (remote_apply) stays.
               "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = "
               "'off'");
        if (role == Role::application) {
            try {
                script(fmt::format("SET ROLE {}; SET lock_timeout = '{}ms'", application_role, patience.count()));
            } catch (const Fault&) {
                throw CannotOpen(
                    OpenFailure::not_set_up,
                    fmt::format("The role {} is missing or not granted to this user; run `beproefd setup` "
                                "on this database first.",
                                application_role));
            }
        }
    } catch (...) {
        PQfinish(handle_);
        throw;
    }
}

PostgresConnection::~PostgresConnection() { PQfinish(handle_); }

bool PostgresConnection::alive() const { return !spoilt_ && PQstatus(handle_) == CONNECTION_OK; }

void PostgresConnection::begin(Isolation isolation)
{
    isolation_ = isolation;
    scope_ = {};
    acted_for_.clear();
    awaited_.clear();
    pending_ = true;
    begun_ = false;
}

void PostgresConnection::enter(const Scope& scope)
{
    scope_ = scope;
    if (!scope_.organisation.empty() && std::ranges::find(acted_for_, scope_.organisation) == acted_for_.end())
        acted_for_.push_back(scope_.organisation);
    if (begun_) {
        const std::array<Parameter, 2> values{std::string_view{scope_.organisation},
                                              std::string_view{scope_.purpose}};
        run(set_scope, values, [](const Row&) { return true; });
    }
}

void PostgresConnection::wait_for_turns_of(const std::vector<std::string>& organisations)
{
    awaited_ = organisations;
}

std::vector<std::int32_t> PostgresConnection::turns_to_wait_for() const
{
    std::vector<std::int32_t> turns;
    if (isolation_ != Isolation::write || role_ != Role::application)
        return turns;
    for (const auto& organisation : awaited_)
        turns.push_back(turn_of(organisation));
    if (!scope_.organisation.empty())
        turns.push_back(turn_of(scope_.organisation));
    // In one order for all, so that no two wait for each other.
    std::ranges::sort(turns);
    turns.erase(std::ranges::unique(turns).begin(), turns.end());
    return turns;
}

std::int64_t PostgresConnection::run(std::string_view sql, std::span<const Parameter> parameters, RowSink sink)
{
    const Values values{parameters};

    if (prepared_.size() >= most_prepared && !pending_ && prepared_.find(sql) == prepared_.end()) {
        // Far more texts than a program of fixed statements has: start over rather than fill the server's memory.
        check(Outcome{PQexec(handle_, "DEALLOCATE ALL")}, "DEALLOCATE ALL");
        prepared_.clear();
    }
    const auto found = prepared_.find(sql);
    const bool known = found != prepared_.end();
    const std::string name = known ? found->second : fmt::format("s{}", ++prepared_count_);

    Outcome outcome;
    if (pending_) {
        outcome = first_of_transaction(name, known, sql, values.pointers, values.lengths);
    } else {
        if (!known)
            check(Outcome{PQprepare(handle_, name.c_str(), std::string{sql}.c_str(), 0, nullptr)}, sql);
        outcome.reset(PQexecPrepared(handle_, name.c_str(), static_cast<int>(values.pointers.size()),
                                     values.pointers.data(), values.lengths.data(), nullptr, 0));
        if (!known)
            prepared_.emplace(std::string{sql}, name);
    }
    check(outcome, sql);

    PostgresRow row{outcome.get()};
    const int rows = PQntuples(outcome.get());
    for (int number = 0; number < rows; ++number) {
        row.move_to(number);
        if (!sink(row))
            break;
    }
    // RETURNING gives rows as well as a count; a SELECT counts what it found, which is no change.
    if (std::strncmp(PQcmdStatus(outcome.get()), "SELECT", 6) == 0)
        return 0;
    const char* changed = PQcmdTuples(outcome.get());
    return *changed ? std::strtoll(changed, nullptr, 10) : 0;
}

PostgresConnection::Outcome PostgresConnection::first_of_transaction(const std::string& name, bool known,
                                                                     std::string_view sql,
                                                                     const std::vector<const char*>& values,
                                                                     const std::vector<int>& lengths)
{
    struct Step {
        std::string_view text;
        bool is_answer = false;
        bool is_sync = false;
    };
    std::vector<Step> steps;
    struct Learnt {
        std::size_t step;
        std::string text;
        std::string name;
    };
    std::vector<Learnt> learnt;
    const auto sent = [&](int ok, std::string_view text, bool is_answer = false) {
        if (!ok)
            fail(nullptr, text);
        steps.push_back({text, is_answer});
    };
    const auto name_of = [&](std::string_view text) {
        if (const auto at = prepared_.find(text); at != prepared_.end())
            return at->second;
        const auto fresh = fmt::format("s{}", ++prepared_count_);
        sent(PQsendPrepare(handle_, fresh.c_str(), std::string{text}.c_str(), 0, nullptr), text);
        learnt.push_back({steps.size() - 1, std::string{text}, fresh});
        return fresh;
    };

    pending_ = false;
    begun_ = true;
    if (!PQenterPipelineMode(handle_))
        fail(nullptr, sql);

    const auto turns = turns_to_wait_for();
    for (const auto turn : turns) {
        holds_turns_ = true;
        const auto turn_name = name_of(wait_for_turn);
        const auto number = std::to_string(turn);
        const char* const turn_value = number.c_str();
        sent(PQsendQueryPrepared(handle_, turn_name.c_str(), 1, &turn_value, nullptr, nullptr, 0), wait_for_turn);
    }
    if (!turns.empty()) {
        // The wait is over before BEGIN, for its own view of the data must not be that of the transaction.
        if (!PQpipelineSync(handle_))
            fail(nullptr, wait_for_turn);
        steps.push_back({.text = wait_for_turn, .is_sync = true});
    }

    const std::string_view begin_text = isolation_ == Isolation::write ? begin_write : begin_read;
    const auto begin_name = name_of(begin_text);
    // First of all: preparing any other statement takes a view of the data, after which the isolation is fixed.
    sent(PQsendQueryPrepared(handle_, begin_name.c_str(), 0, nullptr, nullptr, nullptr, 0), begin_text);
    const auto scope_name = name_of(set_scope);
    if (!known) {
        sent(PQsendPrepare(handle_, name.c_str(), std::string{sql}.c_str(), 0, nullptr), sql);
        learnt.push_back({steps.size() - 1, std::string{sql}, name});
    }
    const std::array<const char*, 2> scope_values{scope_.organisation.c_str(), scope_.purpose.c_str()};
    sent(PQsendQueryPrepared(handle_, scope_name.c_str(), 2, scope_values.data(), nullptr, nullptr, 0), set_scope);
    sent(PQsendQueryPrepared(handle_, name.c_str(), static_cast<int>(values.size()), values.data(), lengths.data(),
                             nullptr, 0),
         sql, true);
    if (!PQpipelineSync(handle_))
        fail(nullptr, sql);

    Outcome answer;
    Outcome failed;
    std::size_t failed_at = steps.size();
    for (std::size_t number = 0; number < steps.size() && alive(); ++number) {
        if (steps[number].is_sync) {
            const Outcome passed{PQgetResult(handle_)};
            continue;
        }
        while (Outcome outcome{PQgetResult(handle_)}) {
            const auto status = PQresultStatus(outcome.get());
            if (status == PGRES_FATAL_ERROR && !failed) {
                failed = std::move(outcome);
                failed_at = number;
            } else if (steps[number].is_answer && status != PGRES_PIPELINE_ABORTED) {
                answer = std::move(outcome);
            }
            if (!alive())
                break;
        }
    }
    if (alive()) {
        while (Outcome outcome{PQgetResult(handle_)})
            if (PQresultStatus(outcome.get()) == PGRES_PIPELINE_SYNC)
                break;
        PQexitPipelineMode(handle_);
    }
    // What was prepared before a failure stays prepared on the server.
    for (auto& item : learnt)
        if (item.step < failed_at)
            prepared_.emplace(std::move(item.text), std::move(item.name));
    if (failed || !answer)
        fail(failed.get(), failed ? steps[failed_at].text : sql);
    return answer;
}

void PostgresConnection::script(const std::string& sql)
{
    if (pending_) {
        pending_ = false;
        begun_ = true;
        check(Outcome{PQexec(handle_, isolation_ == Isolation::write ? begin_write : begin_read)}, "BEGIN");
        enter(Scope{scope_});
    }
    check(Outcome{PQexec(handle_, sql.c_str())}, sql);
}

PostgresConnection::Outcome PostgresConnection::end_with(const char* command)
{
    Outcome ended;
    if (PQsendQuery(handle_, command) == 0)
        return ended;
    bool given_back = false;
    while (Outcome outcome{PQgetResult(handle_)}) {
        given_back = PQresultStatus(outcome.get()) == PGRES_TUPLES_OK;
        if (!ended)
            ended = std::move(outcome);
    }
    if (given_back)
        holds_turns_ = false;
    return ended;
}

void PostgresConnection::commit()
{
    pending_ = false;
    if (!begun_)
        return; // nothing was asked, so nothing was sent
    begun_ = false;
    const Outcome outcome = end_with(holds_turns_ ? commit_and_give_back : "COMMIT");
    const bool kept = outcome && std::strcmp(PQcmdStatus(outcome.get()), "COMMIT") == 0;
    if (!kept && !alive())
        throw Unavailable(
            "PostgreSQL: the connection was lost during COMMIT; whether the change was kept is unknown");
    check(outcome, "COMMIT");
    if (!kept)
        throw Fault("PostgreSQL: the transaction had failed before its COMMIT and was rolled back");
    spoilt_ = holds_turns_;
}

void PostgresConnection::rollback() noexcept
{
    pending_ = false;
    if (alive() && (begun_ || holds_turns_))
        end_with(!holds_turns_ ? "ROLLBACK" : begun_ ? rollback_and_give_back : give_back);
    begun_ = false;
    spoilt_ = spoilt_ || holds_turns_;
}

void PostgresConnection::check(const Outcome& outcome, std::string_view doing)
{
    const auto status = PQresultStatus(outcome.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fail(outcome.get(), doing);
}

void PostgresConnection::fail(const pg_result* result, std::string_view doing)
{
    const char* const state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    const std::string_view code = state ? state : "";
    if (!alive() || code.starts_with("08") || code.starts_with("57P"))
        throw Unavailable(fmt::format("PostgreSQL: the connection was lost, while running: {}", doing));

    // Only the primary message: the detail may hold values of the row.
    const char* const primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : nullptr;
    const auto what = fmt::format("PostgreSQL: {} ({}), while running: {}",
                                  primary ? std::string{primary} : one_line(PQerrorMessage(handle_)), code, doing);
    if (code == "23505")
        throw UniqueViolation(what);
    if (code == "23503")
        throw ForeignKeyViolation(what);
    if (code == "42501")
        throw AccessViolation(what);
    if (code == "23514" || code == "23502" || code.starts_with("22") || code == "P0001")
        throw CheckViolation(what);
    if (code == "40001" || code == "40P01")
        throw SerializationFailure(what);
    if (code == "55P03" || code == "57014")
        throw Busy(what);
    if (code == "53100")
        throw_disk_full(what);
    if (code == "XX001" || code == "XX002")
        throw Corrupt(what);
    throw Fault(what);
}

} // namespace beproefd::storage
