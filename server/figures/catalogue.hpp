// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "figures/checks.hpp"
#include "figures/explained.hpp"
#include "figures/published.hpp"
#include "platform/core/bounded.hpp"
#include "platform/documents/table.hpp"

#include <unordered_map>

namespace beproefd::figures {

enum class Origin { printed, computed };
BOOST_DESCRIBE_ENUM(Origin, printed, computed)

/// Which figures are meant. Every filter narrows; no filter means all.
struct FigureFilter {
    std::optional<Text<0, 100>> q; ///< words that all occur in label, printed text or key
    std::optional<Text<0, 100>> document;
    std::optional<Text<0, 100>> table;
    std::optional<Text<0, 100>> row;
    std::optional<Text<0, 100>> cluster;
    std::optional<Text<0, 40>> unit;
    std::optional<Whole<1900, 2100>> year; ///< lies in the period
    std::optional<Kind> kind;
    std::optional<Origin> source;
};
BOOST_DESCRIBE_STRUCT(FigureFilter, (), (q, document, table, row, cluster, unit, year, kind, source))

/// A filter with the place in the list.
struct FigureQuery : FigureFilter {
    std::optional<Text<0, 200>> after; ///< a key; what follows it
    std::optional<Whole<1, 500>> limit;
};
BOOST_DESCRIBE_STRUCT(FigureQuery, (FigureFilter), (after, limit))

struct FindingQuery {
    std::optional<Severity> severity;
    std::optional<Text<0, 100>> document;
    std::optional<bool> agrees;
};
BOOST_DESCRIBE_STRUCT(FindingQuery, (), (severity, document, agrees))

/// Own figures and computations: anyone may use them for anything.
inline constexpr std::string_view figures_licence = "CC0-1.0";

/// A selection of figures as a file.
struct FigureExport {
    std::string licence{figures_licence};
    std::vector<Figure> items;
};
BOOST_DESCRIBE_STRUCT(FigureExport, (), (licence, items))

/// Everything published, checked and explained once, and answered from memory: published figures change only when the
/// program or its data is replaced. Nothing in it changes after it is made, so any number of threads may ask it.
class Catalogue
{
public:
    explicit Catalogue(Published published);
    Catalogue(const Catalogue&) = delete;

    const Published& published() const { return published_; }
    const CheckReport& checks() const { return checks_; }

    DocumentList documents() const { return {published_.documents}; }
    Result<Document> document(std::string_view id) const;

    /// Refuses an `after` that is no key.
    Result<FigurePage> figures(const FigureQuery& query) const;
    Result<FigureDetail> figure(std::string_view key) const;
    FigureExport selection(const FigureFilter& filter) const;

    TableList tables() const;
    Result<PublishedTable> table(std::string_view key) const;

    FindingReport findings(const FindingQuery& query) const;
    Result<Finding> finding(std::string_view id) const;
    /// What the detective found in the table, for a person who reads the checks.
    const std::vector<ExplainedTable>& explained() const { return explained_; }

    ClusterOverview clusters() const;
    Result<ClusterFactsheet> cluster(std::string_view key) const;

    /// The selection as a table: one row a figure, with source, line, period, definition, note and licence.
    documents::Sheet sheet(const FigureExport& selection) const;

private:
    const Figure* find(std::string_view key) const { return index_.find(key); }
    const Document* document_of(const Figure& figure) const;
    Slip slip(const Figure& figure) const;
    ClusterLine line_of(const std::string& row, const std::string& year, const std::string& part) const;
    void add_figures(std::vector<Figure>& to, const std::vector<ClusterLine>& lines) const;

    Published published_;
    FigureIndex index_;
    CheckReport checks_;
    std::vector<ExplainedTable> explained_;
    std::vector<Finding> findings_;
    std::vector<PublishedTable> tables_;
    std::vector<std::string> searchable_; ///< per figure, in lower case
};

} // namespace beproefd::figures
