// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/regression/mixed_model.hpp"

#include "statistics/regression/basis.hpp"
#include "statistics/root.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <optional>

namespace beproefd::statistics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// Groups of one size: how many, and Σ size · mean mean' of the augmented rows (q, y).
struct SameSize {
    double size = 0;
    double count = 0;
    MatrixXd between;
};

/// The data as the likelihood sees them. Rows are (q, y) with q a row of the orthonormal basis and y the least
/// squares residual, so that the cross-products are near the identity whatever the units.
class Sums
{
public:
    Sums(const MatrixXd& q, const VectorXd& y, std::span<const std::size_t> groups, std::size_t group_count)
        : n_(static_cast<double>(q.rows())), p_(q.cols()), within_(MatrixXd::Zero(p_ + 1, p_ + 1))
    {
        std::vector<VectorXd> means(group_count, VectorXd::Zero(p_ + 1));
        std::vector<double> sizes(group_count, 0);
        const auto row = [&](Index i) {
            VectorXd values(p_ + 1);
            values << q.row(i).transpose(), y[i];
            return values;
        };
        for (Index i = 0; i < q.rows(); ++i) {
            const std::size_t group = groups[static_cast<std::size_t>(i)];
            means[group] += row(i);
            ++sizes[group];
        }
        for (std::size_t g = 0; g < group_count; ++g)
            means[g] /= sizes[g];
        for (Index i = 0; i < q.rows(); ++i) {
            const VectorXd deviation = row(i) - means[groups[static_cast<std::size_t>(i)]];
            within_.selfadjointView<Eigen::Lower>().rankUpdate(deviation);
        }
        within_ = MatrixXd(within_.selfadjointView<Eigen::Lower>());
        std::map<double, SameSize> by_size;
        for (std::size_t g = 0; g < group_count; ++g) {
            SameSize& same = by_size[sizes[g]];
            if (same.count == 0)
                same = {sizes[g], 0, MatrixXd::Zero(p_ + 1, p_ + 1)};
            ++same.count;
            same.between += sizes[g] * means[g] * means[g].transpose();
        }
        for (auto& [size, same] : by_size)
            sizes_.push_back(std::move(same));
    }

    double rows() const { return n_; }
    Index columns() const { return p_; }
    const MatrixXd& within() const { return within_; }
    const std::vector<SameSize>& sizes() const { return sizes_; }

    /// within + Σ factor(size) · between.
    template<class Factor>
    MatrixXd combine(bool with_within, Factor&& factor) const
    {
        MatrixXd sum = with_within ? within_ : MatrixXd::Zero(p_ + 1, p_ + 1);
        for (const SameSize& same : sizes_)
            sum.noalias() += factor(same.size) * same.between;
        return sum;
    }
    template<class Factor>
    double over_groups(Factor&& factor) const
    {
        double sum = 0;
        for (const SameSize& same : sizes_)
            sum += same.count * factor(same.size);
        return sum;
    }

private:
    double n_;
    Index p_;
    MatrixXd within_;
    std::vector<SameSize> sizes_;
};

/// The share of the variance of a group mean of this size that is residual: 1/(1 + λ size).
double shrink(double lambda, double size) { return 1 / (1 + lambda * size); }

/// Everything at one λ, with the residual variance profiled out.
struct Profile {
    double log_likelihood = 0; ///< with ln|X'V⁻¹X| in the coordinates of Q
    double score = 0;          ///< its derivative
    double rss = 0;
    VectorXd b;
    MatrixXd inverse; ///< (Q'V₀⁻¹Q)⁻¹
};

class Fit
{
public:
    Fit(const Sums& sums, Likelihood likelihood)
        : sums_(sums), restricted_(likelihood == Likelihood::restricted),
          df_(sums.rows() - (restricted_ ? static_cast<double>(sums.columns()) : 0))
    {
    }

    double df() const { return df_; }
    bool restricted() const { return restricted_; }
    const Sums& sums() const { return sums_; }

    Profile at(double lambda) const
    {
        const Index p = sums_.columns();
        const MatrixXd m = sums_.combine(true, [&](double size) { return shrink(lambda, size); });
        const Eigen::LLT<MatrixXd> factor(m.topLeftCorner(p, p));
        Profile profile;
        profile.inverse = factor.solve(MatrixXd::Identity(p, p));
        profile.b = factor.solve(m.topRightCorner(p, 1));
        profile.rss = m(p, p) - m.topRightCorner(p, 1).col(0).dot(profile.b);
        const double log_determinant = 2 * MatrixXd(factor.matrixL()).diagonal().array().log().sum();
        const double log_v = sums_.over_groups([&](double size) { return std::log1p(lambda * size); });
        profile.log_likelihood = -0.5 * (df_ * (std::log(2 * std::numbers::pi * profile.rss / df_) + 1) + log_v +
                                         (restricted_ ? log_determinant : 0));
        const MatrixXd slope = first_derivative(lambda);
        VectorXd v(p + 1);
        v << -profile.b, 1;
        double size_slope = sums_.over_groups([&](double size) { return size * shrink(lambda, size); });
        if (restricted_)
            size_slope += (profile.inverse * slope.topLeftCorner(p, p)).trace();
        profile.score = -0.5 * (df_ * v.dot(slope * v) / profile.rss + size_slope);
        return profile;
    }

    MatrixXd first_derivative(double lambda) const
    {
        return sums_.combine(false, [&](double size) { return -size * std::pow(shrink(lambda, size), 2); });
    }
    MatrixXd second_derivative(double lambda) const
    {
        return sums_.combine(false, [&](double size) { return 2 * size * size * std::pow(shrink(lambda, size), 3); });
    }

    /// The λ of the global maximum; empty when the likelihood rises without end.
    std::optional<double> best() const
    {
        double typical = 0;
        for (const SameSize& same : sums_.sizes())
            typical += same.size * same.size * same.count;
        typical /= sums_.rows();
        std::vector<double> grid{0};
        for (int half = -24; half <= 28; ++half) // half units of log lambda
            grid.push_back(std::exp(0.5 * half) / typical * 10);
        std::size_t at_best = 0;
        double best = -std::numeric_limits<double>::infinity();
        for (std::size_t i = 0; i < grid.size(); ++i) {
            const double value = at(grid[i]).log_likelihood;
            if (value > best) {
                best = value;
                at_best = i;
            }
        }
        const auto score = [&](double lambda) { return at(lambda).score; };
        if (at_best == 0 && !(score(0) > 0))
            return 0.0;
        double low = grid[at_best == 0 ? 0 : at_best - 1], high = at_best + 1 < grid.size() ? grid[at_best + 1] : 0;
        if (at_best + 1 == grid.size()) {
            high = grid.back() * 1e6;
            if (score(high) > 0)
                return std::nullopt;
        }
        if (const auto found = root(score, low, high))
            return found;
        return minimum([&](double lambda) { return -at(lambda).log_likelihood; }, low, high, 1e-9).at;
    }

private:
    const Sums& sums_;
    bool restricted_;
    double df_;
};

/// Variance of z'b and its degrees of freedom.
struct Inference {
    double variance = 0;
    double df = 0;
};

/// As lmerTest: 2 v² / (g' A g), with A the inverse observed information of (λ, σ²) and g the gradient of v.
class Satterthwaite
{
public:
    Satterthwaite(const Fit& fit, double lambda, const Profile& at, double sigma2)
        : sigma2_(sigma2), df_(fit.df()), inverse_(at.inverse)
    {
        if (lambda == 0)
            return;
        const Index p = inverse_.rows();
        slope_ = fit.first_derivative(lambda);
        const MatrixXd bend = fit.second_derivative(lambda);
        VectorXd v(p + 1);
        v << -at.b, 1;
        const VectorXd slope_v = (slope_ * v).head(p);
        const double rss1 = v.dot(slope_ * v);
        const double rss2 = v.dot(bend * v) - 2 * slope_v.dot(inverse_ * slope_v);
        double size2 = -fit.sums().over_groups([&](double size) { return std::pow(size * shrink(lambda, size), 2); });
        if (fit.restricted()) {
            const MatrixXd part = inverse_ * slope_.topLeftCorner(p, p);
            size2 += (inverse_ * bend.topLeftCorner(p, p)).trace() - (part * part).trace();
        }
        // Second derivatives of the deviance in (λ, σ²) at the maximum.
        const double a = size2 + rss2 / sigma2, b = -rss1 / (sigma2 * sigma2), c = df_ / (sigma2 * sigma2);
        const double determinant = a * c - b * b;
        usable_ = determinant > 1e-14 * std::abs(a * c);
        covariance_ << 2 * c / determinant, -2 * b / determinant, -2 * b / determinant, 2 * a / determinant;
    }

    Inference of(const VectorXd& z) const
    {
        const Index p = z.size();
        const VectorXd solved = inverse_ * z;
        const double unit = z.dot(solved);
        if (!usable_)
            return {sigma2_ * unit, df_};
        const Eigen::Vector2d gradient(-sigma2_ * solved.dot(slope_.topLeftCorner(p, p) * solved), unit);
        const double v = sigma2_ * unit;
        return {v, 2 * v * v / gradient.dot(covariance_ * gradient)};
    }

private:
    double sigma2_;
    double df_;
    MatrixXd inverse_;
    MatrixXd slope_;
    Eigen::Matrix2d covariance_ = Eigen::Matrix2d::Zero();
    bool usable_ = false; ///< at λ = 0 only σ² is estimated, with as many degrees of freedom as are left
};

/// As pbkrtest: expected information of (σ²_group, σ²_residual), and the adjusted covariance.
class KenwardRoger
{
public:
    KenwardRoger(const Sums& sums, double lambda, const Profile& at, double sigma2)
    {
        const Index p = sums.columns();
        const auto part = [&](bool within, auto&& factor) {
            return MatrixXd(sums.combine(within, factor).topLeftCorner(p, p));
        };
        const auto d = [&](double size) { return shrink(lambda, size); };
        phi_ = sigma2 * at.inverse;
        const double s2 = sigma2 * sigma2, s3 = s2 * sigma2;
        p_[0] = -part(false, [&](double size) { return size * d(size) * d(size); }) / s2;
        p_[1] = -part(true, [&](double size) { return d(size) * d(size); }) / s2;
        MatrixXd q[2][2];
        q[0][0] = part(false, [&](double size) { return size * size * std::pow(d(size), 3); }) / s3;
        q[0][1] = q[1][0] = part(false, [&](double size) { return size * std::pow(d(size), 3); }) / s3;
        q[1][1] = part(true, [&](double size) { return std::pow(d(size), 3); }) / s3;
        double trace[2][2];
        trace[0][0] = sums.over_groups([&](double size) { return std::pow(size * d(size), 2); }) / s2;
        trace[0][1] = trace[1][0] = sums.over_groups([&](double size) { return size * d(size) * d(size); }) / s2;
        trace[1][1] = (sums.rows() + sums.over_groups([&](double size) { return d(size) * d(size) - 1; })) / s2;
        Eigen::Matrix2d information;
        for (int r = 0; r < 2; ++r)
            for (int s = 0; s < 2; ++s)
                information(r, s) =
                    trace[r][s] - 2 * (phi_ * q[r][s]).trace() + (phi_ * p_[r] * phi_ * p_[s]).trace();
        w_ = 2 * information.inverse();
        MatrixXd u = MatrixXd::Zero(p, p);
        for (int r = 0; r < 2; ++r)
            for (int s = 0; s < 2; ++s)
                u += w_(r, s) * (q[r][s] - p_[r] * phi_ * p_[s]);
        adjusted_ = phi_ + 2 * phi_ * u * phi_;
    }

    bool usable() const { return w_.allFinite() && adjusted_.allFinite(); }

    /// For one coefficient Kenward and Roger's F reduces to 2/A degrees of freedom, unscaled.
    Inference of(const VectorXd& z) const
    {
        const VectorXd solved = phi_ * z;
        const double v = z.dot(solved);
        const Eigen::Vector2d gradient(solved.dot(p_[0] * solved), solved.dot(p_[1] * solved));
        return {z.dot(adjusted_ * z), 2 * v * v / gradient.dot(w_ * gradient)};
    }

private:
    MatrixXd phi_;
    MatrixXd p_[2];
    Eigen::Matrix2d w_;
    MatrixXd adjusted_;
};

} // namespace

Outcome<MixedModel> mixed_model(const Design& design, std::span<const double> y, std::span<const std::size_t> groups,
                                Likelihood likelihood, MixedDf df, double level)
{
    if (likelihood == Likelihood::full && df == MixedDf::kenward_roger)
        return invalid_option("Kenward and Roger's method is only defined for REML.", "options.df");
    const auto basis = orthonormal_basis(design);
    if (!basis)
        return basis.error();
    const Index n = static_cast<Index>(design.rows()), p = static_cast<Index>(design.columns());
    if (n <= p)
        return insufficient_data("There are no residual degrees of freedom: more rows than coefficients are needed.");
    const std::size_t group_count = *std::max_element(groups.begin(), groups.end()) + 1;
    if (group_count < 2)
        return insufficient_data("A random intercept needs at least two groups.", "data.group");
    if (group_count == design.rows())
        return insufficient_data("Every group has one row, so groups and residuals cannot be told apart.",
                                 "data.group");
    if (tells_apart(basis->q, groups, group_count))
        return insufficient_data("The regressors tell all groups apart already, so nothing is left to estimate the "
                                 "variance between groups from: it takes more groups, or fewer regressors.",
                                 "data.group");

    const Eigen::Map<const MatrixXd> q(basis->q.data(), n, p), inverse_r(basis->inverse_r.data(), p, p);
    const Eigen::Map<const VectorXd> target(y.data(), n);
    VectorXd least_squares = q.transpose() * target;
    VectorXd residuals = target - q * least_squares;
    const VectorXd correction = q.transpose() * residuals;
    least_squares += correction;
    residuals -= q * correction;
    const double scale = residuals.stableNorm();
    if (!is_computable(target.stableNorm()))
        return invalid_data("The values of y are too large or too small to be squared.", "data.y");
    if (!(scale > 1e-13 * target.stableNorm()))
        return insufficient_data("The model leaves no residual variation.", "data.y");
    residuals /= scale;

    const Sums sums(q, residuals, groups, group_count);
    const Fit fit(sums, likelihood);
    const auto lambda = fit.best();
    if (!lambda)
        return no_convergence("There is no variation within groups, so the likelihood has no maximum.", "data.y");
    const Profile at = fit.at(*lambda);
    // The residuals were scaled to length 1. With this little left, what remains within groups is rounding, and so
    // would be every standard error of an effect within groups.
    if (!(at.rss > 1e-9))
        return no_convergence("There is no variation within groups, so the likelihood has no maximum.", "data.y");
    const double sigma2 = at.rss / fit.df();

    MixedModel model;
    model.n = design.rows();
    model.groups = group_count;
    model.variance_residual = sigma2 * scale * scale;
    model.variance_group = *lambda * model.variance_residual;
    model.boundary = *lambda == 0;
    model.log_likelihood = at.log_likelihood - fit.df() * std::log(scale) -
                           (likelihood == Likelihood::restricted ? 0.5 * basis->log_determinant : 0);
    const auto add = [&](const auto& method) {
        for (Index j = 0; j < p; ++j) {
            const VectorXd z = inverse_r.row(j).transpose();
            const Inference inference = method.of(z);
            model.coefficients.push_back(coefficient(design.names[static_cast<std::size_t>(j)],
                                                     z.dot(least_squares) + scale * z.dot(at.b),
                                                     scale * std::sqrt(inference.variance), inference.df, level));
        }
    };
    if (df == MixedDf::satterthwaite) {
        add(Satterthwaite(fit, *lambda, at, sigma2));
    } else {
        const KenwardRoger method(sums, *lambda, at, sigma2);
        if (!method.usable())
            return no_convergence("The information on the variances is singular.");
        add(method);
    }
    return model;
}

} // namespace beproefd::statistics
