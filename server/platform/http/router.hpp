// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/describe/json.hpp"
#include "platform/describe/schema.hpp"
#include "platform/http/problem.hpp"
#include "platform/http/route.hpp"
#include "platform/http/server.hpp"
#include "platform/http/static_files.hpp"

#include <concepts>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

namespace beproefd::http {

/// Says who asks, from the headers of a request.
class Authenticator
{
public:
    virtual ~Authenticator() = default;

    /// The account behind the request's session, or null for the public. An expired or unknown session is the public;
    /// the route's permission then decides. Runs on a worker, may read the database. Refuses only when it cannot
    /// tell.
    virtual Result<std::shared_ptr<const Actor>> identify(const Request& request) = 0;
};

/// A described struct that a handler takes from the query, where the method alone does not say so (POST, PUT, PATCH).
template<class T>
struct Query {
    T value;
    const T* operator->() const { return &value; }
    const T& operator*() const { return value; }
};

/// An answer with headers of its own, such as the cookie of a session. A route of T may return it instead of T.
template<class T>
struct WithHeaders {
    T value;
    std::vector<Header> headers{}; ///< names in lower case
};

/// Last argument of a handler that answers later: call it once, from any thread. It keeps the request alive. The
/// worker is free meanwhile; of use while a durable write waits for its group commit.
template<class T>
class Reply
{
public:
    Reply(std::function<void(Result<T>)> send, std::function<void(std::exception_ptr)> broke)
        : send_(std::move(send)), broke_(std::move(broke))
    {
    }
    void operator()(Result<T> result) const { send_(std::move(result)); }

    /// For Database::transact_async: sends its answer, or says what broke.
    std::function<void(std::optional<Result<T>>, std::exception_ptr)> told() const
    {
        return [self = *this](std::optional<Result<T>> result, std::exception_ptr broken) {
            if (result)
                self.send_(*std::move(result));
            else
                self.broke_(broken);
        };
    }

private:
    std::function<void(Result<T>)> send_;
    std::function<void(std::exception_ptr)> broke_;
};

/// Semantic version of the API; goes out as API-Version on every answer of it.
inline constexpr std::string_view api_version = "1.0.0";
/// Where the API lives. Every route of it begins so.
inline constexpr std::string_view api_root = "/api/v1";

/// What the OpenAPI document says about the whole.
struct ApiInformation {
    std::string title = "Beproefd";
    std::string description;                                 ///< Dutch
    std::string session_cookie = "__Host-beproefd";          ///< the name of the cookie that says who asks
    std::string guest_cookie = "__Host-beproefd-respondent"; ///< of who was let in by a link
    std::string contact_name;
    std::string contact_email;
    std::string contact_url;
    std::string server; ///< where the installation lives, such as "https://beproefd.example"; may be empty
};

namespace detail {

template<class T>
struct IsReply : std::false_type {
};
template<class T>
struct IsReply<Reply<T>> : std::true_type {
    using Value = T;
};
template<class T>
struct IsQuery : std::false_type {
};
template<class T>
struct IsQuery<Query<T>> : std::true_type {
    using Value = T;
};
template<class T>
struct IsResult : std::false_type {
};
template<class T>
struct IsResult<Result<T>> : std::true_type {
};

/// The parameter types of a callable, without the first (the request).
template<class Handler>
struct Arguments : Arguments<decltype(&Handler::operator())> {
};
template<class Return, class... Rest>
struct Arguments<Return (*)(const Request&, Rest...)> {
    using Tuple = std::tuple<std::remove_cvref_t<Rest>...>;
};
template<class Return, class Class, class... Rest>
struct Arguments<Return (Class::*)(const Request&, Rest...)> : Arguments<Return (*)(const Request&, Rest...)> {
};
template<class Return, class Class, class... Rest>
struct Arguments<Return (Class::*)(const Request&, Rest...) const> : Arguments<Return (*)(const Request&, Rest...)> {
};

template<class Tuple>
constexpr bool ends_in_reply()
{
    if constexpr (std::tuple_size_v<Tuple> == 0)
        return false;
    else
        return IsReply<std::tuple_element_t<std::tuple_size_v<Tuple> - 1, Tuple>>::value;
}

/// A value in the path. False when it cannot be one of that type: then there is no such thing, which is 404.
template<describe::ScalarType T>
bool read_path_value(const std::string& text, T& out)
{
    describe::Reading reading;
    describe::Node node;
    node.type =
        describe::Scalar<T>::kind == describe::Kind::text ? describe::Node::Type::text : describe::Node::Type::word;
    node.text = text;
    describe::read_node(node, out, reading);
    return !reading.failed();
}

/// The query as an object, so that a described struct reads it as it reads a body. lists may occur more than once;
/// every other repetition is an error, because programs differ in which of the values they take.
describe::Node query_node(const Request& request, const std::vector<std::string_view>& lists,
                          std::vector<FieldError>& errors);

/// "/limit" → "?limit"
std::vector<FieldError> as_query_errors(std::vector<FieldError> errors);

template<class T>
Result<T> read_query(const Request& request)
{
    std::vector<std::string_view> lists;
    boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
        using Member = describe::MemberType<T, decltype(member)>;
        if constexpr (describe::IsVector<typename describe::Unwrapped<Member>::type>::value)
            lists.push_back(describe::json_name<T, decltype(member)>());
    });
    std::vector<FieldError> errors;
    auto node = query_node(request, lists, errors);
    // A list that is not mentioned is an empty one.
    for (const auto name : lists)
        if (node.find(name) == nullptr) {
            describe::Node empty;
            empty.type = describe::Node::Type::array;
            node.members.emplace_back(std::string{name}, std::move(empty));
        }
    T value{};
    describe::Reading reading;
    describe::read_node(node, value, reading);
    for (auto& error : as_query_errors(reading.take_errors()))
        errors.push_back(std::move(error));
    if (!errors.empty())
        return invalid(std::move(errors));
    return value;
}

template<class T>
concept HasRowVersion = requires(const T& value) { static_cast<std::int64_t>(value.row_version); };

template<class T>
concept HasId = requires(const T& value) { std::string{value.id.to_text()}; };

/// What a route's answer becomes before it is compressed: headers, entity tag, 304.
Response json_response(const Request& request, const Route& route, std::string body, std::string tag,
                       std::string location);
Response empty_response(const Request& request, const Route& route);
Response raw_response(const Request& request, const Route& route, Response response);

template<class T>
Response render(const Request& request, const Route& route, const Result<T>& result)
{
    if (!result)
        return problem_response(result.error(), request);
    if constexpr (std::is_void_v<T> || std::is_same_v<T, Done>) {
        return empty_response(request, route);
    } else if constexpr (std::is_same_v<T, Response>) {
        return raw_response(request, route, *result);
    } else {
        // Answers of one kind are about as long: room for the last one and some more, once.
        thread_local std::size_t usual = 512;
        std::string body;
        body.reserve(std::min<std::size_t>(usual + usual / 8, 64 * 1024));
        describe::write_json(body, *result);
        usual = body.size();
        std::string tag;
        if constexpr (HasRowVersion<T>)
            tag = fmt::format("\"v{}\"", static_cast<std::int64_t>(result->row_version));
        std::string location;
        if constexpr (HasId<T>) {
            if (route.success_status == 201)
                location = (route.location.empty() ? request.path + "/" : route.location) +
                           std::string{result->id.to_text()};
        }
        return json_response(request, route, std::move(body), std::move(tag), std::move(location));
    }
}

template<class T>
struct IsWithHeaders : std::false_type {
};
template<class T>
struct IsWithHeaders<WithHeaders<T>> : std::true_type {
};

template<class T>
Response render(const Request& request, const Route& route, Result<WithHeaders<T>> result)
{
    if (!result)
        return problem_response(result.error(), request);
    auto response = render<T>(request, route, Result<T>{std::move(result->value)});
    for (auto& header : result->headers)
        response.headers.push_back(std::move(header));
    return response;
}

Problem body_problem(const Request& request, const Route& route);

} // namespace detail

/// Says more about a route, on the same line as the route itself.
class RouteEntry
{
public:
    explicit RouteEntry(Route& route) : route_(&route) {}

    /// The name of the operation in the OpenAPI document: "listFigures". Its Dutch summary stands in a fields.nl.json
    /// under "operations", its longer description there under "operationDescriptions".
    RouteEntry& named(std::string operation) { return route_->operation_id = std::move(operation), *this; }
    RouteEntry& summary(std::string dutch) { return route_->summary = std::move(dutch), *this; }
    RouteEntry& description(std::string dutch) { return route_->description = std::move(dutch), *this; }
    RouteEntry& tag(std::string name) { return route_->tag = std::move(name), *this; }
    /// What a parameter of the path or the query means, in Dutch.
    RouteEntry& parameter(std::string_view name, std::string dutch);
    RouteEntry& status(int success) { return route_->success_status = success, *this; }
    RouteEntry& body_limit(std::size_t bytes) { return route_->body_limit = bytes, *this; }
    /// A refusal that does not follow from the rest, such as 409 for what cannot be read yet.
    RouteEntry& also_refuses(int status) { return route_->more_refusals.push_back(status), *this; }
    /// What is made stands elsewhere than below this path: "/api/v1/actions/".
    RouteEntry& stands_at(std::string path) { return route_->location = std::move(path), *this; }
    /// Never waits for anything: runs on the I/O thread.
    RouteEntry& at_once() { return route_->at_once = true, *this; }
    /// Reads a few rows by their key, in tens of microseconds: runs on the I/O thread while the workers have nothing
    /// to do, where answer_quick_ones_at_once() says that the database never waits for a network.
    RouteEntry& quick() { return route_->quick = true, *this; }
    /// Changes something without If-Match, because there is nothing that another could have changed.
    RouteEntry& without_if_match() { return route_->needs_if_match = false, *this; }
    /// A POST that changes an existing thing.
    RouteEntry& with_if_match() { return route_->needs_if_match = true, *this; }
    /// Makes the thing when it is not there yet and changes it when it is: then the handler asks If-Match, with
    /// if_match_missing() when there is none.
    RouteEntry& if_match_when_there();
    /// A POST that creates no record.
    RouteEntry& without_idempotency_key() { return route_->needs_idempotency_key = false, *this; }
    /// What else the answer may be, when the request asks for it.
    RouteEntry& also_gives(std::vector<std::string> types) { return route_->more_types = std::move(types), *this; }
    /// What the body may be, where it is not JSON; the handler reads request.body itself.
    RouteEntry& accepts(std::vector<std::string> types)
    {
        route_->request_types = std::move(types);
        route_->takes_body = true;
        return *this;
    }

private:
    Route* route_;
};

/// Which path is answered by what. Each route is one line: method, path, permission, handler. From that line follow
/// the checks before the handler, the JSON after it, and the entry in the OpenAPI document.
///
/// A handler takes the request, then the values of the path in their order, then at most one described struct (the
/// query of a GET or DELETE, the body of a POST, PUT or PATCH), a Query<T> where both are needed, and a Reply<T> last
/// when it answers later. It returns T or Result<T>.
class Router final : public Application
{
public:
    explicit Router(ApiInformation information = {});
    ~Router() override;

    // --- the API ---

    template<class T, class Handler>
    RouteEntry get(std::string path, Permission permission, Handler handler)
    {
        return add<T>({.method = Method::get, .pattern = std::move(path), .permission = permission},
                      std::move(handler));
    }

    /// Creates a record: 201, and an Idempotency-Key is required.
    template<class T, class Handler>
    RouteEntry post(std::string path, Permission permission, Handler handler)
    {
        return add<T>({.method = Method::post,
                       .pattern = std::move(path),
                       .permission = permission,
                       .needs_idempotency_key = true,
                       .success_status = 201},
                      std::move(handler));
    }

    /// A POST that computes an answer and keeps nothing: 200.
    template<class T, class Handler>
    RouteEntry compute(std::string path, Permission permission, Handler handler)
    {
        return add<T>({.method = Method::post, .pattern = std::move(path), .permission = permission},
                      std::move(handler));
    }

    /// Changes an existing thing: If-Match is required.
    template<class T, class Handler>
    RouteEntry put(std::string path, Permission permission, Handler handler)
    {
        return add<T>(
            {.method = Method::put, .pattern = std::move(path), .permission = permission, .needs_if_match = true},
            std::move(handler));
    }

    template<class T, class Handler>
    RouteEntry patch(std::string path, Permission permission, Handler handler)
    {
        return add<T>(
            {.method = Method::patch, .pattern = std::move(path), .permission = permission, .needs_if_match = true},
            std::move(handler));
    }

    template<class T = Done, class Handler>
    RouteEntry delete_(std::string path, Permission permission, Handler handler)
    {
        return add<T>(
            {.method = Method::delete_, .pattern = std::move(path), .permission = permission, .needs_if_match = true},
            std::move(handler));
    }

    /// A file: the handler returns a Response of the declared content type (its body; status and headers if wanted).
    template<class Handler>
    RouteEntry file(std::string path, Permission permission, std::string type, Handler handler)
    {
        return add<Response>({.method = Method::get,
                              .pattern = std::move(path),
                              .permission = permission,
                              .success_type = std::move(type)},
                             std::move(handler));
    }

    // --- what stands beside it ---

    /// Who asks. Without one everybody is the public.
    void authenticate_with(Authenticator& authenticator) { authenticator_ = &authenticator; }
    /// Who was let in by a link, for the routes of Permission::answer_own: the session of an account does not count
    /// there, and the session of a guest counts nowhere else.
    void let_guests_in_with(Authenticator& authenticator) { guests_ = &authenticator; }
    /// Whether reading a few rows never waits: true for a database in this process.
    void answer_quick_ones_at_once(bool never_waits) { quick_at_once_ = never_waits; }
    /// What /readyz asks, on a worker: can requests be answered, is the database there?
    void ready_when(std::function<bool()> check) { ready_ = std::move(check); }
    /// The web interface.
    void serve_files(std::string folder);
    /// A text at a fixed path outside the API, such as /.well-known/security.txt.
    void serve_text(std::string path, std::string type, std::string text);

    const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }
    /// OpenAPI 3.1, generated from the routes.
    std::string openapi_document() const;
    /// The lines of /metrics per route.
    void write_metrics(std::string& out) const;

    // --- Application ---

    Admission admit(Request& head) override;
    void handle(std::shared_ptr<Request> request, Responder respond) override;
    Response refusal(int status, std::string_view code, const Request* request) override;

private:
    struct Node;

    template<class T, class Handler>
    RouteEntry add(Route values, Handler handler);
    RouteEntry insert(std::unique_ptr<Route> route, std::size_t path_values);
    void describe_parameters(Route& route, const std::vector<std::string>& schemas) const;
    std::optional<Problem> gate(Request& request, const Route& route) const;
    void add_own_routes();
    Admission admit_api(Request& head) const;

    ApiInformation information_;
    Authenticator* authenticator_ = nullptr;
    Authenticator* guests_ = nullptr;
    bool quick_at_once_ = false;
    std::function<bool()> ready_;
    std::optional<StaticFiles> files_;
    std::map<std::string, Response, std::less<>> texts_;
    std::vector<std::unique_ptr<Route>> routes_;
    std::vector<std::unique_ptr<Route>>
        outside_; ///< /healthz, /readyz, files: counted and logged, not in the document
    std::unique_ptr<Node> root_;
    describe::Components components_;
};

// --- How a handler is called --------------------------------------------------------------------------------------

namespace detail {

/// Fills the arguments of a handler; the first problem that is found ends it.
template<class Tuple, std::size_t... Index>
std::optional<Problem> read_arguments(const Request& request, const Route& route, Tuple& arguments,
                                      std::index_sequence<Index...>)
{
    std::optional<Problem> problem;
    [[maybe_unused]] std::size_t path_index = 0;
    [[maybe_unused]] const auto read = [&](auto& argument) {
        using T = std::remove_cvref_t<decltype(argument)>;
        if (problem)
            return;
        const auto keep = [&](auto result, auto& target) {
            if (!result)
                problem = std::move(result).error();
            else
                target = std::move(*result);
        };
        if constexpr (IsQuery<T>::value) {
            keep(read_query<typename IsQuery<T>::Value>(request), argument.value);
        } else if constexpr (describe::ScalarType<T>) {
            if (path_index >= request.path_parameters.size() ||
                !read_path_value(request.path_parameters[path_index++], argument))
                problem = not_found();
        } else if (route.method == Method::get || route.method == Method::delete_) {
            if constexpr (describe::DescribedStruct<T>)
                keep(read_query<T>(request), argument);
        } else {
            if (request.body.empty())
                problem = body_problem(request, route);
            else
                keep(describe::read_json<T>(request.body), argument);
        }
    };
    (read(std::get<Index>(arguments)), ...);
    return problem;
}

template<class Tuple, std::size_t... Index>
auto call(auto& handler, const Request& request, const Tuple& arguments, std::index_sequence<Index...>)
{
    return handler(request, std::get<Index>(arguments)...);
}

/// The schemas and parameters that a handler's argument adds to the route's entry.
template<class T>
void describe_argument(Route& route, describe::Components& components, std::vector<std::string>& path_schemas)
{
    const auto describe_query = [&]<class Q>(const Q*) {
        boost::mp11::mp_for_each<describe::Members<Q>>([&](auto member) {
            using Member = describe::MemberType<Q, decltype(member)>;
            constexpr std::string_view name = describe::json_name<Q, decltype(member)>();
            constexpr bool list = describe::IsVector<typename describe::Unwrapped<Member>::type>::value;
            route.parameters.push_back(
                {.name = std::string{name},
                 .in = "query",
                 .schema = describe::schema<Member>(components),
                 .description = std::string{describe::field_description(describe::schema_name<Q>(), name)},
                 .required = !describe::IsOptional<Member>::value && !list});
        });
    };
    if constexpr (IsReply<T>::value) {
        return;
    } else if constexpr (IsQuery<T>::value) {
        describe_query(static_cast<const typename IsQuery<T>::Value*>(nullptr));
    } else if constexpr (describe::ScalarType<T>) {
        path_schemas.push_back(describe::schema<T>(components));
    } else if (route.method == Method::get || route.method == Method::delete_) {
        if constexpr (describe::DescribedStruct<T>)
            describe_query(static_cast<const T*>(nullptr));
        else
            throw std::logic_error(route.pattern + ": a query is a described struct");
    } else {
        route.takes_body = true;
        route.request_schema = describe::schema<T>(components);
    }
}

} // namespace detail

template<class T, class Handler>
RouteEntry Router::add(Route values, Handler handler)
{
    using Tuple = typename detail::Arguments<Handler>::Tuple;
    auto route = std::make_unique<Route>(std::move(values));
    std::vector<std::string> path_schemas;
    [&]<std::size_t... Index>(std::index_sequence<Index...>) {
        (detail::describe_argument<std::tuple_element_t<Index, Tuple>>(*route, components_, path_schemas), ...);
    }(std::make_index_sequence<std::tuple_size_v<Tuple>>{});
    describe_parameters(*route, path_schemas);

    if constexpr (std::is_same_v<T, Done>) {
        if (route->success_status == 200 || route->success_status == 201)
            route->success_status = 204;
        route->success_type.clear();
    } else if constexpr (!std::is_same_v<T, Response>) {
        route->response_schema = describe::schema<T>(components_);
        route->versioned = detail::HasRowVersion<T>;
    }

    const Route* self = route.get();
    if constexpr (detail::ends_in_reply<Tuple>()) {
        constexpr std::size_t count = std::tuple_size_v<Tuple> - 1;
        route->run = [self, handler = std::move(handler)](std::shared_ptr<Request> request,
                                                          Responder respond) mutable {
            auto reply = Reply<T>{
                [self, request, respond](Result<T> result) { respond(detail::render<T>(*request, *self, result)); },
                [respond](std::exception_ptr what) { respond.broke(what); }};
            using Values = boost::mp11::mp_take_c<Tuple, count>;
            Values arguments{};
            if (auto problem = detail::read_arguments(*request, *self, arguments, std::make_index_sequence<count>{}))
                return respond(problem_response(*problem, *request));
            [&]<std::size_t... Index>(std::index_sequence<Index...>) {
                handler(std::as_const(*request), std::get<Index>(arguments)..., std::move(reply));
            }(std::make_index_sequence<count>{});
        };
    } else {
        route->run = [self, handler = std::move(handler)](std::shared_ptr<Request> request,
                                                          Responder respond) mutable {
            constexpr auto indices = std::make_index_sequence<std::tuple_size_v<Tuple>>{};
            Tuple arguments{};
            if (auto problem = detail::read_arguments(*request, *self, arguments, indices))
                return respond(problem_response(*problem, *request));
            using Returned = decltype(detail::call(handler, *request, arguments, indices));
            if constexpr (std::is_void_v<Returned>) {
                static_assert(std::is_same_v<T, Done>, "a handler without a value is a route of Done");
                detail::call(handler, *request, arguments, indices);
                respond(detail::render<Done>(*request, *self, Done{}));
            } else if constexpr (std::is_same_v<Returned, WithHeaders<T>> ||
                                 std::is_same_v<Returned, Result<WithHeaders<T>>>) {
                Result<WithHeaders<T>> result = detail::call(handler, *request, arguments, indices);
                respond(detail::render<T>(*request, *self, std::move(result)));
            } else if constexpr (std::is_base_of_v<Result<T>, Returned>) {
                respond(detail::render<T>(*request, *self, detail::call(handler, *request, arguments, indices)));
            } else {
                static_assert(std::is_convertible_v<Returned, T>, "the handler returns T or Result<T>");
                T value = detail::call(handler, *request, arguments, indices);
                respond(detail::render<T>(*request, *self, Result<T>{std::move(value)}));
            }
        };
    }
    return insert(std::move(route), path_schemas.size());
}

} // namespace beproefd::http
