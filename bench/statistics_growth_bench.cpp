// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// How the engine grows: in studies, in conditions, in simulations, in resamples, in cells to withhold. Times are of
// the door in process on one thread, JSON in and JSON out included: the median of some runs. With a file name it
// also draws the curves.
//   statistics_growth_bench [docs/reference/statistics-growth.svg]

#include "statistics/door/analyse.hpp"
#include "statistics/door/registry.hpp"
#include "statistics/philox.hpp"
#include "statistics/picture/svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <fstream>

using namespace beproefd::statistics;

namespace {

const door::Registry& registry()
{
    static const door::Registry all = door::all_methods();
    return all;
}

std::string request(std::string_view method, const std::string& data, const std::string& options)
{
    return fmt::format(R"({{"contract":"beproefd.analyse/1","method":"{}","data":{{{}}},"options":{{{}}}}})", method,
                       data, options);
}

/// Milliseconds, the median of the runs; stops the program when there is no answer.
double time_of(const std::string& text, int runs)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        door::AnalyseSettings settings;
        settings.execution.threads = 1;
        const auto start = std::chrono::steady_clock::now();
        const auto reply = door::analyse(registry(), text, settings);
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        if (reply.status != 0) {
            fmt::print(stderr, "{}\n", reply.text);
            std::exit(1);
        }
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

template<class Draw>
std::string list(std::size_t count, Draw draw)
{
    std::string text = "[";
    for (std::size_t i = 0; i < count; ++i)
        text += fmt::format("{}{}", i ? "," : "", draw());
    return text + "]";
}

std::string studies(std::size_t k)
{
    PhiloxStream stream{1, 0};
    return fmt::format(R"("yi":{},"vi":{})", list(k, [&] { return 0.3 + 0.5 * stream.normal(); }),
                       list(k, [&] { return 0.02 + 0.2 * stream.uniform(); }));
}

/// 78 crisp cases; the outcome follows three recipes.
std::string cases(std::size_t conditions)
{
    PhiloxStream stream{2, 0};
    std::vector<std::vector<int>> values(conditions, std::vector<int>(78));
    for (auto& column : values)
        for (int& value : column)
            value = stream.uniform() < 0.5;
    std::string names, columns, outcome;
    for (std::size_t i = 0; i < 78; ++i) {
        const auto at = [&](std::size_t j) { return values[j % conditions][i] == 1; };
        const bool happens = (at(0) && at(1)) || (at(2) && !at(3)) || (!at(0) && at(4) && at(3));
        names += fmt::format("{}\"c{}\"", i ? "," : "", i);
        outcome += fmt::format("{}{}", i ? "," : "", int(happens));
    }
    for (std::size_t j = 0; j < conditions; ++j) {
        std::size_t i = 0;
        columns += fmt::format(R"({}{{"name":"C{}","values":{}}})", j ? "," : "", j,
                               list(78, [&] { return values[j][i++]; }));
    }
    return fmt::format(R"("cases":[{}],"conditions":[{}],"outcome":{{"name":"Y","values":[{}]}})", names, columns,
                       outcome);
}

std::string table(std::size_t size)
{
    PhiloxStream stream{3, 0};
    return "\"table\":" +
           list(size, [&] { return list(size, [&] { return int(60 * std::pow(stream.uniform(), 2)); }); });
}

struct Curve {
    std::string name, unit;
    std::vector<std::pair<double, double>> points{}; ///< size, milliseconds
};

/// Time against size, both on logarithmic scales, so that a straight line is a power.
void draw(const std::vector<Curve>& curves, const char* file)
{
    picture::Drawing drawing(760);
    constexpr double left = 70, right = 520, top = 60, bottom = 420;
    const picture::Axis across{0, 6, left, right}, up{-3, 4, bottom, top};
    drawing.text(left, 28, "How the engine grows: time by size, one thread", picture::Drawing::Anchor::start, "h");
    drawing.text(left, 48, "milliseconds; both scales in powers of ten", picture::Drawing::Anchor::start, "s");
    for (int power = -3; power <= 4; ++power) {
        drawing.line(left, up(power), right, up(power), "grid");
        drawing.text(left - 8, up(power) + 5,
                     power < 0 ? fmt::format("{:.3g}", std::pow(10, power))
                               : fmt::format("{:.0f}", std::pow(10, power)),
                     picture::Drawing::Anchor::end);
    }
    for (int power = 0; power <= 6; ++power)
        drawing.text(across(power), bottom + 22, fmt::format("{:.0f}", std::pow(10, power)),
                     picture::Drawing::Anchor::middle);
    drawing.text((left + right) / 2, bottom + 46, "studies, conditions, simulations, resamples, rows of the table",
                 picture::Drawing::Anchor::middle, "s");
    std::vector<std::vector<std::string>> rows{{"task", "size", "milliseconds"}};
    for (const auto& curve : curves) {
        std::vector<std::pair<double, double>> line;
        for (const auto& [size, time] : curve.points) {
            line.emplace_back(across(std::log10(size)), up(std::log10(time)));
            drawing.circle(line.back().first, line.back().second, 4, "data");
            rows.push_back({curve.name, fmt::format("{:.0f} {}", size, curve.unit), fmt::format("{:.3f}", time)});
        }
        drawing.path(line, false, "ci");
        // A label that would run into the end of another curve stands before its own.
        const bool before =
            std::any_of(curves.begin(), curves.end(),
                        [&](const Curve& other) {
                            return other.points.back().first > curve.points.back().first &&
                                   std::abs(std::log10(other.points.back().second / curve.points.back().second)) <
                                       0.3;
                        }) &&
            curve.points.back().first > 10'000;
        drawing.text(line.back().first + (before ? -9 : 9), line.back().second + (before ? -4 : 5), curve.name,
                     before ? picture::Drawing::Anchor::end : picture::Drawing::Anchor::start, "o");
    }
    std::ofstream(file) << drawing.finish(bottom + 66, "How the engine grows",
                                          "Time against size for six tasks; the numbers stand in the table.", rows,
                                          picture::Language::en);
}

} // namespace

int main(int count, char** values)
{
    fmt::print("| task | size | median |\n|---|---|---|\n");
    std::vector<Curve> curves;
    const auto grow = [&](std::string name, std::string unit, const std::vector<std::size_t>& sizes, auto make) {
        Curve curve{std::move(name), std::move(unit)};
        for (const auto size : sizes) {
            curve.points.emplace_back(static_cast<double>(size), time_of(make(size), 3));
            fmt::print("| {} | {} {} | {:.3f} ms |\n", curve.name, size, curve.unit, curve.points.back().second);
            std::fflush(stdout);
        }
        curves.push_back(std::move(curve));
    };
    grow("REML", "studies", {10, 100, 1'000, 10'000, 100'000},
         [](std::size_t k) { return request("meta.rma", studies(k), R"("tau2_method":"REML")"); });
    grow("QCA, 78 cases", "conditions", {4, 6, 8, 10, 12, 14}, [](std::size_t conditions) {
        return request("qca.minimize", cases(conditions), R"("solution":"parsimonious")");
    });
    grow("stepped wedge", "simulations", {100, 1'000, 10'000, 100'000}, [](std::size_t simulations) {
        return request("power.simulate", "",
                       fmt::format(R"("design":"stepped_wedge","clusters_per_sequence":[2,2,2,2],"n_per_cell":10,)"
                                   R"("sigma":1,"tau":0.3,"effect":0.4,"analysis":"lmm_z","simulations":{})",
                                   simulations));
    });
    grow("permutation test", "resamples", {100, 1'000, 10'000, 100'000, 1'000'000}, [](std::size_t resamples) {
        PhiloxStream stream{4, 0};
        const auto draw = [&] { return stream.normal(); };
        return request("test.permutation", fmt::format(R"("a":{},"b":{})", list(20, draw), list(20, draw)),
                       fmt::format(R"("type":"two_sample","exact":false,"resamples":{})", resamples));
    });
    grow("BCa bootstrap", "resamples", {1'000, 10'000, 100'000, 1'000'000}, [](std::size_t resamples) {
        PhiloxStream stream{5, 0};
        return request("boot.ci", fmt::format(R"("y":{})", list(40, [&] { return stream.normal(); })),
                       fmt::format(R"("statistic":"mean","types":["bca"],"resamples":{})", resamples));
    });
    grow("suppression", "rows", {3, 5, 8, 10, 14}, [](std::size_t size) {
        return request("sdc.suppress", table(size), R"("threshold":4,"protection_width":4,"cost":"sum")");
    });
    if (count > 1)
        draw(curves, values[1]);
}
