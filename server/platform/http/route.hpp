// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/auth/permission.hpp"
#include "platform/http/message.hpp"
#include "platform/http/metrics.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace beproefd::http {

class Responder;

/// A parameter in the path or the query, as the OpenAPI document tells it.
struct ParameterEntry {
    std::string name{};
    std::string in{};          ///< "path", "query" or "header"
    std::string schema{};      ///< JSON
    std::string description{}; ///< Dutch
    bool required = true;
};

/// One thing that can be asked: what the router, the log, /metrics and the OpenAPI document know of it.
struct Route {
    Method method = Method::get;
    std::string pattern{}; ///< "/api/v1/grant-applications/{id}/award"
    Permission permission = Permission::public_;

    bool needs_if_match = false;      ///< changes an existing thing
    bool if_match_when_there = false; ///< makes a thing or changes it; the handler asks the version of what is there
    bool needs_idempotency_key = false; ///< creates a record
    bool takes_body = false;
    bool versioned = false;                            ///< its answer carries the row version as ETag
    bool at_once = false;                              ///< never waits: runs on the I/O thread
    bool quick = false;                                ///< reads a few rows by their key
    std::size_t body_limit = std::size_t{1024} * 1024; ///< bytes
    int success_status = 200;
    std::vector<int> more_refusals{}; ///< statuses of refusals besides those that follow from the rest
    std::string location{};           ///< where new things stand, ending in /; else below the path itself
    std::string success_type = "application/json"; ///< content type of the answer, or empty when it has none
    std::vector<std::string> more_types{};         ///< what the answer may be instead, when that is asked
    std::vector<std::string> request_types{"application/json"};

    std::string operation_id{}; ///< "putGrantApplicationsByIdAward", unless said otherwise
    std::string summary{};      ///< Dutch, one line
    std::string description{};  ///< Dutch
    std::string tag{};
    std::vector<ParameterEntry> parameters{};
    std::string request_schema{};  ///< JSON, or empty
    std::string response_schema{}; ///< JSON, or empty

    std::function<void(std::shared_ptr<Request>, Responder)> run{};

    bool in_document = true; ///< false for what is not part of the API: /healthz, the document itself

    std::unique_ptr<RouteCounters> counters = std::make_unique<RouteCounters>();
};

} // namespace beproefd::http
