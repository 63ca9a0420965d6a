// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <cstdint>

/// Distribution functions over Boost.Math, with the domain checked in one place.
///
/// For every family: cdf(x) = P(X ≤ x); sf(x) = P(X > x), accurate where cdf is nearly 1; quantile(p) inverts cdf.
/// Arguments outside the domain (negative degrees of freedom, p outside [0, 1], not a number) give NaN; nothing
/// throws. Degrees of freedom may be fractions; an infinite df gives the limiting distribution.
namespace beproefd::statistics::distribution {

double normal_pdf(double x);
double normal_cdf(double x);
double normal_sf(double x);
double normal_quantile(double p);
/// P(|Z| ≥ |z|).
double normal_two_sided(double z);

double t_cdf(double x, double df);
double t_sf(double x, double df);
double t_quantile(double p, double df);
/// P(|T| ≥ |x|); the normal distribution when df is infinite.
double t_two_sided(double x, double df);

double chi2_cdf(double x, double df);
double chi2_sf(double x, double df);
double chi2_quantile(double p, double df);
/// The x with P(X > x) = p; accurate for tiny p.
double chi2_quantile_upper(double p, double df);

double f_cdf(double x, double df1, double df2);
double f_sf(double x, double df1, double df2);
double f_quantile(double p, double df1, double df2);

double beta_cdf(double x, double a, double b);
double beta_sf(double x, double a, double b);
double beta_quantile(double p, double a, double b);

double gamma_cdf(double x, double shape, double scale);
double gamma_quantile(double p, double shape, double scale);

double noncentral_t_cdf(double x, double df, double noncentrality);
double noncentral_t_sf(double x, double df, double noncentrality);
double noncentral_f_cdf(double x, double df1, double df2, double noncentrality);
double noncentral_f_sf(double x, double df1, double df2, double noncentrality);
double noncentral_chi2_cdf(double x, double df, double noncentrality);
double noncentral_chi2_sf(double x, double df, double noncentrality);

/// Successes in `trials` draws with chance `probability`.
double binomial_pmf(std::int64_t successes, std::int64_t trials, double probability);
double binomial_cdf(std::int64_t successes, std::int64_t trials, double probability);
/// P(X > successes).
double binomial_sf(std::int64_t successes, std::int64_t trials, double probability);

/// Marked items in a sample of `draws` without replacement from `population` items of which `marked` are marked.
/// log of P(X = found); −infinity outside the support.
double hypergeometric_log_pmf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population);
double hypergeometric_pmf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population);
double hypergeometric_cdf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population);
/// P(X > found).
double hypergeometric_sf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population);

double log_gamma(double x);
/// ln C(n, k).
double log_choose(std::int64_t n, std::int64_t k);

/// Hedges' exact small-sample factor J(m) = Γ(m/2) / (√(m/2) Γ((m−1)/2)), m > 1; NaN otherwise.
/// Source: Hedges 1981, doi:10.3102/10769986006002107
double hedges_factor(double m);

} // namespace beproefd::statistics::distribution
