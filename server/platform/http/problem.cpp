// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/problem.hpp"

#include "platform/describe/json.hpp"
#include "platform/http/router.hpp"

namespace beproefd::http {

namespace {

Response write(int status, const Problem& problem, const Request& request)
{
    Response response{.status = status};
    auto& body = response.body;
    const auto say = [&](std::string_view code, const std::vector<Parameter>& parameters) {
        return describe::sentence(code, parameters, request.language);
    };
    auto parameters = problem.parameters;
    if (problem.retry_after_seconds > 0)
        parameters.emplace_back("seconds", std::to_string(problem.retry_after_seconds));
    if (status == 500)
        parameters.emplace_back("requestId", request.id);

    body += R"({"type":"/api/v1/problems/)";
    body += problem.reason.code;
    body += R"(","title":)";
    describe::write_text(body, say(fmt::format("status-{}", status), {}));
    body += fmt::format(R"(,"status":{},"detail":)", status);
    describe::write_text(body, say(problem.reason.code, parameters));
    body += R"(,"code":)";
    describe::write_text(body, problem.reason.code);
    if (!problem.reason.source.empty()) {
        body += R"(,"source":)";
        describe::write_text(body, problem.reason.source);
    }
    body += R"(,"requestId":)";
    describe::write_text(body, request.id);
    if (!problem.fields.empty()) {
        body += R"(,"errors":[)";
        for (const auto& field : problem.fields) {
            body += &field == &problem.fields.front() ? R"({"pointer":)" : R"(,{"pointer":)";
            describe::write_text(body, field.pointer);
            body += R"(,"code":)";
            describe::write_text(body, field.code);
            body += R"(,"detail":)";
            describe::write_text(body, say(field.code, field.parameters));
            body += '}';
        }
        body += ']';
    }
    if (!problem.stored.empty()) {
        body += R"(,"stored":)";
        body += problem.stored;
    }
    body += '}';

    response.with("content-type", "application/problem+json");
    response.with("content-language", std::string{language_name(request.language)});
    response.with("cache-control", "no-store");
    response.with("api-version", std::string{api_version});
    if (status == 401) // RFC 9110 §11.6.1 demands one; no browser asks for a password because of this name
        response.with("www-authenticate", "Session");
    if (problem.retry_after_seconds > 0)
        response.with("retry-after", std::to_string(problem.retry_after_seconds));
    return response;
}

} // namespace

int status_of(ProblemKind kind)
{
    switch (kind) {
    case ProblemKind::invalid_input:
        return 400;
    case ProblemKind::not_signed_in:
        return 401;
    case ProblemKind::not_permitted:
        return 403;
    case ProblemKind::not_found:
        return 404;
    case ProblemKind::conflict:
        return 409;
    case ProblemKind::stale:
        return 412;
    case ProblemKind::too_large:
        return 413;
    case ProblemKind::unsupported:
        return 415;
    case ProblemKind::precondition:
        return 428;
    case ProblemKind::too_many:
        return 429;
    case ProblemKind::busy:
        return 503;
    }
    return 500;
}

Response problem_response(const Problem& problem, const Request& request)
{
    return write(status_of(problem.kind), problem, request);
}

Response problem_response(int status, std::string_view code, const Request& request,
                          const std::vector<Parameter>& parameters)
{
    Problem problem{.reason = {code, ""}, .parameters = parameters};
    if (status == 503)
        problem.retry_after_seconds = 1;
    return write(status, problem, request);
}

} // namespace beproefd::http
