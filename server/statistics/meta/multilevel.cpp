// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/meta/multilevel.hpp"

#include "statistics/distribution.hpp"
#include "statistics/meta/kernel.hpp"
#include "statistics/root.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <optional>

namespace beproefd::statistics::meta {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

using Variances = std::array<double, 2>; ///< outer, inner

/// The model with everything that does not depend on the variances summed beforehand.
///
/// Within an inner group only the weighted mean of the columns z = [Q, y] and S = Σ1/v count; what varies inside a
/// group is one constant cross-product for all. So one evaluation costs O(groups), and no large numbers are
/// subtracted.
class Sums
{
public:
    Sums(std::span<const double> y, std::span<const double> v, std::span<const std::size_t> outer,
         std::span<const std::size_t> inner, const kernel::Basis& basis)
        : p_(static_cast<Index>(basis.p)), k_(y.size())
    {
        const Index columns = p_ + 1;
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> numbers;
        for (std::size_t i = 0; i < y.size(); ++i)
            numbers.try_emplace({outer[i], inner.empty() ? i : inner[i]}, 0);
        std::size_t next = 0;
        std::size_t current = static_cast<std::size_t>(-1);
        for (auto& [key, number] : numbers) { // sorted by outer, so that groups of one outer stand together
            if (key.first != current) {
                outer_begin_.push_back(next);
                current = key.first;
            }
            number = next++;
        }
        outer_begin_.push_back(next);
        weight_.assign(next, 0);
        means_ = MatrixXd::Zero(columns, static_cast<Index>(next));
        within_ = MatrixXd::Zero(columns, columns);

        std::vector<std::size_t> group(y.size());
        MatrixXd z(columns, static_cast<Index>(y.size()));
        for (std::size_t i = 0; i < y.size(); ++i) {
            group[i] = numbers.at({outer[i], inner.empty() ? i : inner[i]});
            const Index column = static_cast<Index>(i);
            for (Index j = 0; j < p_; ++j)
                z(j, column) = basis.ones ? 1 : basis.q(i, static_cast<std::size_t>(j));
            z(p_, column) = y[i];
            weight_[group[i]] += 1 / v[i];
            means_.col(static_cast<Index>(group[i])) += z.col(column) / v[i];
            log_v_ += std::log(v[i]);
        }
        for (std::size_t g = 0; g < next; ++g)
            means_.col(static_cast<Index>(g)) /= weight_[g];
        for (std::size_t i = 0; i < y.size(); ++i) {
            const VectorXd apart = z.col(static_cast<Index>(i)) - means_.col(static_cast<Index>(group[i]));
            within_ += apart * apart.transpose() / v[i];
        }
    }

    /// What the likelihood and its derivatives need at some variances.
    struct At {
        double log_likelihood = 0; ///< without the constants
        VectorXd beta;
        MatrixXd covariance; ///< (Q'V⁻¹Q)⁻¹
        double q = 0;        ///< r'V⁻¹r
        double log_det_a = 0;
        std::array<double, 2> gradient{};
        Eigen::Matrix2d information;
        bool usable = false;
    };

    At at(const Variances& sigma2, bool restricted, bool derivatives) const
    {
        At at;
        const Index columns = p_ + 1;
        const std::size_t groups = weight_.size(), outers = outer_begin_.size() - 1;
        const double outer_variance = sigma2[0], inner_variance = sigma2[1];
        std::vector<double> omega(groups), total(outers);
        MatrixXd centre = MatrixXd::Zero(columns, static_cast<Index>(outers));
        MatrixXd cross = within_; // its lower triangle is added to
        double log_det = log_v_;
        // Plain loops over a handful of columns: this runs hundreds of times, and small temporaries would be most of
        // it.
        const auto add = [&](double weight, const double* from, const double* centre_of) {
            for (Index j = 0; j < columns; ++j) {
                const double left = weight * (from[j] - (centre_of ? centre_of[j] : 0));
                for (Index m = j; m < columns; ++m)
                    cross(m, j) += left * (from[m] - (centre_of ? centre_of[m] : 0));
            }
        };
        for (std::size_t o = 0; o < outers; ++o) {
            double* mean = centre.col(static_cast<Index>(o)).data();
            double growths = 1;
            for (std::size_t g = outer_begin_[o]; g < outer_begin_[o + 1]; ++g) {
                const double growth = 1 + inner_variance * weight_[g];
                omega[g] = weight_[g] / growth;
                growths *= growth;
                if (growths > 1e200) {
                    log_det += std::log(growths);
                    growths = 1;
                }
                total[o] += omega[g];
                const double* group = means_.col(static_cast<Index>(g)).data();
                for (Index j = 0; j < columns; ++j)
                    mean[j] += omega[g] * group[j];
            }
            for (Index j = 0; j < columns; ++j)
                mean[j] /= total[o];
            if (outer_begin_[o + 1] - outer_begin_[o] > 1)
                for (std::size_t g = outer_begin_[o]; g < outer_begin_[o + 1]; ++g)
                    add(omega[g], means_.col(static_cast<Index>(g)).data(), mean);
            const double growth = 1 + outer_variance * total[o];
            log_det += std::log(growths) + std::log(growth);
            add(total[o] / growth, mean, nullptr);
        }
        cross.triangularView<Eigen::StrictlyUpper>() = cross.transpose();
        const MatrixXd a = cross.topLeftCorner(p_, p_);
        const Eigen::LLT<MatrixXd> factor(a);
        if (factor.info() != Eigen::Success)
            return at;
        at.covariance = factor.solve(MatrixXd::Identity(p_, p_));
        at.beta = factor.solve(cross.topRightCorner(p_, 1));
        at.q = cross(p_, p_) - at.beta.dot(cross.topRightCorner(p_, 1).col(0));
        at.log_det_a = 2 * MatrixXd(factor.matrixL()).diagonal().array().log().sum();
        at.log_likelihood = -0.5 * (log_det + at.q + (restricted ? at.log_det_a : 0));
        at.usable = std::isfinite(at.log_likelihood);
        if (!derivatives || !at.usable)
            return at;

        // Residual r = y − Qβ by group, and V⁻¹ summed over a group: what tr(PZZ') and Z'Py need.
        VectorXd contrast(columns);
        contrast << -at.beta, 1;
        MatrixXd u_cross_x = MatrixXd::Zero(p_, 2); // X'V⁻¹u for u = ZZ'Py per level
        Eigen::Matrix2d u_cross_u = Eigen::Matrix2d::Zero();
        std::array<double, 2> trace{}, quadratic{};
        VectorXd one_v_x(p_), sum_omega_ux(p_);
        // x'(Q'V⁻¹Q)⁻¹x without a temporary.
        const auto norm = [&](const double* x) {
            double sum = 0;
            for (Index j = 0; j < p_; ++j) {
                double inner = 0.5 * at.covariance(j, j) * x[j];
                for (Index m = j + 1; m < p_; ++m)
                    inner += at.covariance(m, j) * x[m];
                sum += 2 * inner * x[j];
            }
            return sum;
        };
        const auto residual = [&](const double* z) {
            double sum = 0;
            for (Index j = 0; j < columns; ++j)
                sum += contrast[j] * z[j];
            return sum;
        };
        for (std::size_t o = 0; o < outers; ++o) {
            const double growth = 1 + outer_variance * total[o], shrink = outer_variance / growth;
            const double* mean = centre.col(static_cast<Index>(o)).data();
            const double mean_r = residual(mean);
            // Outer: 1'V⁻¹a = T ã/(1+σ1T).
            const double one_v_one = total[o] / growth, one_v_r = one_v_one * mean_r;
            trace[0] += one_v_one;
            quadratic[0] += one_v_r * one_v_r;
            if (restricted)
                trace[0] -= one_v_one * one_v_one * norm(mean);
            double sum_omega_u = 0, sum_omega_u2 = 0;
            sum_omega_ux.setZero();
            for (std::size_t g = outer_begin_[o]; g < outer_begin_[o + 1]; ++g) {
                // Inner: 1_g'V⁻¹a = ω(ā − σ1T/(1+σ1T) ã).
                const double* x = means_.col(static_cast<Index>(g)).data();
                for (Index j = 0; j < p_; ++j)
                    one_v_x[j] = omega[g] * (x[j] - shrink * total[o] * mean[j]);
                const double here = omega[g] * (residual(x) - shrink * total[o] * mean_r);
                trace[1] += omega[g] - shrink * omega[g] * omega[g];
                if (restricted)
                    trace[1] -= norm(one_v_x.data());
                quadratic[1] += here * here;
                sum_omega_u += omega[g] * here;
                sum_omega_u2 += omega[g] * here * here;
                for (Index j = 0; j < p_; ++j)
                    sum_omega_ux[j] += omega[g] * here * x[j];
            }
            // u of the outer level is one number per outer group, u of the inner level one per inner group.
            const double u0 = one_v_r;
            u_cross_u(0, 0) += u0 * u0 * one_v_one;
            u_cross_u(0, 1) += u0 * sum_omega_u / growth;
            u_cross_u(1, 1) += sum_omega_u2 - shrink * sum_omega_u * sum_omega_u;
            for (Index j = 0; j < p_; ++j) {
                u_cross_x(j, 0) += u0 * one_v_one * mean[j];
                u_cross_x(j, 1) += sum_omega_ux[j] - shrink * sum_omega_u * total[o] * mean[j];
            }
        }
        u_cross_u(1, 0) = u_cross_u(0, 1);
        at.gradient = {0.5 * (quadratic[0] - trace[0]), 0.5 * (quadratic[1] - trace[1])};
        at.information = 0.5 * (u_cross_u - u_cross_x.transpose() * at.covariance * u_cross_x);
        return at;
    }

private:
    Index p_;
    std::size_t k_;
    std::vector<std::size_t> outer_begin_;
    std::vector<double> weight_;
    MatrixXd means_;
    MatrixXd within_;
    double log_v_ = 0;
};

/// One variance with the other held: the global maximum by a grid on the log scale and the roots of the derivative.
double best_along(const Sums& sums, Variances sigma2, std::size_t which, double unit, bool restricted)
{
    const auto score = [&](double value) {
        sigma2[which] = value;
        const auto at = sums.at(sigma2, restricted, true);
        return at.usable ? at.gradient[which] : nan;
    };
    const auto value_at = [&](double value) {
        sigma2[which] = value;
        const auto at = sums.at(sigma2, restricted, false);
        return at.usable ? at.log_likelihood : -std::numeric_limits<double>::infinity();
    };
    double best = 0, best_value = value_at(0), before = 0, score_before = score(0);
    for (int i = -10; i <= 10; ++i) {
        const double here = unit * std::pow(4.0, i);
        const double score_here = score(here);
        if (score_before > 0 && score_here <= 0)
            if (const auto place = root(score, before, here))
                if (const double value = value_at(*place); value > best_value) {
                    best = *place;
                    best_value = value;
                }
        before = here;
        score_before = score_here;
    }
    return best;
}

/// Climbs from a starting point; average information steps, halved until they go up, with the bounds at 0 kept.
Variances climb(const Sums& sums, Variances sigma2, double unit, bool restricted, bool two_levels)
{
    auto at = sums.at(sigma2, restricted, true);
    const std::size_t levels = two_levels ? 2 : 1;
    for (int iteration = 0; iteration < 300 && at.usable; ++iteration) {
        std::array<bool, 2> free{};
        bool any = false;
        for (std::size_t l = 0; l < levels; ++l) {
            free[l] = sigma2[l] > 0 || at.gradient[l] > 0;
            any = any || free[l];
        }
        if (!any)
            break;
        Eigen::Vector2d step = Eigen::Vector2d::Zero();
        Eigen::Matrix2d information = at.information;
        Eigen::Vector2d gradient(at.gradient[0], at.gradient[1]);
        for (std::size_t l = 0; l < 2; ++l)
            if (!free[l]) {
                information.row(static_cast<Index>(l)).setZero();
                information.col(static_cast<Index>(l)).setZero();
                information(static_cast<Index>(l), static_cast<Index>(l)) = 1;
                gradient[static_cast<Index>(l)] = 0;
            }
        const double determinant = information.determinant();
        if (information(0, 0) > 0 && information(1, 1) > 0 &&
            determinant > 1e-12 * information(0, 0) * information(1, 1))
            step = information.inverse() * gradient;
        else
            step = gradient.cwiseQuotient(information.diagonal().cwiseMax(1e-300));
        bool moved = false;
        double change = 0;
        for (int halving = 0; halving < 60; ++halving, step /= 2) {
            Variances trial = sigma2;
            for (std::size_t l = 0; l < levels; ++l)
                trial[l] = std::max(0.0, sigma2[l] + step[static_cast<Index>(l)]);
            if (trial == sigma2)
                break;
            const auto there = sums.at(trial, restricted, true);
            if (there.usable && there.log_likelihood >= at.log_likelihood) {
                for (std::size_t l = 0; l < levels; ++l)
                    change = std::max(change, std::abs(trial[l] - sigma2[l]) / (trial[l] + 1e-6 * unit));
                moved = true;
                sigma2 = trial;
                at = there;
                break;
            }
        }
        if (!moved || change < 1e-13)
            break;
    }
    return sigma2;
}

/// The reason why the variances of these levels cannot be told from the rest, if there is one.
std::optional<Error> unidentified(std::span<const std::size_t> outer, std::span<const std::size_t> inner,
                                  const kernel::Basis& basis)
{
    std::map<std::size_t, std::size_t> outers;
    std::map<std::pair<std::size_t, std::size_t>, std::size_t> pairs;
    std::vector<std::size_t> outer_group, inner_group;
    for (std::size_t i = 0; i < outer.size(); ++i) {
        outer_group.push_back(outers.try_emplace(outer[i], outers.size()).first->second);
        if (!inner.empty())
            inner_group.push_back(pairs.try_emplace({outer[i], inner[i]}, pairs.size()).first->second);
    }
    if (basis.ones ? outers.size() == 1 : tells_apart(basis.q, outer_group, outers.size()))
        return insufficient_data(outers.size() == 1
                                     ? "A variance between groups needs at least two groups."
                                     : "The moderators tell all groups apart already, so nothing is left "
                                       "to estimate a variance between groups from.",
                                 "data.levels[0]");
    if (!inner.empty() && pairs.size() == outers.size())
        return insufficient_data("Every group of the outer level holds one group of the inner level, so their "
                                 "variances cannot be told apart: give one of them.",
                                 "data.levels[1]");
    return std::nullopt;
}

} // namespace

Outcome<Multilevel> multilevel(std::span<const double> y, std::span<const double> v,
                               std::span<const std::size_t> outer, std::span<const std::size_t> inner,
                               const Design& design, Likelihood likelihood, double level)
{
    auto equal_effects = random_effects(y, v, design, {.tau_method = TauMethod::FE, .level = level});
    if (!equal_effects)
        return equal_effects.error();
    const std::size_t k = y.size(), p = design.columns();
    if (k <= p)
        return insufficient_data("Variances between groups need more effects than coefficients.", "data.yi");
    const auto basis = kernel::make_basis(design.x);
    if (!basis)
        return basis.error();
    if (const auto reason = unidentified(outer, inner, *basis))
        return *reason;
    const auto [scaled_y, scaled_v, s] = kernel::scale(y, v);
    kernel::Fit unweighted(*basis);
    const std::vector<double> ones(k, 1.0);
    if (!unweighted.at(scaled_y, ones, 0))
        return no_convergence("The unweighted model could not be fitted.");
    const std::vector<double> centre = unweighted.gamma(), residuals = unweighted.residuals();

    const Sums sums(residuals, scaled_v, outer, inner, *basis);
    const bool restricted = likelihood == Likelihood::REML, two_levels = !inner.empty();
    const double df = static_cast<double>(k - p);
    double smallest = *std::min_element(scaled_v.begin(), scaled_v.end());
    const double unit = std::max(unweighted.q_statistic / df, smallest);

    // The best of a coarse grid and its neighbourhood; two peaks are possible, so several starts are climbed.
    std::vector<std::pair<double, Variances>> starts;
    std::vector<double> places{0};
    for (int i = -6; i <= 2; ++i)
        places.push_back(unit * std::pow(4.0, i));
    for (const double first : places)
        for (const double second : two_levels ? places : std::vector<double>{0}) {
            const auto at = sums.at({first, second}, restricted, false);
            if (at.usable)
                starts.push_back({at.log_likelihood, {first, second}});
        }
    if (starts.empty())
        return no_convergence("The model could not be fitted.");
    std::stable_sort(starts.begin(), starts.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    starts.resize(std::min<std::size_t>(starts.size(), 4));
    Variances best{};
    double best_value = -std::numeric_limits<double>::infinity();
    for (const auto& [value, start] : starts) {
        Variances here = climb(sums, start, unit, restricted, two_levels);
        const auto at = sums.at(here, restricted, false);
        if (at.usable && at.log_likelihood > best_value + 1e-10) {
            best = here;
            best_value = at.log_likelihood;
        }
    }
    // A last look along each axis, by the roots of the derivative: to all digits, and past a ridge.
    bool improved = true;
    for (int round = 0; round < 3 && improved; ++round) {
        improved = false;
        for (std::size_t l = 0; l < (two_levels ? 2U : 1U); ++l) {
            Variances trial = best;
            trial[l] = best_along(sums, best, l, unit, restricted);
            const auto at = sums.at(trial, restricted, false);
            if (at.usable && at.log_likelihood > best_value) {
                improved = improved || at.log_likelihood > best_value + 1e-9;
                best = climb(sums, trial, unit, restricted, two_levels);
                best_value = sums.at(best, restricted, false).log_likelihood;
            }
        }
    }
    const auto at = sums.at(best, restricted, false);
    if (!at.usable)
        return no_convergence("The model could not be fitted.");

    Multilevel result;
    result.sigma2.push_back(best[0] * s * s);
    if (two_levels)
        result.sigma2.push_back(best[1] * s * s);
    result.q = equal_effects->q;
    result.q_df = df;
    result.q_p = equal_effects->q_p;
    const double log_2pi = std::log(2 * 3.14159265358979323846), log_s2 = 2 * std::log(s);
    // at.log_likelihood holds ln|V|, the quadratic form and ln|Q'V⁻¹Q|. With Q orthonormal ½ln|X'X| − ½ln|X'V⁻¹X| is
    // −½ln|Q'V⁻¹Q|; the single column of ones is not of unit length, so its k is put back.
    const double n = static_cast<double>(restricted ? k - p : k);
    result.log_likelihood = at.log_likelihood - 0.5 * n * (log_2pi + log_s2) +
                            (restricted && basis->ones ? 0.5 * std::log(static_cast<double>(k)) : 0);
    Matrix covariance(p, p);
    for (std::size_t a = 0; a < p; ++a)
        for (std::size_t b = 0; b < p; ++b)
            covariance(a, b) = at.covariance(static_cast<Index>(a), static_cast<Index>(b)) * s * s;
    std::vector<double> beta(p);
    for (std::size_t j = 0; j < p; ++j)
        beta[j] = (centre[j] + at.beta[static_cast<Index>(j)]) * s;
    if (!basis->ones) {
        beta = multiply(basis->r_inverse, beta);
        covariance = multiply(multiply(basis->r_inverse, covariance), transpose(basis->r_inverse));
    }
    result.covariance = covariance;
    for (std::size_t j = 0; j < p; ++j)
        result.coefficients.push_back(coefficient(design.names[j], beta[j], std::sqrt(covariance(j, j)),
                                                  std::numeric_limits<double>::infinity(), level));
    return result;
}

} // namespace beproefd::statistics::meta
