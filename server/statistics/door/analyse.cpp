// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/analyse.hpp"

#include "statistics/door/repeated.hpp"
#include "statistics/door/request.hpp"

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cmath>
#include <new>

namespace beproefd::statistics::door {
namespace {

namespace json = boost::json;

void write(std::string& out, const json::value& value)
{
    switch (value.kind()) {
    case json::kind::null:
        out += "null";
        return;
    case json::kind::bool_:
        out += value.get_bool() ? "true" : "false";
        return;
    case json::kind::int64:
        out += fmt::format("{}", value.get_int64());
        return;
    case json::kind::uint64:
        out += fmt::format("{}", value.get_uint64());
        return;
    case json::kind::double_: {
        const double number = value.get_double();
        if (!std::isfinite(number)) {
            out += "null";
            return;
        }
        std::array<char, 32> digits{};
        const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number == 0 ? 0.0 : number);
        out.append(digits.data(), end.ptr);
        return;
    }
    case json::kind::string:
        out += json::serialize(value);
        return;
    case json::kind::array: {
        out += '[';
        bool first = true;
        for (const auto& item : value.get_array()) {
            if (!first)
                out += ',';
            first = false;
            write(out, item);
        }
        out += ']';
        return;
    }
    case json::kind::object: {
        out += '{';
        bool first = true;
        for (const auto& member : value.get_object()) {
            if (!first)
                out += ',';
            first = false;
            out += json::serialize(json::string(member.key()));
            out += ':';
            write(out, member.value());
        }
        out += '}';
        return;
    }
    }
}

int exit_status(ErrorCode code)
{
    switch (code) {
    case ErrorCode::no_convergence:
        return 3;
    case ErrorCode::internal:
        return 70;
    default:
        return 2;
    }
}

/// A request that has been read so far, with what a reply repeats of it.
struct Opened {
    json::value whole;
    json::value id;
    std::string method_name;
    const Method* method = nullptr;
    std::optional<Request> request;
    std::optional<Error> error;
};

Error bad_request(std::string message, std::string path = {})
{
    return {ErrorCode::bad_request, std::move(message), std::move(path)};
}

/// Where a mistake of the whole request stands: it has no member to point at.
constexpr const char* whole_request = "$";

/// Takes a member that has to be an object; an absent one counts as empty.
std::optional<json::object> object_member(const json::object& request, std::string_view name)
{
    const auto* value = request.if_contains(name);
    if (!value || value->is_null())
        return json::object{};
    if (const auto* object = value->if_object())
        return *object;
    return std::nullopt;
}

std::optional<Error> unknown_member(const json::object& object, const std::vector<Field>& fields, ErrorCode code,
                                    std::string_view where)
{
    for (const auto& member : object) {
        const std::string_view key = member.key();
        if (std::none_of(fields.begin(), fields.end(), [&](const Field& field) { return field.name == key; }))
            return Error{code, fmt::format("'{}' is not a member of {} that this method knows.", key, where),
                         fmt::format("{}.{}", where, key)};
    }
    return std::nullopt;
}

Opened open(const Registry& registry, std::string_view text, const AnalyseSettings& settings)
{
    Opened opened;
    json::error_code failure;
    opened.whole = json::parse(text, failure);
    if (failure) {
        opened.whole = nullptr;
        opened.error = bad_request(text.find_first_not_of(" \t\r\n") == std::string_view::npos
                                       ? "The request is empty."
                                       : fmt::format("The request is not JSON: {}.", failure.message()),
                                   whole_request);
        return opened;
    }
    const auto* request = opened.whole.if_object();
    if (!request) {
        opened.error = bad_request("The request has to be one JSON object.", whole_request);
        return opened;
    }
    if (const auto* id = request->if_contains("id"))
        opened.id = *id;
    const auto* method = request->if_contains("method");
    if (method && method->is_string())
        opened.method_name = std::string(method->get_string());

    const auto* version = request->if_contains("contract");
    if (!version || !version->is_string() || std::string_view(version->get_string()) != contract) {
        opened.error = bad_request(fmt::format("'contract' has to be \"{}\".", contract), "contract");
        return opened;
    }
    if (const auto path = repeated_member(text)) {
        const auto code = path->starts_with("data.")      ? ErrorCode::invalid_data
                          : path->starts_with("options.") ? ErrorCode::invalid_option
                                                          : ErrorCode::bad_request;
        opened.error = Error{code, fmt::format("'{}' is given twice.", *path), *path};
        return opened;
    }
    for (const auto& member : *request) {
        const std::string_view key = member.key();
        if (key != "contract" && key != "id" && key != "method" && key != "data" && key != "options" &&
            key != "context") {
            opened.error = bad_request(fmt::format("The request has an unknown member '{}'.", key), std::string(key));
            return opened;
        }
    }
    if (!method || method->is_null()) {
        opened.error = Error{ErrorCode::missing_field, "The request names no method.", "method"};
        return opened;
    }
    if (!method->is_string()) {
        opened.error = bad_request("'method' has to be a text.", "method");
        return opened;
    }
    if (!settings.method.empty() && settings.method != opened.method_name) {
        opened.error = bad_request(
            fmt::format("The command asks for {}, the request for {}.", settings.method, opened.method_name),
            "method");
        return opened;
    }
    opened.method = registry.find(opened.method_name);
    if (!opened.method) {
        opened.error =
            Error{ErrorCode::unknown_method, fmt::format("There is no method '{}'.", opened.method_name), "method"};
        return opened;
    }
    const auto* context = request->if_contains("context");
    if (context && !context->is_null() && !context->is_object()) {
        opened.error = bad_request("'context' has to be an object.", "context");
        return opened;
    }
    auto data = object_member(*request, "data");
    auto options = object_member(*request, "options");
    if (!data)
        opened.error = invalid_data("'data' has to be an object.", "data");
    else if (!options)
        opened.error = invalid_option("'options' has to be an object.", "options");
    else
        opened.error = unknown_member(*data, opened.method->page.data, ErrorCode::invalid_data, "data");
    if (!opened.error)
        opened.error = unknown_member(*options, opened.method->page.options, ErrorCode::invalid_option, "options");
    if (!opened.error)
        opened.request.emplace(opened.method_name, std::move(*data), std::move(*options), settings.execution);
    return opened;
}

std::string error_reply(const Opened& opened, const Error& error)
{
    json::object reply{{"contract", contract}};
    if (!opened.id.is_null())
        reply["id"] = opened.id;
    reply["ok"] = false;
    json::object details{{"code", name(error.code)}, {"message", error.message}};
    if (!error.path.empty())
        details["path"] = error.path;
    reply["error"] = std::move(details);
    return write_json(reply);
}

Error internal_error(std::string_view what)
{
    return {ErrorCode::internal, fmt::format("The engine made a mistake: {}.", what), ""};
}

Error out_of_memory() { return too_large("The analysis needs more memory than there is."); }

std::string keep(const json::value& request, std::string reply)
{
    return fmt::format("{{\"request\":{},\"reply\":{}}}", write_json(request), reply);
}

} // namespace

std::string write_json(const json::value& value)
{
    std::string out;
    write(out, value);
    return out;
}

Reply analyse(const Registry& registry, std::string_view text, const AnalyseSettings& settings)
{
    const auto start = std::chrono::steady_clock::now();
    Opened opened;
    std::optional<Error> error;
    try {
        opened = open(registry, text, settings);
        error = opened.error;
        if (!error) {
            Request& request = *opened.request;
            auto result = opened.method->run(request);
            if (request.refused()) {
                error = request.error();
            } else if (!result) {
                error = result.error();
                // Every mistake has a place; what a function refuses that does not know the names lies in the data.
                if (error->path.empty() && error->code != ErrorCode::internal)
                    error->path = "data";
            } else {
                request.warn(result.warnings());
                json::object reply{{"contract", contract}};
                if (!opened.id.is_null())
                    reply["id"] = opened.id;
                reply["ok"] = true;
                reply["method"] = opened.method_name;
                reply["result"] = std::move(*result);
                json::array warnings;
                for (const auto& warning : request.warnings()) {
                    json::object item{{"code", warning.code}, {"message", warning.message}};
                    if (!warning.path.empty())
                        item["path"] = warning.path;
                    warnings.push_back(std::move(item));
                }
                reply["warnings"] = std::move(warnings);
                const std::chrono::duration<double, std::milli> elapsed = std::chrono::steady_clock::now() - start;
                const auto seed = request.used_seed();
                reply["meta"] = json::object{{"engine", "beproefd"},
                                             {"version", settings.version},
                                             {"seed", seed ? json::value(*seed) : json::value(nullptr)},
                                             {"elapsed_ms", std::round(elapsed.count() * 1000) / 1000}};
                auto line = write_json(reply);
                return {settings.keep_request ? keep(opened.whole, std::move(line)) : std::move(line), 0};
            }
        }
    } catch (const std::bad_alloc&) {
        error = out_of_memory();
    } catch (const std::length_error&) {
        error = out_of_memory();
    } catch (const std::exception& exception) {
        error = internal_error(exception.what());
    }
    auto line = error_reply(opened, *error);
    return {settings.keep_request ? keep(opened.whole, std::move(line)) : std::move(line), exit_status(error->code)};
}

Reply as_r(const Registry& registry, std::string_view text, const AnalyseSettings& settings)
{
    Opened opened;
    std::optional<Error> error;
    try {
        opened = open(registry, text, settings);
        error = opened.error;
        if (!error && !opened.method->as_r)
            error = invalid_option(fmt::format("{} has no peer among the R packages of Debian; its formula stands on "
                                               "its reference page.",
                                               opened.method_name),
                                   "method");
        if (!error) {
            auto script = opened.method->as_r(*opened.request);
            if (opened.request->refused())
                error = opened.request->error();
            else if (!script)
                error = script.error();
            else
                return {std::move(*script), 0};
        }
    } catch (const std::bad_alloc&) {
        error = out_of_memory();
    } catch (const std::exception& exception) {
        error = internal_error(exception.what());
    }
    return {error_reply(opened, *error), exit_status(error->code)};
}

} // namespace beproefd::statistics::door
