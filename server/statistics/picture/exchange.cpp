// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/picture/exchange.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace beproefd::statistics::picture {

namespace json = boost::json;

namespace {

Error not_an_exchange(std::string what, std::string path = {})
{
    return {ErrorCode::bad_request, std::move(what), std::move(path)};
}

/// Numbers that no measurement has would overflow the scales.
bool can_be_drawn(const json::value& value)
{
    if (value.is_number())
        return std::abs(value.to_number<double>()) <= 1e100;
    if (const auto* list = value.if_array())
        return std::all_of(list->begin(), list->end(), can_be_drawn);
    if (const auto* object = value.if_object())
        return std::all_of(object->begin(), object->end(),
                           [](const auto& item) { return can_be_drawn(item.value()); });
    return true;
}

const json::object* member(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value ? value->if_object() : nullptr;
}

} // namespace

Outcome<Exchange> Exchange::read(std::string_view text)
{
    boost::system::error_code failed;
    const auto value = json::parse(text, failed);
    if (failed || !value.is_object())
        return not_an_exchange("This is not JSON. Make it with `beproefd analyse --keep-request`.");
    const auto* request = member(value.get_object(), "request");
    if (!request)
        return not_an_exchange("There is no request. Make this with `beproefd analyse --keep-request`.", "request");
    const auto* reply = member(value.get_object(), "reply");
    if (!reply)
        return not_an_exchange("There is no reply. Make this with `beproefd analyse --keep-request`.", "reply");
    const auto* ok = reply->if_contains("ok");
    if (!ok || !ok->is_bool() || !ok->get_bool())
        return not_an_exchange("The reply is a refusal, so there is nothing to show.", "reply.ok");
    const auto* result = member(*reply, "result");
    if (!result)
        return not_an_exchange("The reply has no result.", "reply.result");
    if (!can_be_drawn(*request) || !can_be_drawn(*result))
        return not_an_exchange("A number is too large to draw.");
    const auto* method = request->if_contains("method");
    if (!method || !method->is_string())
        return not_an_exchange("The request names no method.", "request.method");

    Exchange exchange;
    exchange.method_ = std::string(method->get_string());
    exchange.request_ = *request;
    exchange.reply_ = *reply;
    exchange.result_ = *result;
    if (const auto* data = member(*request, "data"))
        exchange.data_ = *data;
    if (const auto* options = member(*request, "options"))
        exchange.options_ = *options;
    if (const auto* context = member(*request, "context"))
        exchange.context_ = *context;
    return exchange;
}

std::string Exchange::context(std::string_view name, std::string_view fallback) const
{
    const auto* value = context_.if_contains(name);
    return value && value->is_string() ? std::string(value->get_string()) : std::string(fallback);
}

Language Exchange::language() const { return context("language", "nl") == "en" ? Language::en : Language::nl; }

std::string Exchange::label(std::size_t i) const
{
    if (const auto* labels = context_.if_contains("labels"); labels && labels->is_array()) {
        const auto& list = labels->get_array();
        if (i < list.size() && list[i].is_string())
            return std::string(list[i].get_string());
    }
    return fmt::format("{}", i + 1);
}

std::optional<bool> Exchange::higher_is_better() const
{
    const auto better = context("better");
    if (better == "higher" || better == "right" || better == "up")
        return true;
    if (better == "lower" || better == "left" || better == "down")
        return false;
    return std::nullopt;
}

double Exchange::level() const { return number(options_, "level").value_or(0.95); }

std::string Exchange::mark() const
{
    // FNV-1a: recognises a figure, protects nothing.
    std::uint64_t hash = 14695981039346656037ULL;
    for (const unsigned char c : method_ + json::serialize(data_) + json::serialize(options_)) {
        hash ^= c;
        hash *= 1099511628211ULL;
    }
    return fmt::format("{:016x}", hash);
}

std::string Exchange::version() const
{
    const auto* meta = member(reply_, "meta");
    const auto* version = meta ? meta->if_contains("version") : nullptr;
    return version && version->is_string() ? std::string(version->get_string()) : "?";
}

std::optional<std::string> Exchange::seed() const
{
    const auto* meta = member(reply_, "meta");
    const auto* seed = meta ? meta->if_contains("seed") : nullptr;
    return seed && seed->is_number() ? std::optional(json::serialize(*seed)) : std::nullopt;
}

std::optional<double> Exchange::number(const json::object& object, std::string_view name)
{
    const auto* value = object.if_contains(name);
    return value && value->is_number() ? std::optional(value->to_number<double>()) : std::nullopt;
}

std::vector<std::vector<double>> Exchange::columns(std::initializer_list<std::string_view> names,
                                                   std::vector<std::size_t>* rows) const
{
    std::vector<const json::array*> lists;
    std::size_t length = static_cast<std::size_t>(-1);
    for (const auto name : names) {
        const auto* value = data_.if_contains(name);
        const auto* list = value ? value->if_array() : nullptr;
        if (!list)
            return {};
        lists.push_back(list);
        length = std::min(length, list->size());
    }
    std::vector<std::vector<double>> result(lists.size());
    for (std::size_t i = 0; i < length; ++i) {
        if (!std::all_of(lists.begin(), lists.end(), [&](const json::array* list) { return (*list)[i].is_number(); }))
            continue;
        for (std::size_t c = 0; c < lists.size(); ++c)
            result[c].push_back((*lists[c])[i].to_number<double>());
        if (rows)
            rows->push_back(i);
    }
    return result;
}

const json::object* Exchange::coefficient(std::string_view name) const
{
    const auto* list = result_.if_contains("coefficients");
    if (!list || !list->is_array())
        return nullptr;
    for (const auto& item : list->get_array())
        if (const auto* object = item.if_object())
            if (const auto* own = object->if_contains("name"); own && own->is_string() && own->get_string() == name)
                return object;
    return nullptr;
}

} // namespace beproefd::statistics::picture
