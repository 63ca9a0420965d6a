// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/reading.hpp"

#include "platform/describe/data_file.hpp"
#include "platform/describe/yaml.hpp"
#include "vocabulary/service.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace beproefd::quickscan {
namespace {

/// The file of one version: the instrument, and where more questions stand.
struct InstrumentFile : Instrument {
    std::vector<std::string> question_files;
};
BOOST_DESCRIBE_STRUCT(InstrumentFile, (Instrument), (question_files))

struct QuestionFile {
    std::vector<Question> questions;
};
BOOST_DESCRIBE_STRUCT(QuestionFile, (), (questions))

constexpr std::size_t fewest_parts = 2;
constexpr std::size_t most_parts = 6;
constexpr std::size_t longest_text = 4000; ///< bytes; a text of a form, not a chapter

/// kebab-case, and the letters and digits that keys like "T1" and "q6" need.
bool is_key(std::string_view key)
{
    return !key.empty() && key.size() <= 60 && key.front() != '-' && key.back() != '-' &&
           std::all_of(key.begin(), key.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                      c == '_';
           });
}

/// A key that can name a question in a form: it begins with a letter.
bool is_name(std::string_view key)
{
    return !key.empty() && ((key.front() >= 'a' && key.front() <= 'z') || (key.front() >= 'A' && key.front() <= 'Z'));
}

/// "33" or "63-70", from 1.
bool is_lines(std::string_view text)
{
    const auto number = [](std::string_view digits) {
        int value = 0;
        const auto [stop, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return fault == std::errc{} && stop == digits.data() + digits.size() ? value : 0;
    };
    const auto dash = text.find('-');
    const int first = number(text.substr(0, dash));
    return first > 0 && (dash == std::string_view::npos || number(text.substr(dash + 1)) > first);
}

class Check
{
public:
    explicit Check(const Instrument& instrument) : instrument_(instrument) {}

    std::vector<FieldError> run()
    {
        head();
        scale();
        bands();
        keys("/themes", instrument_.themes);
        keys("/blocks", instrument_.blocks);
        keys("/questions", instrument_.questions);
        for (std::size_t i = 0; i < instrument_.blocks.size(); ++i)
            sources(fmt::format("/blocks/{}", i), instrument_.blocks[i].sources);
        sources("", instrument_.sources);
        for (std::size_t i = 0; i < instrument_.questions.size(); ++i)
            question(fmt::format("/questions/{}", i), instrument_.questions[i], i);
        order();
        words("", instrument_);
        for (std::size_t i = 0; i < instrument_.crosswalks.size(); ++i)
            crosswalk(fmt::format("/crosswalks/{}", i), instrument_.crosswalks[i]);
        return std::move(errors_);
    }

private:
    void wrong(std::string pointer, std::string code, std::vector<Parameter> parameters = {})
    {
        errors_.push_back(
            {.pointer = std::move(pointer), .code = std::move(code), .parameters = std::move(parameters)});
    }

    template<class T>
    void keys(const std::string& pointer, const std::vector<T>& all)
    {
        std::set<std::string> seen;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!is_key(all[i].key))
                wrong(fmt::format("{}/{}/key", pointer, i), "instrument-key", {{"key", all[i].key}});
            if (!seen.insert(all[i].key).second)
                wrong(fmt::format("{}/{}/key", pointer, i), "key-twice", {{"key", all[i].key}});
        }
    }

    /// Both languages of every text, wherever it stands.
    template<class T>
    void words(const std::string& pointer, const T& value)
    {
        if constexpr (std::is_same_v<T, Words>) {
            if (value.nl.empty() || value.en.empty())
                wrong(pointer + (value.nl.empty() ? "/nl" : "/en"), "required");
            if (value.nl.size() > longest_text || value.en.size() > longest_text)
                wrong(pointer, "length", {{"minimum", "1"}, {"maximum", std::to_string(longest_text)}});
        } else if constexpr (describe::IsOptional<T>::value) {
            if (value)
                words(pointer, *value);
        } else if constexpr (describe::IsVector<T>::value) {
            for (std::size_t i = 0; i < value.size(); ++i)
                words(fmt::format("{}/{}", pointer, i), value[i]);
        } else if constexpr (describe::DescribedStruct<T>) {
            boost::mp11::mp_for_each<describe::Members<T>>([&](auto member) {
                words(fmt::format("{}/{}", pointer, describe::json_name<T, decltype(member)>()),
                      value.*member.pointer);
            });
        }
    }

    /// Themes and explanations come in the order of the questions, each in one run, so that a form can be read from
    /// top to bottom; and no two things of a form have the same name.
    void order()
    {
        std::vector<std::string> themes;
        std::vector<std::string> blocks;
        std::set<std::string> names;
        for (std::size_t i = 0; i < instrument_.questions.size(); ++i) {
            const auto& question = instrument_.questions[i];
            const std::string at = fmt::format("/questions/{}", i);
            if (themes.empty() || themes.back() != question.theme) {
                if (std::count(themes.begin(), themes.end(), question.theme))
                    wrong(at + "/theme", "theme-apart", {{"key", question.theme}});
                themes.push_back(question.theme);
            }
            if (question.block && (blocks.empty() || blocks.back() != *question.block)) {
                if (std::count(blocks.begin(), blocks.end(), *question.block))
                    wrong(at + "/block", "theme-apart", {{"key", *question.block}});
                blocks.push_back(*question.block);
            }
        }
        const auto compare = [&](const char* pointer, const auto& all, const std::vector<std::string>& used) {
            for (std::size_t i = 0; i < all.size(); ++i) {
                if (i >= used.size() || used[i] != all[i].key)
                    wrong(fmt::format("{}/{}/key", pointer, i), "not-in-order-of-questions", {{"key", all[i].key}});
                if (!names.insert(all[i].key).second || !is_name(all[i].key))
                    wrong(fmt::format("{}/{}/key", pointer, i), "instrument-name", {{"key", all[i].key}});
            }
        };
        compare("/themes", instrument_.themes, themes);
        compare("/blocks", instrument_.blocks, blocks);
        std::set<std::string> keys; // one that occurs twice is told already
        for (std::size_t i = 0; i < instrument_.questions.size(); ++i) {
            const auto& key = instrument_.questions[i].key;
            if (!keys.insert(key).second)
                continue;
            // A question with parts is two questions on a form.
            if (!names.insert(key).second || !names.insert(key + "_parts").second || !is_name(key))
                wrong(fmt::format("/questions/{}/key", i), "instrument-name", {{"key", key}});
        }
        for (std::size_t i = 0; i < instrument_.themes.size(); ++i) {
            if (instrument_.themes[i].number != static_cast<int>(i) + 1)
                wrong(fmt::format("/themes/{}/number", i), "question-number", {{"expected", std::to_string(i + 1)}});
        }
    }

    void head()
    {
        if (!is_key(instrument_.key))
            wrong("/key", "instrument-key", {{"key", instrument_.key}});
        if (instrument_.version < 1)
            wrong("/version", "range", {{"minimum", "1"}, {"maximum", "9999"}});
        if (instrument_.questions.empty())
            wrong("/questions", "instrument-empty");
        if (instrument_.reconstructed && !instrument_.reconstructed_remark)
            wrong("/reconstructedRemark", "required");
        const bool scored = instrument_.kind == InstrumentKind::scored;
        if (scored && !instrument_.scoring)
            wrong("/scoring", "required");
        if (scored && instrument_.bands.empty())
            wrong("/bands", "required");
        if (scored && !instrument_.scale_remark)
            wrong("/scaleRemark", "required");
        if (!scored && instrument_.scoring)
            wrong("/scoring", "survey-scored");
    }

    void scale()
    {
        std::set<AnswerValue> seen;
        for (std::size_t i = 0; i < instrument_.scale.size(); ++i) {
            const auto value = instrument_.scale[i].value;
            if (!seen.insert(value).second)
                wrong(fmt::format("/scale/{}/value", i), "key-twice",
                      {{"key", std::string{describe::Scalar<AnswerValue>::to(value)}}});
        }
        const bool needed =
            std::any_of(instrument_.questions.begin(), instrument_.questions.end(),
                        [](const Question& question) { return question.type == QuestionType::scale; });
        if (needed && seen.size() < 5)
            wrong("/scale", "scale-incomplete");
        if (instrument_.scoring) {
            const auto& left_out = instrument_.scoring->not_counted;
            for (std::size_t i = 0; i < left_out.size(); ++i) {
                // What has points cannot be left out of the count as well.
                if (left_out[i] != AnswerValue::unknown && left_out[i] != AnswerValue::not_applicable)
                    wrong(fmt::format("/scoring/notCounted/{}", i), "scored-and-not-counted");
            }
            if (!std::count(left_out.begin(), left_out.end(), AnswerValue::unknown) ||
                !std::count(left_out.begin(), left_out.end(), AnswerValue::not_applicable))
                wrong("/scoring/notCounted", "unknown-not-zero");
        }
    }

    void bands()
    {
        keys("/bands", instrument_.bands);
        std::int64_t reached = 0;
        for (std::size_t i = 0; i < instrument_.bands.size(); ++i) {
            const auto& band = instrument_.bands[i];
            if (band.from != reached || band.to <= band.from)
                wrong(fmt::format("/bands/{}/from", i), "band-hole", {{"expected", std::to_string(reached)}});
            reached = band.to;
        }
        if (!instrument_.bands.empty() && reached != 100)
            wrong(fmt::format("/bands/{}/to", instrument_.bands.size() - 1), "band-hole", {{"expected", "100"}});
    }

    void sources(const std::string& pointer, const std::vector<InstrumentSource>& all)
    {
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (all[i].lines && !is_lines(*all[i].lines))
                wrong(fmt::format("{}/sources/{}/lines", pointer, i), "source-lines", {{"lines", *all[i].lines}});
        }
    }

    void known_terms(const std::string& pointer, std::string_view list, const std::vector<std::string>& terms)
    {
        const auto* vocabulary = vocabulary::find(list);
        for (std::size_t i = 0; i < terms.size(); ++i) {
            if (!vocabulary || !vocabulary->find(terms[i]))
                wrong(fmt::format("{}/{}", pointer, i), "unknown-key", {{"key", terms[i]}});
        }
    }

    void question(const std::string& pointer, const Question& question, std::size_t index)
    {
        if (question.number != static_cast<int>(index) + 1)
            wrong(pointer + "/number", "question-number", {{"expected", std::to_string(index + 1)}});
        if (!instrument_.theme(question.theme))
            wrong(pointer + "/theme", "unknown-key", {{"key", question.theme}});
        if (question.block && !instrument_.block(*question.block))
            wrong(pointer + "/block", "unknown-key", {{"key", *question.block}});
        keys(pointer + "/parts", question.parts);
        keys(pointer + "/choices", question.choices);
        if (question.parts.size() == 1 || question.parts.size() > most_parts)
            wrong(pointer + "/parts", "part-number",
                  {{"minimum", std::to_string(fewest_parts)}, {"maximum", std::to_string(most_parts)}});
        const bool chooses = question.type == QuestionType::choose_one || question.type == QuestionType::choose_many;
        if (chooses && question.choices.size() < 2)
            wrong(pointer + "/choices", "choices-needed");
        if (!chooses && !question.choices.empty())
            wrong(pointer + "/choices", "choices-not-here");
        if (question.type != QuestionType::scale && !question.parts.empty())
            wrong(pointer + "/parts", "parts-not-here");
        if (question.type != QuestionType::number && (question.minimum || question.maximum))
            wrong(pointer + (question.minimum ? "/minimum" : "/maximum"), "limits-not-here");
        if (question.minimum && question.maximum && *question.maximum < *question.minimum)
            wrong(pointer + "/maximum", "limits-reversed");
        if (question.wording == Wording::reconstructed) {
            if (!question.confidence)
                wrong(pointer + "/confidence", "required");
            if (!instrument_.reconstructed)
                wrong(pointer + "/wording", "reconstructed-not-said");
        }
        if (instrument_.kind == InstrumentKind::scored && question.type == QuestionType::scale)
            scored_question(pointer, question);
        sources(pointer, question.sources);
        known_terms(pointer + "/factors", "factors", question.factors);
        known_terms(pointer + "/targetGroups", "target-groups", question.target_groups);
        variants(pointer, question);
    }

    void scored_question(const std::string& pointer, const Question& question)
    {
        const auto needed = [&](bool present, std::string_view member) {
            if (!present)
                wrong(fmt::format("{}/{}", pointer, member), "required");
        };
        needed(question.explanation.has_value(), "explanation");
        needed(question.why.has_value(), "why");
        needed(!question.hints.empty(), "hints");
        needed(question.scale_meanings.has_value(), "scaleMeanings");
        needed(question.green.has_value(), "green");
        needed(question.action.has_value(), "action");
        needed(!question.sources.empty(), "sources");
    }

    void variants(const std::string& pointer, const Question& question)
    {
        std::set<SizeClass> sizes;
        for (std::size_t i = 0; i < question.variants.size(); ++i) {
            const auto& variant = question.variants[i];
            const std::string at = fmt::format("{}/variants/{}", pointer, i);
            if (!sizes.insert(variant.size_class).second)
                wrong(at + "/sizeClass", "key-twice",
                      {{"key", std::string{describe::Scalar<SizeClass>::to(variant.size_class)}}});
            keys(at + "/parts", variant.parts);
            for (std::size_t p = 0; p < variant.parts.size(); ++p) {
                const auto& key = variant.parts[p].key;
                if (std::none_of(question.parts.begin(), question.parts.end(),
                                 [&](const Part& part) { return part.key == key; }))
                    wrong(fmt::format("{}/parts/{}/key", at, p), "unknown-key", {{"key", key}});
            }
        }
    }

    void crosswalk(const std::string& pointer, const Crosswalk& crosswalk)
    {
        if (crosswalk.from_version < 1 || crosswalk.from_version >= instrument_.version)
            wrong(pointer + "/fromVersion", "crosswalk-version", {{"version", std::to_string(instrument_.version)}});
        std::set<std::string> from;
        std::set<std::string> to;
        for (std::size_t i = 0; i < crosswalk.map.size(); ++i) {
            const auto& line = crosswalk.map[i];
            const std::string at = fmt::format("{}/map/{}", pointer, i);
            if (line.from.has_value() == (line.how == CrosswalkHow::added))
                wrong(at + "/from", line.from ? "crosswalk-added" : "required");
            if (line.to.has_value() == (line.how == CrosswalkHow::dropped))
                wrong(at + "/to", line.to ? "crosswalk-dropped" : "required");
            if (line.from && !from.insert(*line.from).second)
                wrong(at + "/from", "key-twice", {{"key", *line.from}});
            if (line.to && !to.insert(*line.to).second)
                wrong(at + "/to", "key-twice", {{"key", *line.to}});
            if (line.to && !instrument_.question(*line.to))
                wrong(at + "/to", "unknown-key", {{"key", *line.to}});
        }
        for (const auto& question : instrument_.questions) {
            if (!to.contains(question.key))
                wrong(pointer + "/map", "crosswalk-misses", {{"key", question.key}});
        }
    }

    const Instrument& instrument_;
    std::vector<FieldError> errors_;
};

std::string folder_of(std::string_view file)
{
    const auto slash = file.rfind('/');
    return std::string{slash == std::string_view::npos ? "" : file.substr(0, slash + 1)};
}

/// True for a path that stays beside the instrument.
bool stays_inside(std::string_view path)
{
    return !path.empty() && path.front() != '/' && path.find("..") == std::string_view::npos;
}

} // namespace

std::vector<FieldError> wrong_in(const Instrument& instrument) { return Check{instrument}.run(); }

Result<Instrument> read_instrument(std::string_view text, std::string_view file, const OtherFiles& other_files)
{
    auto read = describe::read_data_file<InstrumentFile>(text, file);
    if (!read)
        return read.error();

    std::vector<FieldError> errors;
    std::vector<std::pair<std::size_t, describe::DataFile<QuestionFile>>> others; ///< with the first question of each
    Instrument instrument = static_cast<const Instrument&>(read->value);          // without the names of its files
    for (std::size_t i = 0; i < read->value.question_files.size(); ++i) {
        const auto& name = read->value.question_files[i];
        const std::string path = folder_of(file) + name;
        const auto content = stays_inside(name) && other_files ? other_files(path) : std::nullopt;
        if (!content) {
            errors.push_back(read->error(fmt::format("/questionFiles/{}", i), "question-file", {{"path", path}}));
            continue;
        }
        auto questions = describe::read_data_file<QuestionFile>(*content, path);
        if (!questions) {
            errors.insert(errors.end(), questions.error().fields.begin(), questions.error().fields.end());
            continue;
        }
        const std::size_t first = instrument.questions.size();
        instrument.questions.insert(instrument.questions.end(), questions->value.questions.begin(),
                                    questions->value.questions.end());
        others.emplace_back(first, *std::move(questions));
    }
    // With questions missing, most of what the rules would say is not true.
    if (!errors.empty())
        return invalid(std::move(errors));

    for (auto& error : wrong_in(instrument)) {
        constexpr std::string_view prefix = "/questions/";
        std::size_t index = 0;
        const std::string_view pointer = error.pointer;
        if (pointer.starts_with(prefix)) {
            const auto digits = pointer.substr(prefix.size());
            const auto* stop = std::from_chars(digits.data(), digits.data() + digits.size(), index).ptr;
            const std::string_view rest = digits.substr(static_cast<std::size_t>(stop - digits.data()));
            const auto after =
                std::find_if(others.rbegin(), others.rend(), [&](const auto& other) { return other.first <= index; });
            if (after != others.rend()) {
                errors.push_back(after->second.error(fmt::format("{}{}{}", prefix, index - after->first, rest),
                                                     error.code, error.parameters));
                continue;
            }
        }
        errors.push_back(read->error(error.pointer, error.code, error.parameters));
    }
    if (!errors.empty())
        return invalid(std::move(errors));
    return instrument;
}

std::string to_yaml(const Instrument& instrument) { return describe::to_yaml(instrument); }

} // namespace beproefd::quickscan
