// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/distribution.hpp"

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/non_central_chi_squared.hpp>
#include <boost/math/distributions/non_central_f.hpp>
#include <boost/math/distributions/non_central_t.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <algorithm>
#include <cmath>
#include <limits>

namespace beproefd::statistics::distribution {
namespace {

namespace bm = boost::math;
namespace policies = boost::math::policies;

// Errors come back as NaN or infinity instead of exceptions. No promotion to long double: its size differs between
// machines, and answers should not.
using Policy = policies::policy<
    policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
    policies::overflow_error<policies::ignore_error>, policies::evaluation_error<policies::ignore_error>,
    policies::rounding_error<policies::ignore_error>, policies::underflow_error<policies::ignore_error>,
    policies::indeterminate_result_error<policies::ignore_error>, policies::promote_double<false>,
    policies::max_root_iterations<1000>>;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_probability(double p) { return p >= 0 && p <= 1; }
bool is_positive(double value) { return value > 0 && std::isfinite(value); }

} // namespace

double normal_pdf(double x) { return std::exp(-0.5 * x * x) * 0.39894228040143267794; }
double normal_cdf(double x) { return 0.5 * std::erfc(-x * 0.70710678118654752440); }
double normal_sf(double x) { return 0.5 * std::erfc(x * 0.70710678118654752440); }
double normal_two_sided(double z) { return std::erfc(std::abs(z) * 0.70710678118654752440); }

double normal_quantile(double p)
{
    if (!is_probability(p))
        return nan;
    if (p == 0)
        return -infinity;
    if (p == 1)
        return infinity;
    return bm::quantile(bm::normal_distribution<double, Policy>(0, 1), p);
}

double t_cdf(double x, double df)
{
    if (std::isnan(x) || !(df > 0))
        return nan;
    if (std::isinf(df))
        return normal_cdf(x);
    if (std::isinf(x))
        return x > 0 ? 1 : 0;
    return bm::cdf(bm::students_t_distribution<double, Policy>(df), x);
}

double t_sf(double x, double df) { return t_cdf(-x, df); }

double t_quantile(double p, double df)
{
    if (!is_probability(p) || !(df > 0))
        return nan;
    if (p == 0)
        return -infinity;
    if (p == 1)
        return infinity;
    if (std::isinf(df))
        return normal_quantile(p);
    return bm::quantile(bm::students_t_distribution<double, Policy>(df), p);
}

double t_two_sided(double x, double df)
{
    if (std::isinf(df) && df > 0)
        return normal_two_sided(x);
    return 2 * t_cdf(-std::abs(x), df);
}

double chi2_cdf(double x, double df)
{
    if (std::isnan(x) || !is_positive(df))
        return nan;
    if (x <= 0)
        return 0;
    return std::isinf(x) ? 1 : bm::cdf(bm::chi_squared_distribution<double, Policy>(df), x);
}

double chi2_sf(double x, double df)
{
    if (std::isnan(x) || !is_positive(df))
        return nan;
    if (x <= 0)
        return 1;
    return std::isinf(x) ? 0 : bm::cdf(bm::complement(bm::chi_squared_distribution<double, Policy>(df), x));
}

double chi2_quantile(double p, double df)
{
    if (!is_probability(p) || !is_positive(df))
        return nan;
    if (p == 0)
        return 0;
    return p == 1 ? infinity : bm::quantile(bm::chi_squared_distribution<double, Policy>(df), p);
}

double chi2_quantile_upper(double p, double df)
{
    if (!is_probability(p) || !is_positive(df))
        return nan;
    if (p == 1)
        return 0;
    return p == 0 ? infinity : bm::quantile(bm::complement(bm::chi_squared_distribution<double, Policy>(df), p));
}

double f_cdf(double x, double df1, double df2)
{
    if (std::isnan(x) || !is_positive(df1) || !(df2 > 0))
        return nan;
    if (x <= 0)
        return 0;
    if (std::isinf(df2))
        return chi2_cdf(x * df1, df1);
    return std::isinf(x) ? 1 : bm::cdf(bm::fisher_f_distribution<double, Policy>(df1, df2), x);
}

double f_sf(double x, double df1, double df2)
{
    if (std::isnan(x) || !is_positive(df1) || !(df2 > 0))
        return nan;
    if (x <= 0)
        return 1;
    if (std::isinf(df2))
        return chi2_sf(x * df1, df1);
    return std::isinf(x) ? 0 : bm::cdf(bm::complement(bm::fisher_f_distribution<double, Policy>(df1, df2), x));
}

double f_quantile(double p, double df1, double df2)
{
    if (!is_probability(p) || !is_positive(df1) || !(df2 > 0))
        return nan;
    if (p == 0)
        return 0;
    if (p == 1)
        return infinity;
    if (std::isinf(df2))
        return chi2_quantile(p, df1) / df1;
    return bm::quantile(bm::fisher_f_distribution<double, Policy>(df1, df2), p);
}

double beta_cdf(double x, double a, double b)
{
    if (std::isnan(x) || !is_positive(a) || !is_positive(b))
        return nan;
    return bm::ibeta(a, b, std::clamp(x, 0.0, 1.0), Policy());
}

double beta_sf(double x, double a, double b)
{
    if (std::isnan(x) || !is_positive(a) || !is_positive(b))
        return nan;
    return bm::ibetac(a, b, std::clamp(x, 0.0, 1.0), Policy());
}

double beta_quantile(double p, double a, double b)
{
    if (!is_probability(p) || !is_positive(a) || !is_positive(b))
        return nan;
    return bm::ibeta_inv(a, b, p, Policy());
}

double gamma_cdf(double x, double shape, double scale)
{
    if (std::isnan(x) || !is_positive(shape) || !is_positive(scale))
        return nan;
    return x <= 0 ? 0 : std::isinf(x) ? 1 : bm::gamma_p(shape, x / scale, Policy());
}

double gamma_quantile(double p, double shape, double scale)
{
    if (!is_probability(p) || !is_positive(shape) || !is_positive(scale))
        return nan;
    return p == 1 ? infinity : scale * bm::gamma_p_inv(shape, p, Policy());
}

namespace {

/// Boost sums Poisson weights of half the squared noncentrality; beyond this they do not fit its counters.
constexpr double largest_noncentrality = 1e8;

/// E f(Z) for a standard normal Z, by Gauss-Hermite quadrature with ten points (Abramowitz & Stegun 25.10): exact
/// when f is nearly a polynomial over a few units.
template<class F>
double normal_mean(F&& f)
{
    constexpr double nodes[] = {0.3429013272237046, 1.0366108297895136, 1.7566836492998817, 2.5327316742327897,
                                3.4361591188377376};
    constexpr double weights[] = {6.108626337353258e-1, 2.401386110823146e-1, 3.387439445548106e-2,
                                  1.343645746781233e-3, 7.640432855232621e-6};
    double sum = 0;
    for (int i = 0; i < 5; ++i)
        sum += weights[i] * (f(nodes[i] * 1.4142135623730951) + f(-nodes[i] * 1.4142135623730951));
    return sum * 0.56418958354775628695;
}

/// P(T ≤ x) for a huge noncentrality: T ≤ x when the chi variable below the line is at least (noncentrality + Z)/x,
/// and Z hardly matters beside the noncentrality. upper gives P(T > x).
double huge_noncentral_t(double x, double df, double noncentrality, bool upper)
{
    if (x == 0 || (x > 0) != (noncentrality > 0))
        return (noncentrality > 0) == upper ? 1 : 0;
    const double below = normal_mean([&](double z) { // P(s ≥ |noncentrality + z| / |x|)
        const double s = (noncentrality + z) / x;
        return chi2_sf(df * s * s, df);
    });
    return std::clamp((x > 0) == upper ? 1 - below : below, 0.0, 1.0);
}

/// The same for F, of which the numerator is nearly normal then.
double huge_noncentral_f(double x, double df1, double df2, double noncentrality, bool upper)
{
    const double mean = df1 + noncentrality, sd = std::sqrt(2 * (df1 + 2 * noncentrality));
    return std::clamp(normal_mean([&](double z) {
                          const double bound = df2 * (mean + sd * z) / (df1 * x);
                          return upper ? chi2_cdf(bound, df2) : chi2_sf(bound, df2);
                      }),
                      0.0, 1.0);
}

} // namespace

double noncentral_t_cdf(double x, double df, double noncentrality)
{
    if (std::isnan(x) || !(df > 0) || !std::isfinite(noncentrality))
        return nan;
    if (std::isinf(df))
        return normal_cdf(x - noncentrality);
    if (std::isinf(x))
        return x > 0 ? 1 : 0;
    if (noncentrality == 0)
        return t_cdf(x, df);
    if (noncentrality * noncentrality > largest_noncentrality)
        return huge_noncentral_t(x, df, noncentrality, false);
    return std::clamp(bm::cdf(bm::non_central_t_distribution<double, Policy>(df, noncentrality), x), 0.0, 1.0);
}

double noncentral_t_sf(double x, double df, double noncentrality)
{
    if (std::isnan(x) || !(df > 0) || !std::isfinite(noncentrality))
        return nan;
    if (std::isinf(df))
        return normal_sf(x - noncentrality);
    if (std::isinf(x))
        return x > 0 ? 0 : 1;
    if (noncentrality == 0)
        return t_sf(x, df);
    if (noncentrality * noncentrality > largest_noncentrality)
        return huge_noncentral_t(x, df, noncentrality, true);
    return std::clamp(bm::cdf(bm::complement(bm::non_central_t_distribution<double, Policy>(df, noncentrality), x)),
                      0.0, 1.0);
}

double noncentral_f_cdf(double x, double df1, double df2, double noncentrality)
{
    if (std::isnan(x) || !is_positive(df1) || !is_positive(df2) || !(noncentrality >= 0) || std::isinf(noncentrality))
        return nan;
    if (x <= 0)
        return 0;
    if (noncentrality == 0 || std::isinf(x))
        return f_cdf(x, df1, df2);
    if (noncentrality > largest_noncentrality)
        return huge_noncentral_f(x, df1, df2, noncentrality, false);
    return std::clamp(bm::cdf(bm::non_central_f_distribution<double, Policy>(df1, df2, noncentrality), x), 0.0, 1.0);
}

double noncentral_f_sf(double x, double df1, double df2, double noncentrality)
{
    if (std::isnan(x) || !is_positive(df1) || !is_positive(df2) || !(noncentrality >= 0) || std::isinf(noncentrality))
        return nan;
    if (x <= 0)
        return 1;
    if (noncentrality == 0 || std::isinf(x))
        return f_sf(x, df1, df2);
    if (noncentrality > largest_noncentrality)
        return huge_noncentral_f(x, df1, df2, noncentrality, true);
    return std::clamp(
        bm::cdf(bm::complement(bm::non_central_f_distribution<double, Policy>(df1, df2, noncentrality), x)), 0.0,
        1.0);
}

double noncentral_chi2_cdf(double x, double df, double noncentrality)
{
    if (std::isnan(x) || !is_positive(df) || !(noncentrality >= 0) || std::isinf(noncentrality))
        return nan;
    if (x <= 0)
        return 0;
    if (noncentrality == 0 || std::isinf(x))
        return chi2_cdf(x, df);
    return std::clamp(bm::cdf(bm::non_central_chi_squared_distribution<double, Policy>(df, noncentrality), x), 0.0,
                      1.0);
}

double noncentral_chi2_sf(double x, double df, double noncentrality)
{
    if (std::isnan(x) || !is_positive(df) || !(noncentrality >= 0) || std::isinf(noncentrality))
        return nan;
    if (x <= 0)
        return 1;
    if (noncentrality == 0 || std::isinf(x))
        return chi2_sf(x, df);
    return std::clamp(
        bm::cdf(bm::complement(bm::non_central_chi_squared_distribution<double, Policy>(df, noncentrality), x)), 0.0,
        1.0);
}

double log_gamma(double x) { return bm::lgamma(x, Policy()); }

double log_choose(std::int64_t n, std::int64_t k)
{
    if (n < 0 || k < 0 || k > n)
        return -infinity;
    const auto lgamma = [](std::int64_t value) { return log_gamma(static_cast<double>(value) + 1); };
    return k == 0 || k == n ? 0 : lgamma(n) - lgamma(k) - lgamma(n - k);
}

double binomial_pmf(std::int64_t successes, std::int64_t trials, double probability)
{
    if (trials < 0 || !is_probability(probability))
        return nan;
    if (successes < 0 || successes > trials)
        return 0;
    const double k = static_cast<double>(successes), n = static_cast<double>(trials);
    if (probability == 0 || probability == 1)
        return (probability == 0) == (successes == 0) && (probability == 0 || successes == trials) ? 1 : 0;
    return bm::ibeta_derivative(k + 1, n - k + 1, probability, Policy()) / (n + 1);
}

double binomial_cdf(std::int64_t successes, std::int64_t trials, double probability)
{
    if (trials < 0 || !is_probability(probability))
        return nan;
    if (successes < 0)
        return 0;
    if (successes >= trials)
        return 1;
    return beta_sf(probability, static_cast<double>(successes) + 1, static_cast<double>(trials - successes));
}

double binomial_sf(std::int64_t successes, std::int64_t trials, double probability)
{
    if (trials < 0 || !is_probability(probability))
        return nan;
    if (successes < 0)
        return 1;
    if (successes >= trials)
        return 0;
    return beta_cdf(probability, static_cast<double>(successes) + 1, static_cast<double>(trials - successes));
}

double hypergeometric_log_pmf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population)
{
    if (population < 0 || marked < 0 || draws < 0 || marked > population || draws > population)
        return nan;
    if (found < 0 || found > draws || found > marked || draws - found > population - marked)
        return -infinity;
    return log_choose(marked, found) + log_choose(population - marked, draws - found) - log_choose(population, draws);
}

double hypergeometric_pmf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population)
{
    return std::exp(hypergeometric_log_pmf(found, marked, draws, population));
}

namespace {

/// Σ P(X = i) for i = from … to, by the ratio of neighbouring probabilities, outwards from the largest one.
double hypergeometric_sum(std::int64_t from, std::int64_t to, std::int64_t marked, std::int64_t draws,
                          std::int64_t population)
{
    from = std::max({from, std::int64_t{0}, draws - (population - marked)});
    to = std::min({to, draws, marked});
    if (from > to)
        return 0;
    const double expected =
        (static_cast<double>(draws) + 1) * (static_cast<double>(marked) + 1) / (static_cast<double>(population) + 2);
    const std::int64_t start = std::clamp(static_cast<std::int64_t>(expected), from, to);
    const auto ratio_up = [&](std::int64_t i) { // P(i + 1) / P(i)
        return static_cast<double>(marked - i) * static_cast<double>(draws - i) /
               (static_cast<double>(i + 1) * static_cast<double>(population - marked - draws + i + 1));
    };
    double sum = 1, term = 1;
    for (std::int64_t i = start; i < to; ++i) {
        term *= ratio_up(i);
        sum += term;
        if (term < sum * 1e-18)
            break;
    }
    term = 1;
    for (std::int64_t i = start; i > from; --i) {
        term /= ratio_up(i - 1);
        sum += term;
        if (term < sum * 1e-18)
            break;
    }
    return std::min(1.0, sum * std::exp(hypergeometric_log_pmf(start, marked, draws, population)));
}

} // namespace

double hypergeometric_cdf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population)
{
    if (population < 0 || marked < 0 || draws < 0 || marked > population || draws > population)
        return nan;
    return hypergeometric_sum(0, found, marked, draws, population);
}

double hypergeometric_sf(std::int64_t found, std::int64_t marked, std::int64_t draws, std::int64_t population)
{
    if (population < 0 || marked < 0 || draws < 0 || marked > population || draws > population)
        return nan;
    return hypergeometric_sum(found + 1, draws, marked, draws, population);
}

double hedges_factor(double m)
{
    if (!(m > 1))
        return nan;
    if (std::isinf(m))
        return 1;
    // tgamma_delta_ratio keeps its accuracy where the difference of two large logarithms would not.
    return bm::tgamma_delta_ratio((m - 1) / 2, 0.5, Policy()) > 0
               ? 1 / (bm::tgamma_delta_ratio((m - 1) / 2, 0.5, Policy()) * std::sqrt(m / 2))
               : nan;
}

} // namespace beproefd::statistics::distribution
