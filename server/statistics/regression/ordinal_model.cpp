// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/regression/ordinal_model.hpp"

#include "statistics/regression/basis.hpp"

#include <Eigen/Dense>

#include <cmath>
#include <limits>

namespace beproefd::statistics {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

double logistic(double x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

/// ln(F(upper) − F(lower)) of the logistic distribution without cancellation in the tails.
double log_interval(double lower, double upper)
{
    // F(u) - F(l) = F(u) F(-l) (1 - exp(l - u))
    const auto log_logistic = [](double x) {
        return x >= 0 ? -std::log1p(std::exp(-x)) : x - std::log1p(std::exp(x));
    };
    if (std::isinf(lower))
        return log_logistic(upper);
    if (std::isinf(upper))
        return log_logistic(-lower);
    return log_logistic(upper) + log_logistic(-lower) + std::log(-std::expm1(lower - upper));
}

struct Likelihood {
    double value = 0;
    VectorXd gradient;
    MatrixXd information; ///< minus the second derivatives
};

class Model
{
public:
    Model(const MatrixXd& x, std::span<const std::size_t> y, std::size_t categories)
        : x_(x), y_(y), thresholds_(static_cast<Index>(categories) - 1)
    {
    }

    bool ordered(const VectorXd& parameters) const
    {
        for (Index j = 1; j < thresholds_; ++j)
            if (!(parameters[j] > parameters[j - 1]))
                return false;
        return parameters.allFinite();
    }

    double value(const VectorXd& parameters) const
    {
        double sum = 0;
        for (Index i = 0; i < x_.rows(); ++i) {
            const auto [lower, upper] = limits(i, parameters);
            sum += log_interval(lower, upper);
        }
        return sum;
    }

    Likelihood at(const VectorXd& parameters) const
    {
        const Index p = x_.cols(), size = thresholds_ + p;
        Likelihood result{0, VectorXd::Zero(size), MatrixXd::Zero(size, size)};
        for (Index i = 0; i < x_.rows(); ++i) {
            const Index category = static_cast<Index>(y_[static_cast<std::size_t>(i)]);
            const auto [lower, upper] = limits(i, parameters);
            const double fl = std::isinf(lower) ? 0 : logistic(lower), fu = std::isinf(upper) ? 1 : logistic(upper);
            const double log_probability = log_interval(lower, upper), probability = std::exp(log_probability);
            result.value += log_probability;
            // Derivatives of the log probability in (upper, lower), written without cancellation:
            // f(u)/P = F(u)(1-F(u))/P
            const double du = std::isinf(upper) ? 0 : fu * (1 - fu) / probability;
            const double dl = std::isinf(lower) ? 0 : fl * (1 - fl) / probability;
            const double uu = du * (1 - 2 * fu) - du * du, ll = -dl * (1 - 2 * fl) - dl * dl, ul = du * dl;
            // A matrix without columns has no rows to point at.
            const VectorXd x = p > 0 ? VectorXd(x_.row(i).transpose()) : VectorXd(0);
            auto beta = result.gradient.tail(p);
            beta -= (du - dl) * x;
            auto& h = result.information;
            const double both = -(uu + ll + 2 * ul);
            h.bottomRightCorner(p, p).noalias() += both * x * x.transpose();
            if (category < thresholds_) {
                result.gradient[category] += du;
                h(category, category) -= uu;
                h.col(category).tail(p) += (uu + ul) * x;
            }
            if (category > 0) {
                result.gradient[category - 1] -= dl;
                h(category - 1, category - 1) -= ll;
                h.col(category - 1).tail(p) += (ll + ul) * x;
            }
            if (category > 0 && category < thresholds_)
                h(category, category - 1) -= ul;
        }
        // Only the lower triangle was filled.
        for (Index r = 0; r < thresholds_; ++r)
            for (Index c = 0; c < r; ++c)
                result.information(c, r) = result.information(r, c);
        result.information.topRightCorner(thresholds_, p) =
            result.information.bottomLeftCorner(p, thresholds_).transpose();
        return result;
    }

private:
    std::pair<double, double> limits(Index i, const VectorXd& parameters) const
    {
        const Index category = static_cast<Index>(y_[static_cast<std::size_t>(i)]);
        const double shift = x_.cols() > 0 ? x_.row(i).dot(parameters.tail(x_.cols())) : 0;
        constexpr double infinity = std::numeric_limits<double>::infinity();
        return {category == 0 ? -infinity : parameters[category - 1] - shift,
                category == thresholds_ ? infinity : parameters[category] - shift};
    }

    const MatrixXd& x_;
    std::span<const std::size_t> y_;
    Index thresholds_;
};

} // namespace

Outcome<OrdinalModel> ordinal_model(std::span<const Regressor> regressors, std::span<const std::size_t> y,
                                    std::size_t categories, double level)
{
    if (categories < 2)
        return insufficient_data("All rows have the same category.", "data.y");
    // With the intercept first, the other columns of the basis span the centred regressors. Thresholds take the
    // intercept over.
    const Design design = design_of(regressors, true, y.size());
    const auto basis = orthonormal_basis(design);
    if (!basis)
        return basis.error();
    const Index n = static_cast<Index>(y.size()), p = static_cast<Index>(regressors.size());
    MatrixXd centred(n, p);
    VectorXd centre(p);
    for (Index j = 0; j < p; ++j) {
        const auto column = Eigen::Map<const VectorXd>(regressors[static_cast<std::size_t>(j)].values.data(), n);
        centre[j] = column.mean();
        centred.col(j) = column.array() - centre[j];
    }
    MatrixXd x(n, p), transform = MatrixXd::Identity(p, p);
    if (p > 0) {
        const VectorXd lengths = centred.colwise().norm() / std::sqrt(static_cast<double>(n));
        const Eigen::HouseholderQR<MatrixXd> qr(centred * lengths.cwiseInverse().asDiagonal());
        x = qr.householderQ() * MatrixXd::Identity(n, p) * std::sqrt(static_cast<double>(n));
        MatrixXd inverse = MatrixXd::Identity(p, p);
        qr.matrixQR().topLeftCorner(p, p).triangularView<Eigen::Upper>().solveInPlace(inverse);
        transform = lengths.cwiseInverse().asDiagonal() * inverse * std::sqrt(static_cast<double>(n));
    }

    const Index thresholds = static_cast<Index>(categories) - 1, size = thresholds + p;
    std::vector<double> counts(categories, 0);
    for (const std::size_t category : y)
        ++counts[category];
    VectorXd parameters = VectorXd::Zero(size);
    double below = 0;
    for (Index j = 0; j < thresholds; ++j) {
        below += counts[static_cast<std::size_t>(j)];
        const double share = below / static_cast<double>(n);
        parameters[j] = std::log(share / (1 - share));
    }

    const Model model(x, y, categories);
    Likelihood now = model.at(parameters);
    bool arrived = false;
    for (int iteration = 0; iteration < 200; ++iteration) {
        const Eigen::LDLT<MatrixXd> factor(now.information);
        const VectorXd step = factor.solve(now.gradient);
        const double promise = now.gradient.dot(step);
        if (!step.allFinite() || !(promise >= 0))
            break;
        if (promise < 1e-18 * static_cast<double>(n)) {
            arrived = true;
            break;
        }
        double length = 1;
        bool improved = false;
        for (int halving = 0; halving < 40 && !improved; ++halving, length /= 2) {
            const VectorXd next = parameters + length * step;
            if (!model.ordered(next))
                continue;
            const double value = model.value(next);
            if (value >= now.value - 1e-13 * std::abs(now.value)) {
                parameters = next;
                improved = true;
            }
        }
        if (!improved) {
            arrived = promise < 1e-12 * static_cast<double>(n);
            break;
        }
        now = model.at(parameters);
        if (parameters.tail(p).cwiseAbs().sum() > 500)
            break;
    }

    // Where categories can be separated, the likelihood rises for ever and its curvature vanishes.
    const Eigen::SelfAdjointEigenSolver<MatrixXd> curvature(now.information);
    const bool flat = !(curvature.eigenvalues()[0] > 1e-7 * std::max(1.0, curvature.eigenvalues()[size - 1] * 1e-3));
    if (!arrived || flat)
        return no_convergence("The estimates are infinite: some regressors separate the categories completely.",
                              "data.x");

    OrdinalModel result;
    result.n = y.size();
    result.log_likelihood = now.value;
    const VectorXd beta = transform * parameters.tail(p);
    const double shift = centre.dot(beta);
    for (Index j = 0; j < thresholds; ++j)
        result.thresholds.push_back(parameters[j] + shift);
    const MatrixXd covariance = now.information.ldlt().solve(MatrixXd::Identity(size, size));
    const MatrixXd of_beta = transform * covariance.bottomRightCorner(p, p) * transform.transpose();
    for (Index j = 0; j < p; ++j)
        result.coefficients.push_back(coefficient(regressors[static_cast<std::size_t>(j)].name, beta[j],
                                                  std::sqrt(of_beta(j, j)), std::numeric_limits<double>::infinity(),
                                                  level));
    return result;
}

} // namespace beproefd::statistics
