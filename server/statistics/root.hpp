// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace beproefd::statistics {

/// Where f changes sign between low and high, to about one unit in the last place: Brent's method, which always
/// keeps a bracket. Empty when f(low) and f(high) have the same sign, or f is not a number somewhere on the way.
/// Source: Brent 1973, Algorithms for Minimization without Derivatives, ch. 4
template<class F>
std::optional<double> root(F&& f, double low, double high, double absolute_tolerance = 0, int iterations = 500)
{
    double a = low, b = high, fa = f(a), fb = f(b);
    if (std::isnan(fa) || std::isnan(fb))
        return std::nullopt;
    if (fa == 0)
        return a;
    if (fb == 0)
        return b;
    if ((fa > 0) == (fb > 0))
        return std::nullopt;
    double c = a, fc = fa, d = b - a, e = d;
    for (int i = 0; i < iterations; ++i) {
        if ((fb > 0) == (fc > 0)) {
            c = a;
            fc = fa;
            d = e = b - a;
        }
        if (std::abs(fc) < std::abs(fb)) {
            a = b;
            b = c;
            c = a;
            fa = fb;
            fb = fc;
            fc = fa;
        }
        const double tolerance = 2 * std::numeric_limits<double>::epsilon() * std::abs(b) + 0.5 * absolute_tolerance;
        const double middle = 0.5 * (c - b);
        if (std::abs(middle) <= tolerance || fb == 0)
            return b;
        if (std::abs(e) >= tolerance && std::abs(fa) > std::abs(fb)) {
            const double s = fb / fa;
            double p = 0, q = 0;
            if (a == c) {
                p = 2 * middle * s;
                q = 1 - s;
            } else {
                const double r = fb / fc, t = fa / fc;
                p = s * (2 * middle * t * (t - r) - (b - a) * (r - 1));
                q = (t - 1) * (r - 1) * (s - 1);
            }
            if (p > 0)
                q = -q;
            else
                p = -p;
            if (2 * p < std::min(3 * middle * q - std::abs(tolerance * q), std::abs(e * q))) {
                e = d;
                d = p / q;
            } else {
                d = middle;
                e = d;
            }
        } else {
            d = middle;
            e = d;
        }
        a = b;
        fa = fb;
        b += std::abs(d) > tolerance ? d : (middle > 0 ? tolerance : -tolerance);
        fb = f(b);
        if (std::isnan(fb))
            return std::nullopt;
    }
    return b;
}

/// Where a function that rises (or falls) everywhere crosses zero, starting from a guess: the bracket grows by
/// doubling within [lowest, highest]. Empty when there is no crossing there.
template<class F>
std::optional<double> root_from(F&& f, double guess, double step, double lowest, double highest)
{
    double low = std::clamp(guess - step, lowest, highest), high = std::clamp(guess + step, lowest, highest);
    double f_low = f(low), f_high = f(high);
    for (int i = 0; i < 1100; ++i) {
        if (std::isnan(f_low) || std::isnan(f_high))
            return std::nullopt;
        if (f_low == 0)
            return low;
        if (f_high == 0)
            return high;
        if ((f_low > 0) != (f_high > 0))
            return root(f, low, high);
        if (low <= lowest && high >= highest)
            return std::nullopt;
        step *= 2;
        low = std::max(lowest, guess - step);
        high = std::min(highest, guess + step);
        f_low = f(low);
        f_high = f(high);
    }
    return std::nullopt;
}

struct Minimum {
    double at = 0;
    double value = 0;
};

/// The least value of f on [low, high], when f first falls and then rises there; else one of its local minima.
/// Ends when the place is known to relative_tolerance (about 1e-8 is all that double precision gives: where the
/// place itself matters, look for the root of the derivative instead).
/// Source: Brent 1973, ch. 5
template<class F>
Minimum minimum(F&& f, double low, double high, double relative_tolerance = 1.5e-8, int iterations = 500)
{
    constexpr double golden = 0.3819660112501051;
    double a = low, b = high, x = a + golden * (b - a), w = x, v = x;
    double fx = f(x), fw = fx, fv = fx, d = 0, e = 0;
    for (int i = 0; i < iterations; ++i) {
        const double middle = 0.5 * (a + b);
        const double tolerance = relative_tolerance * std::abs(x) + 1e-300;
        if (std::abs(x - middle) <= 2 * tolerance - 0.5 * (b - a))
            break;
        bool parabolic = false;
        if (std::abs(e) > tolerance) {
            double r = (x - w) * (fx - fv), q = (x - v) * (fx - fw), p = (x - v) * q - (x - w) * r;
            q = 2 * (q - r);
            if (q > 0)
                p = -p;
            q = std::abs(q);
            const double previous = e;
            e = d;
            if (std::abs(p) < std::abs(0.5 * q * previous) && p > q * (a - x) && p < q * (b - x)) {
                d = p / q;
                const double u = x + d;
                if (u - a < 2 * tolerance || b - u < 2 * tolerance)
                    d = x < middle ? tolerance : -tolerance;
                parabolic = true;
            }
        }
        if (!parabolic) {
            e = x < middle ? b - x : a - x;
            d = golden * e;
        }
        const double u = std::abs(d) >= tolerance ? x + d : x + (d > 0 ? tolerance : -tolerance);
        const double fu = f(u);
        if (fu <= fx) {
            (u < x ? b : a) = x;
            v = w, fv = fw;
            w = x, fw = fx;
            x = u, fx = fu;
        } else {
            (u < x ? a : b) = u;
            if (fu <= fw || w == x) {
                v = w, fv = fw;
                w = u, fw = fu;
            } else if (fu <= fv || v == x || v == w) {
                v = u, fv = fu;
            }
        }
    }
    return {x, fx};
}

} // namespace beproefd::statistics
