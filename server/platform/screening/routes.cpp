// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/screening/routes.hpp"

namespace beproefd::screening {

TextScreening explain(std::string_view text, describe::Language language)
{
    const auto screening = screen(text);
    TextScreening outcome{.refused = screening.refused(), .asks = screening.asks(), .findings = {}};
    for (const auto& finding : screening.findings) {
        const auto from = utf16_position(text, finding.from);
        const auto to = utf16_position(text, finding.to);
        outcome.findings.push_back({.kind = finding.kind,
                                    .certainty = certainty_of(finding.kind),
                                    .from = static_cast<std::int64_t>(from),
                                    .to = static_cast<std::int64_t>(to),
                                    .sentence = describe::sentence(
                                        sentence_code(finding.kind),
                                        {{"from", std::to_string(from + 1)}, {"to", std::to_string(to)}}, language)});
    }
    return outcome;
}

void mount(http::Router& routes)
{
    routes
        .compute<TextScreening>("/api/v1/text-screenings", Permission::answer_surveys,
                                [](const http::Request& request, const TextToScreen& body) {
                                    return explain(std::string_view{body.text}, request.language);
                                })
        .named("screenText");
}

} // namespace beproefd::screening
