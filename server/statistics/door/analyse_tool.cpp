// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/command.hpp"

#include <iostream>
#include <string>
#include <vector>

int main(int count, char** values)
{
    std::ios::sync_with_stdio(false);
    const std::vector<std::string> arguments(values + 1, values + count);
    return beproefd::statistics::door::analyse_command(arguments, std::cin, std::cout, std::cerr, "development");
}
