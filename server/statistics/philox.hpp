// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>

namespace beproefd::statistics {

/// Philox4x32-10: ten rounds of multiplication that turn a counter and a key into 128 random bits.
/// Source: Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405
constexpr std::array<std::uint32_t, 4> philox4x32(std::array<std::uint32_t, 4> counter,
                                                  std::array<std::uint32_t, 2> key)
{
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t product0 = std::uint64_t{0xD2511F53U} * counter[0];
        const std::uint64_t product1 = std::uint64_t{0xCD9E8D57U} * counter[2];
        counter = {
            static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
            static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
        key[0] += 0x9E3779B9U;
        key[1] += 0xBB67AE85U;
    }
    return counter;
}

/// The random numbers of one replicate. Key = seed, counter = (draw, replicate): replicate r sees the same numbers
/// on whichever thread it runs, and whatever the other replicates used.
class PhiloxStream
{
public:
    constexpr PhiloxStream(std::uint64_t seed, std::uint64_t replicate)
        : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
          replicate_{static_cast<std::uint32_t>(replicate), static_cast<std::uint32_t>(replicate >> 32)}
    {
    }

    constexpr std::uint32_t bits32()
    {
        if (used_ == 4) {
            block_ = philox4x32({static_cast<std::uint32_t>(draw_), static_cast<std::uint32_t>(draw_ >> 32),
                                 replicate_[0], replicate_[1]},
                                key_);
            ++draw_;
            used_ = 0;
        }
        return block_[used_++];
    }

    constexpr std::uint64_t bits64()
    {
        const std::uint64_t high = bits32();
        return high << 32 | bits32();
    }

    /// Uniform on the open interval (0, 1): the middles of 2^53 equal parts but one bit, so never 0 and never 1.
    constexpr double uniform() { return (static_cast<double>(bits64() >> 12) + 0.5) * 0x1p-52; }

    /// Standard normal by inversion (one uniform each), which is the same on every machine.
    double normal() { return standard_normal_quantile(uniform()); }

    /// Uniform on 0 … size−1, without bias. size must be at least 1 and below 2^32.
    /// Source: Lemire 2019, doi:10.1145/3230636
    constexpr std::uint32_t index(std::uint32_t size)
    {
        std::uint64_t product = std::uint64_t{bits32()} * size;
        if (static_cast<std::uint32_t>(product) < size) {
            const std::uint32_t threshold = (0U - size) % size;
            while (static_cast<std::uint32_t>(product) < threshold)
                product = std::uint64_t{bits32()} * size;
        }
        return static_cast<std::uint32_t>(product >> 32);
    }

    /// True or false with equal chance.
    constexpr bool coin() { return (bits32() >> 31) != 0; }

    /// Puts the values in a random order (Fisher–Yates).
    template<class T>
    constexpr void shuffle(std::span<T> values)
    {
        for (std::size_t left = values.size(); left > 1; --left)
            std::swap(values[left - 1], values[index(static_cast<std::uint32_t>(left))]);
    }

    /// Fills with 0 … size−1 in a random order.
    constexpr void permutation(std::span<std::uint32_t> values)
    {
        std::iota(values.begin(), values.end(), 0U);
        shuffle(values);
    }

    /// The normal quantile with a relative error of about 1e-16. probability strictly between 0 and 1.
    /// Source: Wichura 1988, algorithm AS 241 (PPND16), doi:10.2307/2347330
    static double standard_normal_quantile(double probability);

private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 2> replicate_;
    std::uint64_t draw_ = 0;
    std::array<std::uint32_t, 4> block_{};
    unsigned used_ = 4;
};

inline double PhiloxStream::standard_normal_quantile(double probability)
{
    const double q = probability - 0.5;
    if (std::abs(q) <= 0.425) {
        const double r = 0.180625 - q * q;
        return q *
               (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r +
                    45921.953931549871457) *
                       r +
                   13731.693765509461125) *
                      r +
                  1971.5909503065514427) *
                     r +
                 133.14166789178437745) *
                    r +
                3.387132872796366608) /
               (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r +
                    21213.794301586595867) *
                       r +
                   5394.1960214247511077) *
                      r +
                  687.1870074920579083) *
                     r +
                 42.313330701600911252) *
                    r +
                1.);
    }
    double r = std::sqrt(-std::log(q < 0 ? probability : 1 - probability));
    double value = 0;
    if (r <= 5.) {
        r -= 1.6;
        value = (((((((7.7454501427834140764e-4 * r + .0227238449892691845833) * r + .24178072517745061177) * r +
                     1.27045825245236838258) *
                        r +
                    3.64784832476320460504) *
                       r +
                   5.7694972214606914055) *
                      r +
                  4.6303378461565452959) *
                     r +
                 1.42343711074968357734) /
                (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + .0151986665636164571966) * r +
                     .14810397642748007459) *
                        r +
                    .68976733498510000455) *
                       r +
                   1.6763848301838038494) *
                      r +
                  2.05319162663775882187) *
                     r +
                 1.);
    } else {
        r -= 5.;
        value =
            (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + .0012426609473880784386) * r +
                 .026532189526576123093) *
                    r +
                .29656057182850489123) *
                   r +
               1.7848265399172913358) *
                  r +
              5.4637849111641143699) *
                 r +
             6.6579046435011037772) /
            (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r +
                 7.868691311456132591e-4) *
                    r +
                .0148753612908506148525) *
                   r +
               .13692988092273580531) *
                  r +
              .59983220655588793769) *
                 r +
             1.);
    }
    return q < 0 ? -value : value;
}

} // namespace beproefd::statistics
