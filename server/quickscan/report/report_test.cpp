// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/json.hpp"
#include "platform/documents/text/print.hpp"
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/report/report.hpp"

#include <filesystem>
#include <fstream>
#include <set>
#include <unistd.h>

namespace beproefd::quickscan {
namespace {

using describe::Language;

const Instrument& instrument()
{
    static const Instrument found =
        for_size(*shipped_instruments().current("quickscan-local-approach"), SizeClass::medium);
    return found;
}

Scan scan_of(int year)
{
    Scan scan;
    scan.instrument_key = instrument().key;
    scan.instrument_version = instrument().version;
    scan.period_from = Day{year, 1, 1};
    scan.period_to = Day{year, 12, 31};
    scan.state = ScanState::closed;
    scan.participants.value = {"dossierhouder veiligheid", "beleidsmedewerker jeugd"};
    return scan;
}

/// Answers that go round yes, partly, no, unknown and not applicable, each with a reason and a proof that must not
/// leave.
std::vector<Settled> all_kinds_of_answers()
{
    std::vector<Settled> all;
    for (std::size_t index = 0; index < instrument().questions.size(); ++index) {
        const auto& question = instrument().questions[index];
        Settled settled;
        settled.question = question.key;
        settled.value = static_cast<AnswerValue>(index % 5);
        if (settled.value == AnswerValue::partly && question.parts.empty())
            settled.value = AnswerValue::no;
        if (settled.value == AnswerValue::partly)
            settled.parts.value = {question.parts.front().key};
        settled.reason = "Geheime toelichting";
        settled.proofs.value = {
            {.kind = ProofKind::link, .title = "Geheim stuk", .url = "https://gemeente.example/stuk", .file_id = {}}};
        all.push_back(settled);
    }
    return all;
}

std::vector<ActionView> ten_actions()
{
    std::vector<ActionView> all;
    for (int number = 0; number < 10; ++number) {
        ActionView action;
        action.question = instrument().questions[static_cast<std::size_t>(number)].key;
        action.theme = instrument().questions[static_cast<std::size_t>(number)].theme;
        action.text = "Werk de analyse bij samen met de partners en stel haar vast in het driehoeksoverleg";
        action.owner_function = "Geheime functie";
        action.due_on = Day{2027, 3, 1};
        action.status = static_cast<ActionStatus>(number % 5);
        all.push_back(action);
    }
    return all;
}

ScanResult example_result()
{
    const auto answers = all_kinds_of_answers();
    PreviousScan previous{scan_of(2025), answers, {}};
    for (auto& settled : previous.settled)
        settled.value = AnswerValue::no;
    return result_of(instrument(), scan_of(2026), answers, {}, previous);
}

ReportSubject subject(ReportKind kind, Language language = Language::nl)
{
    return {.kind = kind,
            .theme = {},
            .municipality = "Voorbeeldstad",
            .demonstration = true,
            .made_on = Day{2026, 11, 21},
            .language = language};
}

documents::Document example_report(ReportKind kind, Language language = Language::nl)
{
    return report_of(instrument(), example_result(), ten_actions(), subject(kind, language));
}

std::string all_text(const documents::Document& document) { return describe::to_json(document); }

TEST(Report, CanBeWrittenForEveryReaderInBothLanguages)
{
    for (const auto kind : {ReportKind::council, ReportKind::partners, ReportKind::full, ReportKind::outline})
        for (const auto language : {Language::nl, Language::en}) {
            const auto document = example_report(kind, language);
            EXPECT_FALSE(document.title.empty());
            EXPECT_NE(document.marker.find("Voorbeeldgegevens"), std::string::npos);
            EXPECT_EQ(document.language, language == Language::nl ? "nl" : "en");
            EXPECT_NE(all_text(document).find("Quickscan"), std::string::npos);
            EXPECT_FALSE(documents::to_odt(document).empty());
        }
}

TEST(Report, KeepsTheDayOfAnActionOnOneLine)
{
    EXPECT_NE(all_text(example_report(ReportKind::full)).find("1\u00a0maart\u00a02027"), std::string::npos);
    EXPECT_NE(all_text(example_report(ReportKind::full, Language::en)).find("1\u00a0March\u00a02027"),
              std::string::npos);
}

TEST(Report, HasASentenceForEveryRiskAndEveryStatus)
{
    auto result = example_result();
    result.continuity.clear();
    for (const auto kind : {ContinuityRisk::one_person, ContinuityRisk::external_money, ContinuityRisk::deputy,
                            ContinuityRisk::analysis_age})
        for (const auto level : {RiskLevel::none, RiskLevel::attention, RiskLevel::risk, RiskLevel::unknown}) {
            ContinuityFinding finding;
            finding.kind = kind;
            finding.level = level;
            result.continuity.push_back(finding);
        }
    for (const auto language : {Language::nl, Language::en})
        EXPECT_NO_THROW(report_of(instrument(), result, ten_actions(), subject(ReportKind::council, language)));
}

TEST(Report, PrintsTheNumbersOfTheResult)
{
    const auto result = example_result();
    const auto document = example_report(ReportKind::full);

    const auto table = std::find_if(document.blocks.begin(), document.blocks.end(),
                                    [](const auto& block) { return block.table && block.table->head.size() == 6; });
    ASSERT_NE(table, document.blocks.end());
    ASSERT_EQ(table->table->rows.size(), result.themes.size());
    for (std::size_t row = 0; row < result.themes.size(); ++row) {
        const auto& score = result.themes[row].score;
        EXPECT_EQ(table->table->rows[row][1], written(score.points));
        EXPECT_EQ(table->table->rows[row][2], std::to_string(score.counted));
        EXPECT_EQ(table->table->rows[row][3], score.percent ? std::to_string(*score.percent) + "%" : "geen score");
        EXPECT_EQ(table->table->rows[row][4], std::to_string(score.unknown));
    }
    // The picture shows the same numbers.
    const auto figure = std::find_if(document.blocks.begin(), document.blocks.end(),
                                     [](const auto& block) { return block.figure.has_value(); });
    for (const auto& theme : result.themes)
        if (theme.score.percent) {
            EXPECT_NE(figure->figure->svg.find(fmt::format(">{}%</text>", *theme.score.percent)), std::string::npos);
        }
}

TEST(Report, LetsNothingOutsideThatMustStayInside)
{
    for (const auto kind : {ReportKind::council, ReportKind::partners}) {
        const auto text = all_text(example_report(kind));
        for (const char* secret : {"Geheime toelichting", "Geheim stuk", "gemeente.example", "Geheime functie",
                                   "dossierhouder veiligheid"})
            EXPECT_EQ(text.find(secret), std::string::npos) << secret;
    }
    const auto full = all_text(example_report(ReportKind::full));
    for (const char* inside : {"Geheime toelichting", "Geheim stuk", "Geheime functie", "dossierhouder veiligheid"})
        EXPECT_NE(full.find(inside), std::string::npos) << inside;
}

TEST(Report, CountsOneQuestionAsOne)
{
    auto result = example_result();
    for (auto& question : result.questions)
        if (question.standing == Standing::not_applicable || question.standing == Standing::unanswered)
            question.standing = Standing::strength;
    const auto without = all_text(report_of(instrument(), result, {}, subject(ReportKind::council)));
    result.questions[0].standing = Standing::not_applicable;
    const auto one = all_text(report_of(instrument(), result, {}, subject(ReportKind::council)));
    result.questions[1].standing = Standing::not_applicable;
    result.questions[2].standing = Standing::unanswered;
    const auto three = all_text(report_of(instrument(), result, {}, subject(ReportKind::council)));

    EXPECT_EQ(without.find("deze gemeente."), std::string::npos);
    EXPECT_NE(one.find("1 vraag past niet bij deze gemeente."), std::string::npos);
    EXPECT_NE(three.find("2 vragen passen niet bij deze gemeente. 1 vraag heeft nog geen antwoord."),
              std::string::npos);
}

TEST(Report, ForPartnersMayBeAboutOneTheme)
{
    auto about = subject(ReportKind::partners);
    about.theme = "T7";
    const auto document = report_of(instrument(), example_result(), {}, about);
    const auto text = all_text(document);

    EXPECT_NE(document.title.find("Signaleringsstructuur"), std::string::npos);
    for (const auto& question : instrument().questions)
        EXPECT_EQ(text.find(question.text.nl) != std::string::npos, question.theme == "T7") << question.key;
    EXPECT_EQ(report_file_name(about, Day{2026, 12, 31}, "pdf"), "verslag-partners-T7-2026.pdf");
}

TEST(Report, OutlineHasAChapterPerThemeWithWhatMovesItToGreen)
{
    const auto result = example_result();
    const auto document = example_report(ReportKind::outline);
    std::set<std::string> chapters;
    for (const auto& block : document.blocks)
        if (block.kind == documents::BlockKind::heading && block.level == 1)
            chapters.insert(block.text);

    for (const auto& theme : result.themes)
        EXPECT_TRUE(chapters.contains(fmt::format("{}. {}", theme.number, theme.title.nl)));
    for (const auto& one : result.questions)
        if (is_weak(one.standing)) {
            EXPECT_NE(all_text(document).find(instrument().question(one.question)->green->nl.substr(0, 30)),
                      std::string::npos)
                << one.question;
        }
}

TEST(Report, ForTheCouncilIsTwoPages)
{
    documents::PrintSettings settings;
    settings.without_sandbox = ::geteuid() == 0;
    const documents::Printer printer{settings};
    if (printer.unavailable())
        GTEST_SKIP() << "Chromium is not installed";
    const auto keep = std::getenv("BEPROEFD_KEEP_REPORTS");
    for (const auto kind : {ReportKind::council, ReportKind::partners, ReportKind::full, ReportKind::outline}) {
        if (kind != ReportKind::council && keep == nullptr)
            continue;
        const auto document = example_report(kind);
        const auto pdf = printer.print(documents::to_html(document));
        ASSERT_TRUE(pdf);
        if (keep != nullptr) {
            const std::string base = std::string{keep} + "/" + boost::describe::enum_to_string(kind, "");
            std::ofstream{base + ".pdf", std::ios::binary} << *pdf;
            std::ofstream{base + ".odt", std::ios::binary} << documents::to_odt(document);
            std::ofstream{base + ".html", std::ios::binary} << documents::to_html(document);
        }
        if (kind != ReportKind::council)
            continue;
        std::size_t pages = 0;
        for (auto at = pdf->find("/Type /Page\n"); at != std::string::npos; at = pdf->find("/Type /Page\n", at + 1))
            ++pages;
        EXPECT_EQ(pages, 2U);
    }
    if (keep != nullptr)
        std::ofstream{std::string{keep} + "/paper.odt", std::ios::binary}
            << documents::to_odt(paper_form(instrument(), Language::nl, Day{2026, 11, 21}));
}

TEST(PaperForm, AsksEveryQuestionWithItsPartsAndAnswers)
{
    const auto form = paper_form(instrument(), Language::nl, Day{2026, 11, 21});

    std::size_t headings = 0, ticks = 0;
    for (const auto& block : form.blocks) {
        headings += block.kind == documents::BlockKind::heading && block.level == 2 ? 1 : 0;
        ticks += block.kind == documents::BlockKind::tick ? 1 : 0;
    }
    std::size_t parts = 0;
    for (const auto& question : instrument().questions)
        parts += question.parts.size();
    EXPECT_EQ(headings, instrument().questions.size());
    EXPECT_EQ(ticks, parts + instrument().questions.size() * instrument().scale.size());
}

TEST(Points, AreWrittenAsPeopleDo)
{
    EXPECT_EQ(written(Fraction::of(0)), "0");
    EXPECT_EQ(written(Fraction::of(1, 2)), "½");
    EXPECT_EQ(written(Fraction::of(3, 2)), "1½");
    EXPECT_EQ(written(Fraction::of(5, 3)), "1 2/3");
    EXPECT_EQ(written(Fraction::of(2)), "2");
}

} // namespace
} // namespace beproefd::quickscan
