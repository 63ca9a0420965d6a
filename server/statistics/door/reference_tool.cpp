// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Writes the reference pages: statistics_reference docs/reference/statistics

#include "statistics/door/reference.hpp"

#include <fstream>
#include <iostream>

int main(int count, char** values)
{
    using namespace beproefd::statistics::door;
    if (count != 2) {
        std::cerr << "usage: statistics_reference FOLDER\n";
        return 2;
    }
    for (const auto& [name, text] : reference_pages(all_methods())) {
        std::ofstream out(std::string(values[1]) + "/" + name, std::ios::binary);
        out << text;
        if (!out.flush()) {
            std::cerr << "cannot write " << values[1] << "/" << name << '\n';
            return 1;
        }
    }
    return 0;
}
