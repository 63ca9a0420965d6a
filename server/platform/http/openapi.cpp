// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The OpenAPI document, written from the routes.

#include "platform/http/router.hpp"

#include <set>

namespace beproefd::http {

namespace {

/// Writes JSON objects and arrays with their commas.
class Json
{
public:
    Json& key(std::string_view name)
    {
        comma();
        describe::write_text(text_, name);
        text_ += ':';
        fresh_ = true;
        return *this;
    }
    Json& text(std::string_view value)
    {
        comma();
        describe::write_text(text_, value);
        return *this;
    }
    Json& raw(std::string_view json)
    {
        comma();
        text_ += json;
        return *this;
    }
    Json& open(char bracket)
    {
        comma();
        text_ += bracket;
        fresh_ = true;
        return *this;
    }
    Json& close(char bracket)
    {
        text_ += bracket;
        fresh_ = false;
        return *this;
    }
    std::string take() { return std::move(text_); }

private:
    void comma()
    {
        if (!fresh_)
            text_ += ',';
        fresh_ = false;
    }
    std::string text_;
    bool fresh_ = true;
};

/// The members of RFC 9457, which the Dutch API Design Rules want to see by themselves.
constexpr std::string_view problem_details_schema =
    R"({"type":"object","description":"Een weigering, volgens RFC 9457.","properties":{)"
    R"("type":{"type":"string","format":"uri-reference","description":"Waar de uitleg van de code staat."},)"
    R"("title":{"type":"string","description":"De soort weigering in een paar woorden."},)"
    R"("status":{"type":"integer","format":"int32","minimum":400,"maximum":599,"description":"De HTTP-status."},)"
    R"("detail":{"type":"string","description":"Wat er aan de hand is, in een zin."}},)"
    R"("required":["type","title","status","detail"]})";

constexpr std::string_view problem_schema =
    R"({"description":"Een weigering met haar reden.","allOf":[{"$ref":"#/components/schemas/ProblemDetails"},)"
    R"({"type":"object","properties":{)"
    R"("code":{"type":"string","description":"De reden, voor programma's."},)"
    R"("source":{"type":"string","description":"De wet, het besluit of de eis waarop de reden berust."},)"
    R"("requestId":{"type":"string","description":"Het nummer van het verzoek, voor wie erover belt."},)"
    R"("stored":{"type":"object","additionalProperties":true,"description":"Bij 412: wat er nu is opgeslagen, zodat )"
    R"(beide teksten naast elkaar kunnen."},)"
    R"("errors":{"type":"array","description":"Alle velden die niet goed zijn.",)"
    R"("items":{"$ref":"#/components/schemas/ProblemField"}}},"required":["code","requestId"]}]})";

constexpr std::string_view problem_field_schema =
    R"({"type":"object","description":"Een veld dat niet goed is.","properties":{)"
    R"("pointer":{"type":"string","description":"Waar: een JSON-pointer in de inhoud, ?naam voor een parameter, of de )"
    R"(naam van een kop."},)"
    R"("code":{"type":"string","description":"Wat er niet goed is, voor programma's."},)"
    R"("detail":{"type":"string","description":"Wat er niet goed is, in een zin."}},)"
    R"("required":["pointer","code","detail"],"additionalProperties":false})";

constexpr std::string_view if_match_parameter =
    R"({"name":"If-Match","in":"header","required":true,)"
    R"("description":"De versie die u wijzigt: de ETag van het laatste antwoord, zoals \"v7\".",)"
    R"("schema":{"type":"string","pattern":"^\"v[0-9]+\"$"}})";

constexpr std::string_view idempotency_key_parameter =
    R"({"name":"Idempotency-Key","in":"header","required":true,)"
    R"("description":"Een zelfgekozen, uniek kenmerk. Een herhaald verzoek met hetzelfde kenmerk maakt niets dubbel )"
    R"(aan.","schema":{"type":"string","minLength":8,"maxLength":100,"pattern":"^[A-Za-z0-9_-]+$"}})";

std::string_view lower_name(Method method)
{
    switch (method) {
    case Method::get:
        return "get";
    case Method::post:
        return "post";
    case Method::put:
        return "put";
    case Method::patch:
        return "patch";
    case Method::delete_:
        return "delete";
    default:
        throw std::logic_error("no route has this method");
    }
}

/// A file says by its content type what it is; JSON schema has nothing to add.
constexpr std::string_view any_content = "{}";

std::string_view or_else(std::string_view text, std::string_view other) { return text.empty() ? other : text; }

/// The statuses beside success that this route can answer with.
std::vector<int> refusals_of(const Route& route)
{
    std::vector<int> all;
    const bool has_path = std::any_of(route.parameters.begin(), route.parameters.end(),
                                      [](const auto& parameter) { return parameter.in == "path"; });
    const bool changes = !is_safe(route.method);
    all.push_back(400);
    if (route.permission != Permission::public_)
        all.push_back(401);
    if (route.permission != Permission::public_ || changes)
        all.push_back(403);
    if (has_path)
        all.push_back(404);
    if (changes)
        all.push_back(409);
    const bool versioned_change = route.needs_if_match || route.if_match_when_there;
    if (versioned_change)
        all.push_back(412);
    all.push_back(413);
    if (route.takes_body)
        all.push_back(415);
    if (versioned_change)
        all.push_back(428);
    for (const int status : {429, 500, 503})
        all.push_back(status);
    all.insert(all.end(), route.more_refusals.begin(), route.more_refusals.end());
    std::sort(all.begin(), all.end());
    return all;
}

/// What the operations refer to; what nobody refers to is left out.
struct Referred {
    std::set<int> refusals;
    bool if_match = false;
    bool idempotency_key = false;
    bool created = false;

    void add(const Route& route)
    {
        for (const int status : refusals_of(route))
            refusals.insert(status);
        if_match = if_match || route.needs_if_match;
        idempotency_key = idempotency_key || route.needs_idempotency_key;
        created = created || route.success_status == 201;
    }
};

/// What this is, and where.
void write_information(Json& json, const ApiInformation& information)
{
    json.key("info").open('{');
    json.key("title").text(information.title);
    json.key("description")
        .text(
            or_else(information.description,
                    "Alles wat de pagina's van Beproefd laten zien en doen, voor programma's. De namen zijn Engels, "
                    "de uitleg is Nederlands. Antwoorden in het Engels krijgt u met Accept-Language: en."));
    json.key("version").text(api_version);
    json.key("contact").open('{');
    json.key("name").text(or_else(information.contact_name, "Beproefd"));
    json.key("email").text(or_else(information.contact_email, "contact@beproefd.example"));
    json.key("url").text(or_else(information.contact_url, "https://beproefd.example"));
    json.close('}');
    json.key("license").open('{').key("name").text("EUPL-1.2").key("identifier").text("EUPL-1.2").close('}');
    json.close('}');

    json.key("servers").open('[').open('{');
    json.key("url").text(fmt::format("{}{}", information.server, api_root));
    json.key("description").text("Deze installatie");
    json.close('}').close(']');
}

void write_tags(Json& json, const std::set<std::string>& tags)
{
    json.key("tags").open('[');
    for (const auto& tag : tags) {
        json.open('{').key("name").text(tag);
        if (const auto text = describe::field_description("tags", tag); !text.empty())
            json.key("description").text(text);
        json.close('}');
    }
    json.close(']');
}

void write_parameters(Json& json, const Route& route)
{
    json.key("parameters").open('[');
    for (const auto& parameter : route.parameters) {
        json.open('{');
        json.key("name").text(parameter.name).key("in").text(parameter.in);
        json.key("required").raw(parameter.required ? "true" : "false");
        const auto text = or_else(parameter.description, describe::field_description("parameters", parameter.name));
        if (!text.empty())
            json.key("description").text(text);
        json.key("schema").raw(parameter.schema);
        json.close('}');
    }
    if (route.needs_if_match)
        json.raw(R"({"$ref":"#/components/parameters/IfMatch"})");
    if (route.needs_idempotency_key)
        json.raw(R"({"$ref":"#/components/parameters/IdempotencyKey"})");
    json.close(']');
}

void write_request_body(Json& json, const Route& route)
{
    json.key("requestBody").open('{').key("required").raw("true").key("content").open('{');
    for (const auto& type : route.request_types)
        json.key(type).open('{').key("schema").raw(or_else(route.request_schema, R"({"type":"string"})")).close('}');
    json.close('}').close('}');
}

void write_responses(Json& json, const Route& route)
{
    const bool gives = !route.success_type.empty() && route.success_status != 204;
    json.key("responses").open('{');
    json.key(std::to_string(route.success_status)).open('{');
    json.key("description").text(!gives ? "Gelukt; er is niets terug te geven." : "Gelukt.");
    json.key("headers").open('{');
    json.key("API-Version").raw(R"({"$ref":"#/components/headers/ApiVersion"})");
    if (gives && (route.method == Method::get || route.versioned))
        json.key("ETag").raw(R"({"$ref":"#/components/headers/ETag"})");
    if (route.success_status == 201)
        json.key("Location").raw(R"({"$ref":"#/components/headers/Location"})");
    json.close('}');
    if (gives) {
        json.key("content").open('{');
        const auto content = [&](std::string_view type, std::string_view schema) {
            json.key(type).open('{').key("schema").raw(schema).close('}');
        };
        content(route.success_type, or_else(route.response_schema, any_content));
        for (const auto& type : route.more_types)
            content(type, any_content);
        json.close('}');
    }
    json.close('}');
    for (const int status : refusals_of(route))
        json.key(std::to_string(status)).raw(fmt::format(R"({{"$ref":"#/components/responses/Problem{}"}})", status));
    json.close('}');
}

void write_operation(Json& json, const Route& route)
{
    const auto summary = or_else(route.summary, describe::field_description("operations", route.operation_id));
    const auto description =
        or_else(route.description, describe::field_description("operationDescriptions", route.operation_id));
    json.key(lower_name(route.method)).open('{');
    json.key("operationId").text(route.operation_id);
    json.key("tags").open('[').text(route.tag).close(']');
    json.key("summary").text(or_else(summary, route.operation_id));
    json.key("description").text(or_else(description, or_else(summary, route.operation_id)));
    json.key("x-permission").text(permission_name(route.permission));
    json.key("security")
        .raw(route.permission == Permission::public_      ? "[]"
             : route.permission == Permission::answer_own ? R"([{"link":[]}])"
                                                          : R"([{"session":[]}])");
    write_parameters(json, route);
    if (route.takes_body)
        write_request_body(json, route);
    write_responses(json, route);
    json.close('}');
}

void write_shared_responses(Json& json, const std::set<int>& refusals)
{
    json.key("responses").open('{');
    for (const int status : refusals) {
        json.key(fmt::format("Problem{}", status)).open('{');
        json.key("description").text(describe::sentence(fmt::format("status-{}", status), {}, Language::nl) + ".");
        json.key("headers").open('{').key("API-Version").raw(R"({"$ref":"#/components/headers/ApiVersion"})");
        if (status == 429 || status == 503)
            json.key("Retry-After").raw(R"({"$ref":"#/components/headers/RetryAfter"})");
        json.close('}');
        json.key("content").raw(R"({"application/problem+json":{"schema":{"$ref":"#/components/schemas/Problem"}}})");
        json.close('}');
    }
    json.close('}');
}

void write_shared_parameters(Json& json, const Referred& referred)
{
    if (!referred.if_match && !referred.idempotency_key)
        return;
    json.key("parameters").open('{');
    if (referred.if_match)
        json.key("IfMatch").raw(if_match_parameter);
    if (referred.idempotency_key)
        json.key("IdempotencyKey").raw(idempotency_key_parameter);
    json.close('}');
}

void write_shared_headers(Json& json, const Referred& referred)
{
    json.key("headers").open('{');
    json.key("ApiVersion").raw(R"({"description":"De versie van de API.","schema":{"type":"string"}})");
    json.key("ETag").raw(
        R"({"description":"De versie van dit antwoord, voor If-Match en If-None-Match.","schema":{"type":"string"}})");
    if (referred.created)
        json.key("Location")
            .raw(R"({"description":"Waar het nieuwe staat.","schema":{"type":"string","format":"uri-reference"}})");
    json.key("RetryAfter")
        .raw(
            R"({"description":"Na hoeveel seconden u het weer kunt proberen.","schema":{"type":"integer","format":"int32"}})");
    json.close('}');
}

void write_security_schemes(Json& json, const ApiInformation& information)
{
    json.key("securitySchemes").open('{').key("session").open('{');
    json.key("type").text("apiKey").key("in").text("cookie").key("name").text(information.session_cookie);
    json.key("description").text("De sessie na het aanmelden. Op http://localhost heet zij zonder __Host-.");
    json.close('}');
    json.key("link").open('{');
    json.key("type").text("apiKey").key("in").text("cookie").key("name").text(information.guest_cookie);
    json.key("description")
        .text("De sessie van wie via een persoonlijke link antwoordt; geldt alleen voor de eigen "
              "antwoorden. Op http://localhost heet zij zonder __Host-.");
    json.close('}').close('}');
}

} // namespace

std::string Router::openapi_document() const
{
    std::map<std::string, std::vector<const Route*>> paths;
    std::set<std::string> tags;
    Referred referred;
    std::set<std::string> operations;
    for (const auto& route : routes_) {
        if (!route->in_document)
            continue;
        paths[route->pattern.substr(api_root.size())].push_back(route.get());
        tags.insert(route->tag);
        referred.add(*route);
        if (!operations.insert(route->operation_id).second)
            throw std::logic_error(fmt::format("two operations are called {}", route->operation_id));
    }

    Json json;
    json.open('{').key("openapi").text("3.1.0");
    write_information(json, information_);
    write_tags(json, tags);
    json.key("paths").open('{');
    for (const auto& [path, routes] : paths) {
        json.key(path).open('{');
        for (const auto* route : routes)
            write_operation(json, *route);
        json.close('}');
    }
    json.close('}');
    json.key("components").open('{');
    json.key("schemas").open('{').key("Problem").raw(problem_schema);
    json.key("ProblemDetails").raw(problem_details_schema).key("ProblemField").raw(problem_field_schema);
    for (const auto& [name, schema] : components_)
        json.key(name).raw(schema);
    json.close('}');
    write_shared_responses(json, referred.refusals);
    write_shared_parameters(json, referred);
    write_shared_headers(json, referred);
    write_security_schemes(json, information_);
    json.close('}').close('}');
    return json.take();
}

} // namespace beproefd::http
