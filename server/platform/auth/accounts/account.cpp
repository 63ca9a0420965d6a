// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/account.hpp"

#include "platform/core/bounded.hpp"

#include <algorithm>
#include <array>

namespace beproefd::auth {

bool is_account_name(std::string_view name)
{
    if (name.size() < 3 || name.size() > 60 || name.front() < 'a' || name.front() > 'z')
        return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
}

std::optional<FieldError> password_refusal(std::string_view password, std::string_view account_name)
{
    const auto length = utf8_length(password);
    if (!length || *length < shortest_password)
        return FieldError{
            .pointer = "", .code = "password-short", .parameters = {{"minimum", std::to_string(shortest_password)}}};
    if (*length > longest_password)
        return FieldError{.pointer = "",
                          .code = "length",
                          .parameters = {{"minimum", std::to_string(shortest_password)},
                                         {"maximum", std::to_string(longest_password)}}};

    std::string lower{password};
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    // Lists of leaked passwords hold few of twelve characters and more; what remains is repetition, rows of keys and
    // the words that everyone tries here.
    static constexpr std::array<std::string_view, 14> guesses{
        "password",  "wachtwoord", "welkom",   "welcome", "beproefd", "gemeente", "qwertyuiop",
        "asdfghjkl", "12345678",   "abcdefgh", "azerty",  "letmein",  "geheim",   "zomer20"};
    const bool common = std::any_of(guesses.begin(), guesses.end(), [&](std::string_view guess) {
        // A guess with a few characters added is still a guess; a sentence that mentions the word is not.
        return lower.find(guess) != std::string::npos && lower.size() < guess.size() + 8;
    });
    std::string distinct = lower;
    std::sort(distinct.begin(), distinct.end());
    const auto different = std::unique(distinct.begin(), distinct.end()) - distinct.begin();
    if (common || different < 5 || lower.find(account_name) != std::string::npos)
        return FieldError{.pointer = "", .code = "password-common"};
    return std::nullopt;
}

std::chrono::seconds delay_after(std::int64_t failures)
{
    if (failures < 5)
        return std::chrono::seconds{0};
    return std::chrono::seconds{
        std::min<std::int64_t>(900, std::int64_t{1} << std::min<std::int64_t>(failures - 5, 10))};
}

} // namespace beproefd::auth
