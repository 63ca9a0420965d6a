// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// The national picture over 342 invented municipalities × 3 rounds × 6 respondents × 26 answers: making the data,
// counting and withholding once per round, and reading what was published. Median and largest of 21 runs. Target:
// any national overview within 100 ms. Reading touches the frozen rows only, however many respondents there were.
//   national_bench DATABASE-URL     such as sqlite:/tmp/national.sqlite, which must be new

#include "measure.hpp"

#include "organisations/service.hpp"
#include "platform/describe/json.hpp"
#include "platform/describe/sentences.hpp"
#include "quickscan/instrument/service.hpp"
#include "quickscan/round/generator.hpp"
#include "quickscan/round/routes.hpp"

#include <fmt/format.h>

#include <stdexcept>

using beproefd::bench::measure;
using namespace beproefd;
using namespace beproefd::quickscan;

namespace {

auto must(auto result)
{
    if (!result)
        throw std::runtime_error(describe::explain(result.error(), describe::Language::en));
    return *std::move(result);
}

} // namespace

int main(int argc, char** argv)
{
    if (argc != 2) {
        fmt::print(stderr, "national_bench DATABASE-URL\n");
        return 2;
    }
    auto database = storage::Database::open(argv[1], {.opening = storage::Opening::setup});
    organisations::Service organisations{database};
    must(organisations.load_shipped());
    must(organisations.add_demonstration(
        {{.code = "bench-ministry", .kind = OrganisationKind::ministry, .name = "Bench", .safety_region = {}}}));
    const auto holder = must(organisations.with_code("bench-ministry"));

    const SystemClock clock;
    const auto questionnaire = national::questionnaire_of(*shipped_instruments().current("quickscan-local-approach"));
    const auto items = questionnaire.counted();
    const auto municipalities = national::invent_municipalities(2026, {});
    std::size_t answers = 0;
    std::vector<std::vector<national::Copy>> rounds(3);
    for (int year = 0; year < 3; ++year)
        for (const auto& scan : national::invent_scans(2026, year, municipalities, items)) {
            answers += scan.respondents.size() * items.size();
            rounds[static_cast<std::size_t>(year)].push_back(national::copy_of(scan, municipalities, items));
        }
    fmt::print("{} municipalities, 3 rounds, {} individual answers\n\n", municipalities.size(), answers);

    fmt::print("| work | median | largest |\n|---|---|---|\n");
    measure("invent one round: 6 functions × 26 answers each", 5, [&] {
        if (national::invent_scans(2026, 0, municipalities, items).empty())
            std::abort();
    });
    const auto first = national::count(items, national::shipped_breakdowns(), rounds[0]);
    const auto second = national::count(items, national::shipped_breakdowns(), rounds[1]);
    measure("count one round", 21, [&] {
        if (national::count(items, national::shipped_breakdowns(), rounds[0]).items.empty())
            std::abort();
    });
    measure("withhold one round, beside an earlier one (once, at publication)", 5, [&] {
        if (national::withhold(second, std::span{&first, 1}, 5).withheld() == 0)
            std::abort();
    });

    national::Service national{database, clock, {.questionnaire = national::shipped_questionnaire, .scan = {}}};
    const Actor manager{Id<Account>{}, holder, {Role::survey_manager}, {Permission::manage_surveys}};
    must(national.add_demonstration(manager, questionnaire, 2026, 2024, 2026));
    const auto newest = must(national.pictures({})).items.front().round.round_id;
    measure("national overview: three rounds beside each other, as JSON", 21, [&] {
        if (describe::to_json(must(national.overview("quickscan-local-approach"))).empty())
            std::abort();
    });
    measure("national picture: one round with every group, as JSON", 21, [&] {
        if (describe::to_json(must(national.picture(newest))).empty())
            std::abort();
    });
    measure("the same as XLSX", 21, [&] {
        const auto picture = must(national.picture(newest));
        if (documents::to_xlsx({national::sheet_of(picture, describe::Language::nl)}).empty())
            std::abort();
    });
    return 0;
}
