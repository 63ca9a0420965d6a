// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cassert>
#include <initializer_list>
#include <string_view>

#include "figures/detective.hpp"

namespace beproefd::figures::detective::for_tests {

/// "-0.49" → −49 units of 2 decimals; "" → nothing printed.
inline Printed printed(std::string_view text)
{
    if (text.empty())
        return {};
    Decimal value;
    bool negative = false;
    bool after_point = false;
    for (const char c : text) {
        if (c == '-')
            negative = true;
        else if (c == '.')
            after_point = true;
        else {
            assert(c >= '0' && c <= '9');
            value.units = value.units * 10 + (c - '0');
            value.decimals += after_point;
        }
    }
    if (negative)
        value.units = -value.units;
    return {value, false};
}

/// A table as one would write it down; a first row of headers, a first column of labels, "Totaal" marks totals.
inline Table table(std::initializer_list<std::initializer_list<std::string_view>> lines)
{
    const auto line = [](std::string_view label) {
        return Line{std::string{label}, label == "Totaal"      ? Role::total
                                        : label == "Subtotaal" ? Role::subtotal
                                                               : Role::item};
    };
    Table table;
    for (const auto header : *lines.begin())
        table.columns.push_back(line(header));
    table.columns.erase(table.columns.begin());
    for (auto row = lines.begin() + 1; row != lines.end(); ++row) {
        assert(row->size() == table.columns.size() + 1);
        table.rows.push_back(line(*row->begin()));
        for (auto cell = row->begin() + 1; cell != row->end(); ++cell)
            table.places.push_back(printed(*cell));
    }
    return table;
}

} // namespace beproefd::figures::detective::for_tests
