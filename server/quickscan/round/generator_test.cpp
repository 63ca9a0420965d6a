// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/organisation.hpp"
#include "quickscan/round/generator.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <set>

namespace beproefd::quickscan::national {
namespace {

constexpr std::uint64_t seed = 2026;

std::vector<std::string> real_names()
{
    std::ifstream file(BEPROEFD_SOURCE_DIR "/data/organisations/municipalities.csv");
    std::vector<std::string> names;
    std::string line;
    std::getline(file, line);
    while (std::getline(file, line)) {
        const auto first = line.find(','), last = line.rfind(',');
        auto name = line.substr(first + 1, last - first - 1);
        std::erase(name, '"');
        names.push_back(std::move(name));
    }
    return names;
}

std::vector<Item> questions()
{
    std::vector<Item> items;
    for (int number = 1; number <= 26; ++number)
        items.push_back({fmt::format("q{}", number), {"yes", "partly", "no", "unknown", "not_applicable"}});
    return items;
}

double points(const std::string& answer) { return answer == "yes" ? 1 : answer == "partly" ? 0.5 : 0; }

} // namespace

TEST(InventedMunicipalities, HaveNamesAndCodesThatNoRealMunicipalityHas)
{
    const auto real = real_names();
    ASSERT_EQ(real.size(), 342u);

    const auto invented = invent_municipalities(seed, real);

    ASSERT_EQ(invented.size(), 342u);
    std::set<std::string> names, codes;
    for (const auto& municipality : invented) {
        names.insert(municipality.name);
        codes.insert(municipality.code);
        EXPECT_TRUE(organisations::is_invented_code(municipality.code)) << municipality.code;
        EXPECT_NE(municipality.code, "GM9001");
        EXPECT_NE(municipality.code, "GM9002");
        for (const auto& name : real)
            EXPECT_NE(municipality.name, name);
    }
    EXPECT_EQ(names.size(), 342u);
    EXPECT_EQ(codes.size(), 342u);
}

TEST(InventedMunicipalities, AvoidANameThatIsTakenInAnySpelling)
{
    const auto first = invent_municipalities(seed, {});
    auto taken = first[0].name;
    for (auto& c : taken)
        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));

    const std::vector<std::string> list{taken};
    for (const auto& municipality : invent_municipalities(seed, list))
        EXPECT_NE(municipality.name, first[0].name);
}

TEST(InventedMunicipalities, AreTheSameForTheSameSeedOnly)
{
    EXPECT_EQ(invent_municipalities(seed, {})[7].name, invent_municipalities(seed, {})[7].name);
    EXPECT_NE(invent_municipalities(seed, {})[7].name, invent_municipalities(seed + 1, {})[7].name);
}

TEST(InventedScans, GoForwardOverTheYearsAndHangTogether)
{
    const auto municipalities = invent_municipalities(seed, {});
    const auto items = questions();

    std::vector<double> means;
    for (int year = 0; year < 3; ++year) {
        const auto scans = invent_scans(seed, year, municipalities, items);
        EXPECT_GT(scans.size(), 150u);
        EXPECT_LT(scans.size(), 330u);
        double sum = 0, cross = 0, first = 0, second = 0, first_squared = 0, second_squared = 0;
        for (const auto& scan : scans) {
            for (const auto& answer : scan.settled)
                sum += points(answer);
            const double a = points(scan.settled[0]), b = points(scan.settled[1]);
            cross += a * b, first += a, second += b, first_squared += a * a, second_squared += b * b;
        }
        const auto n = static_cast<double>(scans.size());
        means.push_back(sum / n / 26);
        const double correlation = (n * cross - first * second) / std::sqrt((n * first_squared - first * first) *
                                                                            (n * second_squared - second * second));
        EXPECT_GT(correlation, 0.1);
        EXPECT_LT(correlation, 0.9);
    }
    EXPECT_LT(means[0], means[1]);
    EXPECT_LT(means[1], means[2]);
}

TEST(InventedScans, HaveSixFunctionsThatDoNotAllSayTheSame)
{
    const auto municipalities = invent_municipalities(seed, {});
    const auto items = questions();

    const auto scans = invent_scans(seed, 0, municipalities, items);

    std::size_t differ = 0, all = 0;
    for (const auto& scan : scans)
        for (std::size_t item = 0; item < items.size(); ++item) {
            std::set<std::string> given;
            for (const auto& respondent : scan.respondents)
                given.insert(respondent.answers[item]);
            EXPECT_TRUE(given.contains(scan.settled[item])) << "somebody gave what was settled";
            differ += given.size() > 1;
            ++all;
        }
    EXPECT_GT(differ, all / 4);
    EXPECT_LT(differ, all);
}

TEST(InventedSurvey, GivesEachItemOneOfItsAnswers)
{
    const auto municipalities = invent_municipalities(seed, {});
    const std::vector<Item> items{{"q1.workload", {"chosen", "not_chosen", "unknown"}},
                                  {"q2", {"a", "b", "unknown"}}};

    for (const auto& scan : invent_survey(seed, 0, municipalities, items, {})) {
        const auto copy = copy_of(scan, municipalities, items);
        EXPECT_EQ(copy.answers.size(), 2u);
        EXPECT_NE(std::find(items[0].answers.begin(), items[0].answers.end(), copy.answers.at("q1.workload")),
                  items[0].answers.end());
    }
}

TEST(InventedSurvey, ChoosesNoneOnlyAloneAndKnowsAQuestionAsAWhole)
{
    const auto municipalities = invent_municipalities(seed, {});
    const std::vector<std::string> answers{"chosen", "not_chosen", "unknown"};
    const std::vector<Item> items{
        {"q1.workload", answers}, {"q1.money", answers}, {"q1.none", answers}, {"q2", {"a", "b"}}};
    int none = 0, several = 0, unknown = 0;

    for (const auto& scan : invent_survey(seed, 0, municipalities, items, {"q1.none"})) {
        const auto given = [&](std::string_view answer) {
            return std::count(scan.settled.begin(), scan.settled.begin() + 3, answer);
        };
        EXPECT_TRUE(given("unknown") == 0 || given("unknown") == 3);
        EXPECT_TRUE(scan.settled[2] != "chosen" || given("chosen") == 1);
        none += scan.settled[2] == "chosen";
        several += given("chosen") == 2;
        unknown += given("unknown") == 3;
    }

    EXPECT_GT(none, 0);
    EXPECT_GT(several, 0);
    EXPECT_GT(unknown, 0);
}

} // namespace beproefd::quickscan::national
