// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/repository.hpp"

#include "platform/core/sha256.hpp"
#include "platform/describe/json.hpp"

#include <fmt/format.h>

namespace beproefd::figures {
namespace {

/// Calls each(kind, list, key of an item and its place) for every list of a Published: the one place that names them.
template<class P, class Each>
void for_each_list(P& published, Each each)
{
    each("document", published.documents, [](const Document& one, std::size_t) { return one.id; });
    each("unit", published.units, [](const Unit& one, std::size_t) { return one.key; });
    each("table", published.tables, [](const PublishedTable& one, std::size_t) { return one.key; });
    each("figure", published.figures, [](const Figure& one, std::size_t) { return one.key; });
    each("rule", published.rules, [](const RuleDefinition& one, std::size_t) { return one.rule.key; });
    each("check", published.checks, [](const CheckDefinition& one, std::size_t) { return one.key; });
    each("known-difference", published.known_differences,
         [](const KnownDifference& one, std::size_t) { return one.check; });
    each("finding", published.findings, [](const Finding& one, std::size_t) { return one.id; });
    each("cluster", published.clusters, [](const ClusterFactsheet& one, std::size_t) { return one.key; });
    each("reason", published.not_figure_reasons, [](const NotFigureReason& one, std::size_t) { return one.key; });
    each("intervention", published.interventions, [](const Intervention& one, std::size_t) { return one.key; });
    each("threshold", published.thresholds, [](const Threshold& one, std::size_t) { return one.id; });
    each("question", published.questions,
         [](const QuickscanQuestion& one, std::size_t) { return std::to_string(one.number); });
    // A line may print the same number twice, so these have no key of their own.
    each("number", published.index, [](const IndexEntry&, std::size_t at) { return std::to_string(at); });
    each("not-figure", published.not_figures, [](const NotFigure&, std::size_t at) { return std::to_string(at); });
}

struct AsOf {
    Day as_of;
};
BOOST_DESCRIBE_STRUCT(AsOf, (), (as_of))

std::vector<Entry> entries_of(const Published& published)
{
    std::vector<Entry> entries;
    entries.push_back({"line-note", "line-note", 0, describe::to_json(published.line_note)});
    if (published.as_of)
        entries.push_back({"as-of", "as-of", 0, describe::to_json(AsOf{*published.as_of})});
    for_each_list(published, [&](const char* kind, const auto& list, auto key_of) {
        for (std::size_t i = 0; i < list.size(); ++i)
            entries.push_back({kind, key_of(list[i], i), static_cast<std::int64_t>(i), describe::to_json(list[i])});
    });
    return entries;
}

std::string digest(const std::vector<Entry>& entries)
{
    std::string all;
    for (const auto& entry : entries)
        all += fmt::format("{}\n{}\n{}\n{}\n", entry.kind, entry.key, entry.position, entry.content);
    return sha256_hex(all);
}

template<class T>
T read_entry(const Entry& entry)
{
    auto value = describe::read_json<T>(entry.content);
    if (!value)
        throw storage::Corrupt(
            fmt::format("figures_entry holds a {} with key {} that cannot be read", entry.kind, entry.key));
    return std::move(*value);
}

} // namespace

std::optional<Edition> Repository::edition()
{
    return tx_.optional<Edition>("SELECT number, sha256 FROM figures_edition");
}

std::optional<Day> Repository::as_of()
{
    const auto entry =
        tx_.optional<Entry>("SELECT kind, key, position, content FROM figures_entry WHERE kind = 'as-of'");
    return entry ? std::optional{read_entry<AsOf>(*entry).as_of} : std::nullopt;
}

std::optional<Published> Repository::load()
{
    if (!edition())
        return std::nullopt;
    const auto entries = tx_.select<Entry>(R"(
        SELECT kind, key, position, content
        FROM   figures_entry
        ORDER  BY kind, position)");
    Published published;
    for (const auto& entry : entries) {
        if (entry.kind == "line-note")
            published.line_note = read_entry<Words>(entry);
        if (entry.kind == "as-of")
            published.as_of = read_entry<AsOf>(entry).as_of;
    }
    for_each_list(published, [&]<class List>(const char* kind, List& list, auto) {
        for (const auto& entry : entries) {
            if (entry.kind == kind)
                list.push_back(read_entry<typename List::value_type>(entry));
        }
    });
    return published;
}

bool Repository::save(const Published& published)
{
    const auto entries = entries_of(published);
    const Edition edition_now{1, digest(entries)};
    if (edition() == edition_now)
        return false;
    tx_.execute("DELETE FROM figures_entry");
    tx_.execute("DELETE FROM figures_edition");
    for (const auto& entry : entries)
        tx_.insert("figures_entry", entry);
    tx_.insert("figures_edition", edition_now);
    return true;
}

} // namespace beproefd::figures
