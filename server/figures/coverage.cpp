// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "figures/coverage.hpp"

#include "figures/printed.hpp"

#include <map>
#include <tuple>

namespace beproefd::figures {
namespace {

using Token = std::tuple<std::string, std::int64_t, std::string>; ///< document, line, token

/// The index counts a word that a line prints twice as one number.
constexpr std::string_view twice = " (twice)";

} // namespace

Coverage cover(const Published& published)
{
    std::map<Token, std::vector<std::string>> by_figure;
    for (const auto& figure : published.figures) {
        if (!figure.rule.empty() || !figure.printed_with.empty())
            continue;
        const auto stands = [&](std::int64_t line, const std::string& printed) {
            for (auto& token : tokens_of(printed))
                by_figure[{figure.document, line, std::move(token)}].push_back(figure.key);
        };
        if (figure.line)
            stands(*figure.line, figure.printed);
        for (const auto& place : figure.also_at)
            stands(place.line, place.printed);
    }
    std::map<Token, std::vector<std::string>> by_reason;
    for (const auto& one : published.not_figures)
        by_reason[{one.document, one.line, one.token}].push_back(one.reason);

    const auto take = [](std::map<Token, std::vector<std::string>>& from, const Token& token) {
        const auto found = from.find(token);
        if (found == from.end() || found->second.empty())
            return std::string{};
        std::string key = std::move(found->second.front());
        found->second.erase(found->second.begin());
        return key;
    };

    Coverage coverage;
    for (const auto& entry : published.index) {
        CoveredNumber number{entry.document, entry.line, entry.token, Holding::missing, ""};
        std::string token = entry.token;
        const bool doubled = token.ends_with(twice);
        if (doubled)
            token.resize(token.size() - twice.size());
        const Token place{entry.document, entry.line, token};
        number.held_by = take(by_figure, place);
        if (!number.held_by.empty() && doubled) {
            const std::string second = take(by_figure, place);
            number.held_by = second.empty() ? "" : number.held_by + " " + second;
        }
        if (!number.held_by.empty()) {
            number.holding = Holding::figure;
            ++coverage.figures;
        } else if (auto reason = take(by_reason, place); !reason.empty()) {
            number.held_by = std::move(reason);
            number.holding = Holding::not_figure;
            ++coverage.not_figures;
        }
        coverage.items.push_back(std::move(number));
    }
    for (const auto* rest : {&by_figure, &by_reason}) {
        for (const auto& [token, keys] : *rest) {
            for (const auto& key : keys)
                coverage.unfounded.push_back({key, std::get<0>(token), std::get<1>(token), std::get<2>(token)});
        }
    }
    coverage.numbers = static_cast<std::int64_t>(coverage.items.size());
    coverage.held = coverage.figures + coverage.not_figures;
    return coverage;
}

} // namespace beproefd::figures
