// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A table that someone uploads. Whatever it is, reading must not break, and a refusal names its place.

#include "platform/describe/json.hpp"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace beproefd;

struct Row {
    std::string cluster;
    std::int64_t year = 0;
    std::optional<double> share;
    std::optional<Euro> granted;
    std::optional<Day> decided_on;
};
BOOST_DESCRIBE_STRUCT(Row, (), (cluster, year, share, granted, decided_on))

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto table = describe::parse_csv(text, "table.csv");
    if (table) {
        for (const auto& row : table->items)
            if (row.members.size() != table->items.front().members.size())
                std::abort(); // every row has the columns of the head
    } else if (table.error().fields.empty()) {
        std::abort();
    }
    const auto rows = describe::read_csv<Row>(text, "table.csv");
    if (!rows)
        for (const auto& field : rows.error().fields)
            if (!field.place.starts_with("table.csv"))
                std::abort();
    return 0;
}
