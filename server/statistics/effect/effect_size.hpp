// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

/// The effect found in one study and its sampling variance, on a scale that studies share. Where the data do not
/// allow one (no spread, an empty cell without correction, logarithm of a negative ratio) both are NaN.
namespace beproefd::statistics::effect {

struct Effect {
    double value = 0;
    double variance = 0;
};

/// Mean and standard deviation of one group of n persons, in the unit of the outcome.
struct Group {
    double mean = 0;
    double standard_deviation = 0;
    double n = 0;
};

/// m1 − m2, variance sd1²/n1 + sd2²/n2.
Effect mean_difference(const Group& first, const Group& second);
/// Hedges' g: (m1 − m2)/pooled SD times the exact J(n1+n2−2), variance 1/n1 + 1/n2 + g²/(2(n1+n2)).
/// Source: Hedges 1981, doi:10.3102/10769986006002107
Effect standardised_mean_difference(const Group& first, const Group& second);
/// ln(m1/m2). Source: Hedges, Gurevitch & Curtis 1999, doi:10.1890/0012-9658(1999)080[1150:TMAORR]2.0.CO;2
Effect log_ratio_of_means(const Group& first, const Group& second);

/// Persons with and without the event: a, b in the first group and c, d in the second.
struct TwoByTwo {
    double a = 0, b = 0, c = 0, d = 0;

    bool has_zero() const { return a == 0 || b == 0 || c == 0 || d == 0; }
    TwoByTwo plus(double add) const { return {a + add, b + add, c + add, d + add}; }
};

Effect log_risk_ratio(const TwoByTwo& table);
Effect log_odds_ratio(const TwoByTwo& table);
Effect risk_difference(const TwoByTwo& table);
/// arcsin√p1 − arcsin√p2. Source: Rücker et al. 2009, doi:10.1002/sim.3511
Effect arcsine_difference(const TwoByTwo& table);
/// Peto's log odds ratio (a − E)/V with variance 1/V, V hypergeometric.
/// Source: Yusuf et al. 1985, doi:10.1016/S0033-0620(85)80003-7
Effect peto_log_odds_ratio(const TwoByTwo& table);

/// One group of n persons measured twice; correlation between the two measurements, −1 … 1.
struct Change {
    double post = 0;
    double pre = 0;
    double first_sd = 0;  ///< sd1i of the contract
    double second_sd = 0; ///< sd2i of the contract
    double correlation = 0;
    double n = 0;
};

/// post − pre in the unit of the outcome.
Effect mean_change(const Change& change);
/// Change in standard deviations of the change, with J(n−1). Source: Gibbons et al. 1993
Effect standardised_by_change(const Change& change);
/// Change in standard deviations before (first_sd), with J(n−1). Source: Becker 1988; Morris 2008
Effect standardised_by_raw(const Change& change);

/// Pearson correlation r in n persons: variance (1−r²)²/(n−1).
Effect correlation(double r, double n);
/// Fisher's z: atanh r, variance 1/(n−3).
Effect fisher_z(double r, double n);

/// x events among n persons.
Effect proportion(double x, double n);
Effect logit_proportion(double x, double n);
/// Freeman–Tukey: ½[arcsin√(x/(n+1)) + arcsin√((x+1)/(n+1))], variance 1/(4n+2).
Effect double_arcsine_proportion(double x, double n);
Effect arcsine_proportion(double x, double n);

} // namespace beproefd::statistics::effect
