// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/access.hpp"

#include "platform/core/embedded.hpp"
#include "platform/storage/migrations.hpp"
#include "platform/storage/postgres_connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace beproefd::embedded {
std::span<const File> migrations();
}

namespace beproefd::storage {

namespace {

bool is_name(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    });
}

bool belongs_to_organisation(Transaction& tx, const std::string& table)
{
    const auto columns = table_columns(tx, table);
    return std::any_of(columns.begin(), columns.end(),
                       [](const TableColumn& column) { return column.name == "organisation_id"; });
}

bool has_rule(std::span<const AccessRule> rules, std::string_view table, AccessRule::Kind kind)
{
    return std::any_of(rules.begin(), rules.end(),
                       [&](const AccessRule& rule) { return rule.table == table && rule.kind == kind; });
}

void add_policy(std::string& sql, std::string_view name, std::string_view table, std::string_view command,
                std::string_view condition)
{
    sql += fmt::format("DROP POLICY IF EXISTS \"{}\" ON {}; CREATE POLICY \"{}\" ON {} FOR {}", name, table, name,
                       table, command);
    if (command != "INSERT")
        sql += fmt::format(" USING ({})", condition);
    if (command != "SELECT" && command != "DELETE")
        sql += fmt::format(" WITH CHECK ({})", condition);
    sql += ";\n";
}

} // namespace

std::vector<AccessRule> read_access_rules(std::string_view csv)
{
    std::vector<AccessRule> rules;
    int line_number = 0;
    const auto refuse = [&](std::string_view expected) {
        throw std::logic_error(fmt::format("migrations/access.csv:{}: {}", line_number, expected));
    };
    while (!csv.empty()) {
        const auto end = csv.find('\n');
        const auto line = csv.substr(0, end);
        csv = end == std::string_view::npos ? std::string_view{} : csv.substr(end + 1);
        ++line_number;
        if (line.empty() || line[0] == '#' || line == "table,rule,detail,why")
            continue;
        // The reason is the rest of the line, commas included.
        std::array<std::string_view, 4> cells;
        std::string_view rest = line;
        for (std::size_t cell = 0; cell < 3; ++cell) {
            const auto comma = rest.find(',');
            if (comma == std::string_view::npos)
                refuse("expected table,rule,detail,why");
            cells[cell] = rest.substr(0, comma);
            rest = rest.substr(comma + 1);
        }
        cells[3] = rest;

        AccessRule rule{.table = std::string{cells[0]}, .purpose = {}, .commands = {}, .why = std::string{cells[3]}};
        if (!is_name(rule.table))
            refuse("expected the name of a table");
        if (rule.why.empty())
            refuse("expected the reason");
        if (cells[1] == "reference") {
            rule.kind = AccessRule::Kind::reference;
        } else if (cells[1] == "append_only") {
            rule.kind = AccessRule::Kind::append_only;
        } else if (cells[1] == "guarded") {
            rule.kind = AccessRule::Kind::guarded;
        } else if (cells[1] == "keep") {
            rule.kind = AccessRule::Kind::keep;
        } else if (cells[1] == "door") {
            rule.kind = AccessRule::Kind::door;
            std::string word;
            std::vector<std::string> words;
            for (const char c : std::string{cells[2]} + " ") {
                if (c != ' ')
                    word += c;
                else if (!word.empty())
                    words.push_back(std::exchange(word, {}));
            }
            if (words.size() < 2 || !is_name(words[0]))
                refuse("expected the purpose and its commands, such as: sign-in SELECT");
            rule.purpose = words[0];
            rule.commands.assign(words.begin() + 1, words.end());
            for (const auto& command : rule.commands)
                if (command != "SELECT" && command != "INSERT" && command != "UPDATE" && command != "DELETE")
                    refuse("expected SELECT, INSERT, UPDATE or DELETE");
        } else {
            refuse("expected reference, append_only, guarded, keep or door");
        }
        rules.push_back(std::move(rule));
    }
    return rules;
}

const std::vector<AccessRule>& access_rules()
{
    static const std::vector<AccessRule> rules = [] {
        for (const auto& file : embedded::migrations())
            if (file.path == "migrations/access.csv")
                return read_access_rules(file.content);
        throw std::logic_error("migrations/access.csv is not in the program");
    }();
    return rules;
}

void install_access(Transaction& tx, std::span<const AccessRule> rules)
{
    if (tx.dialect() == Dialect::sqlite)
        return;

    const bool role_exists =
        tx.one<std::int64_t>("SELECT COUNT(*) FROM pg_roles WHERE rolname = $1", application_role) > 0;
    std::string sql;
    if (!role_exists) // another setup of another database may be first; then it is there, which is all we want
        sql += fmt::format("DO $$ BEGIN CREATE ROLE {} NOLOGIN NOINHERIT NOBYPASSRLS; "
                           "EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;\n",
                           application_role);
    sql +=
        fmt::format("DO $$ BEGIN IF NOT pg_has_role(current_user, '{0}', 'MEMBER') THEN GRANT {0} TO CURRENT_USER; "
                    "END IF; END $$;\n",
                    application_role);
    sql += fmt::format("DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO {}', current_schema()); END $$;\n",
                       application_role);

    for (const auto& table : table_names(tx)) {
        const bool read_only = table == "schema_migration";
        const bool append_only = has_rule(rules, table, AccessRule::Kind::append_only);
        const bool guarded = has_rule(rules, table, AccessRule::Kind::guarded);
        const bool keep = has_rule(rules, table, AccessRule::Kind::keep);
        sql += fmt::format("REVOKE ALL ON {} FROM {}; GRANT {} ON {} TO {};\n", table, application_role,
                           read_only     ? "SELECT"
                           : append_only ? "SELECT, INSERT"
                           : guarded     ? "SELECT, INSERT, DELETE"
                           : keep        ? "SELECT, INSERT, UPDATE"
                                         : "SELECT, INSERT, UPDATE, DELETE",
                           table, application_role);
        if (!belongs_to_organisation(tx, table))
            continue;
        sql += fmt::format("ALTER TABLE {} ENABLE ROW LEVEL SECURITY; ALTER TABLE {} FORCE ROW LEVEL SECURITY;\n",
                           table, table);
        add_policy(sql, "own", table, "ALL", "organisation_id = current_setting('app.organisation', true)");
        add_policy(sql, "door_backup", table, "SELECT",
                   fmt::format("current_setting('app.purpose', true) = '{}'", backup_purpose.name));
        for (const auto& rule : rules) {
            if (rule.table != table || rule.kind != AccessRule::Kind::door)
                continue;
            for (const auto& command : rule.commands)
                add_policy(sql, fmt::format("door_{}_{}", rule.purpose, command), table, command,
                           fmt::format("current_setting('app.purpose', true) = '{}'", rule.purpose));
        }
    }
    tx.connection().script(sql);
}

void suspend_access(Transaction& tx)
{
    if (tx.dialect() == Dialect::sqlite)
        return;
    std::string sql;
    for (const auto& table : table_names(tx))
        if (belongs_to_organisation(tx, table))
            sql += fmt::format("ALTER TABLE {} NO FORCE ROW LEVEL SECURITY;\n", table);
    if (!sql.empty())
        tx.connection().script(sql);
}

std::vector<std::string> tables_without_rule(Transaction& tx, std::span<const AccessRule> rules)
{
    std::vector<std::string> wrong;
    const auto tables = table_names(tx);
    for (const auto& table : tables) {
        const bool reference = has_rule(rules, table, AccessRule::Kind::reference);
        if (belongs_to_organisation(tx, table) == reference)
            wrong.push_back(table);
    }
    for (const auto& rule : rules)
        if (std::find(tables.begin(), tables.end(), rule.table) == tables.end())
            wrong.push_back(rule.table);
    return wrong;
}

} // namespace beproefd::storage
