// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How long the table detective takes, from the text of a CSV file to its ranked explanations. The tables are random,
// add up, and then get one slip; median and largest of 21 runs. Target: the largest table within a second.

#include "figures/inspect.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <random>

using namespace beproefd::figures;

namespace {

std::string number(long long cents)
{
    return fmt::format("{}{},{:02}", cents < 0 ? "-" : "", std::abs(cents) / 100, std::abs(cents) % 100);
}

/// A table in Dutch notation of two decimals whose sums come out, but for one cell that is 3.00 too high.
std::string table(int rows, int columns, bool row_totals)
{
    std::mt19937_64 random{20261121};
    std::vector<long long> totals(static_cast<std::size_t>(columns));
    long long grand = 0;
    std::string csv = "x";
    for (int c = 0; c < columns; ++c)
        csv += fmt::format(";column {}", c);
    csv += row_totals ? ";Totaal\n" : "\n";
    for (int r = 0; r < rows; ++r) {
        csv += fmt::format("row {}", r);
        long long sum = 0;
        for (int c = 0; c < columns; ++c) {
            const auto value = static_cast<long long>(random() % 10'000'000) - 100'000;
            totals[static_cast<std::size_t>(c)] += value;
            sum += value;
            csv += ';' + number(value + (r == rows / 2 && c == columns / 2 ? 300 : 0));
        }
        grand += sum;
        csv += row_totals ? ';' + number(sum) + '\n' : "\n";
    }
    csv += "Totaal";
    for (const auto total : totals)
        csv += ';' + number(total);
    return csv + (row_totals ? ';' + number(grand) + '\n' : "\n");
}

struct Times {
    double median;
    double largest;
};

template<class Work>
Times milliseconds(Work work)
{
    std::vector<double> times;
    for (int run = 0; run < 21; ++run) {
        const auto start = std::chrono::steady_clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times.back()};
}

void measure(const char* name, int rows, int columns, bool row_totals)
{
    const auto csv = table(rows, columns, row_totals);
    const auto reading = milliseconds([&] { (void)read_printed_table(csv); });
    const auto printed = read_printed_table(csv);
    std::size_t found = 0;
    const auto searching = milliseconds([&] { found = detective::investigate(printed->table).explanations.size(); });
    fmt::print("| {} | {} | {:.3f} | {:.3f} | {:.3f} | {:.3f} | {} |\n", name, rows * columns, reading.median,
               reading.largest, searching.median, searching.largest, found);
}

} // namespace

int main()
{
    fmt::print("| table | cells | read, median ms | read, largest ms | search, median ms | search, largest ms | "
               "explanations |\n|---|---|---|---|---|---|---|\n");
    measure("5 × 4, as the reallocations", 5, 4, true);
    measure("40 × 12, larger than any published one", 40, 12, true);
    measure("1000 × 100", 1000, 100, true);
    measure("1000 × 100, column totals only", 1000, 100, false);
    measure("100000 × 8, column totals only", 100'000, 8, false);
    return 0;
}
