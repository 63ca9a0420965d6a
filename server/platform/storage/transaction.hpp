// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/id.hpp"
#include "platform/core/result.hpp"
#include "platform/describe/columns.hpp"
#include "platform/describe/scalar.hpp"
#include "platform/storage/connection.hpp"
#include "platform/storage/fault.hpp"

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace beproefd {

/// The kind of thing whose rows are kept apart: a municipality, a ministry, an implementer.
struct Organisation;
using OrganisationId = Id<Organisation>;

} // namespace beproefd

namespace beproefd::storage {

/// A door through which the program may look into the rows of all organisations, for one stated purpose, such as
/// finding a session before its organisation is known. Which tables a purpose opens stands in migrations/access.csv.
struct Purpose {
    std::string_view name; ///< kebab-case
};

/// A column of type BYTEA as it is read: one<FileContent>("SELECT content …"). It is written as Bytes.
struct FileContent {
    std::string bytes;
};

/// One more column for an insert: with("organisation_id", organisation).
template<class T>
struct Named {
    std::string_view column;
    const T& value;
};

template<class T>
Named<T> with(std::string_view column, const T& value)
{
    return {column, value};
}

namespace detail {

[[noreturn]] void refused_by_type(std::string_view column);
[[noreturn]] void missing_column(std::string_view column);
[[noreturn]] void wrong_count(std::string_view expected, std::string_view sql);

template<class T>
Parameter to_parameter(const T& value)
{
    if constexpr (std::is_same_v<T, std::nullopt_t>) {
        return std::monostate{};
    } else if constexpr (std::is_same_v<T, Bytes>) {
        return value;
    } else if constexpr (describe::IsOptional<T>::value) {
        return value ? to_parameter(*value) : Parameter{std::monostate{}};
    } else if constexpr (describe::ScalarType<T>) {
        constexpr auto kind = describe::Scalar<T>::kind;
        if constexpr (kind == describe::Kind::boolean)
            return std::int64_t{describe::Scalar<T>::to(value) ? 1 : 0};
        else if constexpr (kind == describe::Kind::text)
            return Parameter{describe::Scalar<T>::to(value)};
        else
            return Parameter{describe::Scalar<T>::to(value)};
    } else {
        static_assert(std::is_convertible_v<const T&, std::string_view>, "a type without describe::Scalar");
        return std::string_view{value};
    }
}

template<class T>
T read_cell(const Row& row, int column)
{
    if constexpr (describe::IsOptional<T>::value) {
        if (row.is_null(column))
            return std::nullopt;
        return read_cell<typename describe::Unwrapped<T>::type>(row, column);
    } else if constexpr (std::is_same_v<T, FileContent>) {
        return {row.bytes(column)};
    } else {
        static_assert(describe::ScalarType<T>, "a column holds a single value: specialise describe::Scalar for it");
        constexpr auto kind = describe::Scalar<T>::kind;
        std::optional<T> value;
        if constexpr (kind == describe::Kind::boolean)
            value = describe::Scalar<T>::from(row.boolean(column));
        else if constexpr (kind == describe::Kind::integer)
            value = describe::Scalar<T>::from(row.integer(column));
        else if constexpr (kind == describe::Kind::real)
            value = describe::Scalar<T>::from(row.real(column));
        else
            value = describe::Scalar<T>::from(row.text(column));
        if (!value)
            refused_by_type(row.name(column));
        return std::move(*value);
    }
}

template<class T>
struct IsTuple : std::false_type {
};
template<class... T>
struct IsTuple<std::tuple<T...>> : std::true_type {
};

/// Reads rows of one answer as T: a single value, a described struct (columns found by name) or a tuple (by place).
template<class T>
class RowReader
{
public:
    T operator()(const Row& row)
    {
        if constexpr (describe::DescribedStruct<T>) {
            T value{};
            fill(value, row);
            return value;
        } else if constexpr (IsTuple<T>::value) {
            return [&]<std::size_t... Place>(std::index_sequence<Place...>) {
                return T{read_cell<std::tuple_element_t<Place, T>>(row, static_cast<int>(Place))...};
            }(std::make_index_sequence<std::tuple_size_v<T>>{});
        } else {
            return read_cell<T>(row, 0);
        }
    }

    /// Reads a described struct where it is to stay.
    void fill(T& value, const Row& row)
    {
        if (!found_) {
            find_columns(row);
            found_ = true;
        }
        std::size_t member_number = 0;
        boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
            using Member = describe::MemberType<T, decltype(member)>;
            value.*member.pointer = read_cell<Member>(row, place_of_[member_number++]);
        });
    }

private:
    static constexpr std::size_t members()
    {
        if constexpr (describe::DescribedStruct<T>)
            return boost::mp11::mp_size<describe::Members<T>>::value;
        else
            return 0;
    }

    void find_columns(const Row& row)
    {
        const int count = row.columns();
        int guess = 0; // most statements name the columns in the order of the members
        for (std::size_t member = 0; member < members(); ++member, ++guess) {
            const std::string_view wanted = describe::columns<T>()[member].name;
            int found = guess < count && row.name(guess) == wanted ? guess : -1;
            for (int place = 0; place < count && found < 0; ++place)
                if (row.name(place) == wanted)
                    found = place;
            if (found < 0)
                missing_column(wanted);
            place_of_[member] = guess = found;
        }
    }

    std::array<int, members()> place_of_{};
    bool found_ = false;
};

/// Rows that a list is likely to have: it grows to here at once.
inline constexpr std::size_t first_rows = 16;

} // namespace detail

/// The work of one unit that is kept whole or not at all. SQL is written once for both engines:
///   parameters are $1, $2, … (each used, none twice with two types); placeholders never come from text of users;
///   ids and moments are TEXT, days DATE, truth SMALLINT 0 or 1, money BIGINT cents, real numbers DOUBLE PRECISION,
///   files BYTEA;
///   no OFFSET, no engine's own functions. See README.md.
///
/// After a Fault the transaction can only be given up, on both engines; attempt() fences off what may fail.
class Transaction
{
public:
    /// Used by Database; others receive one.
    explicit Transaction(Connection& connection) : connection_(connection) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// From here on the transaction acts for this organisation and, on PostgreSQL, sees only its rows. Once chosen it
    /// stays: another one is a mistake in the program, except after act_through(), which narrows.
    void act_for(const OrganisationId& organisation);
    /// Opens the door of this purpose: the tables that migrations/access.csv names for it, of all organisations.
    void act_through(const Purpose& purpose);
    /// Does a part for another organisation, such as writing the copy that is handed in there, and returns to the
    /// own.
    template<class Work>
    auto on_behalf_of(const OrganisationId& organisation, Work work)
    {
        const ScopeRestorer restorer{*this};
        enter({organisation.to_text(), {}});
        return work();
    }
    /// For whom it acts; throws std::logic_error when that was never said.
    OrganisationId organisation() const;

    /// The only row; throws std::logic_error when there is none or a second.
    template<class T, class... Arguments>
    T one(std::string_view sql, const Arguments&... arguments)
    {
        auto found = optional<T>(sql, arguments...);
        if (!found)
            detail::wrong_count("one row, not none", sql);
        return std::move(*found);
    }

    /// The only row or nothing; throws std::logic_error when there is a second.
    template<class T, class... Arguments>
    std::optional<T> optional(std::string_view sql, const Arguments&... arguments)
    {
        std::optional<T> found;
        detail::RowReader<T> reader;
        run(sql, parameters(arguments...), [&](const Row& row) {
            if (found)
                detail::wrong_count("one row, not more", sql);
            found.emplace(reader(row));
            return true;
        });
        return found;
    }

    /// All rows, in the order of the statement.
    template<class T, class... Arguments>
    std::vector<T> select(std::string_view sql, const Arguments&... arguments)
    {
        std::vector<T> rows;
        detail::RowReader<T> reader;
        run(sql, parameters(arguments...), [&](const Row& row) {
            if (rows.capacity() == 0)
                rows.reserve(detail::first_rows);
            if constexpr (describe::DescribedStruct<T>)
                reader.fill(rows.emplace_back(), row);
            else
                rows.push_back(reader(row));
            return true;
        });
        return rows;
    }

    /// Gives every row to `each` without keeping them; each may answer false to stop, or nothing at all.
    template<class T, class Each, class... Arguments>
    void stream(Each each, std::string_view sql, const Arguments&... arguments)
    {
        detail::RowReader<T> reader;
        run(sql, parameters(arguments...), [&](const Row& row) {
            if constexpr (std::is_void_v<std::invoke_result_t<Each&, T>>)
                return each(reader(row)), true;
            else
                return static_cast<bool>(each(reader(row)));
        });
    }

    /// Runs a change. Answers how many rows it changed.
    template<class... Arguments>
    std::int64_t execute(std::string_view sql, const Arguments&... arguments)
    {
        return run(sql, parameters(arguments...), [](const Row&) { return true; });
    }

    /// Inserts one row: a column for each member of the described struct, and those named behind it.
    template<describe::DescribedStruct T, class... More>
    void insert(std::string_view table, const T& value, const Named<More>&... more)
    {
        constexpr std::size_t count = boost::mp11::mp_size<describe::Members<T>>::value + sizeof...(More);
        std::array<Parameter, count> values;
        std::array<std::string_view, count> names;
        std::size_t number = 0;
        boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
            names[number] = describe::columns<T>()[number].name;
            values[number++] = detail::to_parameter(value.*member.pointer);
        });
        ((names[number] = more.column, values[number++] = detail::to_parameter(more.value)), ...);
        insert_row(table, names, values);
    }

    /// Inserts one row of the organisation the transaction acts for: as insert(), with its organisation_id.
    template<describe::DescribedStruct T, class... More>
    void insert_own(std::string_view table, const T& value, const Named<More>&... more)
    {
        const auto own = organisation();
        insert(table, value, with("organisation_id", own), more...);
    }

    /// Changes the row with this id when its row_version is still the one the caller saw, and raises that by one.
    /// assignments is the text behind SET, with parameters from $1 on. Answers stale() when someone was first and
    /// not_found() when there is no such row of this organisation.
    ///   tx.change("grants_round", round.id, version, "title = $1, ceiling_cents = $2", title, ceiling)
    template<class Entity, class... Arguments>
    Result<std::int64_t> change(std::string_view table, const Id<Entity>& id, std::int64_t version,
                                std::string_view assignments, const Arguments&... arguments)
    {
        auto values = parameters(arguments...);
        return change_row(table, id.to_text(), version, assignments, {values.data(), values.size()});
    }

    /// Does what may fail: when it throws, its changes are undone, the transaction goes on and the exception too.
    template<class Work>
    auto attempt(Work work)
    {
        open_attempt();
        try {
            if constexpr (std::is_void_v<std::invoke_result_t<Work&>>) {
                work();
                close_attempt();
            } else {
                auto answer = work();
                close_attempt();
                return answer;
            }
        } catch (...) {
            undo_attempt();
            throw;
        }
    }

    Dialect dialect() const { return connection_.dialect(); }
    /// True after a Fault that no attempt() caught: this transaction cannot be kept.
    bool doomed() const { return doomed_; }

    /// For the few files that must know the engine: migrations, backup.
    Connection& connection() { return connection_; }

private:
    struct ScopeRestorer {
        explicit ScopeRestorer(Transaction& transaction) : transaction(transaction), scope(transaction.scope_) {}
        ~ScopeRestorer() noexcept(false);
        Transaction& transaction;
        Scope scope;
        int exceptions = std::uncaught_exceptions();
    };

    template<class... Arguments>
    static std::array<Parameter, sizeof...(Arguments)> parameters(const Arguments&... arguments)
    {
        return {detail::to_parameter(arguments)...};
    }

    std::int64_t run(std::string_view sql, std::span<const Parameter> values, RowSink sink);
    void insert_row(std::string_view table, std::span<const std::string_view> names,
                    std::span<const Parameter> values);
    Result<std::int64_t> change_row(std::string_view table, std::string_view id, std::int64_t version,
                                    std::string_view assignments, std::span<const Parameter> values);
    void enter(const Scope& scope);
    void open_attempt();
    void close_attempt();
    void undo_attempt();

    Connection& connection_;
    Scope scope_;
    bool doomed_ = false;
    int attempts_ = 0;
};

} // namespace beproefd::storage
