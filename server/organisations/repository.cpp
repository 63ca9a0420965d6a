// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/repository.hpp"

namespace beproefd::organisations {

std::vector<NamedOrganisation> Repository::list(std::optional<OrganisationKind> kind, std::string_view query,
                                                std::optional<Day> on, std::string_view after, std::int64_t limit)
{
    std::string pattern = "%";
    for (const char c : query) {
        if (c == '%' || c == '_' || c == '\\')
            pattern += '\\';
        pattern += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    pattern += '%';
    const std::string kind_name = kind ? std::string{describe::Scalar<OrganisationKind>::to(*kind)} : std::string{};
    const std::string day = on ? on->to_text() : std::string{};
    return tx_.select<NamedOrganisation>(R"(
        SELECT organisation.id, organisation.kind, organisation.code, named.name, organisation.demonstration,
               organisation.safety_region, organisation.first, organisation.last
        FROM   organisations_organisation organisation
        JOIN   organisations_name named ON named.named_id = organisation.id AND named.current = 1
        WHERE  organisation.code > $1
          AND  ($2 = '' OR organisation.kind = $2)
          AND  ($3 = '%%' OR LOWER(named.name) LIKE $3 ESCAPE '\' OR LOWER(organisation.code) LIKE $3 ESCAPE '\')
          AND  ($4 = '' OR ((organisation.first IS NULL OR CAST(organisation.first AS TEXT) <= $4)
                        AND (organisation.last IS NULL OR CAST(organisation.last AS TEXT) >= $4)))
        ORDER  BY organisation.code
        LIMIT  $5)",
                                         after, kind_name, pattern, day, limit);
}

std::optional<NamedOrganisation> Repository::find(const Id<Organisation>& id)
{
    return tx_.optional<NamedOrganisation>(R"(
        SELECT organisation.id, organisation.kind, organisation.code, named.name, organisation.demonstration,
               organisation.safety_region, organisation.first, organisation.last
        FROM   organisations_organisation organisation
        JOIN   organisations_name named ON named.named_id = organisation.id AND named.current = 1
        WHERE  organisation.id = $1)",
                                           id);
}

bool Repository::is_municipality(const Id<Organisation>& id)
{
    return tx_.one<std::int64_t>(
               "SELECT COUNT(*) FROM organisations_organisation WHERE id = $1 AND kind = 'municipality'", id) > 0;
}

std::optional<Organisation> Repository::with_code(std::string_view code)
{
    return tx_.optional<Organisation>(R"(
        SELECT id, kind, code, demonstration, safety_region, first, last
        FROM   organisations_organisation
        WHERE  code = $1)",
                                      code);
}

std::vector<OrganisationName> Repository::names(const Id<Organisation>& id)
{
    return tx_.select<OrganisationName>(R"(
        SELECT named_id, number, name, first, last, current, source
        FROM   organisations_name
        WHERE  named_id = $1
        ORDER  BY number)",
                                        id);
}

std::vector<MunicipalityRow> Repository::municipalities_now()
{
    return tx_.select<MunicipalityRow>(R"(
        SELECT organisation.code, named.name, organisation.safety_region
        FROM   organisations_organisation organisation
        JOIN   organisations_name named ON named.named_id = organisation.id AND named.current = 1
        WHERE  organisation.kind = 'municipality' AND organisation.demonstration = 0 AND organisation.last IS NULL
        ORDER  BY organisation.code)");
}

bool Repository::any_demonstration()
{
    return tx_.one<std::int64_t>("SELECT COUNT(*) FROM organisations_organisation WHERE demonstration = 1") > 0;
}

std::optional<Day> Repository::newest_list()
{
    return tx_.one<std::optional<Day>>("SELECT MAX(day) FROM organisations_list");
}

void Repository::save_list(Day day, std::string_view source)
{
    tx_.execute("INSERT INTO organisations_list (day, source) VALUES ($1, $2)", day, source);
}

void Repository::save(const Organisation& organisation) { tx_.insert("organisations_organisation", organisation); }
void Repository::save(const OrganisationName& name) { tx_.insert("organisations_name", name); }
void Repository::save(const Succession& succession) { tx_.insert("organisations_succession", succession); }

void Repository::end(const Id<Organisation>& id, Day last)
{
    tx_.execute("UPDATE organisations_organisation SET last = $2 WHERE id = $1", id, last);
}

void Repository::rename(const Id<Organisation>& id, std::string_view name, std::optional<Day> first,
                        std::string_view source)
{
    std::optional<Day> last;
    if (first)
        last = first->plus(-1);
    tx_.execute("UPDATE organisations_name SET current = 0, last = $2 WHERE named_id = $1 AND current = 1", id, last);
    const auto number =
        tx_.one<std::int64_t>("SELECT COALESCE(MAX(number), 0) FROM organisations_name WHERE named_id = $1", id);
    save(OrganisationName{id, number + 1, std::string{name}, first, std::nullopt, true, std::string{source}});
}

void Repository::move(const Id<Organisation>& id, std::string_view safety_region)
{
    tx_.execute("UPDATE organisations_organisation SET safety_region = $2 WHERE id = $1", id, safety_region);
}

} // namespace beproefd::organisations
