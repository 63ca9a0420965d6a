// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/report/report.hpp"

#include "quickscan/report/texts.hpp"

namespace beproefd::quickscan {
namespace {

using documents::Document;
using documents::TableBlock;

/// How many points of a kind the report of two pages names.
constexpr std::size_t most_named = 3;

std::string name_of(auto value) { return std::string{boost::describe::enum_to_string(value, "")}; }

class Writer
{
public:
    Writer(const Instrument& instrument, const ScanResult& result, std::span<const ActionView> actions,
           const ReportSubject& subject)
        : instrument_(instrument), result_(result), actions_(actions), subject_(subject), say_(subject.language)
    {
    }

    Document write()
    {
        begin();
        switch (subject_.kind) {
        case ReportKind::council:
            council();
            break;
        case ReportKind::partners:
            partners();
            break;
        case ReportKind::full:
            full();
            break;
        case ReportKind::outline:
            outline();
            break;
        }
        made();
        return std::move(out_);
    }

private:
    bool open_to_outside() const
    {
        return subject_.kind == ReportKind::council || subject_.kind == ReportKind::partners;
    }

    void begin()
    {
        const Theme* theme = subject_.theme ? instrument_.theme(*subject_.theme) : nullptr;
        const std::vector<Parameter> names{{"municipality", subject_.municipality},
                                           {"theme", theme != nullptr ? say_.of(theme->title) : ""}};
        const auto key = theme != nullptr && subject_.kind == ReportKind::partners
                             ? std::string{"title_partners_theme"}
                             : "title_" + name_of(subject_.kind);
        out_.title = say_(key, names);
        out_.subtitle = say_("subtitle", {{"instrument", say_.of(instrument_.title)},
                                          {"period", say_.period(result_.period_from, result_.period_to)}});
        out_.language = say_.code();
        out_.author = subject_.municipality;
        out_.marker = subject_.demonstration ? say_("marker") : "";
        out_.date = subject_.made_on.to_text();
        out_.page_word = say_("page");
        if (subject_.demonstration)
            out_.remark(say_("marker_text"));
        if (result_.provisional)
            out_.remark(say_(result_.state == ScanState::archived ? "stopped" : "provisional"));
        if (subject_.kind == ReportKind::full)
            out_.remark(say_("internal"));
        else if (open_to_outside())
            out_.remark(say_("shared"));
    }

    const QuestionResult* question(std::string_view key) const
    {
        const auto found = std::find_if(result_.questions.begin(), result_.questions.end(),
                                        [&](const auto& one) { return one.question == key; });
        return found == result_.questions.end() ? nullptr : &*found;
    }

    std::string text_of(std::string_view key) const
    {
        const auto* found = question(key);
        return found == nullptr ? std::string{key} : fmt::format("{}. {}", found->number, say_.of(found->text));
    }

    std::string value(const std::optional<AnswerValue>& value) const
    {
        if (value)
            for (const auto& one : instrument_.scale)
                if (one.value == *value)
                    return say_.of(one.label);
        return say_("answer_none");
    }

    std::string answer(const QuestionResult& result) const
    {
        const Question* asked = instrument_.question(result.question);
        if (result.value == AnswerValue::partly && asked != nullptr && !asked->parts.empty())
            return say_("answer_parts", {{"answer", value(result.value)},
                                         {"held", std::to_string(result.parts.size())},
                                         {"parts", std::to_string(asked->parts.size())}});
        if (!result.value && !result.values.empty()) {
            std::string all;
            for (const auto& key : result.values) {
                std::string label = key;
                if (asked != nullptr)
                    for (const auto& choice : asked->choices)
                        if (choice.key == key)
                            label = say_.of(choice.label);
                all += (all.empty() ? "" : ", ") + label;
            }
            return all;
        }
        return value(result.value);
    }

    const Band* band(const Score& score) const { return score.score ? band_of(instrument_, *score.score) : nullptr; }

    std::string score_sentence(const Score& score, std::string_view key, std::string_view none) const
    {
        const Band* found = band(score);
        if (!score.score || !score.percent || found == nullptr)
            return say_(none);
        return say_(key, {{"points", written(score.points)},
                          {"counted", std::to_string(score.counted)},
                          {"percent", std::to_string(*score.percent)},
                          {"band", say_.of(found->label)}});
    }

    void summary()
    {
        std::size_t not_applicable = 0, unanswered = 0;
        for (const auto& one : result_.questions) {
            not_applicable += one.standing == Standing::not_applicable ? 1 : 0;
            unanswered += one.standing == Standing::unanswered ? 1 : 0;
        }
        out_.lead(say_("summary", {{"total", std::to_string(result_.questions.size())},
                                   {"strong", std::to_string(result_.strengths.size())},
                                   {"weak", std::to_string(result_.blind_spots.size())},
                                   {"unsupported", std::to_string(result_.unsupported.size())},
                                   {"unknown", std::to_string(result_.unknowns.size())}}));
        std::string more;
        for (const auto& [count, key] :
             {std::pair{not_applicable, "summary_not_applicable"}, {unanswered, "summary_unanswered"}})
            if (count > 0)
                more += (more.empty() ? "" : " ") +
                        say_(count == 1 ? std::string{key} + "_one" : key, {{"count", std::to_string(count)}});
        if (!more.empty())
            out_.paragraph(more);
    }

    void outcome()
    {
        out_.heading(1, say_("outcome"));
        out_.paragraph(score_sentence(result_.total, "outcome_score", "outcome_no_score"));
        if (const Band* found = band(result_.total))
            out_.paragraph(say_.of(found->text));
    }

    std::vector<detail::ThemePoint> points() const
    {
        std::vector<detail::ThemePoint> all;
        for (const auto& theme : result_.themes)
            all.push_back({fmt::format("{}. {}", theme.number, say_.of(theme.title)), theme.score.percent});
        return all;
    }

    /// What the picture shows, in words, for who does not see it.
    std::string described() const
    {
        std::string all;
        for (const auto& point : points())
            all += (all.empty() ? "" : "; ") +
                   (point.percent
                        ? say_("chart_item", {{"theme", point.title}, {"percent", std::to_string(*point.percent)}})
                        : say_("chart_item_none", {{"theme", point.title}}));
        return all;
    }

    void bars()
    {
        if (result_.themes.empty())
            return;
        const auto all = points();
        const int width = subject_.kind == ReportKind::council ? 140 : 170;
        const int height = (static_cast<int>(all.size()) * 22 + 24) * width / 700;
        out_.figure({.svg = detail::bars_svg(all, say_("no_score")),
                     .title = say_("chart_title"),
                     .description = described(),
                     .width = width,
                     .height = height});
    }

    void radar()
    {
        if (result_.themes.size() < 3)
            return;
        out_.figure({.svg = detail::radar_svg(points()),
                     .title = say_("radar_title"),
                     .description = described(),
                     .width = 150,
                     .height = 95});
    }

    void themes_table()
    {
        TableBlock table{.caption = say_("table_themes"),
                         .head = {say_("col_theme"), say_("col_points"), say_("col_counted"), say_("col_percent"),
                                  say_("col_unknown"), say_("col_band")},
                         .rows = {},
                         .numbers = {1, 2, 3, 4}};
        for (const auto& theme : result_.themes) {
            const Band* found = band(theme.score);
            table.rows.push_back({fmt::format("{}. {}", theme.number, say_.of(theme.title)),
                                  written(theme.score.points), std::to_string(theme.score.counted),
                                  theme.score.percent ? fmt::format("{}%", *theme.score.percent) : say_("no_score"),
                                  std::to_string(theme.score.unknown),
                                  found != nullptr ? say_.of(found->label) : say_("no_score")});
        }
        out_.table(std::move(table));
    }

    /// Questions by name, the first few where the report must stay short.
    void named(std::string_view heading, const std::vector<std::string>& keys, std::string_view none,
               bool with_answer)
    {
        out_.heading(1, say_(heading));
        if (keys.empty()) {
            if (!none.empty())
                out_.paragraph(say_(none));
            return;
        }
        const std::size_t most = subject_.kind == ReportKind::council ? most_named : keys.size();
        std::vector<std::string> items;
        for (std::size_t index = 0; index < keys.size() && index < most; ++index) {
            const auto* found = question(keys[index]);
            items.push_back(with_answer && found != nullptr
                                ? say_("weak_item", {{"question", text_of(keys[index])}, {"answer", answer(*found)}})
                                : text_of(keys[index]));
        }
        out_.bullets(std::move(items));
        if (keys.size() > most)
            out_.remark(say_("more", {{"count", std::to_string(keys.size() - most)}}));
    }

    void continuity()
    {
        if (result_.continuity.empty())
            return;
        out_.heading(1, say_("continuity"));
        std::vector<std::string> items;
        for (const auto& finding : result_.continuity)
            items.push_back(say_("continuity_" + name_of(finding.kind) + "_" + name_of(finding.level)));
        out_.bullets(std::move(items));
    }

    /// Text and day; the function only inside the municipality.
    void action_table(const std::vector<const ActionView*>& actions)
    {
        TableBlock table{.caption = say_("actions_table"), .head = {say_("col_action")}, .rows = {}, .numbers = {}};
        const bool inside = !open_to_outside();
        if (inside)
            table.head.push_back(say_("col_owner"));
        table.head.push_back(say_("col_due"));
        table.head.push_back(say_("col_status"));
        for (const auto* action : actions) {
            std::vector<std::string> row{action->text};
            if (inside)
                row.push_back(action->owner_function);
            row.push_back(say_.day_unbroken(action->due_on));
            row.push_back(say_("status_" + name_of(action->status)));
            table.rows.push_back(std::move(row));
        }
        out_.table(std::move(table));
    }

    void actions()
    {
        out_.heading(1, say_("actions"));
        if (actions_.empty()) {
            out_.paragraph(say_("actions_none"));
            return;
        }
        const std::size_t most = subject_.kind == ReportKind::council ? most_named + 1 : actions_.size();
        std::vector<const ActionView*> shown;
        for (std::size_t index = 0; index < actions_.size() && index < most; ++index)
            shown.push_back(&actions_[index]);
        action_table(shown);
        if (actions_.size() > most)
            out_.remark(say_("more", {{"count", std::to_string(actions_.size() - most)}}));
    }

    std::string percent(const Score& score) const
    {
        return score.percent ? fmt::format("{}%", *score.percent) : say_("no_score");
    }

    void change()
    {
        if (!result_.change)
            return;
        const auto& change = *result_.change;
        out_.heading(1, say_("change"));
        out_.paragraph(say_("change_text", {{"period", say_.period(change.period_from, change.period_to)},
                                            {"before", percent(change.before)},
                                            {"now", percent(change.now)},
                                            {"compared", std::to_string(change.compared.size())}}));
        if (subject_.kind == ReportKind::council)
            return;
        TableBlock table{.caption = say_("change_table"),
                         .head = {say_("col_question"), say_("col_before"), say_("col_now"), say_("col_cause")},
                         .rows = {},
                         .numbers = {}};
        for (const auto& one : change.questions) {
            std::string causes;
            for (const auto& cause : one.causes)
                causes += (causes.empty() ? "" : "; ") + cause.text;
            table.rows.push_back(
                {text_of(one.question), value(one.before), value(one.now), causes.empty() ? say_("none") : causes});
        }
        if (table.rows.empty())
            out_.paragraph(say_("change_none"));
        else
            out_.table(std::move(table));
    }

    // --- The kinds of reports -------------------------------------------------------------------------------------

    void council()
    {
        summary();
        outcome();
        bars();
        continuity();
        named("strong", result_.strengths, "strong_none", false);
        named("weak", result_.blind_spots, "weak_none", true);
        named("unknowns", result_.unknowns, "unknowns_none", false);
        change();
        actions();
    }

    void partners()
    {
        if (!subject_.theme) {
            summary();
            outcome();
            bars();
            themes_table();
        }
        for (const auto& result : result_.themes)
            if (!subject_.theme || *subject_.theme == result.theme)
                theme(result, /*inside=*/false);
    }

    void full()
    {
        summary();
        outcome();
        bars();
        radar();
        themes_table();
        change();
        continuity();
        named("unknowns", result_.unknowns, "unknowns_none", false);
        named("unsupported", result_.unsupported, "", false);
        actions();
        out_.new_page();
        out_.heading(1, say_("themes"));
        for (const auto& result : result_.themes)
            theme(result, /*inside=*/true);
        std::vector<std::string> differ;
        for (const auto& difference : result_.differences)
            if (difference.differs)
                differ.push_back(text_of(difference.question));
        if (!differ.empty()) {
            out_.heading(1, say_("differences"));
            out_.paragraph(say_("differences_text"));
            out_.bullets(std::move(differ));
        }
        if (!result_.participants.empty()) {
            out_.heading(1, say_("participants"));
            out_.bullets(result_.participants);
        }
    }

    std::vector<const QuestionResult*> questions_of(std::string_view theme) const
    {
        std::vector<const QuestionResult*> all;
        for (const auto& one : result_.questions)
            if (one.theme == theme)
                all.push_back(&one);
        return all;
    }

    std::string proofs(const QuestionResult& result) const
    {
        std::string all;
        for (const auto& proof : result.proofs)
            all += (all.empty() ? "" : "; ") + (proof.kind == ProofKind::asserted ? say_("proof_asserted")
                                                : proof.url ? fmt::format("{} ({})", proof.title, *proof.url)
                                                            : proof.title);
        return all;
    }

    void green_of(const std::vector<const QuestionResult*>& questions, int level)
    {
        std::vector<std::string> items;
        for (const auto* one : questions) {
            const Question* asked = instrument_.question(one->question);
            if ((is_weak(one->standing) || one->standing == Standing::unanswered) && asked != nullptr && asked->green)
                items.push_back(fmt::format("{}. {}", one->number, say_.of(*asked->green)));
        }
        if (items.empty())
            return;
        out_.heading(level, say_("green"));
        out_.bullets(std::move(items));
    }

    void theme(const ThemeResult& result, bool inside)
    {
        out_.heading(inside ? 2 : 1, fmt::format("{}. {}", result.number, say_.of(result.title)));
        out_.paragraph(score_sentence(result.score, "theme_score", "theme_no_score"));
        const auto questions = questions_of(result.theme);
        TableBlock table{.caption = say_("questions_table"),
                         .head = {say_("col_question"), say_("col_answer"), say_("col_points")},
                         .rows = {},
                         .numbers = {2}};
        if (inside) {
            table.head.push_back(say_("col_reason"));
            table.head.push_back(say_("col_proof"));
        }
        for (const auto* one : questions) {
            std::vector<std::string> row{text_of(one->question), answer(*one),
                                         one->points ? written(*one->points) : "–"};
            if (inside) {
                row.push_back(one->reason);
                row.push_back(proofs(*one));
            }
            table.rows.push_back(std::move(row));
        }
        out_.table(std::move(table));
        green_of(questions, inside ? 3 : 2);
        std::vector<const ActionView*> own;
        for (const auto& action : actions_)
            if (action.theme == result.theme)
                own.push_back(&action);
        if (!own.empty())
            action_table(own);
    }

    void outline()
    {
        out_.lead(say_("outline_lead"));
        for (const auto& result : result_.themes) {
            out_.heading(1, fmt::format("{}. {}", result.number, say_.of(result.title)));
            const auto questions = questions_of(result.theme);
            out_.heading(2, say_("outline_scan"));
            std::vector<std::string> items;
            for (const auto* one : questions)
                items.push_back(say_("weak_item", {{"question", text_of(one->question)}, {"answer", answer(*one)}}));
            out_.bullets(std::move(items));
            green_of(questions, 2);
            out_.heading(2, say_("outline_plan"));
            for (const char* asked : {"outline_goal", "outline_activity", "outline_who", "outline_when"}) {
                out_.paragraph(say_(asked));
                out_.write_lines(2);
            }
        }
    }

    // --- Sources --------------------------------------------------------------------------------------------------

    void made()
    {
        out_.heading(1, say_("made"));
        std::vector<std::string> remarks{say_("made_on", {{"date", say_.day(subject_.made_on)}})};
        if (instrument_.scoring && subject_.kind != ReportKind::outline)
            remarks.push_back(say_.of(instrument_.scoring->text));
        if (instrument_.scale_remark)
            remarks.push_back(say_.of(*instrument_.scale_remark));
        if (instrument_.reconstructed_remark)
            remarks.push_back(say_.of(*instrument_.reconstructed_remark));
        for (const auto& source : instrument_.sources) {
            const auto key = "document_" + source.document;
            std::vector<Parameter> about{{"title", say_.has(key) ? say_(key) : source.document},
                                         {"place", say_.of(source.place)}};
            if (source.lines)
                about.emplace_back("lines", *source.lines);
            remarks.push_back(say_(source.lines ? "source_lines" : "source", about));
        }
        if (subject_.kind != ReportKind::council) {
            for (auto& remark : remarks)
                out_.remark(std::move(remark));
            return;
        }
        // Two pages: one paragraph.
        std::string all;
        for (const auto& remark : remarks)
            all += (all.empty() ? "" : " ") + remark;
        out_.remark(std::move(all));
    }

    const Instrument& instrument_;
    const ScanResult& result_;
    const std::span<const ActionView> actions_;
    const ReportSubject& subject_;
    const ReportTexts say_;
    Document out_;
};

} // namespace

Document report_of(const Instrument& instrument, const ScanResult& result, std::span<const ActionView> actions,
                   const ReportSubject& subject)
{
    return Writer{instrument, result, actions, subject}.write();
}

Document paper_form(const Instrument& instrument, describe::Language language, Day made_on)
{
    const ReportTexts say{language};
    Document out{.title = say("title_paper", {{"instrument", say.of(instrument.title)}}),
                 .subtitle = "",
                 .language = std::string{say.code()},
                 .author = "Beproefd",
                 .marker = "",
                 .date = made_on.to_text(),
                 .page_word = say("page"),
                 .blocks = {}};
    out.lead(say.of(instrument.introduction));
    out.paragraph(say("paper_lead"));
    out.paragraph(say("paper_function"));
    out.write_lines(1);
    for (const auto& scale : instrument.scale)
        out.remark(fmt::format("{}: {}", say.of(scale.label), say.of(scale.meaning)));
    for (const auto& theme : instrument.themes) {
        const auto questions = instrument.questions_of(theme.key);
        if (questions.empty())
            continue;
        out.heading(1, fmt::format("{}. {}", theme.number, say.of(theme.title)));
        for (const auto* question : questions) {
            out.heading(2, fmt::format("{}. {}", question->number, say.of(question->text)));
            if (question->explanation)
                out.remark(say("paper_read", {{"text", say.of(*question->explanation)}}));
            if (question->type == QuestionType::scale)
                for (const auto& scale : instrument.scale)
                    out.tick(say.of(scale.label));
            for (const auto& choice : question->choices)
                out.tick(say.of(choice.label));
            if (!question->parts.empty()) {
                out.paragraph(say("paper_parts"));
                for (const auto& part : question->parts)
                    out.tick(say.of(part.text));
            }
            if (!question->hints.empty()) {
                std::string hints;
                for (const auto& hint : question->hints)
                    hints += (hints.empty() ? "" : "; ") + say.of(hint);
                out.remark(say("paper_proof", {{"hints", hints}}));
            }
            out.paragraph(say("paper_why"));
            out.write_lines(2);
        }
    }
    out.heading(1, say("made"));
    if (instrument.scale_remark)
        out.remark(say.of(*instrument.scale_remark));
    if (instrument.reconstructed_remark)
        out.remark(say.of(*instrument.reconstructed_remark));
    return out;
}

std::string report_file_name(const ReportSubject& subject, Day period_to, std::string_view ending)
{
    const ReportTexts say{subject.language};
    const auto kind = say("file_" + name_of(subject.kind));
    const bool theme = subject.theme && subject.kind == ReportKind::partners;
    return fmt::format("{}{}{}-{}.{}", kind, theme ? "-" : "", theme ? *subject.theme : "", period_to.year(), ending);
}

std::string paper_file_name(describe::Language language) { return ReportTexts{language}("file_paper") + ".odt"; }

std::string written(Fraction points)
{
    const auto whole = points.numerator / points.denominator, rest = points.numerator % points.denominator;
    if (rest == 0)
        return std::to_string(whole);
    const auto part = Fraction::of(rest, points.denominator);
    const char* sign = part == Fraction::of(1, 2)   ? "½"
                       : part == Fraction::of(1, 4) ? "¼"
                       : part == Fraction::of(3, 4) ? "¾"
                                                    : nullptr;
    auto share = sign != nullptr ? std::string{sign} : fmt::format("{}/{}", part.numerator, part.denominator);
    if (whole == 0)
        return share;
    return sign != nullptr ? fmt::format("{}{}", whole, share) : fmt::format("{} {}", whole, share);
}

} // namespace beproefd::quickscan
