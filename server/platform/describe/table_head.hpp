// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "platform/describe/columns.hpp"
#include "platform/describe/node.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

namespace beproefd::describe {

/// What is wrong with the names of the columns of a table from parse_csv, each once and at its own place, before the
/// same would be told for every row: names that T does not know, and columns that T cannot do without.
template<DescribedStruct T>
std::vector<FieldError> head_errors(const Node& table, std::string_view file)
{
    std::string names;
    for (const auto& column : columns<T>())
        names += (names.empty() ? "" : ", ") + column.name;
    std::vector<FieldError> errors;
    for (const auto& [name, cell] : table.members) {
        const bool known = std::any_of(columns<T>().begin(), columns<T>().end(),
                                       [&](const Column& column) { return column.name == name; });
        if (!known)
            errors.push_back({.pointer = "",
                              .code = "csv-unknown-column",
                              .parameters = {{"name", name}, {"expected", names}},
                              .place = fmt::format("{}:{}:{}", file, cell.line, cell.column)});
    }
    for (const auto& column : columns<T>())
        if (!column.optional && !table.find(column.name))
            errors.push_back({.pointer = "",
                              .code = "csv-missing-column",
                              .parameters = {{"name", column.name}},
                              .place = fmt::format("{}:1:1", file)});
    return errors;
}

} // namespace beproefd::describe
