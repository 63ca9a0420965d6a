// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/screening/lexicon.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"
#include "platform/screening/folded.hpp"

#include <map>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> screening_words();
}

namespace beproefd::screening {
namespace {

std::string_view file(std::string_view ending)
{
    for (const auto& file : embedded::screening_words())
        if (file.path.ends_with(ending))
            return file.content;
    throw std::logic_error(fmt::format("{} does not travel inside the program", ending));
}

Lexicon load()
{
    using Lists = std::map<std::string, std::vector<std::string>>;
    auto lists = describe::read_yaml<Lists>(file("words.yaml"), "data/screening/words.yaml");
    if (!lists)
        throw std::logic_error(describe::explain(lists.error(), describe::Language::en));
    const auto list = [&](const std::string& name) -> const std::vector<std::string>& {
        const auto found = lists->find(name);
        if (found == lists->end())
            throw std::logic_error("data/screening/words.yaml misses " + name);
        return found->second;
    };
    const auto set = [&](const std::string& name) { return WordSet(list(name).begin(), list(name).end()); };

    Lexicon words{.first_names = set("firstNames"),
                  .first_names_also_words = set("firstNamesAlsoWords"),
                  .particles = set("particles"),
                  .surnames = set("surnames"),
                  .titles = set("titles"),
                  .persons = set("persons"),
                  .events = set("events"),
                  .birth_words = set("birthWords"),
                  .bsn_words = set("bsnWords"),
                  .plate_words = set("plateWords"),
                  .phone_words = set("phoneWords"),
                  .company_words = set("companyWords"),
                  .at_words = set("atWords"),
                  .dot_words = set("dotWords"),
                  .mail_providers = set("mailProviders"),
                  .social_media = list("socialMedia"),
                  .street_endings = list("streetEndings"),
                  .clear_street_endings = set("clearStreetEndings"),
                  .english_streets = set("englishStreets"),
                  .organisation_endings = set("organisationEndings"),
                  .organisation_beginnings = set("organisationBeginnings"),
                  .known_words = set("knownWords"),
                  .places = {}};

    const auto places = describe::parse_csv(file("municipalities.csv"), "data/organisations/municipalities.csv");
    if (!places)
        throw std::logic_error(describe::explain(places.error(), describe::Language::en));
    for (const auto& row : places->items) {
        const auto* name = row.find("name");
        if (name == nullptr)
            throw std::logic_error("data/organisations/municipalities.csv has no column name");
        const auto parts = tokens(fold(name->text));
        for (const auto& part : parts)
            if (part.word.size() > 2)
                words.known_words.insert(part.word);
        if (parts.size() == 1)
            words.places.insert(parts.front().word);
    }
    return words;
}

} // namespace

const Lexicon& Lexicon::shipped()
{
    static const Lexicon words = load();
    return words;
}

} // namespace beproefd::screening
