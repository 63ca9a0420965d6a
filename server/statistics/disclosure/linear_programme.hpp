// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace beproefd::statistics::disclosure {

/// sum of coefficients * variables >= least.
struct Cut {
    std::vector<std::pair<std::size_t, double>> terms;
    double least = 0;

    bool operator==(const Cut&) const = default;
};

/// min costs * y with cuts, 0 <= y <= 1, by the dual simplex method on a dense dictionary. Cuts can be added and
/// variables fixed at any time; each next solve starts from where the last one ended. Copying keeps that place.
///
/// The bound it gives is safe: it is computed again from the multipliers and the cuts as they came in, and every
/// set of multipliers gives a valid bound, so rounding inside the simplex cannot make it too high.
class LinearProgramme
{
public:
    explicit LinearProgramme(std::vector<double> costs); ///< costs >= 0

    void add(const Cut& cut);
    void fix(std::size_t variable, bool one);
    /// Forgets cuts that do not bind at present, to stay small.
    void drop_slack_cuts();

    /// False when nothing satisfies all cuts with what is fixed.
    bool solve();

    double bound() const; ///< no y can cost less
    const std::vector<double>& values() const { return value_; }
    std::size_t rows() const { return rows_.size(); }

private:
    struct Row {
        std::size_t basic = 0; ///< variable: 0..n-1 the y, n+i the surplus of cut i
        std::vector<double> coefficients;
        double constant = 0;
    };

    double lower(std::size_t variable) const { return variable < n_ ? lower_[variable] : 0; }
    double upper(std::size_t variable) const;
    void pivot(std::size_t row, std::size_t column);

    std::size_t n_;
    std::vector<double> costs_, lower_, upper_;
    std::vector<Cut> cuts_; ///< by number; forgotten ones stay, without a row
    std::vector<Row> rows_;
    std::vector<std::size_t> nonbasic_;  ///< variable per column
    std::vector<double> nonbasic_value_; ///< its bound at present
    std::vector<double> reduced_;        ///< reduced cost per column
    std::vector<double> value_;
};

} // namespace beproefd::statistics::disclosure
