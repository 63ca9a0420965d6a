// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/compute.hpp"

#include <cmath>

namespace beproefd::figures {
namespace {

double to_a_millionth(long double value)
{
    return static_cast<double>(std::roundl(value * 1'000'000.0L) / 1'000'000.0L);
}

} // namespace

std::optional<double> as_term(const Figure& figure)
{
    switch (figure.kind) {
    case Kind::number:
    case Kind::claim:
        return figure.value;
    case Kind::blank:
    case Kind::below_threshold:
        return 0;
    case Kind::range:
    case Kind::not_printed:
    case Kind::date:
        return std::nullopt;
    }
    return std::nullopt;
}

double round_half_up(double value, std::int64_t decimals)
{
    long double scale = 1;
    for (std::int64_t i = 0; i < decimals; ++i)
        scale *= 10;
    return static_cast<double>(std::roundl(static_cast<long double>(value) * scale) / scale);
}

std::optional<double> carry_out(Operation operation, double factor, std::span<const Figure* const> terms)
{
    if (terms.empty())
        return std::nullopt;
    if (operation == Operation::count_of_range) {
        const Figure& range = *terms[0];
        if (range.kind == Kind::range && range.low && range.high)
            return *range.high - *range.low + 1;
        return range.value ? std::optional{1.0} : std::nullopt;
    }
    std::vector<long double> values;
    values.reserve(terms.size());
    for (const Figure* term : terms) {
        const auto value = as_term(*term);
        if (!value)
            return std::nullopt;
        values.push_back(*value);
    }

    const long double first = values[0];
    long double sum = 0;
    for (const long double value : values)
        sum += value;
    const long double second = values.size() > 1 ? values[1] : 0;
    const long double times = factor;
    switch (operation) {
    case Operation::sum:
        return to_a_millionth(sum * times);
    case Operation::difference:
    case Operation::remainder:
        return to_a_millionth((2 * first - sum) * times);
    case Operation::overlap:
        return to_a_millionth(std::max(0.0L, sum - 2 * first));
    case Operation::mean:
        return to_a_millionth(sum / static_cast<long double>(values.size()));
    case Operation::max:
        return to_a_millionth(*std::max_element(values.begin(), values.end()));
    case Operation::product: {
        long double product = times;
        for (const long double value : values)
            product *= value;
        return to_a_millionth(product);
    }
    case Operation::ratio:
        return second == 0 ? std::nullopt : std::optional{to_a_millionth(first / second * times)};
    case Operation::change:
        return second == 0 ? std::nullopt : std::optional{to_a_millionth((first - second) / second * times)};
    case Operation::per_year: {
        const auto& period = terms[0]->period;
        if (!period || !period->years || *period->years <= 0)
            return std::nullopt;
        return to_a_millionth(first / *period->years);
    }
    case Operation::count_of_range:
        break;
    }
    return std::nullopt;
}

} // namespace beproefd::figures
