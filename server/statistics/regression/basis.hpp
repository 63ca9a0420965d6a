// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/linear.hpp"
#include "statistics/outcome.hpp"

#include <span>

namespace beproefd::statistics {

/// Can values of this length (root of the sum of squares) be squared and divided without overflow or underflow?
/// 0 can.
inline bool is_computable(double length) { return length == 0 || (length > 1e-140 && length < 1e140); }

/// An orthonormal basis of the columns of a design: X = Q · R, found by Householder QR with columns scaled and
/// pivoted. Whatever is computed in terms of Q does not suffer from the units of the columns (years!).
struct Basis {
    Matrix q;                   ///< n × p, columns of length 1 and at right angles
    Matrix inverse_r;           ///< p × p; coefficients of X are inverse_r times those of Q
    double log_determinant = 0; ///< ln|X'X|
};

/// Refuses collinear columns (singular_design, with the name of one) and fewer rows than columns.
/// weights: empty, or n positive values; then the basis is that of √w X.
Outcome<Basis> orthonormal_basis(const Design& design, std::span<const double> weights = {});

} // namespace beproefd::statistics
