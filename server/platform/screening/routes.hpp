// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/bounded.hpp"
#include "platform/http/router.hpp"
#include "platform/screening/screening.hpp"

#include <string_view>
#include <vector>

namespace beproefd::screening {

/// Free text as someone is typing it; it is looked at and not kept.
struct TextToScreen {
    Text<0, 20'000> text;
};
BOOST_DESCRIBE_STRUCT(TextToScreen, (), (text))

/// A place that looks like data on a person.
struct TextFinding {
    Kind kind = Kind::name;
    Certainty certainty = Certainty::ask;
    std::int64_t from = 0; ///< UTF-16 units, as a browser counts
    std::int64_t to = 0;
    std::string sentence;
};
BOOST_DESCRIBE_STRUCT(TextFinding, (), (kind, certainty, from, to, sentence))

/// What was found, and what follows: refused, or asked about first.
struct TextScreening {
    bool refused = false;
    bool asks = false;
    std::vector<TextFinding> findings;
};
BOOST_DESCRIBE_STRUCT(TextScreening, (), (refused, asks, findings))

/// The outcome as the API tells it; other routes that take free text may answer with it too.
TextScreening explain(std::string_view text, describe::Language language);

/// Looks at a text before it is kept; keeps nothing.
void mount(http::Router& routes);

} // namespace beproefd::screening
