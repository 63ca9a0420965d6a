// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <stdexcept>
#include <string>

namespace beproefd::storage {

/// Something broke while talking to the database. Expected refusals are values (Problem); these are not.
/// what() is for the log of the operator: it may name tables and columns, never the values of a row.
class Fault : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// A row with the same key is there already. In a race this is the second of two; ask first, or use ON CONFLICT.
class UniqueViolation : public Fault
{
public:
    using Fault::Fault;
};

/// A row refers to one that is not there, or one that others refer to would go.
class ForeignKeyViolation : public Fault
{
public:
    using Fault::Fault;
};

/// A value that a CHECK, a NOT NULL or a type of the table refuses, or a trigger that refuses the change.
class CheckViolation : public Fault
{
public:
    using Fault::Fault;
};

/// Row level security refuses the row: the transaction acts for another organisation, or for none.
class AccessViolation : public Fault
{
public:
    using Fault::Fault;
};

/// Two transactions could not have run one after the other. Database retries these; who sees one, has no retries
/// left.
class SerializationFailure : public Fault
{
public:
    using Fault::Fault;
};

/// Someone else holds a lock for longer than we wait.
class Busy : public Fault
{
public:
    using Fault::Fault;
};

/// The disk of the database is full. Nothing of the transaction was kept.
class DiskFull : public Fault
{
public:
    using Fault::Fault;
};

/// The file is damaged, or a column holds what its type refuses.
class Corrupt : public Fault
{
public:
    using Fault::Fault;
};

/// The server is gone. When it went during COMMIT the outcome is unknown, and what() says so.
class Unavailable : public Fault
{
public:
    using Fault::Fault;
};

/// Why a database could not be opened: what() is one plain sentence for the person who typed the command.
enum class OpenFailure {
    bad_address, ///< the URL is neither sqlite:PATH nor postgresql://…
    not_found,   ///< no such file, folder, database or server
    not_set_up,  ///< it is there, but `beproefd setup` has not been run on it
    older,       ///< made by an older program: run `beproefd setup` to upgrade
    newer,       ///< made by a newer program: this one must not touch it
    in_use,      ///< another process of ours holds the SQLite file
    damaged,     ///< not a database, or a broken one
    foreign,     ///< a database of another program
    unwritable,  ///< no permission
    disk_full,
};

class CannotOpen : public std::runtime_error
{
public:
    CannotOpen(OpenFailure failure, const std::string& sentence) : std::runtime_error(sentence), failure_(failure) {}
    OpenFailure failure() const { return failure_; }

private:
    OpenFailure failure_;
};

} // namespace beproefd::storage
