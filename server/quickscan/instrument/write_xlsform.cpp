// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/spreadsheet.hpp"
#include "quickscan/instrument/xlsform.hpp"
#include "quickscan/instrument/xlsform_cells.hpp"

namespace beproefd::quickscan {
namespace {

using xlsform::Cells;

const Words parts_label{"Welke onderdelen zijn op orde?", "Which parts are in order?"};

/// A sheet with the columns in which something stands, in a fixed order.
documents::TextSheet sheet(std::string name, const std::vector<std::string>& columns, const std::vector<Cells>& rows)
{
    std::vector<std::string> used;
    for (const auto& column : columns) {
        if (std::any_of(rows.begin(), rows.end(), [&](const Cells& row) {
                const auto found = row.find(column);
                return found != row.end() && !found->second.empty();
            }))
            used.push_back(column);
    }
    documents::TextSheet out{std::move(name), {used}};
    for (const auto& row : rows) {
        auto& cells = out.rows.emplace_back();
        for (const auto& column : used) {
            const auto found = row.find(column);
            cells.push_back(found == row.end() ? "" : found->second);
        }
    }
    return out;
}

void translate(Cells& row, const std::string& column, const Words& words)
{
    row[fmt::format("{}::{}", column, xlsform::dutch)] = words.nl;
    row[fmt::format("{}::{}", column, xlsform::english)] = words.en;
}

std::string type_of(const Question& question)
{
    switch (question.type) {
    case QuestionType::scale:
        return "select_one scale";
    case QuestionType::choose_one:
        return "select_one " + question.key;
    case QuestionType::choose_many:
        return "select_multiple " + question.key;
    case QuestionType::number:
        return "integer";
    case QuestionType::text:
        break;
    }
    return "text";
}

std::string constraint_of(const Question& question)
{
    std::string out;
    if (question.minimum)
        out = fmt::format(". >= {}", *question.minimum);
    if (question.maximum)
        out += fmt::format("{}. <= {}", out.empty() ? "" : " and ", *question.maximum);
    return out;
}

class Writer
{
public:
    explicit Writer(const Instrument& instrument) : instrument_(instrument) {}

    std::string write()
    {
        survey();
        for (const auto& value : instrument_.scale) {
            Cells& row = choices_.emplace_back();
            row["list_name"] = "scale";
            row["name"] = std::string{describe::Scalar<AnswerValue>::to(value.value)};
            translate(row, "label", value.label);
            xlsform::put(row, "beproefd_meaning", value.meaning);
        }
        for (const auto& question : instrument_.questions) {
            for (const auto& choice : question.choices) {
                Cells& row = choices_.emplace_back();
                row["list_name"] = question.key;
                row["name"] = choice.key;
                translate(row, "label", choice.label);
                xlsform::put_own(row, choice, xlsform::native_choice);
            }
            for (const auto& part : question.parts) {
                Cells& row = choices_.emplace_back();
                row["list_name"] = question.key + "_parts";
                row["name"] = part.key;
                translate(row, "label", part.text);
            }
        }
        Cells settings;
        settings["form_title"] = instrument_.title.nl;
        settings["form_id"] = instrument_.key;
        settings["version"] = std::to_string(instrument_.version);
        settings["default_language"] = xlsform::dutch;
        settings["beproefd_title_en"] = instrument_.title.en;
        xlsform::put_own(settings, instrument_, xlsform::native_instrument);

        std::vector<std::string> survey_columns = translated({"type", "name"}, {"label", "hint"});
        survey_columns.insert(survey_columns.end(), {"constraint", "relevant", "beproefd_role"});
        xlsform::own_columns<Question>(survey_columns, xlsform::native_question);
        std::vector<std::string> choice_columns = translated({"list_name", "name"}, {"label"});
        choice_columns.insert(choice_columns.end(), {"beproefd_meaning_nl", "beproefd_meaning_en"});
        xlsform::own_columns<Choice>(choice_columns, xlsform::native_choice);
        std::vector<std::string> setting_columns{"form_title", "form_id", "version", "default_language",
                                                 "beproefd_title_en"};
        xlsform::own_columns<Instrument>(setting_columns, xlsform::native_instrument);
        return documents::to_text_xlsx({sheet("survey", survey_columns, survey_),
                                        sheet("choices", choice_columns, choices_),
                                        sheet("settings", setting_columns, {settings})});
    }

private:
    static std::vector<std::string> translated(std::vector<std::string> plain, const std::vector<std::string>& twice)
    {
        for (const auto& column : twice) {
            plain.push_back(fmt::format("{}::{}", column, xlsform::dutch));
            plain.push_back(fmt::format("{}::{}", column, xlsform::english));
        }
        return plain;
    }

    void survey()
    {
        std::string theme;
        std::string block;
        for (const auto& question : instrument_.questions) {
            if (question.theme != theme) {
                if (!theme.empty())
                    survey_.push_back({{"type", "end_group"}});
                theme = question.theme;
                Cells& row = survey_.emplace_back();
                row["type"] = "begin_group";
                row["name"] = theme;
                translate(row, "label", instrument_.theme(theme)->title);
            }
            if (question.block && *question.block != block) {
                block = *question.block;
                const Block& shared = *instrument_.block(block);
                Cells& row = survey_.emplace_back();
                row["type"] = "note";
                row["name"] = block;
                row["beproefd_role"] = "block";
                translate(row, "label", shared.text);
                xlsform::put(row, "beproefd_sources", shared.sources);
            }
            Cells& row = survey_.emplace_back();
            row["type"] = type_of(question);
            row["name"] = question.key;
            translate(row, "label", question.text);
            if (question.explanation)
                translate(row, "hint", *question.explanation);
            row["constraint"] = constraint_of(question);
            xlsform::put_own(row, question, xlsform::native_question);
            if (!question.parts.empty()) {
                Cells& parts = survey_.emplace_back();
                parts["type"] = fmt::format("select_multiple {}_parts", question.key);
                parts["name"] = question.key + "_parts";
                parts["beproefd_role"] = "parts";
                parts["relevant"] = fmt::format("${{{}}} = 'partly'", question.key);
                translate(parts, "label", parts_label);
            }
        }
        if (!theme.empty())
            survey_.push_back({{"type", "end_group"}});
    }

    const Instrument& instrument_;
    std::vector<Cells> survey_;
    std::vector<Cells> choices_;
};

} // namespace

std::string to_xlsform(const Instrument& instrument) { return Writer{instrument}.write(); }

} // namespace beproefd::quickscan
