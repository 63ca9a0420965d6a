// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "statistics/outcome.hpp"
#include "statistics/parallel.hpp"

#include <cstdint>
#include <vector>

namespace beproefd::statistics::power {

/// Normal outcomes in a stepped wedge: sequence s of S crosses over after period s + 1 of S + 1.
struct SimulatedSteppedWedge {
    std::vector<std::size_t> clusters_per_sequence;
    std::size_t n_per_cell = 1;
    double sigma = 1; ///< standard deviation of a person
    double tau = 0;   ///< between clusters
    double effect = 0;
};

/// Normal outcomes with total variance 1 in two equal arms of whole clusters.
struct SimulatedClusters {
    std::size_t clusters_per_arm = 2;
    std::size_t cluster_size = 1;
    double icc = 0;
    double effect = 0;
};

enum class SimulationAnalysis {
    lmm_z,           ///< REML with a random intercept (and period effects): |estimate/se| > z
    cluster_means_t, ///< t test of cluster means with a pooled variance
};

struct SimulatedPower {
    double power = 0;
    double monte_carlo_se = 0;
    double ci_lo = 0; ///< Wilson
    double ci_hi = 0;
    std::size_t rejected = 0;
    std::size_t simulations = 0;
    std::size_t failed_fits = 0; ///< counted as not rejected
};

/// Draws data sets and analyses them; data set r has a random stream of its own, so the answer does not depend on
/// threads. What is drawn are the means of the cells and the sum of squares within cells, which for normal outcomes
/// hold all that the analyses use, so a large cell costs no more than a small one.
/// Source: Green & MacLeod 2016, doi:10.1111/2041-210X.12504
Outcome<SimulatedPower> simulate(const SimulatedSteppedWedge& design, double alpha, SimulationAnalysis analysis,
                                 std::size_t simulations, std::uint64_t seed, double level,
                                 const Execution& execution);
Outcome<SimulatedPower> simulate(const SimulatedClusters& design, double alpha, SimulationAnalysis analysis,
                                 std::size_t simulations, std::uint64_t seed, double level,
                                 const Execution& execution);

/// A random intercept model for clusters of equal size, of which only the outcome changes between fits: the
/// design is diagonalised once, after which a fit takes time in proportion to the number of coefficients.
class BalancedIntercept
{
public:
    /// cells: design rows by cluster (all clusters have the same number of cells), each cell holding n_per_cell
    /// rows. The last column is the effect.
    static Outcome<BalancedIntercept> of(const std::vector<std::vector<std::vector<double>>>& clusters,
                                         double n_per_cell);

    struct Estimate {
        double effect = 0;
        double standard_error = 0;
        bool converged = false;
    };
    /// REML. cell_means[cluster][cell]; squares_within_cells: Σ over rows of (y − cell mean)².
    Estimate fit(const std::vector<std::vector<double>>& cell_means, double squares_within_cells) const;

private:
    std::size_t clusters_ = 0;
    std::size_t cells_ = 0;
    double n_per_cell_ = 1;
    std::size_t p_ = 0;
    std::vector<double> eigenvalues_; ///< of the between part G; within is 1 − eigenvalue
    std::vector<double> columns_;     ///< per cluster, cell: the p rotated coordinates
    std::vector<double> effect_row_;  ///< coefficient of the effect in rotated coordinates
};

} // namespace beproefd::statistics::power
