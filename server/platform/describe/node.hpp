// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace beproefd::describe {

/// A value as it stands in a JSON body, a YAML file, a TOML file or a row of a table, before a described struct reads
/// it. Every reader goes through this one form, so a struct is read the same way from all of them.
struct Node {
    enum class Type {
        null,
        boolean,
        integer,
        real,
        text,
        word, ///< text of a YAML or CSV file without quotes: may still be read as a number, yes or no
        array,
        object,
    };

    Type type = Type::null;
    bool boolean = false;
    std::int64_t integer = 0;
    double real = 0;
    std::string text{};
    std::vector<Node> items{};
    std::vector<std::pair<std::string, Node>> members{}; ///< in the order of the input, without duplicates
    std::uint32_t line = 0;                              ///< from 1; 0 where the input has no lines
    std::uint32_t column = 0;

    /// The member of this name, or nullptr.
    const Node* find(std::string_view name) const;
};

/// Reads one JSON text (RFC 8259). Refuses broken UTF-8, duplicate members, nesting deeper than 32 and anything after
/// the value, with line and column.
Result<Node> parse_json(std::string_view text);

/// Reads one YAML document. file is the name shown in errors. Refuses duplicate keys, aliases and broken UTF-8.
Result<Node> parse_yaml(std::string_view text, std::string_view file);

/// Reads one TOML document (configuration).
Result<Node> parse_toml(std::string_view text, std::string_view file);

/// Reads a table (RFC 4180: comma, quotes doubled, CRLF or LF) whose first line names the columns: an array with one
/// object per row; an empty cell is null. Refuses rows of another length, open quotes, duplicate column names and
/// broken UTF-8.
Result<Node> parse_csv(std::string_view text, std::string_view file);

} // namespace beproefd::describe
