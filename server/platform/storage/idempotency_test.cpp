// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/idempotency.hpp"

#include "platform/storage/testing.hpp"

using namespace beproefd;
using namespace beproefd::storage;

namespace {

class Idempotency : public storage::testing::BothDatabases
{
protected:
    Result<std::optional<KeptAnswer>> ask(const OrganisationId& organisation, const RequestKey& request)
    {
        return db().read(organisation, [&](Transaction& tx) { return answer_given(tx, request); });
    }
    void keep(const OrganisationId& organisation, const RequestKey& request, Instant at)
    {
        ASSERT_TRUE(db().transact(organisation, [&](Transaction& tx) -> Result<void> {
            keep_answer(tx, request, {201, R"({"id":1})", "/api/v1/things/1", "\"v1\""}, at);
            return Done{};
        }));
    }

    OrganisationId own = OrganisationId::create();
    RequestKey request{"account-1", "key-1", "hash-1"};
    Instant noon = *Instant::from_text("2026-11-21T12:00:00Z");
};
INSTANTIATE_BOTH_DATABASES(Idempotency);

TEST_P(Idempotency, GivesTheSameAnswerAgain)
{
    keep(own, request, noon);

    const auto answer = ask(own, request);

    ASSERT_TRUE(answer);
    ASSERT_TRUE(*answer);
    EXPECT_EQ((*answer)->status, 201);
    EXPECT_EQ((*answer)->body, R"({"id":1})");
    EXPECT_EQ((*answer)->location, "/api/v1/things/1");
    EXPECT_EQ((*answer)->etag, "\"v1\"");
}

TEST_P(Idempotency, RefusesAnotherRequestUnderTheSameKey)
{
    keep(own, request, noon);

    const auto answer = ask(own, {"account-1", "key-1", "hash-2"});

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ProblemKind::conflict);
    EXPECT_EQ(answer.error().reason.code, "idempotency-key-reused");
}

TEST_P(Idempotency, KeepsTheKeysOfAccountsAndOrganisationsApart)
{
    keep(own, request, noon);

    EXPECT_FALSE(ask(own, {"account-2", "key-1", "hash-2"}).value());
    EXPECT_FALSE(ask(OrganisationId::create(), request).value());
}

TEST_P(Idempotency, ForgetsAfterADayForAllOrganisations)
{
    keep(own, request, noon);
    keep(OrganisationId::create(), request, noon);
    keep(own, {"account-1", "key-2", "hash-1"}, noon.plus(std::chrono::hours{1}));

    const auto removed = db().transact([&](Transaction& tx) -> Result<std::int64_t> {
        return remove_old_answers(tx, noon.plus(std::chrono::hours{24} + std::chrono::seconds{1}));
    });

    EXPECT_EQ(removed.value(), 2);
    EXPECT_FALSE(ask(own, request).value());
    EXPECT_TRUE(ask(own, {"account-1", "key-2", "hash-1"}).value());
}

TEST_P(Idempotency, LetsOnlyOneOfTwoDoTheWork)
{
    keep(own, request, noon);

    EXPECT_THROW((void)db().transact(own,
                                     [&](Transaction& tx) -> Result<void> {
                                         keep_answer(tx, request, {201, "", {}, {}}, noon);
                                         return Done{};
                                     }),
                 UniqueViolation);
}

} // namespace
