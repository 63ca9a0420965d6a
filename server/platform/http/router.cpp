// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/http/router.hpp"

#include "platform/http/compression.hpp"
#include "platform/http/letters.hpp"

#include <mutex>

namespace beproefd::http {

namespace {

constexpr Reason not_signed_in{"not-signed-in", ""};
constexpr Reason not_let_in{"not-let-in", ""};
constexpr Reason not_permitted{"not-permitted", ""};
constexpr Reason password_must_change{"password-must-change", ""};
constexpr Reason csrf{"csrf", ""};
constexpr Reason media_type{"media-type", ""};

constexpr std::size_t shortest_key = 8;
constexpr std::size_t longest_key = 100;

bool is_idempotency_key(std::string_view key)
{
    return key.size() >= shortest_key && key.size() <= longest_key && std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

/// "application/json; charset=utf-8" → "application/json"
std::string bare_type(std::string_view type)
{
    auto name = type.substr(0, type.find(';'));
    while (!name.empty() && name.back() == ' ')
        name.remove_suffix(1);
    return lowered(name);
}

/// True when a browser sent this from another site's page. Browsers of today say so in Sec-Fetch-Site, older ones
/// with Origin on everything that is not a GET. A program that sends neither has no user to trick, unless it sends
/// a cookie: then it claims to be a browser.
bool comes_from_elsewhere(const Request& request)
{
    if (const auto site = request.header("sec-fetch-site"))
        return *site != "same-origin" && *site != "none";
    if (const auto origin = request.header("origin")) {
        const auto scheme = origin->find("://");
        return scheme == std::string_view::npos ||
               lowered(origin->substr(scheme + 3)) != lowered(request.header("host").value_or(""));
    }
    return request.header("cookie").has_value();
}

/// "/api/v1/figures/{key}" → {"figures" …}; keeps the braces.
std::vector<std::string> segments(std::string_view path)
{
    std::vector<std::string> parts;
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const auto slash = path.find('/');
        parts.emplace_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view{} : path.substr(slash);
    }
    return parts;
}

bool is_parameter(std::string_view segment)
{
    return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// Lower-case words with hyphens: what the Dutch API Design Rules want of a path.
bool is_kebab(std::string_view segment)
{
    return !segment.empty() && std::all_of(segment.begin(), segment.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
    });
}

bool is_camel(std::string_view name)
{
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
           });
}

/// "grant-applications" → "GrantApplications"
std::string pascal(std::string_view words)
{
    std::string result;
    bool upper = true;
    for (const char c : words) {
        if (c == '-' || c == '.') {
            upper = true;
            continue;
        }
        result += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        upper = false;
    }
    return result;
}

struct ProblemExplanation {
    std::string code;
    std::string sentence;
};
BOOST_DESCRIBE_STRUCT(ProblemExplanation, (), (code, sentence))

Response plain(int status, const Request& request, std::string_view code)
{
    Response response{.status = status, .body = describe::sentence(code, {}, request.language) + "\n"};
    response.with("content-type", "text/plain; charset=utf-8");
    response.with("content-language", std::string{language_name(request.language)});
    response.with("cache-control", "no-store");
    return response;
}

} // namespace

// --- What templates use -------------------------------------------------------------------------------------------

namespace detail {

describe::Node query_node(const Request& request, const std::vector<std::string_view>& lists,
                          std::vector<FieldError>& errors)
{
    describe::Node node;
    node.type = describe::Node::Type::object;
    for (const auto& [name, text] : request.query) {
        describe::Node value;
        value.type = describe::Node::Type::word;
        value.text = text;
        const bool list = std::find(lists.begin(), lists.end(), name) != lists.end();
        const auto found = std::find_if(node.members.begin(), node.members.end(),
                                        [&](const auto& member) { return member.first == name; });
        if (found == node.members.end()) {
            if (list) {
                describe::Node all;
                all.type = describe::Node::Type::array;
                all.items.push_back(std::move(value));
                value = std::move(all);
            }
            node.members.emplace_back(name, std::move(value));
        } else if (list) {
            found->second.items.push_back(std::move(value));
        } else {
            errors.push_back({.pointer = "?" + name, .code = "query-repeated"});
        }
    }
    return node;
}

std::vector<FieldError> as_query_errors(std::vector<FieldError> errors)
{
    for (auto& error : errors) {
        if (!error.pointer.empty())
            error.pointer.front() = '?';
        if (error.code == "unknown-member")
            error.code = "query-unknown";
    }
    return errors;
}

namespace {

void add_api_headers(const Request& request, const Route& route, Response& response)
{
    response.with("api-version", std::string{api_version});
    if (!response.header("cache-control")) {
        const bool personal = route.permission != Permission::public_ || request.actor().signed_in();
        const bool readable = request.method == Method::get || request.method == Method::head;
        response.with("cache-control", personal || !readable ? "no-store" : "no-cache");
    }
    response.with("vary", "accept-encoding, accept-language, cookie");
}

/// 304 when the client has it already.
bool has_it_already(const Request& request, std::string_view tag)
{
    const auto known = request.header("if-none-match");
    return known && (request.method == Method::get || request.method == Method::head) && names_tag(*known, tag);
}

std::string content_tag(std::string_view body)
{
    return fmt::format("W/\"{:016x}\"", std::hash<std::string_view>{}(body));
}

} // namespace

Response json_response(const Request& request, const Route& route, std::string body, std::string tag,
                       std::string location)
{
    Response response{.status = route.success_status};
    if (tag.empty() && (request.method == Method::get || request.method == Method::head))
        tag = content_tag(body);
    if (!tag.empty())
        response.with("etag", tag);
    if (!location.empty())
        response.with("location", std::move(location));
    add_api_headers(request, route, response);
    if (has_it_already(request, tag)) {
        response.status = 304;
        return response;
    }
    response.body = std::move(body);
    response.with("content-type", route.success_type);
    response.with("content-language", std::string{language_name(request.language)});
    compress(request, response);
    return response;
}

Response empty_response(const Request& request, const Route& route)
{
    Response response{.status = route.success_status};
    add_api_headers(request, route, response);
    return response;
}

Response raw_response(const Request& request, const Route& route, Response response)
{
    if (response.status == 200)
        response.status = route.success_status;
    add_api_headers(request, route, response);
    if (response.status == 204)
        return response;
    if (!response.header("content-type"))
        response.with("content-type", route.success_type);
    const bool reads = request.method == Method::get || request.method == Method::head;
    if (reads && response.status == 200 && !response.file && !response.header("etag")) {
        auto tag = content_tag(response.body);
        if (has_it_already(request, tag)) {
            response.status = 304;
            response.body.clear();
        }
        response.with("etag", std::move(tag));
    }
    compress(request, response);
    return response;
}

Problem body_problem(const Request&, const Route&) { return invalid({{.pointer = "", .code = "body-missing"}}); }

} // namespace detail

RouteEntry& RouteEntry::if_match_when_there()
{
    route_->needs_if_match = false;
    route_->if_match_when_there = true;
    route_->parameters.push_back({.name = "If-Match",
                                  .in = "header",
                                  .schema = R"({"type":"string","pattern":"^\"v[0-9]+\"$"})",
                                  .description = "De versie die u wijzigt; alleen weglaten als het er nog niet is.",
                                  .required = false});
    return *this;
}

RouteEntry& RouteEntry::parameter(std::string_view name, std::string dutch)
{
    for (auto& entry : route_->parameters)
        if (entry.name == name) {
            entry.description = std::move(dutch);
            return *this;
        }
    throw std::logic_error(fmt::format("{} has no parameter {}", route_->pattern, name));
}

// --- Router -------------------------------------------------------------------------------------------------------

struct Router::Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::unique_ptr<Node> parameter;
    std::map<Method, const Route*> routes;

    /// Goes down the path; a literal segment before a parameter. values grows by what parameters matched.
    const Node* find(const std::vector<std::string>& path, std::size_t at, std::vector<std::string>& values) const
    {
        if (at == path.size())
            return routes.empty() ? nullptr : this;
        if (const auto literal = literals.find(path[at]); literal != literals.end())
            if (const auto* found = literal->second->find(path, at + 1, values))
                return found;
        if (parameter && !path[at].empty()) {
            values.push_back(path[at]);
            if (const auto* found = parameter->find(path, at + 1, values))
                return found;
            values.pop_back();
        }
        return nullptr;
    }

    std::string allowed() const
    {
        std::string list;
        for (const auto& [method, route] : routes) {
            list += fmt::format("{}{}", list.empty() ? "" : ", ", method_name(method));
            if (method == Method::get)
                list += ", HEAD";
        }
        return list + ", OPTIONS";
    }
};

Router::Router(ApiInformation information) : information_(std::move(information)), root_(std::make_unique<Node>())
{
    add_own_routes();
}

Router::~Router() = default;

void Router::add_own_routes()
{
    const auto outside = [this](std::string path, bool at_once, auto answer) {
        auto route = std::make_unique<Route>();
        route->pattern = std::move(path);
        route->in_document = false;
        route->at_once = at_once;
        route->run = [answer](std::shared_ptr<Request> request, Responder respond) { respond(answer(*request)); };
        outside_.push_back(std::move(route));
    };
    const auto text = [](int status, std::string body) {
        Response response{.status = status, .body = std::move(body)};
        response.with("content-type", "text/plain; charset=utf-8");
        response.with("cache-control", "no-store");
        return response;
    };
    outside("/healthz", true, [text](const Request&) { return text(200, "ok\n"); });
    outside("/readyz", false, [this, text](const Request&) {
        return !ready_ || ready_() ? text(200, "ready\n") : text(503, "not ready\n");
    });

    // Not a part of the document, as it is the document.
    file(std::string{api_root} + "/openapi.json", Permission::public_, "application/json",
         [this, cache = std::make_shared<std::pair<std::once_flag, std::string>>()](const Request&) {
             std::call_once(cache->first, [&] { cache->second = openapi_document(); });
             // Readable for tools on other sites (API Design Rules, /core/publish-openapi): it is public.
             return Response{.status = 200, .body = cache->second}.with("access-control-allow-origin", "*");
         });
    routes_.back()->in_document = false;
    get<ProblemExplanation>(std::string{api_root} + "/problems/{code}", Permission::public_,
                            [](const Request& request, const std::string& code) -> Result<ProblemExplanation> {
                                for (const auto& known : describe::sentence_codes(request.language))
                                    if (known == code)
                                        return ProblemExplanation{code,
                                                                  describe::sentence(code, {}, request.language)};
                                return not_found();
                            })
        .named("getProblem")
        .tag("problems");
}

void Router::describe_parameters(Route& route, const std::vector<std::string>& schemas) const
{
    std::vector<ParameterEntry> in_path;
    std::size_t index = 0;
    for (const auto& segment : segments(route.pattern))
        if (is_parameter(segment)) {
            const auto name = segment.substr(1, segment.size() - 2);
            in_path.push_back({.name = name,
                               .in = "path",
                               .schema = index < schemas.size() ? schemas[index] : R"({"type":"string"})",
                               .description = {},
                               .required = true});
            ++index;
        }
    if (index != schemas.size())
        throw std::logic_error(fmt::format("{} has {} parameters in its path, its handler takes {}", route.pattern,
                                           index, schemas.size()));
    route.parameters.insert(route.parameters.begin(), std::make_move_iterator(in_path.begin()),
                            std::make_move_iterator(in_path.end()));
    for (const auto& parameter : route.parameters)
        if (!is_camel(parameter.name))
            throw std::logic_error(fmt::format("{}: {} is not camelCase", route.pattern, parameter.name));
}

RouteEntry Router::insert(std::unique_ptr<Route> route, std::size_t)
{
    if (!route->pattern.starts_with(fmt::format("{}/", api_root)) || route->pattern.ends_with('/'))
        throw std::logic_error(
            fmt::format("{}: a route begins with {}/ and does not end in /", route->pattern, api_root));
    auto* node = root_.get();
    auto id = lowered(method_name(route->method));
    std::size_t depth = 0;
    for (const auto& segment : segments(route->pattern)) {
        const bool parameter = is_parameter(segment);
        const bool has_dot = segment.find('.') != std::string::npos; // "…/export.csv", never a collection
        if (!parameter && (!is_kebab(segment) || (has_dot && depth == 2 && segment != "openapi.json")))
            throw std::logic_error(fmt::format("{}: {} is not kebab-case", route->pattern, segment));
        auto& next = parameter ? node->parameter : node->literals[segment];
        if (!next)
            next = std::make_unique<Node>();
        node = next.get();
        if (++depth > 2) // without api and v1
            id += parameter ? "By" + pascal(segment.substr(1, segment.size() - 2)) : pascal(segment);
        if (depth == 3 && route->tag.empty())
            route->tag = segment;
    }
    if (!node->routes.emplace(route->method, route.get()).second)
        throw std::logic_error(fmt::format("{} {} is there twice", method_name(route->method), route->pattern));
    route->operation_id = std::move(id);
    routes_.push_back(std::move(route));
    return RouteEntry{*routes_.back()};
}

void Router::serve_files(std::string folder) { files_.emplace(std::move(folder)); }

void Router::serve_text(std::string path, std::string type, std::string text)
{
    Response response{.status = 200, .body = std::move(text)};
    response.with("content-type", std::move(type));
    response.with("cache-control", "no-cache");
    texts_.emplace(std::move(path), std::move(response));
}

void Router::write_metrics(std::string& out) const
{
    std::vector<RouteLabels> labels;
    for (const auto* all : {&routes_, &outside_})
        for (const auto& route : *all)
            labels.push_back({method_name(route->method), route->pattern, route->counters.get()});
    write_routes(out, labels);
}

Application::Admission Router::admit(Request& head)
{
    if (head.path.starts_with("/api/") || head.path == "/api")
        return admit_api(head);

    const bool reads = head.method == Method::get || head.method == Method::head;
    if (!reads) {
        auto response = problem_response(405, "method-not-allowed", head, {{"allowed", "GET, HEAD"}});
        response.with("allow", "GET, HEAD");
        return {.answer = std::move(response)};
    }
    for (const auto& route : outside_)
        if (route->pattern == head.path) {
            head.route = route.get();
            return {.at_once = route->at_once};
        }
    if (const auto text = texts_.find(head.path); text != texts_.end())
        return {.answer = text->second};
    if (files_)
        if (auto response = files_->find(head))
            return {.answer = std::move(response)};
    return {.answer = plain(404, head, files_ && files_->installed() ? "not-found" : "web-missing")};
}

Application::Admission Router::admit_api(Request& head) const
{
    std::vector<std::string> path;
    for (const auto& segment : segments(head.path)) {
        auto decoded = percent_decoded(segment);
        if (!decoded || !utf8_length(*decoded))
            return {.answer = problem_response(400, "malformed-request", head)};
        path.push_back(std::move(*decoded));
    }
    const auto* node = root_->find(path, 0, head.path_parameters);
    if (node == nullptr)
        return {.answer = problem_response(404, "not-found", head)};
    const auto found = node->routes.find(head.method == Method::head ? Method::get : head.method);
    if (found == node->routes.end()) {
        const auto allowed = node->allowed();
        if (head.method == Method::options) {
            Response response{.status = 204};
            return {.answer = response.with("allow", allowed).with("api-version", std::string{api_version})};
        }
        auto response = problem_response(405, "method-not-allowed", head, {{"allowed", allowed}});
        return {.answer = response.with("allow", allowed)};
    }
    const auto& route = *found->second;
    head.route = &route;
    return {.body_limit = route.takes_body ? route.body_limit : 0,
            .at_once = route.at_once,
            .quick = route.quick && quick_at_once_};
}

void Router::handle(std::shared_ptr<Request> request, Responder respond)
{
    const auto& route = *request->route;
    if (route.pattern.starts_with(api_root))
        if (const auto problem = gate(*request, route))
            return respond(problem_response(*problem, *request));
    route.run(std::move(request), std::move(respond));
}

/// Everything that is decided before a handler: who asks, whether that may, and whether the headers are there.
std::optional<Problem> Router::gate(Request& request, const Route& route) const
{
    const bool for_guests = route.permission == Permission::answer_own;
    if (auto* const authenticator = for_guests ? guests_ : authenticator_) {
        auto caller = authenticator->identify(request);
        if (!caller)
            return caller.error();
        request.caller = std::move(*caller);
    }
    if (!is_safe(request.method) && comes_from_elsewhere(request))
        return Problem{.kind = ProblemKind::not_permitted, .reason = csrf};
    if (!request.actor().may(route.permission)) {
        if (request.actor().signed_in())
            return Problem{.kind = ProblemKind::not_permitted,
                           .reason = request.actor().must_choose_password() ? password_must_change : not_permitted};
        return Problem{.kind = ProblemKind::not_signed_in, .reason = for_guests ? not_let_in : not_signed_in};
    }
    if (route.takes_body && !request.body.empty()) {
        const auto type = bare_type(request.header("content-type").value_or(""));
        if (std::find(route.request_types.begin(), route.request_types.end(), type) == route.request_types.end()) {
            std::string expected;
            for (const auto& one : route.request_types)
                expected += (expected.empty() ? "" : ", ") + one;
            return Problem{
                .kind = ProblemKind::unsupported, .reason = media_type, .parameters = {{"expected", expected}}};
        }
    }
    if (route.needs_if_match) {
        if (!request.header("if-match"))
            return if_match_missing();
        if (!request.if_match_version())
            return stale(); // no version of ours looks like that
    }
    if (route.if_match_when_there && request.header("if-match") && !request.if_match_version())
        return stale();
    if (route.needs_idempotency_key) {
        const auto key = request.header("idempotency-key");
        if (!key)
            return invalid({{.pointer = "Idempotency-Key", .code = "idempotency-key-missing"}});
        if (!is_idempotency_key(*key))
            return invalid({{.pointer = "Idempotency-Key", .code = "idempotency-key"}});
    }
    return std::nullopt;
}

Response Router::refusal(int status, std::string_view code, const Request* request)
{
    static const Request nobody;
    return problem_response(status, code, request != nullptr ? *request : nobody);
}

} // namespace beproefd::http
