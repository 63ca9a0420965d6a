// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "statistics/door/model_parts.hpp"

namespace beproefd::statistics::door {

Covariance read_covariance(Request& request, Covariance otherwise)
{
    return request.choice<Covariance>("vcov",
                                      {{"classical", Covariance::classical},
                                       {"HC0", Covariance::hc0},
                                       {"HC1", Covariance::hc1},
                                       {"HC2", Covariance::hc2},
                                       {"HC3", Covariance::hc3},
                                       {"CR0", Covariance::cr0},
                                       {"CR1", Covariance::cr1},
                                       {"CR1S", Covariance::cr1s},
                                       {"CR2", Covariance::cr2},
                                       {"CR3", Covariance::cr3}},
                                      otherwise);
}

const std::vector<std::size_t>& read_clusters(Request& request, Rows& rows, Covariance vcov)
{
    static const std::vector<std::size_t> none;
    if (needs_clusters(vcov))
        return rows.labels("cluster");
    if (request.has_data("cluster"))
        request.warn("cluster_not_used", "This vcov does not use the clusters; CR2 does.", "options.vcov");
    return none;
}

void warn_of_perfect_fit(Request& request, bool perfect_fit)
{
    if (perfect_fit)
        request.warn("perfect_fit", "The model explains y completely; the standard errors are rounding.", "data.y");
}

MixedDf read_mixed_df(Request& request)
{
    return request.choice<MixedDf>(
        "df", {{"satterthwaite", MixedDf::satterthwaite}, {"kenward_roger", MixedDf::kenward_roger}},
        MixedDf::satterthwaite);
}

Field covariance_option(std::string text, std::string default_value)
{
    return {"vcov", "one of classical, HC0, HC1, HC2, HC3, CR0, CR1, CR1S, CR2, CR3", std::move(text),
            std::move(default_value)};
}

Field mixed_df_option(std::string text)
{
    return {"df", "one of satterthwaite, kenward_roger", std::move(text), "\"satterthwaite\""};
}

} // namespace beproefd::statistics::door
