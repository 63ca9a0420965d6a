// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Any bytes as a table. Whatever they are: nothing breaks, a refusal has a sentence in both languages, the JSON is
// JSON, and each correction that is offered makes every sum right.

#include "figures/inspect.hpp"

#include "platform/describe/json.hpp"
#include "platform/describe/node.hpp"
#include "platform/describe/sentences.hpp"

#include <cstdlib>

using namespace beproefd;

namespace {

void require(bool holds)
{
    if (!holds)
        std::abort();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string text{reinterpret_cast<const char*>(data), size};
    const auto printed = figures::read_printed_table(text);
    if (!printed) {
        require(!printed.error().fields.empty());
        for (const auto& field : printed.error().fields) {
            require(!describe::sentence(field.code, field.parameters, describe::Language::en).empty());
            require(!describe::sentence(field.code, field.parameters, describe::Language::nl).empty());
        }
        return 0;
    }

    const auto found = figures::detective::investigate(printed->table);
    require(describe::parse_json(figures::inspection_json(*printed, found)).has_value());
    require(!figures::inspection_text(*printed, found, "fuzz").empty());
    for (const auto& explanation : found.explanations) {
        std::vector<figures::detective::Table> corrected{printed->table};
        figures::detective::correct(explanation, corrected);
        require(figures::detective::investigate(corrected[0]).consistent());
    }
    const auto inspection = figures::inspect({figures::CsvText{text}});
    require(inspection.has_value() && inspection->consistent == found.consistent());
    require(describe::parse_json(describe::to_json(*inspection)).has_value());
    return 0;
}
