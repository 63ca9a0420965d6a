// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/configuration.hpp"

#include "platform/describe/read.hpp"

#include <fstream>
#include <sstream>

namespace beproefd::command {

Result<Configuration> read_configuration(const std::string& path)
{
    std::ifstream file{path, std::ios::binary};
    if (!file)
        return invalid({FieldError{.pointer = "", .code = "file-unreadable", .parameters = {{"file", path}}}});
    std::ostringstream text;
    text << file.rdbuf();
    return describe::read_toml<Configuration>(text.view(), path);
}

} // namespace beproefd::command
