// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// The body of a request. Whatever it is, reading must not break, and what was read must be written and read back as
// the same.

#include "platform/describe/json.hpp"

#include <cstdint>
#include <cstdlib>
#include <map>

namespace {

using namespace beproefd;

enum class Kind { first, second };
BOOST_DESCRIBE_ENUM(Kind, first, second)

struct Part {
    Text<1, 10> name;
    bool operator==(const Part&) const = default;
};
BOOST_DESCRIBE_STRUCT(Part, (), (name))

struct Whole3 {
    std::optional<Id<Part>> id;
    std::string text;
    Kind kind = Kind::first;
    std::optional<Day> day;
    std::optional<Instant> moment;
    std::optional<Euro> amount;
    Whole<0, 100> score;
    std::vector<Part> parts;
    std::map<std::string, std::int64_t> counts;
    bool agreed = false;
    bool operator==(const Whole3&) const = default;
};
BOOST_DESCRIBE_STRUCT(Whole3, (), (id, text, kind, day, moment, amount, score, parts, counts, agreed))

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    (void)describe::parse_json(text);
    const auto value = describe::read_json<Whole3>(text);
    if (value) {
        const auto again = describe::read_json<Whole3>(describe::to_json(*value));
        if (!again || !(*again == *value))
            std::abort();
    } else if (value.error().fields.empty()) {
        std::abort(); // a refusal names what is wrong
    }
    return 0;
}
