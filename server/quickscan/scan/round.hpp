// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "quickscan/scan/scan.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

/// What is shown of an individual round once it is over, so that colleagues can settle an answer together and
/// nobody's own answer can be worked out. docs/decisions/0074.
namespace beproefd::quickscan {

/// No fewer than so many answers stand together where they are shown apart from the others.
inline constexpr int smallest_shown_group = 3;

/// How often each answer was given.
struct Distribution {
    static constexpr auto schema_name = "AnswerDistribution";
    int yes = 0;
    int partly = 0;
    int no = 0;
    int unknown = 0;
    int not_applicable = 0;
    std::map<std::string, int> parts{};   ///< with partly: how often each part was ticked
    std::map<std::string, int> choices{}; ///< survey questions: by key of the choice, or by the number given
    bool operator==(const Distribution&) const = default;
};
BOOST_DESCRIBE_STRUCT(Distribution, (), (yes, partly, no, unknown, not_applicable, parts, choices))

struct DomainAnswers {
    Domain domain = Domain::safety;
    int answered = 0;
    Distribution distribution;
};
BOOST_DESCRIBE_STRUCT(DomainAnswers, (), (domain, answered, distribution))

/// The answer of a function whose holder chose to show it.
struct FunctionAnswer {
    Domain domain = Domain::safety;
    std::string function;
    std::optional<AnswerValue> value;
    std::vector<std::string> parts;
    std::vector<std::string> values;
    std::string reason;
    std::vector<Proof> proofs;
};
BOOST_DESCRIBE_STRUCT(FunctionAnswer, (), (domain, function, value, parts, values, reason, proofs))

struct QuestionRound {
    static constexpr auto schema_name = "ComparedQuestion";
    std::string question;
    std::string theme;
    int answered = 0;
    Distribution distribution;          ///< of everybody together
    std::vector<DomainAnswers> domains; ///< those that may be shown
    bool domains_withheld = false;      ///< some domain is not shown apart, because too few answered
    std::vector<FunctionAnswer> functions;
    bool functions_withheld = false; ///< not shown, although chosen: they would tell what one or two others answered
    bool differs = false;            ///< not everybody answered the same
    bool domains_differ = false;     ///< domains that are shown answered differently: their most given answers
};
BOOST_DESCRIBE_STRUCT(QuestionRound, (),
                      (question, theme, answered, distribution, domains, domains_withheld, functions,
                       functions_withheld, differs, domains_differ))

struct DomainUnknowns {
    Domain domain = Domain::safety;
    int unknown = 0;
    int questions = 0; ///< how many questions of the theme are counted: where this domain is shown
};
BOOST_DESCRIBE_STRUCT(DomainUnknowns, (), (domain, unknown, questions))

struct FunctionUnknowns {
    std::string function;
    int unknown = 0;
    int questions = 0; ///< how many questions of the theme are counted: where this function is shown
};
BOOST_DESCRIBE_STRUCT(FunctionUnknowns, (), (function, unknown, questions))

/// How often "unknown" was answered within a theme: a result of its own.
struct ThemeUnknowns {
    std::string theme;
    int unknown = 0;
    int answered = 0;
    std::vector<DomainUnknowns> domains;
    std::vector<FunctionUnknowns> functions;
};
BOOST_DESCRIBE_STRUCT(ThemeUnknowns, (), (theme, unknown, answered, domains, functions))

struct RoundComparison {
    static constexpr auto schema_name = "ScanComparison";
    Id<Scan> scan_id;
    int respondents = 0; ///< who gave at least one answer
    int smallest_group = smallest_shown_group;
    std::vector<QuestionRound> questions; ///< all questions, in their order
    std::vector<ThemeUnknowns> themes;    ///< all themes, in their order
};
BOOST_DESCRIBE_STRUCT(RoundComparison, (), (scan_id, respondents, smallest_group, questions, themes))

/// One answer with what is known of who gave it.
struct GivenAnswer {
    Domain domain = Domain::safety;
    std::string function;
    bool show_function = false;
    Answer answer;
};

/// What may be shown of these answers.
///
/// One distribution of everybody is always shown: settling needs it, and each respondent was told so beforehand. A
/// domain is shown apart when at least three answered there and the rest is nobody or at least three; else the rest
/// would follow by subtraction. A function is shown only by its holder's choice, and not when those who chose
/// otherwise are one or two in everybody together, in a domain that is shown or in the rest: their answers would
/// follow.
RoundComparison compare_round(const Instrument& instrument, const Id<Scan>& scan,
                              std::span<const GivenAnswer> answers);

} // namespace beproefd::quickscan
