// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/folder.hpp"

#include "platform/core/sha256.hpp"
#include "quickscan/instrument/reading.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

namespace beproefd::quickscan {
namespace {

namespace fs = std::filesystem;

std::optional<std::string> content_of(std::string_view path)
{
    std::ifstream file{std::string{path}, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        return std::nullopt;
    return std::move(text).str();
}

/// Lines of sha256sum: the sum, two spaces, the path.
std::map<std::string, std::string> sums_in(const fs::path& file)
{
    std::map<std::string, std::string> sums;
    std::istringstream lines{content_of(file.string()).value_or("")};
    for (std::string sum, path; lines >> sum >> path;)
        sums.emplace(std::move(path), std::move(sum));
    return sums;
}

/// KEY/VERSION.yaml, in the order of their names.
std::vector<fs::path> files_in(const fs::path& folder, std::error_code& fault)
{
    std::vector<fs::path> files;
    for (const auto& key : fs::directory_iterator{folder, fault}) {
        if (!key.is_directory())
            continue;
        for (const auto& version : fs::directory_iterator{key.path(), fault}) {
            if (version.is_regular_file() && version.path().extension() == ".yaml")
                files.push_back(version.path());
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

FieldError wrong_file(const std::string& place, std::string code, std::vector<Parameter> parameters)
{
    return {.pointer = "", .code = std::move(code), .parameters = std::move(parameters), .place = place};
}

} // namespace

Result<Instruments> instruments_with(const fs::path& folder)
{
    std::error_code fault;
    const auto files = files_in(folder, fault);
    if (fault)
        return invalid({wrong_file("", "instrument-folder", {{"folder", folder.string()}})});
    const auto sums = sums_in(folder / "published.sha256");

    std::vector<FieldError> errors;
    std::vector<Instrument> own;
    for (const auto& path : files) {
        std::vector<std::string> read{path.string()}; // with the files that it names
        const auto text = content_of(path.string());
        auto instrument = read_instrument(text.value_or(""), path.string(), [&](std::string_view other) {
            read.emplace_back(other);
            return content_of(other);
        });
        if (!instrument) {
            const auto& wrong = instrument.error().fields;
            errors.insert(errors.end(), wrong.begin(), wrong.end());
            continue;
        }
        const auto expected = fmt::format("{}/{}.yaml", instrument->key, instrument->version);
        if (path != folder / expected)
            errors.push_back(wrong_file(path.string(), "instrument-file-name", {{"expected", expected}}));
        for (const auto& one : read) {
            const auto name = fs::path{one}.lexically_relative(folder).generic_string();
            const auto sum = sums.find(name);
            const bool same = sum != sums.end() && sum->second == sha256_hex(content_of(one).value_or(""));
            if (instrument->status != VersionStatus::draft && !same)
                errors.push_back(wrong_file(one, "instrument-changed", {{"file", name}}));
        }
        own.push_back(*std::move(instrument));
    }
    if (!errors.empty())
        return invalid(std::move(errors));

    auto all = shipped_instruments().all();
    for (auto& shipped : all) {
        const bool followed = std::any_of(own.begin(), own.end(), [&](const Instrument& one) {
            return one.key == shipped.key && one.version != shipped.version && one.status == VersionStatus::published;
        });
        if (followed && shipped.status == VersionStatus::published)
            shipped.status = VersionStatus::retired;
    }
    std::move(own.begin(), own.end(), std::back_inserter(all));
    return Instruments::of(std::move(all));
}

} // namespace beproefd::quickscan
