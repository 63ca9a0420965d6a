// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/describe/sentences.hpp"
#include "platform/documents/spreadsheet.hpp"
#include "quickscan/instrument/reading.hpp"
#include "quickscan/instrument/xlsform.hpp"
#include "quickscan/instrument/xlsform_cells.hpp"

#include <charconv>
#include <set>

namespace beproefd::quickscan {
namespace {

using xlsform::Cells;

std::string lowered(std::string_view text)
{
    std::string out{text};
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const auto space = [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; };
    while (!text.empty() && space(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && space(text.back()))
        text.remove_suffix(1);
    return text;
}

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> out;
    for (text = trimmed(text); !text.empty(); text = trimmed(text)) {
        const auto end = std::min(text.find_first_of(" \t\n\r"), text.size());
        out.emplace_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    return out;
}

/// The columns whose text other programs show: the name before the language.
bool is_translated(std::string_view base) { return base == "label" || base == "hint"; }

enum class Language { none, dutch, english, other };

/// "Nederlands (nl)" → dutch. By code when there is one, else by name.
Language language_of(std::string_view name)
{
    const std::string text = lowered(trimmed(name));
    if (text.ends_with("(nl)") || text == "nl" || text == "nederlands" || text == "dutch")
        return Language::dutch;
    if (text.ends_with("(en)") || text == "en" || text == "english" || text == "engels")
        return Language::english;
    return Language::other;
}

/// A row of a sheet with its cells by name of the column.
struct Row {
    int number = 0;
    Cells cells;

    std::string_view at(std::string_view column) const
    {
        const auto found = cells.find(column);
        return found == cells.end() ? std::string_view{} : std::string_view{found->second};
    }
};

struct Table {
    std::string sheet;
    std::map<std::string, std::string, std::less<>> letters; ///< name of the column → its letter
    std::vector<Row> rows;
};

class Form
{
public:
    explicit Form(const std::vector<documents::ReadSheet>& sheets)
    {
        for (const auto& sheet : sheets) {
            const std::string name = lowered(trimmed(sheet.name));
            if (name == "survey")
                survey_ = table(sheet);
            else if (name == "choices")
                choices_ = table(sheet);
            else if (name == "settings")
                settings_ = table(sheet);
            else if (!sheet.rows.empty())
                leave_out({.sheet = sheet.name, .row = 0, .column = "", .code = "xlsform-sheet", .text = {}});
        }
    }

    Result<XlsformReading> read()
    {
        if (!survey_)
            return invalid({{.pointer = "/survey", .code = "xlsform-no-survey"}});
        settings();
        choices();
        survey();
        if (instrument_.minutes_per_question < 1)
            instrument_.minutes_per_question = *Whole<1, 60>::from(2);
        if (!errors_.empty())
            return invalid(std::move(errors_));
        if (auto wrong = wrong_in(instrument_); !wrong.empty())
            return invalid(std::move(wrong));
        for (auto& part : left_out_)
            part.text = {describe::sentence(part.code, parameters_of(part), describe::Language::nl),
                         describe::sentence(part.code, parameters_of(part), describe::Language::en)};
        return XlsformReading{std::move(instrument_), std::move(left_out_)};
    }

private:
    static std::vector<Parameter> parameters_of(const LeftOutPart& part)
    {
        return {{"sheet", part.sheet}, {"row", std::to_string(part.row)}, {"column", part.column}};
    }

    Table table(const documents::ReadSheet& sheet)
    {
        Table out{sheet.name, {}, {}};
        std::vector<std::string> columns;
        for (const auto& row : sheet.rows) {
            if (columns.empty()) {
                for (std::size_t i = 0; i < row.cells.size(); ++i) {
                    std::string name = column_name(row.cells[i]);
                    const auto letter = documents::column_letters(static_cast<std::uint32_t>(i));
                    if (!name.empty() && !out.letters.emplace(name, letter).second)
                        error(out, static_cast<int>(row.number), name, "duplicate-member", {{"name", name}});
                    columns.push_back(std::move(name));
                }
                continue;
            }
            Row& read = out.rows.emplace_back();
            read.number = static_cast<int>(row.number);
            for (std::size_t i = 0; i < row.cells.size(); ++i) {
                if (trimmed(row.cells[i]).empty())
                    continue;
                if (i >= columns.size() || columns[i].empty()) {
                    leave_out({.sheet = sheet.name,
                               .row = read.number,
                               .column = documents::column_letters(static_cast<std::uint32_t>(i)),
                               .code = "xlsform-column",
                               .text = {}});
                    continue;
                }
                read.cells.emplace(columns[i], row.cells[i]);
            }
            for (const auto column : row.formulas)
                leave_out({.sheet = sheet.name,
                           .row = read.number,
                           .column = documents::column_letters(column),
                           .code = "xlsform-formula",
                           .text = {}});
        }
        return out;
    }

    /// "label : English" and "Label::English" mean the same; the language keeps its capitals.
    static std::string column_name(std::string_view head)
    {
        const std::string_view text = trimmed(head);
        const auto colon = text.find(':');
        if (colon == std::string_view::npos)
            return lowered(text);
        auto rest = text.substr(colon);
        while (!rest.empty() && (rest.front() == ':' || rest.front() == ' '))
            rest.remove_prefix(1);
        return fmt::format("{}::{}", lowered(trimmed(text.substr(0, colon))), rest);
    }

    void error(const Table& in, int row, std::string_view column, std::string code,
               std::vector<Parameter> parameters = {})
    {
        const auto letter = in.letters.find(column);
        errors_.push_back(
            {.pointer = fmt::format("/{}/{}/{}", lowered(in.sheet), row, column),
             .code = std::move(code),
             .parameters = std::move(parameters),
             .place = fmt::format("{}!{}{}", in.sheet, letter == in.letters.end() ? "" : letter->second, row)});
    }

    void leave_out(LeftOutPart part) { left_out_.push_back(std::move(part)); }

    void leave_out(const Table& in, const Row& row, std::string_view column, std::string code)
    {
        const auto letter = in.letters.find(column);
        leave_out({.sheet = in.sheet,
                   .row = row.number,
                   .column = letter == in.letters.end() ? std::string{column}
                                                        : fmt::format("{} {}", letter->second, column),
                   .code = std::move(code),
                   .text = {}});
    }

    xlsform::Wrong wrong_at(const Table& in, int row)
    {
        return [this, &in, row](std::string_view column, const std::vector<FieldError>& errors) {
            for (const auto& one : errors)
                error(in, row, column, one.code, one.parameters);
        };
    }

    /// The text of a column in both languages. A form in one language has it in both.
    std::optional<Words> words(const Table& in, const Row& row, std::string_view base)
    {
        std::string_view plain;
        std::string_view nl;
        std::string_view en;
        for (const auto& [column, text] : row.cells) {
            if (column == base) {
                plain = text;
                continue;
            }
            if (!column.starts_with(fmt::format("{}::", base)))
                continue;
            switch (language_of(std::string_view{column}.substr(base.size() + 2))) {
            case Language::dutch:
                nl = text;
                break;
            case Language::english:
                en = text;
                break;
            case Language::none:
            case Language::other:
                leave_out(in, row, column, "xlsform-language");
            }
        }
        if (nl.empty())
            nl = plain;
        if (en.empty())
            en = plain;
        if (nl.empty() && en.empty())
            return std::nullopt;
        const bool one_language = nl.empty() || en.empty() || (nl.data() == en.data());
        if (one_language && !one_language_told_) {
            one_language_told_ = true;
            leave_out(in, row, std::string{base}, "xlsform-one-language");
        }
        return Words{std::string{nl.empty() ? en : nl}, std::string{en.empty() ? nl : en}};
    }

    /// Names every cell in a column that is not in `known`; what begins with beproefd_ is known in a form of ours.
    void other_columns(const Table& in, const Row& row, std::initializer_list<std::string_view> known)
    {
        for (const auto& [column, text] : row.cells) {
            const std::string_view base = std::string_view{column}.substr(0, column.find("::"));
            if (std::find(known.begin(), known.end(), column) != known.end() || is_translated(base) ||
                (ours_ && column.starts_with(xlsform::own_prefix)))
                continue;
            const std::string value = lowered(trimmed(text));
            if (column == "required" && (value == "no" || value == "false" || value == "false()"))
                continue;
            leave_out(in, row, column, column == "relevant" ? "xlsform-skip-logic" : "xlsform-column");
        }
    }

    void settings()
    {
        Row none;
        const Table empty{"settings", {}, {}};
        const Table& in = settings_ ? *settings_ : empty;
        const Row& row = in.rows.empty() ? none : in.rows.front();
        ours_ = !row.at("beproefd_kind").empty();
        for (const auto& [column, text] : row.cells) {
            static const std::set<std::string_view> known{"form_title", "form_id", "version", "default_language"};
            if (!known.contains(column) && !(ours_ && column.starts_with(xlsform::own_prefix)))
                leave_out(in, row, column, "xlsform-setting");
        }
        const std::string title{row.at("form_title")};
        instrument_.title = {title.empty() ? "Vragenlijst" : title, title.empty() ? "Form" : title};
        const std::string_view version = row.at("version");
        const auto [stop, fault] =
            std::from_chars(version.data(), version.data() + version.size(), instrument_.version);
        const bool whole = fault == std::errc{} && stop == version.data() + version.size() && instrument_.version > 0;
        if (ours_) {
            instrument_.key = row.at("form_id");
            if (!whole)
                error(in, row.number, "version", "integer");
            instrument_.title.en = row.at("beproefd_title_en");
            xlsform::get_own(row.cells, instrument_, xlsform::native_instrument, wrong_at(in, row.number));
            return;
        }
        instrument_.status = VersionStatus::draft;
        instrument_.kind = InstrumentKind::survey;
        instrument_.introduction = instrument_.title;
        instrument_.key = key_from(row.at("form_id").empty() ? title : std::string{row.at("form_id")});
        if (!whole) {
            instrument_.version = 1;
            if (!version.empty())
                leave_out(in, row, "version", "xlsform-setting");
        }
    }

    static std::string key_from(std::string_view name)
    {
        std::string out;
        for (const char c : lowered(name)) {
            const bool fits = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            if (fits && out.size() < 60)
                out += c;
            else if (!out.empty() && out.back() != '-' && out.size() < 59)
                out += '-';
        }
        while (!out.empty() && out.back() == '-')
            out.pop_back();
        return out.empty() ? "imported-form" : out;
    }

    void choices()
    {
        if (!choices_)
            return;
        const Table& in = *choices_;
        for (const auto& row : in.rows) {
            const std::string list{trimmed(row.at("list_name").empty() ? row.at("list name") : row.at("list_name"))};
            const std::string name{trimmed(row.at("name").empty() ? row.at("value") : row.at("name"))};
            if (list.empty() && name.empty()) {
                other_columns(in, row, {});
                continue;
            }
            if (list.empty() || name.empty()) {
                error(in, row.number, list.empty() ? "list_name" : "name", "required");
                continue;
            }
            other_columns(in, row, {"list_name", "list name", "name", "value"});
            const auto label = words(in, row, "label");
            Choice choice{name, label.value_or(Words{name, name}), std::nullopt, false, false, {}};
            if (ours_ && list == "scale") {
                ScaleValue value;
                value.label = choice.label;
                if (const auto known = describe::Scalar<AnswerValue>::from(name))
                    value.value = *known;
                else
                    error(in, row.number, "name", "enum",
                          {{"allowed", describe::joined(describe::Scalar<AnswerValue>::allowed())}});
                xlsform::get(row.cells, "beproefd_meaning", value.meaning, wrong_at(in, row.number));
                instrument_.scale.push_back(std::move(value));
                continue;
            }
            if (ours_ && !list.ends_with("_parts"))
                xlsform::get_own(row.cells, choice, xlsform::native_choice, wrong_at(in, row.number));
            lists_[list].push_back(std::move(choice));
        }
    }

    void begin_theme(const Row& row, std::string name, Words title)
    {
        theme_ = std::move(name);
        theme_row_ = row.number;
        instrument_.themes.push_back({theme_, static_cast<int>(instrument_.themes.size()) + 1, std::move(title)});
        theme_used_ = false;
    }

    /// A group without questions of ours makes no theme.
    void end_theme(const Table& in)
    {
        if (!theme_.empty() && !theme_used_) {
            instrument_.themes.pop_back();
            leave_out(
                {.sheet = in.sheet, .row = theme_row_, .column = "", .code = "xlsform-empty-group", .text = {}});
        }
        theme_.clear();
    }

    void survey()
    {
        const Table& in = *survey_;
        int depth = 0;   ///< of groups
        int repeats = 0; ///< open repeats; nothing in them is kept
        for (const auto& row : in.rows) {
            const auto type = words_of(row.at("type"));
            if (type.empty()) {
                if (!row.at("name").empty())
                    error(in, row.number, "type", "required");
                continue;
            }
            std::string kind = lowered(type[0]);
            std::size_t rest = 1;
            // "select one", "begin group": the older spelling with a space.
            static const std::set<std::string> first_words{"select", "begin", "end"};
            if (first_words.contains(kind) && type.size() > 1) {
                kind += "_" + lowered(type[1]);
                rest = 2;
            }
            if (kind == "begin_repeat" || kind == "end_repeat") {
                repeats += kind == "begin_repeat" ? 1 : repeats > 0 ? -1 : 0;
                if (kind == "begin_repeat")
                    leave_out(in, row, "type", "xlsform-repeat");
                continue;
            }
            if (repeats > 0)
                continue;
            if (kind == "begin_group") {
                if (++depth > 1) {
                    leave_out(in, row, "type", "xlsform-nested-group");
                    continue;
                }
                end_theme(in);
                const std::string name{trimmed(row.at("name"))};
                other_columns(in, row, {"type", "name"});
                begin_theme(row, name, words(in, row, "label").value_or(Words{name, name}));
                continue;
            }
            if (kind == "end_group") {
                if (depth > 0 && --depth == 0)
                    end_theme(in);
                continue;
            }
            question(in, row, kind, {type.begin() + static_cast<std::ptrdiff_t>(rest), type.end()});
        }
        end_theme(in);
    }

    void question(const Table& in, const Row& row, const std::string& kind, const std::vector<std::string>& rest)
    {
        const std::string_view role = ours_ ? row.at("beproefd_role") : std::string_view{};
        if (role == "parts")
            return; // written with the question itself
        Question out;
        out.key = trimmed(row.at("name"));
        if (role == "block") {
            Block block{out.key, words(in, row, "label").value_or(Words{}), {}};
            xlsform::get(row.cells, "beproefd_sources", block.sources, wrong_at(in, row.number));
            instrument_.blocks.push_back(std::move(block));
            return;
        }
        std::string list;
        if (kind == "select_one" || kind == "select1")
            out.type = QuestionType::choose_one;
        else if (kind == "select_multiple")
            out.type = QuestionType::choose_many;
        else if (kind == "integer" || kind == "int")
            out.type = QuestionType::number;
        else if (kind == "text" || kind == "string")
            out.type = QuestionType::text;
        else {
            leave_out(in, row, "type", kind == "note" ? "xlsform-note" : "xlsform-type");
            return;
        }
        const bool chooses = out.type == QuestionType::choose_one || out.type == QuestionType::choose_many;
        if (chooses) {
            std::size_t at = !rest.empty() && lowered(rest[0]) == "from" ? 1 : 0;
            list = at < rest.size() ? rest[at] : "";
            for (++at; at < rest.size(); ++at)
                leave_out(in, row, "type", "xlsform-or-other");
        }
        if (ours_ && list == "scale") {
            out.type = QuestionType::scale;
        } else if (chooses) {
            const auto found = lists_.find(list);
            if (found == lists_.end())
                return error(in, row.number, "type", "xlsform-list", {{"list", list}});
            out.choices = found->second;
        }
        if (const auto parts = lists_.find(out.key + "_parts"); ours_ && parts != lists_.end()) {
            for (const auto& part : parts->second)
                out.parts.push_back({part.key, part.label});
        }
        if (theme_.empty())
            begin_theme(row, instrument_.themes.empty() ? "general" : fmt::format("general{}", row.number),
                        {"Algemeen", "General"});
        theme_used_ = true;
        out.theme = theme_;
        out.number = static_cast<int>(instrument_.questions.size()) + 1;
        out.text = words(in, row, "label").value_or(Words{out.key, out.key});
        out.explanation = words(in, row, "hint");
        out.wording = Wording::official;
        constraint(in, row, out);
        other_columns(in, row, {"type", "name", "constraint"});
        if (ours_)
            xlsform::get_own(row.cells, out, xlsform::native_question, wrong_at(in, row.number));
        instrument_.questions.push_back(std::move(out));
    }

    /// ". >= 1 and . <= 10", one of the two, or nothing.
    void constraint(const Table& in, const Row& row, Question& out)
    {
        const auto words = words_of(row.at("constraint"));
        if (words.empty())
            return;
        bool understood = out.type == QuestionType::number && words.size() % 4 == 3 && words.size() <= 7;
        for (std::size_t i = 0; understood && i + 2 < words.size(); i += 4) {
            int value = 0;
            const auto& digits = words[i + 2];
            const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
            auto& limit = words[i + 1] == ">=" ? out.minimum : out.maximum;
            understood = words[i] == "." && (words[i + 1] == ">=" || words[i + 1] == "<=") && !limit &&
                         fault == std::errc{} && stop == digits.data() + digits.size() &&
                         (i == 0 || words[i - 1] == "and");
            limit = value;
        }
        if (!understood) {
            out.minimum.reset();
            out.maximum.reset();
            leave_out(in, row, "constraint", "xlsform-constraint");
        }
    }

    std::optional<Table> survey_;
    std::optional<Table> choices_;
    std::optional<Table> settings_;
    bool ours_ = false;
    bool one_language_told_ = false;
    std::map<std::string, std::vector<Choice>> lists_;
    std::string theme_;
    int theme_row_ = 0;
    bool theme_used_ = false;
    Instrument instrument_;
    std::vector<LeftOutPart> left_out_;
    std::vector<FieldError> errors_;
};

} // namespace

Result<XlsformReading> read_xlsform(std::string_view bytes)
{
    const auto sheets = documents::read_xlsx(bytes);
    if (!sheets)
        return sheets.error();
    return Form{*sheets}.read();
}

Result<Instrument> read_whole_xlsform(std::string_view bytes)
{
    auto read = read_xlsform(bytes);
    if (!read)
        return read.error();
    if (read->left_out.empty())
        return std::move(read->instrument);
    std::vector<FieldError> errors;
    for (const auto& part : read->left_out)
        errors.push_back(
            {.pointer = fmt::format("/{}/{}", part.sheet, part.row),
             .code = part.code,
             .parameters = {{"sheet", part.sheet}, {"row", std::to_string(part.row)}, {"column", part.column}},
             .place = part.row == 0 ? part.sheet : fmt::format("{}:{} {}", part.sheet, part.row, part.column)});
    return invalid(std::move(errors));
}

} // namespace beproefd::quickscan
