// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// The JSON door of the statistics engine. What begins with a brace is taken as a request as it is; other bytes bend
// the example of one of the methods, so that the numerics behind the door are reached too: values become extreme,
// missing or of another kind, members and elements disappear or double. Whatever comes in, one whole reply comes out,
// and never the code `internal`.

#include "statistics/door/analyse.hpp"
#include "statistics/door/registry.hpp"

#include <boost/json/parse.hpp>

#include <fuzzer/FuzzedDataProvider.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

namespace json = boost::json;
using namespace beproefd::statistics::door;

json::value bent_number(const json::value& value, FuzzedDataProvider& bytes)
{
    const double number = value.to_number<double>();
    switch (bytes.ConsumeIntegralInRange<int>(0, 17)) {
    case 0:
        return 0;
    case 1:
        return -number;
    case 2:
        return 1e308;
    case 3:
        return -1e308;
    case 4:
        return 1e-308;
    case 5:
        return nullptr;
    case 6:
        return "x";
    case 7:
        return true;
    case 8:
        return json::array{};
    case 9:
        return json::object{};
    case 10:
        return number * 1e10;
    case 11:
        return number * 1e-10;
    case 12:
        return 0.5;
    case 13:
        return 1;
    case 14:
        return bytes.ConsumeIntegral<std::int64_t>();
    case 15:
        return bytes.ConsumeIntegralInRange<int>(-3, 50);
    default:
        return value;
    }
}

json::value bent(const json::value& value, FuzzedDataProvider& bytes, int chance)
{
    const auto happens = [&] { return bytes.ConsumeIntegralInRange<int>(0, 255) < chance; };
    if (bytes.remaining_bytes() == 0)
        return value;
    if (value.is_object()) {
        json::object out;
        for (const auto& member : value.get_object())
            if (!happens())
                out[member.key()] = bent(member.value(), bytes, chance);
        return out;
    }
    if (value.is_array()) {
        if (happens())
            return json::array{};
        json::array out;
        for (const auto& item : value.get_array()) {
            if (!happens())
                out.push_back(bent(item, bytes, chance));
            if (happens())
                out.push_back(item);
        }
        return out;
    }
    if (!happens())
        return value;
    if (value.is_number())
        return bent_number(value, bytes);
    if (value.is_string())
        return happens() ? json::value(bytes.ConsumeRandomLengthString(8)) : value;
    return value.is_bool() ? json::value(!value.get_bool()) : value;
}

const Registry& registry()
{
    static const Registry methods = all_methods();
    return methods;
}

void check(std::string_view request)
{
    AnalyseSettings settings;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(300);
    settings.execution.stop = [deadline] { return std::chrono::steady_clock::now() > deadline; };
    const Reply reply = analyse(registry(), request, settings);
    json::error_code failure;
    const auto parsed = json::parse(reply.text, failure);
    if (failure || !parsed.is_object() || reply.status == 70 || (reply.status == 0) != parsed.at("ok").as_bool()) {
        std::fprintf(stderr, "%.*s\n%s\n", static_cast<int>(request.size()), request.data(), reply.text.c_str());
        std::abort();
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size > 0 && data[0] == '{') {
        check({reinterpret_cast<const char*>(data), size});
        return 0;
    }
    FuzzedDataProvider bytes(data, size);
    auto method = registry().methods().begin();
    std::advance(method, bytes.ConsumeIntegralInRange<std::size_t>(0, registry().methods().size() - 1));
    json::object request = json::parse(method->second.page.example).as_object();
    const int chance = 1 << bytes.ConsumeIntegralInRange<int>(0, 7);
    for (const auto* part : {"data", "options"})
        if (const auto* value = request.if_contains(part))
            request[part] = bent(json::value(*value), bytes, chance);
    check(write_json(request));
    return 0;
}
