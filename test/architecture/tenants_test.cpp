// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// On PostgreSQL row level security keeps organisations apart, whatever a statement asks. On SQLite only the statement
// does. So each statement of the program on a table of organisations asks for organisation_id, or stands below with
// the door of migrations/access.csv that lets it look at all of them.

#include <gtest/gtest.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source = BEPROEFD_SOURCE_DIR;

/// What may look at the rows of all organisations, and through which door.
const std::map<std::string, std::string> through_a_door{
    {"UPDATE jobs_job SET lease_until = $1 WHERE state = 'running'", "job-claim"},
    {"SELECT organisation_id, id, kind FROM jobs_job WHERE state = 'queued' OR (state = 'running' AND "
     "lease_until < $1) ORDER BY created_at, id",
     "job-claim"},
    {"DELETE FROM jobs_file WHERE job_id IN (SELECT id FROM jobs_job WHERE ended_at < $1)", "housekeeping"},
    {"DELETE FROM jobs_job WHERE ended_at < $1", "housekeeping"},
    {"DELETE FROM storage_idempotency WHERE (organisation_id, account_id, request_key) IN ( SELECT "
     "organisation_id, account_id, request_key FROM storage_idempotency WHERE at < $1 ORDER BY at "
     "LIMIT 500)",
     "housekeeping"},
    {"SELECT organisation_id, month, first_number, last_number, last_sha256, previous_sha256, sha256, "
     "closed_at, removed_at FROM audit_month",
     "audit-verification"},
    {"SELECT organisation_id, number, at, account_id, function_name, action, object_kind, object_id, "
     "reason, previous_sha256, sha256 FROM audit_entry ORDER BY organisation_id, number",
     "audit-verification"},
    {"SELECT organisation_id, number, sha256 FROM audit_chain", "audit-verification"},
    {"SELECT organisation_id FROM audit_chain ORDER BY organisation_id", "audit-verification"},
    {"SELECT * FROM auth_account WHERE name = $1", "sign-in"},
    {"SELECT COUNT(*) FROM auth_account", "sign-in"},
    {"UPDATE auth_session SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2", "sign-in"},
    {"DELETE FROM auth_session WHERE created_at < $1 OR last_seen_at < $2", "sign-in"},
    {"FROM quickscan_round WHERE state <> 'draft' ORDER BY id DESC LIMIT 200", "survey-rounds"},
    {"SELECT {} FROM quickscan_round WHERE state <> 'draft' AND id = $1", "survey-rounds"},
    {"SELECT organisation_id FROM quickscan_round WHERE id = $1", "survey-rounds"},
    {"SELECT DISTINCT instrument_key, instrument_version FROM quickscan_scan ORDER BY 1, 2", "housekeeping"},
    {"SELECT organisation_id, id FROM quickscan_scan WHERE state = 'draft' AND created_at < $1", "housekeeping"},
    {"SELECT organisation_id, id FROM quickscan_scan WHERE stepped_at < $1 AND (state IN ('consensus', "
     "'closed') OR (state = 'open' AND closes_on <= $2))",
     "housekeeping"},
    {"SELECT DISTINCT organisation_id FROM quickscan_proof_file", "housekeeping"},
    {"SELECT link.organisation_id, link.respondent_id, link.expires_on FROM quickscan_link link JOIN "
     "quickscan_respondent one ON one.id = link.respondent_id WHERE link.token_hash = $1 AND "
     "one.revoked_at IS NULL",
     "link-sign-in"},
    {"SELECT session.created_at, session.last_seen_at, session.organisation_id, session.respondent_id, "
     "link.expires_on, one.revoked_at FROM quickscan_link_session session JOIN quickscan_link link ON "
     "link.respondent_id = session.respondent_id JOIN quickscan_respondent one ON one.id = "
     "session.respondent_id WHERE session.token_hash = $1",
     "link-sign-in"},
    {"UPDATE quickscan_link_session SET last_seen_at = $2 WHERE token_hash = $1 AND last_seen_at < $2",
     "link-sign-in"},
    {"DELETE FROM quickscan_link_session WHERE created_at < $1 OR last_seen_at < $2", "link-sign-in"},
};

std::string read(const fs::path& path)
{
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<std::string> words_of(const std::string& text)
{
    std::vector<std::string> words;
    bool inside = false;
    for (const char c : text) {
        const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
        if (letter && !inside)
            words.emplace_back();
        if (letter)
            words.back() += c;
        inside = letter;
    }
    return words;
}

std::string on_one_line(const std::string& text)
{
    std::istringstream stream{text};
    std::string line;
    for (std::string word; stream >> word;)
        line += (line.empty() ? "" : " ") + word;
    return line;
}

/// The tables that some migration made with an organisation_id.
std::set<std::string> tables_of_organisations()
{
    std::set<std::string> tables;
    for (const auto& entry : fs::directory_iterator{source / "migrations"}) {
        if (entry.path().extension() != ".sql")
            continue;
        const auto text = read(entry.path());
        const std::string start = "CREATE TABLE ";
        for (auto at = text.find(start); at != std::string::npos; at = text.find(start, at + 1)) {
            const auto table = text.substr(at, text.find("\n)", at) - at);
            if (table.find("organisation_id") != std::string::npos)
                tables.insert(words_of(table).at(2));
        }
    }
    return tables;
}

/// The text literals of a source file; those that stand beside each other are one, as for the compiler.
std::vector<std::string> literals_of(const std::string& text)
{
    std::vector<std::string> literals;
    bool adjacent = false;
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text.compare(at, 2, "//") == 0) {
            at = std::min(text.find('\n', at), text.size());
        } else if (text[at] == '\'') {
            // A character or a separator of digits: over the next quote only when it is a character.
            const auto end = text.find('\'', at + (at + 1 < text.size() && text[at + 1] == '\\' ? 3 : 2));
            if (end != std::string::npos && end - at <= 3)
                at = end;
            adjacent = false;
        } else if (text.compare(at, 3, "R\"(") == 0) {
            const auto end = text.find(")\"", at);
            literals.push_back(text.substr(at + 3, end - at - 3));
            at = end + 1;
            adjacent = false;
        } else if (text[at] == '"') {
            std::string literal;
            for (++at; at < text.size() && text[at] != '"'; ++at)
                literal += text[at] == '\\' ? text[++at] : text[at];
            if (adjacent)
                literals.back() += literal;
            else
                literals.push_back(literal);
            adjacent = true;
        } else if (std::isspace(static_cast<unsigned char>(text[at])) == 0) {
            adjacent = false;
        }
    }
    return literals;
}

struct Statement {
    std::string file;
    std::string text;
    std::string verb;
    std::set<std::string> tables;
};

/// The statements of the program (not of its tests) that read or change a table of organisations.
std::vector<Statement> statements()
{
    const auto tables = tables_of_organisations();
    std::vector<Statement> all;
    for (const auto& entry : fs::recursive_directory_iterator{source / "server"}) {
        const auto name = entry.path().filename().string();
        if (entry.path().extension() != ".cpp" || name.ends_with("_test.cpp"))
            continue;
        for (const auto& literal : literals_of(read(entry.path()))) {
            const auto words = words_of(literal);
            Statement statement{fs::relative(entry.path(), source).string(), on_one_line(literal), {}, {}};
            for (std::size_t at = 0; at < words.size(); ++at) {
                const auto& word = words[at];
                if (statement.verb.empty() &&
                    (word == "SELECT" || word == "INSERT" || word == "UPDATE" || word == "DELETE"))
                    statement.verb = word;
                if ((word == "FROM" || word == "JOIN" || word == "UPDATE" || word == "INTO") &&
                    at + 1 < words.size() && tables.contains(words[at + 1]))
                    statement.tables.insert(words[at + 1]);
            }
            if (statement.verb.empty())
                statement.verb = "SELECT"; // a part of one, from FROM on
            if (!statement.tables.empty())
                all.push_back(statement);
        }
    }
    return all;
}

/// Table → the purposes with what they may do: "housekeeping SELECT DELETE".
std::multimap<std::string, std::string> doors()
{
    std::multimap<std::string, std::string> all;
    std::istringstream lines{read(source / "migrations/access.csv")};
    for (std::string line; std::getline(lines, line);) {
        const auto rule = line.find(",door,");
        if (rule == std::string::npos)
            continue;
        const auto detail = rule + 6;
        all.emplace(line.substr(0, rule), line.substr(detail, line.find(',', detail) - detail));
    }
    return all;
}

TEST(Statements, AskForTheOrganisationWhoseRowsTheyMean)
{
    const auto all = statements();

    ASSERT_GT(tables_of_organisations().size(), 15u);
    ASSERT_GT(all.size(), 100u);
    for (const auto& statement : all) {
        if (!through_a_door.contains(statement.text)) {
            const std::string filter = statement.verb == "INSERT" ? "organisation_id" : "organisation_id = ";
            EXPECT_NE(statement.text.find(filter), std::string::npos)
                << statement.file << ": " << statement.text
                << "\nOn SQLite it reaches the rows of every organisation. Ask for organisation_id; or, if that is "
                   "what "
                   "it "
                   "is for, give it a door in migrations/access.csv and a line in this test.";
        }
    }
}

TEST(Statements, ThatMeanEveryOrganisationHaveADoorForIt)
{
    const auto all = statements();
    const auto open = doors();

    for (const auto& [text, purpose] : through_a_door) {
        const auto found = std::ranges::find(all, text, &Statement::text);
        ASSERT_NE(found, all.end()) << text << "\nIt is no longer in the program: take it out of this test.";
        for (const auto& table : found->tables) {
            const auto [first, last] = open.equal_range(table);
            EXPECT_TRUE(std::any_of(first, last,
                                    [&, purpose = purpose](const auto& door) {
                                        const auto words = door.second;
                                        return words.starts_with(purpose + " ") &&
                                               words.find(found->verb) != std::string::npos;
                                    }))
                << text << "\nmigrations/access.csv has no door \"" << purpose << "\" to " << table;
        }
    }
}

} // namespace
