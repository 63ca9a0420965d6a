// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "platform/core/result.hpp"

#include <boost/describe.hpp>

#include <optional>
#include <string>
#include <vector>

namespace beproefd::command {

/// Exit statuses, documented in docs/reference/command.md.
namespace status {
inline constexpr int done = 0;
inline constexpr int differences = 1; ///< the work was done and the outcome is not what was asked for
inline constexpr int wrong_input = 2; ///< an option, a file or a request is wrong
inline constexpr int refused = 3;     ///< a rule or the state of the database refuses
inline constexpr int broken = 70;     ///< something that should work does not
} // namespace status

/// What beproefd.toml may say. Each is also an environment variable (BEPROEFD_JOB_DAYS …), and what is set by hand an
/// option too; an option wins from the environment, the environment from the file.
struct Configuration {
    std::optional<std::string> database;                     ///< sqlite:PATH or postgresql://…
    std::optional<std::string> listen;                       ///< HOST:PORT
    std::optional<std::string> metrics_listen;               ///< HOST:PORT of /metrics; off without it
    std::optional<std::string> log_file;                     ///< one JSON line per request; the terminal without it
    std::optional<std::string> web;                          ///< folder with the built pages
    std::optional<std::string> instruments;                  ///< folder with questionnaires of this installation
    std::optional<std::string> public_url;                   ///< https://… as visitors type it
    std::optional<std::vector<std::string>> hosts;           ///< names that may stand in the Host header
    std::optional<bool> behind_proxy;                        ///< a reverse proxy on this machine is believed
    std::optional<std::vector<std::string>> trusted_proxies; ///< addresses of proxies elsewhere, believed as well
    std::optional<bool> public_demonstration;
    std::optional<Whole<1, 1440>> session_idle_minutes;    ///< a session that is not used so long ends; 30
    std::optional<Whole<1, 10'080>> session_total_minutes; ///< and after so long in any case; 480
    std::optional<Whole<0, 60'000>>
        session_remembered_ms; ///< who a session stands for is remembered so long; 1000, 0 is never
    std::optional<Whole<1, 500>> job_file_megabytes; ///< a file that background work gives may be so large; 20
    std::optional<Whole<1, 3650>> job_days;    ///< background work and its files are removed so long after it; 30
    std::optional<Whole<30, 3650>> draft_days; ///< a scan that was not opened by then is removed; 365
    std::optional<Whole<30, 3650>>
        individual_days; ///< a scan that was closed so long ago is archived, its individual answers removed; 365
    std::optional<Whole<1, 1200>>
        audit_keep_months;              ///< older months of the audit trail are removed; all are kept without it
    std::optional<std::string> browser; ///< path of Chromium, for reports as PDF; looked for without it
    std::optional<bool> print_without_sandbox;   ///< for tests in a container only: lets root make PDFs
    std::optional<std::string> theme;            ///< CSS class of the look
    std::optional<std::string> owner;            ///< who runs this installation
    std::optional<std::string> contact;          ///< mailto: or https: address for questions
    std::optional<std::string> security_contact; ///< mailto: or https: address for security.txt
    std::optional<std::string> security_expires; ///< day on which security.txt ends
};
BOOST_DESCRIBE_STRUCT(Configuration, (),
                      (database, listen, metrics_listen, log_file, web, instruments, public_url, hosts, behind_proxy,
                       trusted_proxies, public_demonstration, session_idle_minutes, session_total_minutes,
                       session_remembered_ms, job_file_megabytes, job_days, draft_days, individual_days,
                       audit_keep_months, browser, print_without_sandbox, theme, owner, contact, security_contact,
                       security_expires))

/// Reads the file; every wrong line at once, with file, line and column. Keys are snake_case, as TOML is written.
Result<Configuration> read_configuration(const std::string& path);

/// Puts what the environment says over it: BEPROEFD_ and the key in capitals; a list with commas, a truth as true or
/// false. An empty variable says nothing. Every wrong one at once, by its name.
Result<Configuration> with_environment(Configuration configuration);

} // namespace beproefd::command
