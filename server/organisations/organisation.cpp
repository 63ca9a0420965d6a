// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/organisation.hpp"

#include <algorithm>
#include <map>

namespace beproefd::organisations {

bool is_municipality_code(std::string_view code)
{
    return code.size() == 6 && code.starts_with("GM") &&
           std::all_of(code.begin() + 2, code.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_invented_code(std::string_view code) { return is_municipality_code(code) && code[2] == '9'; }

ListChange compare(const std::vector<MunicipalityRow>& now, const std::vector<MunicipalityRow>& newer)
{
    std::map<std::string_view, const MunicipalityRow*> held;
    for (const auto& row : now)
        held.emplace(row.code, &row);

    ListChange change;
    for (const auto& row : newer) {
        const auto found = held.find(row.code);
        if (found == held.end()) {
            change.added.push_back(row);
            continue;
        }
        if (found->second->name != row.name)
            change.renamed.push_back(row);
        if (found->second->safety_region != row.safety_region)
            change.moved.push_back(row);
        held.erase(found);
    }
    for (const auto& [code, row] : held)
        change.ended.emplace_back(code);
    return change;
}

} // namespace beproefd::organisations
