// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// A municipality with colleagues and a scan, for the tests of this folder.

#pragma once

#include "platform/audit/audit.hpp"
#include "platform/describe/json.hpp"
#include "platform/storage/testing.hpp"
#include "quickscan/scan/service.hpp"

#include <gtest/gtest.h>

namespace beproefd::quickscan::testing {

/// A clock that the test moves.
class HeldClock final : public Clock
{
public:
    Instant now() const override { return now_; }
    void pass(std::chrono::microseconds time) { now_ = now_.plus(time); }

private:
    Instant now_ = *Instant::from_text("2026-11-21T09:00:00Z");
};

class WithScans : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        accounts_.emplace(db(), clock_, auth::SessionLimits{}, auth::HashCost{.memory_kib = 64, .passes = 1});
        service_.emplace(db(), clock_, shipped_instruments);
        city_ = organisation("GM9001");
        village_ = organisation("GM9002");
        holder_ = account(city_, "dossierhouder", Role::dossier_holder);
        colleague_ = account(city_, "collega", Role::colleague);
        stranger_ = account(village_, "dossierhouder2", Role::dossier_holder);
    }

    Id<Organisation> organisation(std::string_view code, std::string_view kind = "municipality")
    {
        const auto id = Id<Organisation>::create();
        EXPECT_TRUE(db().transact([&](storage::Transaction& tx) -> Result<void> {
            tx.execute(R"(INSERT INTO organisations_organisation (id, kind, code, demonstration, safety_region)
                          VALUES ($1, $2, $3, 1, ''))",
                       id, kind, code);
            return {};
        }));
        return id;
    }
    Actor account(const Id<Organisation>& organisation, const std::string& name, Role role)
    {
        const Actor administrator{Id<Account>{}, organisation, {Role::administrator}, {Permission::manage_accounts}};
        const auto made = accounts_->create(administrator, {*Text<1, 60>::from_text(name), {role}});
        EXPECT_TRUE(made);
        return Actor{made->id, organisation, {role}, auth::RoleBook::shipped().permissions_of({role})};
    }

    template<std::size_t Least, std::size_t Most>
    static Text<Least, Most> text_of(std::string_view text)
    {
        return *Text<Least, Most>::from_text(text);
    }
    static FunctionLabel function(std::string_view text) { return *FunctionLabel::from_text(text); }

    static NewScan of_year(int year)
    {
        return {.instrument = *Text<1, 80>::from_text("quickscan-local-approach"),
                .version = {},
                .period_from = Day{year, 1, 1},
                .period_to = Day{year, 12, 31},
                .size_class = SizeClass::medium,
                .closes_on = Day{2026, 12, 15}};
    }
    ScanView draft(int year = 2026, const Actor* by = nullptr)
    {
        auto made = service().create(by != nullptr ? *by : holder_, of_year(year));
        EXPECT_TRUE(made);
        return *made;
    }
    RespondentView invite(const Id<Scan>& scan, Domain domain, std::string_view label, std::string_view name)
    {
        auto invited = service().invite(holder_, scan,
                                        {.domain = domain,
                                         .function = function(label),
                                         .account = Text<1, 60>::from_text(name),
                                         .link = {},
                                         .link_until = {},
                                         .confirmed = {}});
        EXPECT_TRUE(invited);
        return *invited;
    }
    RespondentView invite_by_link(const Id<Scan>& scan, Domain domain, std::string_view label)
    {
        auto invited = service().invite(holder_, scan,
                                        {.domain = domain,
                                         .function = function(label),
                                         .account = {},
                                         .link = true,
                                         .link_until = {},
                                         .confirmed = {}});
        EXPECT_TRUE(invited);
        return *invited;
    }
    static std::string token_in(const RespondentView& respondent)
    {
        return respondent.link->substr(respondent.link->find('#') + 1);
    }
    /// A guest who came through a new link.
    Actor guest(const Id<Scan>& scan, Domain domain, std::string_view label)
    {
        const auto opened = service().open_link(token_in(invite_by_link(scan, domain, label)), std::string{label});
        EXPECT_TRUE(opened);
        return service().authenticate(opened->token);
    }
    /// A scan that is open, with the dossier holder and the colleague invited.
    ScanView open_scan(int year = 2026)
    {
        const auto made = draft(year);
        invite(made.id, Domain::safety, "beleidsmedewerker veiligheid", "dossierhouder");
        invite(made.id, Domain::social, "beleidsmedewerker jeugd", "collega");
        return step(made.id, ScanState::open);
    }
    ScanView step(const Id<Scan>& id, ScanState to, std::string_view reason = "")
    {
        auto stepped = service().step(
            holder_, id, service().scan(holder_, id)->row_version,
            {.to = to, .reason = reason.empty() ? std::nullopt : ReasonText::from_text(reason), .confirmed = {}});
        EXPECT_TRUE(stepped) << (stepped ? "" : stepped.error().reason.code);
        return *stepped;
    }
    static AnswerInput input(AnswerValue value, std::string_view reason = "", std::vector<ProofInput> proofs = {},
                             std::vector<std::string> parts = {})
    {
        AnswerInput given{.value = value,
                          .parts = {},
                          .values = {},
                          .reason = Explanation::from_text(reason),
                          .note = {},
                          .proofs = std::move(proofs),
                          .confirmed = {}};
        if (!parts.empty()) {
            given.parts.emplace();
            for (const auto& part : parts)
                given.parts->push_back(*Text<1, 40>::from_text(part));
        }
        return given;
    }
    static ProofInput link_to(std::string_view url)
    {
        return {.kind = ProofKind::link,
                .title = Text<0, 200>::from_text("Programma"),
                .url = Text<0, 500>::from_text(url),
                .file_id = {}};
    }
    Result<AnswerView> answer(const Actor& actor, const Id<Scan>& scan, const std::string& question,
                              const AnswerInput& given, std::optional<std::int64_t> version = {})
    {
        return service().put_answer(actor, actor.guest().empty() ? std::optional{scan} : std::nullopt, question,
                                    version, given);
    }
    /// Settles every question with one answer.
    void settle_all(const Id<Scan>& scan, AnswerValue value)
    {
        const auto settled = service().settled(holder_, scan);
        ASSERT_TRUE(settled);
        for (const auto& question : settled->unsettled)
            EXPECT_TRUE(service().put_settled(holder_, scan, question, {}, input(value)));
    }
    std::vector<audit::Entry> trail(const Id<Organisation>& organisation)
    {
        return db().read(organisation, [](storage::Transaction& tx) { return audit::page(tx, {}, 200); });
    }
    std::int64_t rows(const std::string& table)
    {
        return db().read(city_, [&](storage::Transaction& tx) {
            return tx.one<std::int64_t>("SELECT COUNT(*) FROM " + table + " WHERE organisation_id = $1", city_);
        });
    }
    Service& service() { return *service_; }

    HeldClock clock_;
    Id<Organisation> city_;
    Id<Organisation> village_;
    Actor holder_;
    Actor colleague_;
    Actor stranger_;

private:
    std::optional<auth::Service> accounts_;
    std::optional<Service> service_;
};

template<class T>
std::string code_of(const Result<T>& result)
{
    return result ? "" : std::string{result.error().reason.code};
}

template<class T>
std::vector<std::string> field_codes(const Result<T>& result)
{
    std::vector<std::string> codes;
    if (!result) {
        for (const auto& field : result.error().fields)
            codes.push_back(field.pointer + " " + field.code);
    }
    return codes;
}

} // namespace beproefd::quickscan::testing
