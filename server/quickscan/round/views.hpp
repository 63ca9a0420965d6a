// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/round/questionnaire.hpp"
#include "quickscan/round/round.hpp"

namespace beproefd::quickscan::national {

// --- the survey manager ---

struct NewRound {
    static constexpr auto schema_name = "NewSurveyRound";
    Text<1, 80> instrument;
    Whole<1, 1000> version;
    Text<1, 120> title;
    Text<1, 500> criterion;
    Text<1, 500> method;
    Text<1, 500> source;
    Text<1, 1000> representativeness;
    Whole<6, 100'000> population;
};
BOOST_DESCRIBE_STRUCT(NewRound, (),
                      (instrument, version, title, criterion, method, source, representativeness, population))

/// What is absent stays as it is.
struct RoundChange {
    static constexpr auto schema_name = "SurveyRoundChange";
    std::optional<Text<1, 120>> title;
    std::optional<Text<1, 500>> criterion;
    std::optional<Text<1, 500>> method;
    std::optional<Text<1, 500>> source;
    std::optional<Text<1, 1000>> representativeness;
    std::optional<Whole<6, 100'000>> population;
};
BOOST_DESCRIBE_STRUCT(RoundChange, (), (title, criterion, method, source, representativeness, population))

struct RoundTransition {
    static constexpr auto schema_name = "SurveyRoundTransition";
    RoundState to = RoundState::open;
    std::optional<Text<0, 500>> reason;
};
BOOST_DESCRIBE_STRUCT(RoundTransition, (), (to, reason))

struct RoundView {
    static constexpr auto schema_name = "SurveyRound";
    Id<SurveyRound> id;
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    Words instrument_title;
    std::string title;
    std::string criterion;
    std::string method;
    std::string source;
    std::string representativeness;
    std::int64_t population = 0;
    RoundState state = RoundState::draft;
    bool demonstration = false;
    std::optional<Day> opened_on;
    std::optional<Day> closed_on;
    std::optional<Day> published_on;
    std::optional<Day> previewed_on; ///< when what it would publish was first looked at: it does not open again
    std::int64_t handed_in = 0;
    std::vector<RoundState> may; ///< where it can go from here
    std::int64_t row_version = 1;
};
BOOST_DESCRIBE_STRUCT(RoundView, (),
                      (id, instrument_key, instrument_version, instrument_title, title, criterion, method, source,
                       representativeness, population, state, demonstration, opened_on, closed_on, published_on,
                       previewed_on, handed_in, may, row_version))

struct RoundList {
    static constexpr auto schema_name = "SurveyRoundList";
    std::vector<RoundView> items;
};
BOOST_DESCRIBE_STRUCT(RoundList, (), (items))

// --- the published picture ---

/// What everyone may know of a published round.
struct Head {
    static constexpr auto schema_name = "NationalRound";
    Id<SurveyRound> round_id;
    std::string instrument_key;
    std::int64_t instrument_version = 0;
    std::string title;
    std::string criterion;
    std::string method;
    std::string source;
    std::string representativeness;
    std::int64_t population = 0;
    std::int64_t handed_in = 0;
    std::int64_t breakdowns_version = 1;
    std::int64_t smallest_count = 5;
    bool demonstration = false;
    Day published_on;
};
BOOST_DESCRIBE_STRUCT(Head, (),
                      (round_id, instrument_key, instrument_version, title, criterion, method, source,
                       representativeness, population, handed_in, breakdowns_version, smallest_count, demonstration,
                       published_on))

/// One count, or that it is withheld. Shares are of those who handed in; the interval is that of 95% for a draw
/// without replacement from the population.
struct CellView {
    static constexpr auto schema_name = "NationalCell";
    bool withheld = false;
    std::optional<std::int64_t> counted;
    std::optional<double> share;
    std::optional<double> lower;
    std::optional<double> upper;
};
BOOST_DESCRIBE_STRUCT(CellView, (), (withheld, counted, share, lower, upper))

struct RowView {
    static constexpr auto schema_name = "NationalRow";
    std::string group; ///< empty for the country
    Words label;
    std::int64_t handed_in = 0;
    std::vector<CellView> cells; ///< in the order of the item's answers
};
BOOST_DESCRIBE_STRUCT(RowView, (), (group, label, handed_in, cells))

struct TableView {
    static constexpr auto schema_name = "NationalTable";
    std::string breakdown;
    Words label;
    std::vector<RowView> rows;
};
BOOST_DESCRIBE_STRUCT(TableView, (), (breakdown, label, rows))

struct ItemView {
    static constexpr auto schema_name = "NationalItem";
    std::string key;
    std::string question;
    std::int64_t number = 0;
    std::string theme;
    Words text;
    std::optional<Words> choice;
    std::vector<AnswerLabel> answers;
    RowView country;
    std::vector<TableView> tables;
};
BOOST_DESCRIBE_STRUCT(ItemView, (), (key, question, number, theme, text, choice, answers, country, tables))

/// A group of the fixed list that is not shown by itself, because too few handed in.
struct HiddenGroup {
    static constexpr auto schema_name = "NationalHiddenGroup";
    std::string breakdown;
    std::string group;
    Words label;
};
BOOST_DESCRIBE_STRUCT(HiddenGroup, (), (breakdown, group, label))

struct Picture {
    static constexpr auto schema_name = "NationalPicture";
    Head round;
    Words instrument_title;
    std::int64_t not_handed_in = 0;
    std::int64_t cells = 0;
    std::int64_t withheld = 0;
    std::vector<HiddenGroup> hidden_groups;
    std::vector<ThemeTitle> themes;
    std::vector<ItemView> items;
};
BOOST_DESCRIBE_STRUCT(Picture, (),
                      (round, instrument_title, not_handed_in, cells, withheld, hidden_groups, themes, items))

struct PictureQuery {
    static constexpr auto schema_name = "NationalPictureQuery";
    std::optional<Text<0, 80>> instrument;
};
BOOST_DESCRIBE_STRUCT(PictureQuery, (), (instrument))

struct PublishedRound {
    static constexpr auto schema_name = "NationalPictureSummary";
    Id<SurveyRound> id;
    Head round;
    Words instrument_title;
    std::int64_t not_handed_in = 0;
};
BOOST_DESCRIBE_STRUCT(PublishedRound, (), (id, round, instrument_title, not_handed_in))

struct PictureList {
    static constexpr auto schema_name = "NationalPictureList";
    std::vector<PublishedRound> items; ///< newest first
};
BOOST_DESCRIBE_STRUCT(PictureList, (), (items))

/// One item in several rounds, oldest first, for the whole country.
struct OverviewItem {
    static constexpr auto schema_name = "NationalOverviewItem";
    std::string key;
    std::string question;
    std::int64_t number = 0;
    std::string theme;
    Words text;
    std::optional<Words> choice;
    std::vector<AnswerLabel> answers;
    std::vector<RowView> rounds; ///< group is the round's id; without cells where the round did not ask this
};
BOOST_DESCRIBE_STRUCT(OverviewItem, (), (key, question, number, theme, text, choice, answers, rounds))

/// The newest rounds of one instrument beside each other.
struct Overview {
    static constexpr auto schema_name = "NationalOverview";
    std::string instrument_key;
    Words instrument_title;
    std::vector<Head> rounds; ///< oldest first
    std::vector<ThemeTitle> themes;
    std::vector<OverviewItem> items;
};
BOOST_DESCRIBE_STRUCT(Overview, (), (instrument_key, instrument_title, rounds, themes, items))

enum class ExportFormat { csv, xlsx, json };
BOOST_DESCRIBE_ENUM(ExportFormat, csv, xlsx, json)

struct PictureExportQuery {
    static constexpr auto schema_name = "NationalPictureExportQuery";
    std::optional<ExportFormat> format;
    std::optional<Text<0, 80>> item; ///< only this one
};
BOOST_DESCRIBE_STRUCT(PictureExportQuery, (), (format, item))

// --- the municipality ---

/// What leaves, in words.
struct Leaving {
    static constexpr auto schema_name = "HandInAnswer";
    std::string item;
    std::int64_t number = 0;
    Words text;
    std::optional<Words> choice;
    std::string answer;
    Words label;
};
BOOST_DESCRIBE_STRUCT(Leaving, (), (item, number, text, choice, answer, label))

struct HandIn;

/// What a municipality handed in, as it sees it itself.
struct HandInView {
    static constexpr auto schema_name = "HandIn";
    Id<HandIn> id;
    Id<SurveyRound> round_id;
    std::string scan_id;
    Day handed_in_on;
};
BOOST_DESCRIBE_STRUCT(HandInView, (), (id, round_id, scan_id, handed_in_on))

/// A round that this scan can be handed in to, or was.
struct RoundOffer {
    static constexpr auto schema_name = "HandInRound";
    Id<SurveyRound> id;
    std::string title;
    std::string holder; ///< the organisation that keeps the copy
    std::string criterion;
    std::string method;
    std::string source;
    std::string representativeness;
    std::int64_t population = 0;
    RoundState state = RoundState::open;
    bool demonstration = false;
    std::optional<HandInView> hand_in;
};
BOOST_DESCRIBE_STRUCT(RoundOffer, (),
                      (id, title, holder, criterion, method, source, representativeness, population, state,
                       demonstration, hand_in))

/// Exactly what leaves: nothing else goes with it.
struct HandInPreview {
    std::string scan_id;
    bool closed = false; ///< only a closed scan can be handed in
    Day period_from;
    Day period_to;
    std::string size_class;
    Words size_class_label;
    std::string safety_region;
    std::string safety_region_name; ///< shown beside the code; does not leave
    std::vector<Leaving> answers;
    std::vector<RoundOffer> rounds;
};
BOOST_DESCRIBE_STRUCT(HandInPreview, (),
                      (scan_id, closed, period_from, period_to, size_class, size_class_label, safety_region,
                       safety_region_name, answers, rounds))

struct NewHandIn {
    Text<36, 36> scan;
};
BOOST_DESCRIBE_STRUCT(NewHandIn, (), (scan))

// --- peers ---

struct PeerItem {
    static constexpr auto schema_name = "ScanPeerItem";
    std::string item;
    std::string question;
    std::vector<AnswerLabel> answers;
    std::vector<CellView> cells;
};
BOOST_DESCRIBE_STRUCT(PeerItem, (), (item, question, answers, cells))

struct PeerGroup {
    static constexpr auto schema_name = "ScanPeerGroup";
    std::string breakdown;
    Words breakdown_label;
    std::string group;
    Words label;
    bool shown = false; ///< false: too few in the group handed in
    std::optional<std::int64_t> handed_in;
    std::vector<PeerItem> items;
};
BOOST_DESCRIBE_STRUCT(PeerGroup, (), (breakdown, breakdown_label, group, label, shown, handed_in, items))

/// How municipalities of the same size or part of the country answered; never which, and never in an order of worth.
struct Peers {
    static constexpr auto schema_name = "ScanPeers";
    bool available = false; ///< false: no round of this instrument was published yet
    std::optional<Head> round;
    std::vector<PeerGroup> groups;
};
BOOST_DESCRIBE_STRUCT(Peers, (), (available, round, groups))

} // namespace beproefd::quickscan::national
