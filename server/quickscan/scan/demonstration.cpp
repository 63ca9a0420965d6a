// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/demonstration.hpp"

#include "platform/core/embedded.hpp"
#include "platform/describe/sentences.hpp"

#include <stdexcept>

namespace beproefd::embedded {
std::span<const File> demonstration_scans();
}

namespace beproefd::quickscan {
namespace {

struct InventedAnswer {
    std::string question;
    AnswerValue value = AnswerValue::unknown;
    std::optional<std::vector<Text<1, 40>>> parts;
    std::optional<Explanation> reason;
    std::optional<Text<0, 500>> link;
};
BOOST_DESCRIBE_STRUCT(InventedAnswer, (), (question, value, parts, reason, link))

struct InventedRespondent {
    Domain domain = Domain::safety;
    FunctionLabel function;
    std::optional<Text<1, 60>> account; ///< through a link when absent
    bool ready = false;
    bool show_function = false;
    std::vector<InventedAnswer> answers;
};
BOOST_DESCRIBE_STRUCT(InventedRespondent, (), (domain, function, account, ready, show_function, answers))

struct InventedAction {
    Text<1, 40> question;
    Text<1, 500> text;
    FunctionLabel owner_function;
    int due_in_days = 0;
    ActionStatus status = ActionStatus::open;
    std::optional<Explanation> closing;
    std::optional<Text<0, 500>> closing_link;
};
BOOST_DESCRIBE_STRUCT(InventedAction, (),
                      (question, text, owner_function, due_in_days, status, closing, closing_link))

struct InventedScan {
    std::string organisation;
    std::string holder;
    Text<1, 80> instrument;
    Day period_from;
    Day period_to;
    SizeClass size_class = SizeClass::medium;
    int closes_in_days = 0;
    std::vector<InventedRespondent> respondents;
    std::vector<FunctionLabel> participants;
    std::vector<InventedAnswer> settled;
    std::vector<InventedAction> actions;
    ScanState state = ScanState::draft;
    bool share_with_council = false;
};
BOOST_DESCRIBE_STRUCT(InventedScan, (),
                      (organisation, holder, instrument, period_from, period_to, size_class, closes_in_days,
                       respondents, participants, settled, actions, state, share_with_council))

struct InventedScans {
    std::vector<InventedScan> scans;
};
BOOST_DESCRIBE_STRUCT(InventedScans, (), (scans))

/// The value, or what was refused as an exception: our own data is at fault.
template<class T>
T done(Result<T> result)
{
    if (!result)
        throw std::logic_error(fmt::format("the demonstration cannot be made: {}",
                                           describe::explain(result.error(), describe::Language::en)));
    return *std::move(result);
}

ProofInput proof(const Text<0, 500>& link)
{
    return {
        .kind = ProofKind::link, .title = Text<0, 200>::from_text("Voorbeelddocument"), .url = link, .file_id = {}};
}

AnswerInput input(const InventedAnswer& answer)
{
    AnswerInput given{.value = answer.value,
                      .parts = answer.parts,
                      .values = {},
                      .reason = answer.reason,
                      .note = {},
                      .proofs = {},
                      .confirmed = true};
    if (answer.link)
        given.proofs = std::vector{proof(*answer.link)};
    return given;
}

class Maker
{
public:
    Maker(Service& scans, const Clock& clock, const FindActor& actor) : scans_(scans), clock_(clock), actor_(actor) {}

    void make(const InventedScan& invented)
    {
        const auto holder = done(actor_(invented.organisation, invented.holder));
        for (const auto& there : done(scans_.scans(holder)).items) {
            if (there.period_from == invented.period_from && there.period_to == invented.period_to)
                return;
        }
        const auto today = amsterdam_day(clock_.now());
        const auto id = done(scans_.create(holder, {.instrument = invented.instrument,
                                                    .version = {},
                                                    .period_from = invented.period_from,
                                                    .period_to = invented.period_to,
                                                    .size_class = invented.size_class,
                                                    .closes_on = today.plus(invented.closes_in_days)}))
                            .id;
        std::vector<Actor> respondents;
        for (const auto& one : invented.respondents)
            respondents.push_back(invite(holder, invented.organisation, id, one));
        if (invented.state == ScanState::draft)
            return;
        step(holder, id, ScanState::open);
        for (std::size_t i = 0; i < respondents.size(); ++i)
            answer(respondents[i], id, invented.respondents[i]);
        if (invented.state == ScanState::open)
            return;
        step(holder, id, ScanState::consensus);
        for (const auto& one : invented.settled)
            done(scans_.put_settled(holder, id, one.question, {}, input(one)));
        done(scans_.set_participants(holder, id, version(holder, id),
                                     {.functions = invented.participants, .confirmed = true}));
        if (invented.state == ScanState::closed)
            step(holder, id, ScanState::closed);
        for (const auto& one : invented.actions)
            act(holder, id, one, today);
        if (invented.share_with_council)
            done(scans_.share_with_council(holder, id, version(holder, id), true));
    }

private:
    std::int64_t version(const Actor& holder, const Id<Scan>& id)
    {
        return done(scans_.scan(holder, id)).row_version;
    }

    void step(const Actor& holder, const Id<Scan>& id, ScanState to)
    {
        done(scans_.step(holder, id, version(holder, id), {.to = to, .reason = {}, .confirmed = true}));
    }

    Actor invite(const Actor& holder, const std::string& organisation, const Id<Scan>& id,
                 const InventedRespondent& one)
    {
        const auto invited = done(scans_.invite(holder, id,
                                                {.domain = one.domain,
                                                 .function = one.function,
                                                 .account = one.account,
                                                 .link = !one.account,
                                                 .link_until = {},
                                                 .confirmed = true}));
        if (one.account)
            return done(actor_(organisation, one.account->to_text()));
        const auto token = invited.link->substr(invited.link->find('#') + 1);
        return scans_.authenticate(done(scans_.open_link(token, invited.id.to_text())).token);
    }

    void answer(const Actor& respondent, const Id<Scan>& id, const InventedRespondent& one)
    {
        const auto scan = respondent.guest().empty() ? std::optional{id} : std::nullopt;
        for (const auto& given : one.answers)
            done(scans_.put_answer(respondent, scan, given.question, {}, input(given)));
        if (one.ready)
            done(scans_.submit(respondent, scan, {.show_function = one.show_function}));
    }

    void act(const Actor& holder, const Id<Scan>& id, const InventedAction& one, Day today)
    {
        const auto action = done(scans_.add_action(holder, id,
                                                   {.question = one.question,
                                                    .text = one.text,
                                                    .owner_function = one.owner_function,
                                                    .due_on = today.plus(one.due_in_days),
                                                    .confirmed = true}));
        if (one.status == ActionStatus::open)
            return;
        ActionChange change{
            .text = {}, .owner_function = {}, .due_on = {}, .status = one.status, .closing = {}, .confirmed = true};
        if (one.closing)
            change.closing = ActionClosing{*one.closing,
                                           one.closing_link ? std::optional{proof(*one.closing_link)} : std::nullopt};
        done(scans_.change_action(holder, action.id, action.row_version, change));
    }

    Service& scans_;
    const Clock& clock_;
    const FindActor& actor_;
};

} // namespace

Result<void> add_demonstration_scans(Service& scans, const Clock& clock, const FindActor& actor)
{
    const auto& file = embedded::demonstration_scans().front();
    const auto content = done(describe::read_yaml<InventedScans>(file.content, file.path));
    Maker maker{scans, clock, actor};
    for (const auto& one : content.scans)
        maker.make(one);
    return {};
}

} // namespace beproefd::quickscan
