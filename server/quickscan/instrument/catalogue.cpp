// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/catalogue.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/sentences.hpp"
#include "quickscan/instrument/reading.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> instruments();
}

namespace beproefd::quickscan {
namespace {

/// What a crosswalk says about an earlier version that is not so.
void check_crosswalk(const Instrument& earlier, const Instrument& later, const Crosswalk& crosswalk,
                     std::vector<FieldError>& errors)
{
    const auto wrong = [&](std::string code, std::string key) {
        errors.push_back({.pointer = fmt::format("/{}/{}/crosswalks", later.key, later.version),
                          .code = std::move(code),
                          .parameters = {{"key", std::move(key)}}});
    };
    std::set<std::string> named;
    for (const auto& line : crosswalk.map) {
        if (!line.from)
            continue;
        named.insert(*line.from);
        const Question* before = earlier.question(*line.from);
        if (!before) {
            wrong("unknown-key", *line.from);
            continue;
        }
        for (const auto& part : line.parts) {
            if (std::none_of(before->parts.begin(), before->parts.end(),
                             [&](const Part& one) { return one.key == part.from; }))
                wrong("unknown-key", *line.from + " " + part.from);
        }
    }
    for (const auto& question : earlier.questions) {
        if (!named.contains(question.key))
            wrong("crosswalk-misses", question.key);
    }
}

} // namespace

Result<Instruments> Instruments::of(std::vector<Instrument> all)
{
    std::sort(all.begin(), all.end(), [](const Instrument& a, const Instrument& b) {
        return std::tie(a.key, a.version) < std::tie(b.key, b.version);
    });
    std::vector<FieldError> errors;
    Instruments out;
    out.all_ = std::move(all);
    std::set<std::string> published;
    for (std::size_t i = 0; i < out.all_.size(); ++i) {
        const auto& one = out.all_[i];
        const std::string at = fmt::format("/{}/{}", one.key, one.version);
        if (i > 0 && out.all_[i - 1].key == one.key && out.all_[i - 1].version == one.version)
            errors.push_back({.pointer = at, .code = "key-twice", .parameters = {{"key", at}}});
        if (one.status == VersionStatus::published && !published.insert(one.key).second)
            errors.push_back(
                {.pointer = at + "/status", .code = "published-twice", .parameters = {{"key", one.key}}});
        for (const auto& crosswalk : one.crosswalks) {
            if (const Instrument* earlier = out.find(one.key, crosswalk.from_version))
                check_crosswalk(*earlier, one, crosswalk, errors);
            else
                errors.push_back({.pointer = at + "/crosswalks",
                                  .code = "unknown-key",
                                  .parameters = {{"key", std::to_string(crosswalk.from_version)}}});
        }
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return out;
}

const Instrument* Instruments::find(std::string_view key, int version) const
{
    for (const auto& one : all_) {
        if (one.key == key && one.version == version)
            return &one;
    }
    return nullptr;
}

const Instrument* Instruments::current(std::string_view key) const
{
    for (const auto& one : all_) {
        if (one.key == key && one.status == VersionStatus::published)
            return &one;
    }
    return nullptr;
}

InstrumentSummary summary_of(const Instrument& instrument)
{
    const auto questions = static_cast<int>(instrument.questions.size());
    return {instrument.key,
            instrument.version,
            instrument.status,
            instrument.kind,
            instrument.title,
            instrument.introduction,
            instrument.reconstructed,
            static_cast<int>(instrument.themes.size()),
            questions,
            static_cast<int>(questions * instrument.minutes_per_question)};
}

InstrumentList Instruments::list() const
{
    InstrumentList out;
    for (const auto& one : all_) {
        if (one.status != VersionStatus::draft)
            out.items.push_back(summary_of(one));
    }
    return out;
}

Result<Instrument> Instruments::instrument(std::string_view key, int version) const
{
    const auto* found = find(key, version);
    if (!found || found->status == VersionStatus::draft)
        return not_found();
    return *found;
}

const Instruments& shipped_instruments()
{
    static const Instruments all = [] {
        const auto content = [](std::string_view path) -> std::optional<std::string> {
            for (const auto& file : embedded::instruments()) {
                if (file.path == path)
                    return std::string{file.content};
            }
            return std::nullopt;
        };
        const auto must = [](auto result) {
            if (!result)
                throw std::logic_error(describe::explain(result.error(), describe::Language::en));
            return *std::move(result);
        };
        std::vector<Instrument> read;
        for (const auto& file : embedded::instruments()) {
            // data/instruments/KEY/VERSION.yaml; deeper files are named by these.
            if (std::count(file.path.begin(), file.path.end(), '/') == 3)
                read.push_back(must(read_instrument(file.content, file.path, content)));
        }
        return must(Instruments::of(std::move(read)));
    }();
    return all;
}

bool is_shipped(std::string_view key, int version)
{
    const auto files = embedded::instruments();
    const auto path = fmt::format("data/instruments/{}/{}.yaml", key, version);
    return std::any_of(files.begin(), files.end(), [&](const auto& file) { return file.path == path; });
}

} // namespace beproefd::quickscan
