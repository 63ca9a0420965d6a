// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "organisations/service.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/read.hpp"
#include "platform/describe/sentences.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> organisations();
}

namespace beproefd::organisations {
namespace {

struct ShippedName {
    std::string name;
    std::optional<Day> first;
    std::optional<Day> last;
    bool current = true;
    std::string source;
};
BOOST_DESCRIBE_STRUCT(ShippedName, (), (name, first, last, current, source))

struct ShippedOrganisation {
    std::string code;
    OrganisationKind kind = OrganisationKind::agency;
    std::vector<ShippedName> names;
};
BOOST_DESCRIBE_STRUCT(ShippedOrganisation, (), (code, kind, names))

struct Shipped {
    Day municipalities_reference_day;
    std::string municipalities_source;
    std::map<std::string, std::string> safety_regions;
    std::vector<ShippedOrganisation> organisations;
};
BOOST_DESCRIBE_STRUCT(Shipped, (),
                      (municipalities_reference_day, municipalities_source, safety_regions, organisations))

const embedded::File& shipped_file(std::string_view ending)
{
    for (const auto& file : embedded::organisations()) {
        if (file.path.ends_with(ending))
            return file;
    }
    throw std::logic_error(fmt::format("{} does not travel inside the program", ending));
}

template<class T>
T must(Result<T> result)
{
    if (!result)
        throw std::logic_error(describe::explain(result.error(), describe::Language::en));
    return *std::move(result);
}

const Shipped& shipped()
{
    static const Shipped content = [] {
        const auto& file = shipped_file("organisations.yaml");
        return must(describe::read_yaml<Shipped>(file.content, file.path));
    }();
    return content;
}

/// What is wrong with a cell of a table, at its place.
FieldError at_cell(const describe::Node& table, std::size_t row, std::string_view member, std::string_view code,
                   std::string_view file)
{
    const auto& cell = *table.items[row].find(member);
    return {.pointer = fmt::format("/{}/{}", row, member),
            .code = std::string{code},
            .parameters = {{"value", cell.text}},
            .place = fmt::format("{}:{}:{}", file, cell.line, cell.column)};
}

/// Every wrong line at once: what is missing in one does not hide what is wrong in another.
Result<std::vector<MunicipalityRow>> read_list(std::string_view content, std::string_view name)
{
    const auto table = describe::parse_table<MunicipalityRow>(content, name);
    if (!table)
        return table.error();
    auto rows = describe::read<std::vector<MunicipalityRow>>(table, name);
    auto errors = rows ? std::vector<FieldError>{} : rows.error().fields;
    std::set<std::string_view> codes;
    for (std::size_t i = 0; i < table->items.size(); ++i) {
        if (const std::string_view code = table->items[i].find("code")->text; !code.empty()) {
            if (!is_municipality_code(code) || is_invented_code(code))
                errors.push_back(at_cell(*table, i, "code", "municipality-code", name));
            else if (!codes.insert(code).second)
                errors.push_back(at_cell(*table, i, "code", "municipality-twice", name));
        }
        if (const auto& region = table->items[i].find("safetyRegion")->text;
            !region.empty() && !shipped().safety_regions.contains(region))
            errors.push_back(at_cell(*table, i, "safetyRegion", "safety-region", name));
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return rows;
}

void add(Repository& organisations, OrganisationKind kind, std::string_view code, std::string_view name,
         bool demonstration, std::string_view safety_region, std::optional<Day> first, std::string_view source)
{
    const Organisation organisation{.id = Id<Organisation>::create(),
                                    .kind = kind,
                                    .code = std::string{code},
                                    .demonstration = demonstration,
                                    .safety_region = std::string{safety_region},
                                    .first = first,
                                    .last = std::nullopt};
    organisations.save(organisation);
    organisations.save(OrganisationName{organisation.id, 1, std::string{name}, std::nullopt, std::nullopt, true,
                                        std::string{source}});
}

} // namespace

std::string safety_region_name(std::string_view code)
{
    const auto found = shipped().safety_regions.find(std::string{code});
    return found == shipped().safety_regions.end() ? "" : found->second;
}

Result<OrganisationPage> Service::list(const OrganisationQuery& query)
{
    const std::int64_t limit = query.limit ? query.limit->value() : 100;
    return database_.read([&](storage::Transaction& tx) -> Result<OrganisationPage> {
        OrganisationPage page;
        page.items = Repository{tx}.list(query.kind, query.q ? query.q->to_text() : "", query.on,
                                         query.after ? query.after->to_text() : "", limit + 1);
        if (std::ssize(page.items) > limit) {
            page.items.pop_back();
            page.next = page.items.back().code;
        }
        return page;
    });
}

Result<OrganisationDetail> Service::find(const Id<Organisation>& id)
{
    return database_.read([&](storage::Transaction& tx) -> Result<OrganisationDetail> {
        Repository organisations{tx};
        auto organisation = organisations.find(id);
        if (!organisation)
            return not_found();
        return OrganisationDetail{*std::move(organisation), organisations.names(id)};
    });
}

Result<Id<Organisation>> Service::with_code(std::string_view code)
{
    return database_.read([&](storage::Transaction& tx) -> Result<Id<Organisation>> {
        const auto organisation = Repository{tx}.with_code(code);
        if (!organisation)
            return invalid({{.pointer = "/organisation",
                             .code = "unknown-organisation",
                             .parameters = {{"value", std::string{code}}}}});
        return organisation->id;
    });
}

bool Service::any_demonstration()
{
    const auto any =
        database_.read([](storage::Transaction& tx) -> Result<bool> { return Repository{tx}.any_demonstration(); });
    return any && *any;
}

Result<void> Service::load_shipped()
{
    const auto& list = shipped_file("municipalities.csv");
    const auto municipalities = must(read_list(list.content, list.path));
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository organisations{tx};
        // A list that was imported later is newer than the one that comes with the program.
        if (!organisations.newest_list()) {
            organisations.save_list(shipped().municipalities_reference_day, shipped().municipalities_source);
            for (const auto& row : municipalities)
                add(organisations, OrganisationKind::municipality, row.code, row.name, false, row.safety_region,
                    std::nullopt, shipped().municipalities_source);
        }
        for (const auto& shipped_organisation : shipped().organisations) {
            if (organisations.with_code(shipped_organisation.code))
                continue;
            const Organisation organisation{.id = Id<Organisation>::create(),
                                            .kind = shipped_organisation.kind,
                                            .code = shipped_organisation.code,
                                            .demonstration = false,
                                            .safety_region = "",
                                            .first = std::nullopt,
                                            .last = std::nullopt};
            organisations.save(organisation);
            std::int64_t number = 0;
            for (const auto& name : shipped_organisation.names)
                organisations.save(OrganisationName{organisation.id, ++number, name.name, name.first, name.last,
                                                    number == std::ssize(shipped_organisation.names), name.source});
        }
        return {};
    });
}

Result<void> Service::add_demonstration(const std::vector<DemonstrationOrganisation>& invented)
{
    std::vector<FieldError> errors;
    const auto wrong = [&errors](std::size_t i, std::string_view member, std::string_view code,
                                 std::string_view value) {
        errors.push_back({.pointer = fmt::format("/{}/{}", i, member),
                          .code = std::string{code},
                          .parameters = {{"value", std::string{value}}},
                          .place = "data/demonstration.yaml"});
    };
    for (std::size_t i = 0; i < invented.size(); ++i) {
        const auto& one = invented[i];
        if (one.kind != OrganisationKind::municipality)
            continue;
        if (!is_invented_code(one.code))
            wrong(i, "code", "invented-code", one.code);
        const auto region = one.safety_region.value_or("");
        if (!shipped().safety_regions.contains(region))
            wrong(i, "safetyRegion", "safety-region", region);
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return database_.transact([&](storage::Transaction& tx) -> Result<void> {
        Repository organisations{tx};
        for (const auto& one : invented) {
            const auto region = one.safety_region.value_or("");
            const auto found = organisations.with_code(one.code);
            if (!found)
                add(organisations, one.kind, one.code, one.name, true, region, std::nullopt, "Voorbeeldgegevens");
            else if (found->demonstration && found->safety_region != region)
                organisations.move(found->id, region);
        }
        return {};
    });
}

Result<ImportReport> Service::import(std::string_view list, std::string_view list_name, Day day,
                                     std::string_view became, std::string_view became_name)
{
    const auto rows = read_list(list, list_name);
    Result<describe::Node> became_table = describe::Node{};
    Result<std::vector<Succession>> successions = std::vector<Succession>{};
    if (!became.empty()) {
        became_table = describe::parse_table<Succession>(became, became_name);
        successions = describe::read<std::vector<Succession>>(became_table, became_name);
    }

    // Everything that is wrong in both files, at once.
    std::vector<FieldError> errors;
    if (!rows)
        errors = rows.error().fields;
    if (!successions)
        errors.insert(errors.end(), successions.error().fields.begin(), successions.error().fields.end());
    if (!errors.empty())
        return invalid(std::move(errors));

    const std::string source = fmt::format("{}, {}", list_name, day.to_text());
    return database_.transact([&](storage::Transaction& tx) -> Result<ImportReport> {
        Repository organisations{tx};
        if (const auto newest = organisations.newest_list(); newest && day <= *newest)
            return refuse(reasons::list_is_older, {{"day", newest->to_text()}});
        organisations.save_list(day, source);
        const auto change = compare(organisations.municipalities_now(), *rows);
        for (const auto& row : change.added)
            add(organisations, OrganisationKind::municipality, row.code, row.name, false, row.safety_region, day,
                source);
        for (const auto& code : change.ended)
            organisations.end(organisations.with_code(code)->id, day.plus(-1));
        for (const auto& row : change.renamed)
            organisations.rename(organisations.with_code(row.code)->id, row.name, day, source);
        for (const auto& row : change.moved)
            organisations.move(organisations.with_code(row.code)->id, row.safety_region);

        std::vector<FieldError> unknown;
        for (std::size_t i = 0; i < successions->size(); ++i) {
            const auto& succession = (*successions)[i];
            if (!organisations.with_code(succession.was_code))
                unknown.push_back(at_cell(*became_table, i, "wasCode", "unknown-organisation", became_name));
            if (!organisations.with_code(succession.becomes_code))
                unknown.push_back(at_cell(*became_table, i, "becomesCode", "unknown-organisation", became_name));
            if (unknown.empty())
                organisations.save(succession);
        }
        if (!unknown.empty())
            return invalid(std::move(unknown));
        return ImportReport{change.added, change.ended, change.renamed, change.moved};
    });
}

} // namespace beproefd::organisations
