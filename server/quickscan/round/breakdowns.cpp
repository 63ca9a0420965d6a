// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/breakdowns.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"

#include <set>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> breakdowns();
}

namespace beproefd::quickscan::national {

const Breakdown* Breakdowns::find(std::string_view key) const
{
    for (const auto& breakdown : breakdowns)
        if (breakdown.key == key)
            return &breakdown;
    return nullptr;
}

Result<Breakdowns> read_breakdowns(std::string_view yaml, std::string_view name)
{
    auto read = describe::read_yaml<Breakdowns>(yaml, name);
    if (!read)
        return read;
    std::vector<FieldError> errors;
    const auto refuse = [&](std::string pointer, std::string code, std::string value) {
        errors.push_back({.pointer = std::move(pointer),
                          .code = std::move(code),
                          .parameters = {{"value", std::move(value)}},
                          .place = std::string{name}});
    };
    // A group that is shown must be able to hide one count below the limit.
    if (read->smallest_group.value() <= read->limit.value())
        refuse("/smallestGroup", "smallest-group-too-small", std::to_string(read->smallest_group.value()));
    std::set<std::string_view> breakdowns;
    for (std::size_t b = 0; b < read->breakdowns.size(); ++b) {
        const auto& breakdown = read->breakdowns[b];
        if (breakdown.key != "size_class" && breakdown.key != "part_of_country")
            refuse(fmt::format("/breakdowns/{}/key", b), "unknown-breakdown", breakdown.key);
        if (!breakdowns.insert(breakdown.key).second)
            refuse(fmt::format("/breakdowns/{}/key", b), "breakdown-twice", breakdown.key);
        std::set<std::string_view> groups{unknown_group, rest_group}, members;
        for (std::size_t g = 0; g < breakdown.groups.size(); ++g) {
            const auto& group = breakdown.groups[g];
            if (!groups.insert(group.key).second)
                refuse(fmt::format("/breakdowns/{}/groups/{}/key", b, g), "breakdown-twice", group.key);
            for (std::size_t m = 0; m < group.members.size(); ++m)
                if (!members.insert(group.members[m]).second)
                    refuse(fmt::format("/breakdowns/{}/groups/{}/members/{}", b, g, m), "breakdown-twice",
                           group.members[m]);
        }
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return read;
}

const Breakdowns& shipped_breakdowns()
{
    static const Breakdowns shipped = [] {
        const auto& file = embedded::breakdowns().front();
        auto read = read_breakdowns(file.content, file.path);
        if (!read)
            throw std::logic_error(describe::explain(read.error(), describe::Language::en));
        return *std::move(read);
    }();
    return shipped;
}

} // namespace beproefd::quickscan::national
