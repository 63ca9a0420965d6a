// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/round/generator.hpp"

#include "statistics/philox.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace beproefd::quickscan::national {
namespace {

using statistics::PhiloxStream;

// Streams of random numbers, one for each purpose, so that adding one changes none of the others.
enum class Stream : std::uint64_t { names = 1, municipality = 1'000, scan = 1'000'000 };

constexpr std::array<std::string_view, 26> beginnings{
    "Aldel",  "Berg",    "Ciers",  "Dralen",  "Elver",  "Fennik", "Gorsel", "Hulzen", "IJpel",
    "Jorren", "Kwelder", "Lorken", "Morsel",  "Nijver", "Orvel",  "Pelger", "Quaren", "Rozel",
    "Sparen", "Tormen",  "Ulven",  "Vlinter", "Wervel", "Zompel", "Brakel", "Steger"};
constexpr std::array<std::string_view, 15> endings{"dam",  "burg",  "veen",  "wolde", "hoek",
                                                   "rade", "stede", "horst", "waard", "mond",
                                                   "zijl", "broek", "donk",  "kerke", "drecht"};

std::string lower(std::string_view text)
{
    std::string lowered{text};
    for (auto& c : lowered)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return lowered;
}

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// What a municipality is like: the same in every year.
struct Character {
    double strength = 0; ///< standard normal, moved by size
    double takes_part = 0;
};

Character character(std::uint64_t seed, std::size_t number, const InventedMunicipality& municipality)
{
    PhiloxStream draw(seed, static_cast<std::uint64_t>(Stream::municipality) + number);
    const double by_size = municipality.size_class == "large"    ? 0.7
                           : municipality.size_class == "medium" ? 0.1
                                                                 : -0.3;
    const double strength = draw.normal() + by_size;
    return {strength, logistic(0.6 + 0.5 * strength)};
}

PhiloxStream stream_of_scan(std::uint64_t seed, int year, std::size_t municipality)
{
    return PhiloxStream(seed, static_cast<std::uint64_t>(Stream::scan) * static_cast<std::uint64_t>(year + 1) +
                                  municipality);
}

/// The answer that most gave; of two that are equally frequent the first on the scale that is not the best.
std::string settle(const std::array<InventedRespondent, 6>& respondents, const Item& item, std::size_t number)
{
    std::vector<int> given(item.answers.size(), 0);
    for (const auto& respondent : respondents)
        for (std::size_t answer = 0; answer < item.answers.size(); ++answer)
            given[answer] += respondent.answers[number] == item.answers[answer];
    std::size_t most = 0;
    for (std::size_t answer = 1; answer < given.size(); ++answer)
        if (given[answer] > given[most] || (given[answer] == given[most] && most == 0))
            most = answer;
    return item.answers[most];
}

/// Makes one answer of the choices [first, last) of a question where several may be given: its first choice says
/// whether all are unknown, and an exclusive choice gives way to any other.
void reconcile(std::vector<std::string>& settled, std::span<const Item> items, std::size_t first, std::size_t last,
               const std::set<std::string>& exclusive)
{
    const bool unknown = settled[first] == unknown_answer;
    bool another = false;
    for (auto item = first; item < last; ++item) {
        if (unknown)
            settled[item] = unknown_answer;
        else if (settled[item] == unknown_answer)
            settled[item] = "not_chosen";
        another = another || (settled[item] == "chosen" && !exclusive.contains(items[item].key));
    }
    for (auto item = first; item < last; ++item)
        if (another && exclusive.contains(items[item].key))
            settled[item] = "not_chosen";
}

constexpr std::array<std::string_view, 6> domains{"safety", "safety", "social", "social", "education", "partner"};

} // namespace

std::vector<InventedMunicipality> invent_municipalities(std::uint64_t seed, std::span<const std::string> taken)
{
    std::set<std::string> used;
    for (const auto& name : taken)
        used.insert(lower(name));
    std::vector<std::string> names;
    for (const auto beginning : beginnings)
        for (const auto ending : endings)
            if (auto name = std::string{beginning} + std::string{ending}; used.insert(lower(name)).second)
                names.push_back(std::move(name));
    if (names.size() < invented_municipalities)
        throw std::logic_error("too few invented names");
    PhiloxStream draw(seed, static_cast<std::uint64_t>(Stream::names));
    draw.shuffle(std::span{names});

    std::vector<InventedMunicipality> municipalities;
    for (std::size_t number = 0; number < invented_municipalities; ++number) {
        // Log-normal, with a median of 31,000: nearly half small, one in ten large.
        const auto inhabitants = static_cast<std::int64_t>(std::exp(std::log(31'000.0) + 0.85 * draw.normal()));
        const auto region = draw.index(25) + 1;
        municipalities.push_back({.code = fmt::format("GM9{:03}", number + 3),
                                  .name = names[number],
                                  .inhabitants = std::clamp<std::int64_t>(inhabitants, 950, 890'000),
                                  .size_class = inhabitants < 30'000     ? "small"
                                                : inhabitants <= 100'000 ? "medium"
                                                                         : "large",
                                  .safety_region = fmt::format("VR{:02}", region)});
    }
    return municipalities;
}

std::vector<InventedScan> invent_scans(std::uint64_t seed, int year,
                                       std::span<const InventedMunicipality> municipalities,
                                       std::span<const Item> items)
{
    // How hard each question is, and how often it does not apply.
    PhiloxStream of_items(seed, 0);
    std::vector<double> hardness, not_applicable;
    for (std::size_t item = 0; item < items.size(); ++item) {
        hardness.push_back(0.9 * of_items.normal());
        not_applicable.push_back(of_items.uniform() < 0.2 ? 0.06 : 0.005);
    }

    std::vector<InventedScan> scans;
    for (std::size_t number = 0; number < municipalities.size(); ++number) {
        const auto own = character(seed, number, municipalities[number]);
        auto draw = stream_of_scan(seed, year, number);
        const double strength = own.strength + 0.25 * year + 0.35 * draw.normal();
        if (draw.uniform() > std::min(0.95, own.takes_part + 0.04 * year))
            continue;
        InventedScan scan{.municipality = number, .respondents = {}, .settled = {}};
        const double unknown = municipalities[number].size_class == "small" ? 0.16 : 0.08;
        std::vector<double> here;
        for (std::size_t item = 0; item < items.size(); ++item)
            here.push_back(strength - hardness[item] + 0.8 * draw.normal());
        const bool applies = draw.uniform() > 0.02;
        for (std::size_t who = 0; who < scan.respondents.size(); ++who) {
            auto& respondent = scan.respondents[who];
            respondent.domain = domains[who];
            const double view = 0.4 * draw.normal();
            for (std::size_t item = 0; item < items.size(); ++item) {
                const double seen = here[item] + view + 0.5 * draw.normal();
                const double chance = draw.uniform();
                respondent.answers.emplace_back(!applies && chance < 8 * not_applicable[item]   ? "not_applicable"
                                                : chance < not_applicable[item]                 ? "not_applicable"
                                                : chance > 1 - unknown * (seen < 0 ? 1.6 : 0.7) ? "unknown"
                                                : seen > 0.5                                    ? "yes"
                                                : seen > -0.7                                   ? "partly"
                                                                                                : "no");
            }
        }
        for (std::size_t item = 0; item < items.size(); ++item)
            scan.settled.push_back(settle(scan.respondents, items[item], item));
        scans.push_back(std::move(scan));
    }
    return scans;
}

std::vector<InventedScan> invent_survey(std::uint64_t seed, int year,
                                        std::span<const InventedMunicipality> municipalities,
                                        std::span<const Item> items, const std::set<std::string>& exclusive)
{
    std::vector<InventedScan> scans;
    for (std::size_t number = 0; number < municipalities.size(); ++number) {
        const auto own = character(seed, number, municipalities[number]);
        auto draw = stream_of_scan(seed ^ 0x5EED, year, number);
        if (draw.uniform() > own.takes_part)
            continue;
        InventedScan scan{.municipality = number, .respondents = {}, .settled = {}};
        PhiloxStream of_items(seed ^ 0x5EED, 0);
        for (const auto& item : items) {
            std::vector<double> shares;
            double sum = 0;
            for (const auto& answer : item.answers) {
                const double share = answer == unknown_answer ? 0.1 : 0.15 + of_items.uniform();
                shares.push_back(share);
                sum += share;
            }
            double chance = draw.uniform() * sum;
            std::size_t chosen = 0;
            while (chosen + 1 < shares.size() && chance > shares[chosen])
                chance -= shares[chosen++];
            scan.settled.push_back(item.answers[chosen]);
        }
        for (std::size_t first = 0, last = 0; first < items.size(); first = last) {
            while (last < items.size() && items[last].question() == items[first].question())
                ++last;
            if (items[first].key.find('.') != std::string::npos)
                reconcile(scan.settled, items, first, last, exclusive);
        }
        for (std::size_t who = 0; who < scan.respondents.size(); ++who)
            scan.respondents[who] = {std::string{domains[who]}, scan.settled};
        scans.push_back(std::move(scan));
    }
    return scans;
}

Copy copy_of(const InventedScan& scan, std::span<const InventedMunicipality> municipalities,
             std::span<const Item> items)
{
    const auto& municipality = municipalities[scan.municipality];
    Copy copy{.size_class = municipality.size_class, .safety_region = municipality.safety_region, .answers = {}};
    for (std::size_t item = 0; item < items.size(); ++item)
        copy.answers.emplace(items[item].key, scan.settled[item]);
    return copy;
}

} // namespace beproefd::quickscan::national
