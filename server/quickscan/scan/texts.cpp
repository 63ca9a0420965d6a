// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/texts.hpp"

#include "platform/screening/screening.hpp"

#include <algorithm>

namespace beproefd::quickscan {

void Texts::take(std::string_view pointer, std::string_view text)
{
    if (text.empty())
        return;
    auto refused = screening::refusals(text, pointer, confirmed_);
    used_confirmation_ = used_confirmation_ || refused.confirmation_used;
    std::move(refused.errors.begin(), refused.errors.end(), std::back_inserter(errors_));
}

bool is_proof_address(std::string_view url)
{
    constexpr std::string_view scheme = "https://";
    if (!url.starts_with(scheme))
        return false;
    const auto host = url.substr(scheme.size(), url.substr(scheme.size()).find_first_of("/?#"));
    const bool clean = std::all_of(url.begin(), url.end(), [](char c) {
        return static_cast<unsigned char>(c) > 0x20 && c != '"' && c != '<' && c != '>' && c != '\\' && c != 0x7f;
    });
    return clean && !host.empty() && host.find('@') == std::string_view::npos &&
           host.find('.') != std::string_view::npos;
}

} // namespace beproefd::quickscan
