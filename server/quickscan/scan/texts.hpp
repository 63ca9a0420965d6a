// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace beproefd::quickscan {

/// The one place where free text comes in. Every text that a user types goes through here before it is kept: reasons,
/// notes, titles and addresses of proof, labels of functions, texts of actions, names of files.
class Texts
{
public:
    /// confirmed: the user says that what is asked about points at nobody.
    explicit Texts(bool confirmed) : confirmed_(confirmed) {}

    void take(std::string_view pointer, std::string_view text);

    /// Everything that is refused or asked about; empty when all of it may be kept.
    std::vector<FieldError> take_errors() { return std::move(errors_); }
    /// Whether something was let through only because it was confirmed: that is written in the audit trail.
    bool used_confirmation() const { return used_confirmation_; }

private:
    bool confirmed_;
    bool used_confirmation_ = false;
    std::vector<FieldError> errors_;
};

/// True for an address a proof may lead to: https, with a host, without spaces or a name and password.
bool is_proof_address(std::string_view url);

} // namespace beproefd::quickscan
