// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/password.hpp"

#include "platform/core/random.hpp"

#include <argon2.h>

#include <array>
#include <cassert>
#include <stdexcept>

namespace beproefd::auth {
namespace {

std::string encode(std::string_view password, const HashCost& cost)
{
    std::array<std::uint8_t, 16> salt{};
    fill_with_secure_random(salt);
    std::array<char, 128> encoded{};
    const int status = argon2id_hash_encoded(cost.passes, cost.memory_kib, 1, password.data(), password.size(),
                                             salt.data(), salt.size(), 32, encoded.data(), encoded.size());
    if (status != ARGON2_OK)
        throw std::runtime_error(argon2_error_message(status));
    return encoded.data();
}

} // namespace

/// Holds one of the places in which a hash may run, for its own lifetime.
class PasswordHasher::Slot
{
public:
    explicit Slot(PasswordHasher& hasher) : hasher_(hasher)
    {
        std::unique_lock lock{hasher_.mutex_};
        if (hasher_.running_ >= hasher_.slots_ && hasher_.in_line_ >= hasher_.waiting_)
            return;
        ++hasher_.in_line_;
        hasher_.free_.wait(lock, [&] { return hasher_.running_ < hasher_.slots_; });
        --hasher_.in_line_;
        ++hasher_.running_;
        taken_ = true;
    }
    Slot(const Slot&) = delete;
    ~Slot()
    {
        if (!taken_)
            return;
        const std::lock_guard lock{hasher_.mutex_};
        --hasher_.running_;
        hasher_.free_.notify_one();
    }
    explicit operator bool() const { return taken_; }

private:
    PasswordHasher& hasher_;
    bool taken_ = false;
};

PasswordHasher::PasswordHasher(HashCost cost, std::size_t slots, std::size_t waiting)
    : cost_(cost), slots_(slots), waiting_(waiting)
{
}

std::optional<std::string> PasswordHasher::hash(std::string_view password)
{
    const Slot slot{*this};
    if (!slot)
        return std::nullopt;
    return encode(password, cost_);
}

std::optional<bool> PasswordHasher::verify(std::string_view password, const std::string& encoded)
{
    const Slot slot{*this};
    if (!slot)
        return std::nullopt;
    // Made at the first question, whoever it is about, so that it neither delays the start nor tells which names
    // exist.
    std::call_once(decoy_made_, [&] { decoy_ = encode(secure_random_hex(16), cost_); });
    const std::string& against = encoded.empty() ? decoy_ : encoded;
    const bool same = argon2id_verify(against.c_str(), password.data(), password.size()) == ARGON2_OK;
    return same && !encoded.empty();
}

std::string one_time_password()
{
    // 28 characters give 4.8 bits each; bytes beyond the largest multiple are drawn again, so all are equally likely.
    static constexpr std::string_view alphabet = "abcdefghjkmnpqrstuvwxyz23456";
    static_assert(alphabet.size() == 28);
    std::string password;
    std::size_t drawn = 0;
    while (drawn < 20) {
        std::array<std::uint8_t, 32> bytes{};
        fill_with_secure_random(bytes);
        for (const auto byte : bytes) {
            if (byte >= 252 || drawn == 20)
                continue;
            if (drawn > 0 && drawn % 5 == 0)
                password += '-';
            password += alphabet[byte % alphabet.size()];
            ++drawn;
        }
    }
    return password;
}

} // namespace beproefd::auth
