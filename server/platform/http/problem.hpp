// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/http/message.hpp"

namespace beproefd::http {

/// The status that says what kind of refusal it is.
int status_of(ProblemKind kind);

/// A refusal as application/problem+json (RFC 9457), its sentences in the language of the request:
/// type, title, status, detail, code, source, requestId, errors [{pointer, code, detail}], stored.
Response problem_response(const Problem& problem, const Request& request);

/// What would be changed is there already, and the request does not say which version it saw: 428.
inline Problem if_match_missing() { return {ProblemKind::precondition, {"if-match-missing", ""}, {}, {}, 0}; }

/// The same for what only the door knows, such as 405.
Response problem_response(int status, std::string_view code, const Request& request,
                          const std::vector<Parameter>& parameters = {});

} // namespace beproefd::http
