// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/power/simulate.hpp"

#include "statistics/distribution.hpp"
#include "statistics/philox.hpp"
#include "statistics/regression/basis.hpp"
#include "statistics/root.hpp"

#include <Eigen/Dense>

#include <algorithm>
#include <array>
#include <cmath>

namespace beproefd::statistics::power {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// What a data set says: nothing, an effect, or that the analysis failed.
enum class Verdict : unsigned char { not_rejected, rejected, failed };

/// A χ² draw. By inversion, so that it is the same on every machine.
double chi2_draw(PhiloxStream& stream, double df)
{
    return df > 0 ? distribution::gamma_quantile(stream.uniform(), df / 2, 2) : 0;
}

template<class Simulate>
Outcome<SimulatedPower> repeat(std::size_t simulations, std::uint64_t seed, double level, const Execution& execution,
                               const Simulate& simulate_one)
{
    std::vector<Verdict> verdicts(simulations, Verdict::not_rejected);
    const bool done = parallel_for(execution, simulations, 32, [&](std::size_t begin, std::size_t end) {
        for (std::size_t r = begin; r < end; ++r) {
            PhiloxStream stream{seed, r};
            verdicts[r] = simulate_one(stream);
        }
    });
    if (!done)
        return stopped();
    SimulatedPower result;
    result.simulations = simulations;
    result.rejected = static_cast<std::size_t>(std::count(verdicts.begin(), verdicts.end(), Verdict::rejected));
    result.failed_fits = static_cast<std::size_t>(std::count(verdicts.begin(), verdicts.end(), Verdict::failed));
    if (result.failed_fits == simulations)
        return no_convergence("None of the simulated data sets could be analysed.");
    const double n = static_cast<double>(simulations), p = static_cast<double>(result.rejected) / n;
    result.power = p;
    result.monte_carlo_se = std::sqrt(p * (1 - p) / n);
    const double z = distribution::normal_quantile(0.5 + level / 2), z2 = z * z;
    const double centre = (p + z2 / (2 * n)) / (1 + z2 / n);
    const double half = z / (1 + z2 / n) * std::sqrt(p * (1 - p) / n + z2 / (4 * n * n));
    result.ci_lo = std::max(0.0, centre - half);
    result.ci_hi = std::min(1.0, centre + half);
    return result;
}

Verdict judge(const BalancedIntercept::Estimate& estimate, double critical)
{
    if (!estimate.converged)
        return Verdict::failed;
    return std::abs(estimate.effect) > critical * estimate.standard_error ? Verdict::rejected : Verdict::not_rejected;
}

} // namespace

Outcome<BalancedIntercept> BalancedIntercept::of(const std::vector<std::vector<std::vector<double>>>& clusters,
                                                 double n_per_cell)
{
    BalancedIntercept model;
    model.clusters_ = clusters.size();
    model.cells_ = clusters.front().size();
    model.n_per_cell_ = n_per_cell;
    model.p_ = clusters.front().front().size();
    const std::size_t rows = model.clusters_ * model.cells_;
    const Index p = static_cast<Index>(model.p_);
    Design design{Matrix(rows, model.p_), std::vector<std::string>(model.p_)};
    for (std::size_t j = 0; j < model.p_; ++j)
        design.names[j] = "column " + std::to_string(j);
    for (std::size_t c = 0; c < model.clusters_; ++c)
        for (std::size_t t = 0; t < model.cells_; ++t)
            for (std::size_t j = 0; j < model.p_; ++j)
                design.x(c * model.cells_ + t, j) = clusters[c][t][j] * std::sqrt(n_per_cell);
    const auto basis = orthonormal_basis(design);
    if (!basis)
        return singular_design("In this design the effect cannot be told from the other terms.", "options");

    // Q'Q = I = within + G, with G the part between clusters. Its eigenvectors diagonalise Q'V⁻¹Q for every λ.
    const Eigen::Map<const MatrixXd> q(basis->q.data(), static_cast<Index>(rows), p);
    MatrixXd between = MatrixXd::Zero(p, p);
    for (std::size_t c = 0; c < model.clusters_; ++c) {
        const VectorXd sum =
            q.middleRows(static_cast<Index>(c * model.cells_), static_cast<Index>(model.cells_)).colwise().sum();
        between += sum * sum.transpose() / static_cast<double>(model.cells_);
    }
    const Eigen::SelfAdjointEigenSolver<MatrixXd> eigen(between);
    const MatrixXd rotated = q * eigen.eigenvectors();
    const Eigen::Map<const MatrixXd> inverse_r(basis->inverse_r.data(), p, p);
    const VectorXd effect = (inverse_r.row(p - 1) * eigen.eigenvectors()).transpose();
    for (Index j = 0; j < p; ++j)
        model.eigenvalues_.push_back(std::clamp(eigen.eigenvalues()[j], 0.0, 1.0));
    model.effect_row_.assign(effect.data(), effect.data() + p);
    model.columns_.resize(rows * model.p_);
    for (std::size_t i = 0; i < rows; ++i)
        for (std::size_t j = 0; j < model.p_; ++j)
            model.columns_[i * model.p_ + j] = rotated(static_cast<Index>(i), static_cast<Index>(j));
    return model;
}

BalancedIntercept::Estimate BalancedIntercept::fit(const std::vector<std::vector<double>>& cell_means,
                                                   double squares_within_cells) const
{
    constexpr std::size_t most = 64;
    std::array<double, most> within_array{}, between_array{};
    std::vector<double> within_more, between_more;
    double* within = within_array.data();
    double* between = between_array.data();
    if (p_ > most) {
        within_more.resize(p_);
        between_more.resize(p_);
        within = within_more.data();
        between = between_more.data();
    }
    std::fill(within, within + p_, 0.0);
    std::fill(between, between + p_, 0.0);
    const double root_n = std::sqrt(n_per_cell_), cells = static_cast<double>(cells_);
    double squares_within = squares_within_cells, squares_between = 0;
    for (std::size_t c = 0; c < clusters_; ++c) {
        double mean = 0;
        for (const double value : cell_means[c])
            mean += value / cells;
        squares_between += n_per_cell_ * cells * mean * mean;
        for (std::size_t t = 0; t < cells_; ++t) {
            const double deviation = cell_means[c][t] - mean;
            squares_within += n_per_cell_ * deviation * deviation;
            const double* column = &columns_[(c * cells_ + t) * p_];
            for (std::size_t j = 0; j < p_; ++j) {
                within[j] += column[j] * root_n * deviation;
                between[j] += column[j] * root_n * mean;
            }
        }
    }

    // d = 1/(1 + λ·size) is the only parameter: Q'V⁻¹Q = diag(1 − (1 − d) g), the likelihood is over d in (0, 1].
    const double size = n_per_cell_ * cells, rows = size * static_cast<double>(clusters_);
    const double df = rows - static_cast<double>(p_), count = static_cast<double>(clusters_);
    const auto rss = [&](double d) {
        double sum = squares_within + d * squares_between;
        for (std::size_t j = 0; j < p_; ++j) {
            const double projected = within[j] + d * between[j];
            sum -= projected * projected / (1 - (1 - d) * eigenvalues_[j]);
        }
        return sum;
    };
    // Derivative of −2 log-likelihood in ln d.
    const auto slope = [&](double log_d) {
        const double d = std::exp(log_d);
        double change = squares_between, determinant = 0;
        for (std::size_t j = 0; j < p_; ++j) {
            const double m = 1 - (1 - d) * eigenvalues_[j], b = (within[j] + d * between[j]) / m;
            change += b * b * eigenvalues_[j] - 2 * b * between[j];
            determinant += eigenvalues_[j] / m;
        }
        return d * (df * change / rss(d) + determinant) - count;
    };
    Estimate estimate;
    if (!(rss(1) > 0) || !(df > 0))
        return estimate;
    double log_d = 0;
    // At d = 1 there is no variance between clusters; where the deviance rises with d there, less d is better.
    if (slope(0) > 0) {
        double low = -1;
        while (slope(low) > 0 && low > -60)
            low -= 2;
        const auto found = root(slope, low, 0.0);
        if (!found)
            return estimate;
        log_d = *found;
    }
    const double d = std::exp(log_d), sigma2 = rss(d) / df;
    if (!(sigma2 > 0))
        return estimate;
    double variance = 0;
    for (std::size_t j = 0; j < p_; ++j) {
        const double m = 1 - (1 - d) * eigenvalues_[j];
        estimate.effect += effect_row_[j] * (within[j] + d * between[j]) / m;
        variance += effect_row_[j] * effect_row_[j] / m;
    }
    estimate.standard_error = std::sqrt(sigma2 * variance);
    estimate.converged = std::isfinite(estimate.standard_error) && estimate.standard_error > 0;
    return estimate;
}

Outcome<SimulatedPower> simulate(const SimulatedSteppedWedge& design, double alpha, SimulationAnalysis analysis,
                                 std::size_t simulations, std::uint64_t seed, double level,
                                 const Execution& execution)
{
    const std::size_t sequences = design.clusters_per_sequence.size(), periods = sequences + 1;
    if (analysis == SimulationAnalysis::cluster_means_t)
        return invalid_option("A stepped wedge has no two arms to compare the means of; use lmm_z.",
                              "options.analysis");
    std::vector<std::vector<std::vector<double>>> rows;
    for (std::size_t s = 0; s < sequences; ++s)
        for (std::size_t c = 0; c < design.clusters_per_sequence[s]; ++c) {
            std::vector<std::vector<double>> cells(periods, std::vector<double>(periods + 1, 0.0));
            for (std::size_t t = 0; t < periods; ++t) {
                cells[t][t] = 1;
                cells[t][periods] = t > s ? 1 : 0;
            }
            rows.push_back(std::move(cells));
        }
    if (rows.size() < 2)
        return insufficient_data("A stepped wedge needs at least two clusters.", "options.clusters_per_sequence");
    const auto model = BalancedIntercept::of(rows, static_cast<double>(design.n_per_cell));
    if (!model)
        return singular_design("In this design the effect cannot be told from the periods.",
                               "options.clusters_per_sequence");
    const double critical = distribution::normal_quantile(1 - alpha / 2);
    const double cell_sd = design.sigma / std::sqrt(static_cast<double>(design.n_per_cell));
    const double within_df = static_cast<double>(rows.size() * periods) * static_cast<double>(design.n_per_cell - 1);
    return repeat(simulations, seed, level, execution, [&](PhiloxStream& stream) {
        std::vector<std::vector<double>> means(rows.size(), std::vector<double>(periods));
        for (std::size_t c = 0; c < rows.size(); ++c) {
            const double cluster = design.tau * stream.normal();
            for (std::size_t t = 0; t < periods; ++t)
                means[c][t] = cluster + design.effect * rows[c][t][periods] + cell_sd * stream.normal();
        }
        const double within = design.sigma * design.sigma * chi2_draw(stream, within_df);
        return judge(model->fit(means, within), critical);
    });
}

Outcome<SimulatedPower> simulate(const SimulatedClusters& design, double alpha, SimulationAnalysis analysis,
                                 std::size_t simulations, std::uint64_t seed, double level,
                                 const Execution& execution)
{
    const std::size_t arm = design.clusters_per_arm;
    if (arm < 2)
        return insufficient_data("Two clusters per arm are the least that can be analysed.",
                                 "options.clusters_per_arm");
    const double size = static_cast<double>(design.cluster_size), sigma2 = 1 - design.icc;
    const double tau = std::sqrt(design.icc), mean_sd = std::sqrt(sigma2 / size);
    const double clusters = static_cast<double>(arm);
    if (analysis == SimulationAnalysis::cluster_means_t) {
        const double critical = distribution::t_quantile(1 - alpha / 2, 2 * clusters - 2);
        const double sd = std::sqrt(design.icc + sigma2 / size);
        return repeat(simulations, seed, level, execution, [&](PhiloxStream& stream) {
            std::array<double, 2> mean{0, 0};
            double squares = 0;
            for (std::size_t a = 0; a < 2; ++a) {
                double running = 0, spread = 0;
                for (std::size_t c = 0; c < arm; ++c) {
                    const double value = (a == 0 ? design.effect : 0) + sd * stream.normal();
                    const double step = value - running;
                    running += step / static_cast<double>(c + 1);
                    spread += step * (value - running);
                }
                mean[a] = running;
                squares += spread;
            }
            const double standard_error = std::sqrt(squares / (2 * clusters - 2) * 2 / clusters);
            if (!(standard_error > 0))
                return Verdict::failed;
            return std::abs(mean[0] - mean[1]) > critical * standard_error ? Verdict::rejected
                                                                           : Verdict::not_rejected;
        });
    }
    if (design.cluster_size < 2)
        return insufficient_data("With one member per cluster, clusters and members cannot be told apart.",
                                 "options.cluster_size");
    std::vector<std::vector<std::vector<double>>> rows;
    for (std::size_t c = 0; c < 2 * arm; ++c)
        rows.push_back({{1.0, c < arm ? 1.0 : 0.0}});
    const auto model = BalancedIntercept::of(rows, size);
    if (!model)
        return model.error();
    const double critical = distribution::normal_quantile(1 - alpha / 2), within_df = 2 * clusters * (size - 1);
    return repeat(simulations, seed, level, execution, [&](PhiloxStream& stream) {
        std::vector<std::vector<double>> means(rows.size(), std::vector<double>(1));
        for (std::size_t c = 0; c < rows.size(); ++c)
            means[c][0] = (c < arm ? design.effect : 0) + tau * stream.normal() + mean_sd * stream.normal();
        const double within = sigma2 * chi2_draw(stream, within_df);
        return judge(model->fit(means, within), critical);
    });
}

} // namespace beproefd::statistics::power
