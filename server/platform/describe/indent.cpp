// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/indent.hpp"

namespace beproefd::describe {

std::string indented(std::string_view json)
{
    std::string out;
    std::size_t depth = 0;
    bool in_text = false;
    const auto new_line = [&] { out.append(1, '\n').append(depth, ' '); };
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text) {
            out += c;
            if (c == '\\')
                out += json[++i];
            in_text = c != '"';
        } else if (c == '{' || c == '[') {
            out += c;
            ++depth;
            if (json[i + 1] != '}' && json[i + 1] != ']')
                new_line();
        } else if (c == '}' || c == ']') {
            --depth;
            if (json[i - 1] != '{' && json[i - 1] != '[')
                new_line();
            out += c;
        } else if (c == ',') {
            out += c;
            new_line();
        } else {
            out += c;
            if (c == ':')
                out += ' ';
            in_text = c == '"';
        }
    }
    return out;
}

} // namespace beproefd::describe
