// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>

namespace beproefd::storage {

enum class Dialect { sqlite, postgresql };

/// The content of a file, in a column of type BYTEA. Only looked at: it must live until the statement has run.
struct Bytes {
    std::string_view bytes;
};

/// What is bound to $1, $2, …: one of the five kinds both engines know, or nothing (NULL).
/// A text that is only looked at must live until the statement has run.
using Parameter = std::variant<std::monostate, std::int64_t, double, std::string_view, std::string, Bytes>;

/// One row of an answer, valid until the next one. Columns count from 0.
/// Asking a column for a kind it does not hold throws Corrupt: no silent conversion from text to 0.
class Row
{
public:
    virtual ~Row() = default;
    virtual int columns() const = 0;
    virtual std::string_view name(int column) const = 0;
    virtual bool is_null(int column) const = 0;
    virtual bool boolean(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string bytes(int column) const = 0;
};

/// A callable that is only looked at, never kept: no allocation for each statement.
template<class Signature>
class FunctionRef;

template<class Answer, class... Arguments>
class FunctionRef<Answer(Arguments...)>
{
public:
    template<class Function>
        requires(!std::is_same_v<std::remove_cvref_t<Function>, FunctionRef>)
    FunctionRef(Function&& function)
        : object_(const_cast<void*>(static_cast<const void*>(std::addressof(function)))),
          call_([](void* object, Arguments... arguments) -> Answer {
              return (*static_cast<std::remove_reference_t<Function>*>(object))(
                  std::forward<Arguments>(arguments)...);
          })
    {
    }

    Answer operator()(Arguments... arguments) const { return call_(object_, std::forward<Arguments>(arguments)...); }

private:
    void* object_;
    Answer (*call_)(void*, Arguments...);
};

/// Gets each row; false stops the statement.
using RowSink = FunctionRef<bool(const Row&)>;

/// For whom a transaction acts. Empty texts stand for nobody: then every table of an organisation is empty.
struct Scope {
    std::string organisation; ///< the identifier of the organisation whose rows are seen
    std::string purpose;      ///< the name of a door (see access.hpp), or empty
};

/// How a transaction sees the database.
enum class Isolation {
    write, ///< serialisable
    read,  ///< one unchanging view, no changes
};

/// One connection with one engine, used by one thread at a time. Only the files of this folder see it.
class Connection
{
public:
    virtual ~Connection() = default;
    virtual Dialect dialect() const = 0;

    /// Runs one statement and gives each row to the sink. Answers how many rows were changed.
    virtual std::int64_t run(std::string_view sql, std::span<const Parameter> parameters, RowSink sink) = 0;
    /// Runs several statements without parameters and without a look at their rows.
    virtual void script(const std::string& sql) = 0;

    virtual void begin(Isolation isolation) = 0;
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    virtual void enter(const Scope& scope) = 0;
};

} // namespace beproefd::storage
