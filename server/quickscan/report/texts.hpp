// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "platform/core/time.hpp"
#include "platform/describe/texts.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace beproefd::quickscan {

/// The sentences of the reports, from texts.nl.json and texts.en.json.
class ReportTexts
{
public:
    explicit ReportTexts(describe::Language language);

    /// Throws std::logic_error for a text that is not there: a test asks for all of them.
    std::string operator()(std::string_view key, const std::vector<Parameter>& parameters = {}) const;
    bool has(std::string_view key) const { return texts_->has(key); }
    const std::string& of(const describe::Words& words) const
    {
        return language_ == describe::Language::nl ? words.nl : words.en;
    }
    /// 21 november 2026
    std::string day(Day day) const;
    /// The same for a narrow column: it stays on one line.
    std::string day_unbroken(Day day) const;
    std::string period(Day from, Day to) const;
    std::string_view code() const { return language_ == describe::Language::nl ? "nl" : "en"; }

private:
    describe::Language language_;
    const describe::Texts* texts_;
};

} // namespace beproefd::quickscan
