// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/access.hpp"
#include "platform/storage/testing.hpp"

#include <atomic>
#include <cmath>
#include <future>
#include <thread>

using namespace beproefd;
using namespace beproefd::storage;

namespace {

enum class Status { draft, submitted };
BOOST_DESCRIBE_ENUM(Status, draft, submitted)

struct Round {
    Id<Round> id;
    std::string title;
    Euro ceiling;
    Day opens_on;
    std::optional<Day> closes_on;
    Status status = Status::draft;
    bool is_public = false;
    double share = 0;
    Instant made_at;
};
BOOST_DESCRIBE_STRUCT(Round, (), (id, title, ceiling, opens_on, closes_on, status, is_public, share, made_at))

Round some_round()
{
    Round round;
    round.id = Id<Round>::create();
    round.title = "Versterkingsgelden 2026; 'quoted' — ünïcode";
    round.ceiling = Euro::cents(700'000'001);
    round.opens_on = Day{2026, 1, 1};
    round.status = Status::submitted;
    round.is_public = true;
    round.share = 0.1;
    round.made_at = *Instant::from_text("2026-11-21T13:05:00.123456Z");
    return round;
}

/// Tables as a capability has them, made beside the real ones.
class TypedLayer : public storage::testing::BothDatabases
{
protected:
    void SetUp() override
    {
        BothDatabases::SetUp();
        if (!HasFatalFailure())
            db().engine().maintain([](Transaction& tx) {
                tx.connection().script(R"(
                    CREATE TABLE test_round (
                        organisation_id TEXT NOT NULL, id TEXT NOT NULL, title TEXT NOT NULL,
                        ceiling_cents BIGINT NOT NULL CHECK (ceiling_cents >= 0), opens_on DATE NOT NULL, closes_on DATE,
                        status TEXT NOT NULL, is_public SMALLINT NOT NULL, share DOUBLE PRECISION NOT NULL,
                        made_at TEXT NOT NULL, row_version BIGINT NOT NULL DEFAULT 1, PRIMARY KEY (organisation_id, id));
                    CREATE TABLE test_part (
                        organisation_id TEXT NOT NULL, id TEXT NOT NULL, round_id TEXT NOT NULL,
                        PRIMARY KEY (organisation_id, id),
                        FOREIGN KEY (organisation_id, round_id) REFERENCES test_round (organisation_id, id));)");
                install_access(tx, access_rules());
            });
    }

    OrganisationId own = OrganisationId::create();
    OrganisationId other = OrganisationId::create();

    std::int64_t rounds_of(const OrganisationId& organisation)
    {
        return db().read(organisation, [&](Transaction& tx) {
            return tx.one<std::int64_t>("SELECT COUNT(*) FROM test_round WHERE organisation_id = $1", organisation);
        });
    }
};
INSTANTIATE_BOTH_DATABASES(TypedLayer);

TEST_P(TypedLayer, ReturnsEveryKindOfValueAsItWasSaved)
{
    const auto round = some_round();

    ASSERT_TRUE(db().transact(
        own, [&](Transaction& tx) -> Result<void> { return tx.insert_own("test_round", round), Done{}; }));
    const auto found = db().read(own, [&](Transaction& tx) { return tx.one<Round>("SELECT * FROM test_round"); });

    EXPECT_EQ(found.id, round.id);
    EXPECT_EQ(found.title, round.title);
    EXPECT_EQ(found.ceiling, round.ceiling);
    EXPECT_EQ(found.opens_on, round.opens_on);
    EXPECT_EQ(found.closes_on, std::nullopt);
    EXPECT_EQ(found.status, Status::submitted);
    EXPECT_TRUE(found.is_public);
    EXPECT_EQ(found.share, 0.1);
    EXPECT_EQ(found.made_at, round.made_at);
    storage::testing::expect_columns_of<Round>(db(), "test_round");
}

TEST_P(TypedLayer, AnswersSumsTruthsAndTuples)
{
    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        tx.insert_own("test_round", some_round());
        tx.insert_own("test_round", some_round());
        return Done{};
    }));

    db().read(own, [&](Transaction& tx) {
        EXPECT_EQ(tx.one<Euro>("SELECT COALESCE(SUM(ceiling_cents), 0) FROM test_round"), Euro::cents(1'400'000'002));
        EXPECT_TRUE(tx.one<bool>("SELECT EXISTS (SELECT 1 FROM test_round WHERE opens_on = $1)", Day(2026, 1, 1)));
        const auto [count, last] =
            tx.one<std::tuple<int, std::optional<Day>>>("SELECT COUNT(*), MAX(closes_on) FROM test_round");
        EXPECT_EQ(count, 2);
        EXPECT_EQ(last, std::nullopt);
        int seen = 0;
        tx.stream<std::string>([&](const std::string&) { return ++seen < 1; }, "SELECT title FROM test_round");
        EXPECT_EQ(seen, 1);
        EXPECT_EQ(tx.optional<std::string>("SELECT title FROM test_round WHERE id = $2 AND title = $1", "x", "y"),
                  std::nullopt);
    });
}

TEST_P(TypedLayer, UndoesEverythingOnARefusal)
{
    const auto answer = db().transact(own, [&](Transaction& tx) -> Result<int> {
        tx.insert_own("test_round", some_round());
        return not_found();
    });

    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().kind, ProblemKind::not_found);
    EXPECT_EQ(rounds_of(own), 0);
}

TEST_P(TypedLayer, UndoesEverythingOnAnException)
{
    EXPECT_THROW((void)db().transact(own,
                                     [&](Transaction& tx) -> Result<int> {
                                         tx.insert_own("test_round", some_round());
                                         throw std::runtime_error("a mistake");
                                     }),
                 std::runtime_error);
    EXPECT_EQ(rounds_of(own), 0);
}

TEST_P(TypedLayer, NamesWhatTheDatabaseRefuses)
{
    const auto round = some_round();
    const auto change = [&](auto work) {
        return [&, work] {
            (void)db().transact(own, [&](Transaction& tx) -> Result<void> { return work(tx), Done{}; });
        };
    };
    change([&](Transaction& tx) { tx.insert_own("test_round", round); })();

    EXPECT_THROW(change([&](Transaction& tx) { tx.insert_own("test_round", round); })(), UniqueViolation);
    EXPECT_THROW(change([&](Transaction& tx) {
                     tx.execute("INSERT INTO test_part (organisation_id, id, round_id) VALUES ($1, 'x', 'nowhere')",
                                own);
                 })(),
                 ForeignKeyViolation);
    EXPECT_THROW(change([&](Transaction& tx) { tx.execute("UPDATE test_round SET ceiling_cents = $1", -1); })(),
                 CheckViolation);
    EXPECT_THROW(change([&](Transaction& tx) { tx.execute("UPDATE test_round SET title = $1", std::nullopt); })(),
                 CheckViolation);
    EXPECT_THROW(change([&](Transaction& tx) { tx.execute("UPDATE no_such_table SET a = 1"); })(), Fault);
    EXPECT_THROW(
        change([&](Transaction& tx) { tx.execute("UPDATE test_round SET title = $1", std::string("a\0b", 3)); })(),
        std::domain_error);
    EXPECT_THROW(change([&](Transaction& tx) { tx.execute("UPDATE test_round SET share = $1", std::nan("")); })(),
                 std::domain_error);
    EXPECT_EQ(rounds_of(own), 1);
}

TEST_P(TypedLayer, KeepsNothingAfterAFaultThatWasSwallowed)
{
    const auto round = some_round();

    EXPECT_THROW((void)db().transact(own,
                                     [&](Transaction& tx) -> Result<void> {
                                         tx.insert_own("test_round", round);
                                         try {
                                             tx.insert_own("test_round", round);
                                         } catch (const UniqueViolation&) {
                                         }
                                         return Done{};
                                     }),
                 Fault);
    EXPECT_EQ(rounds_of(own), 0);
}

TEST_P(TypedLayer, GoesOnAfterAnAttemptThatFailed)
{
    const auto round = some_round();

    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        tx.insert_own("test_round", round);
        EXPECT_THROW(tx.attempt([&] { tx.insert_own("test_round", round); }), UniqueViolation);
        tx.insert_own("test_round", some_round());
        return Done{};
    }));
    EXPECT_EQ(rounds_of(own), 2);
}

TEST_P(TypedLayer, RefusesWhatDoesNotFitTheType)
{
    ASSERT_TRUE(db().transact(
        own, [&](Transaction& tx) -> Result<void> { return tx.insert_own("test_round", some_round()), Done{}; }));

    const auto read = [&]<class T>(std::in_place_type_t<T>, const std::string& column) {
        return db().read(own, [&](Transaction& tx) { return tx.one<T>("SELECT " + column + " FROM test_round"); });
    };

    EXPECT_THROW(read(std::in_place_type<std::int64_t>, "title"), Corrupt);
    EXPECT_THROW(read(std::in_place_type<double>, "title"), Corrupt);
    EXPECT_THROW(read(std::in_place_type<bool>, "ceiling_cents"), Corrupt);
    EXPECT_THROW(read(std::in_place_type<Status>, "title"), Corrupt);
    EXPECT_THROW(read(std::in_place_type<std::string>, "closes_on"), Corrupt);
    EXPECT_THROW(read(std::in_place_type<Day>, "status"), Corrupt);
}

TEST_P(TypedLayer, RefusesAValueTooManyOrTooFew)
{
    const auto count = [&](auto... values) {
        return db().read(own, [&](Transaction& tx) {
            return tx.one<int>("SELECT COUNT(*) FROM test_round WHERE title = $1", values...);
        });
    };

    EXPECT_EQ(count("a"), 0);
    EXPECT_THROW(count("a", "b"), std::exception);
    EXPECT_THROW(count(), std::exception);
}

TEST_P(TypedLayer, AnswersStaleWhenSomeoneWasFirst)
{
    const auto round = some_round();
    const auto rename = [&](const OrganisationId& organisation, const Id<Round>& id, std::int64_t version) {
        return db().transact(organisation, [&](Transaction& tx) {
            return tx.change("test_round", id, version, "title = $1, ceiling_cents = $2", "new", 5_euro);
        });
    };
    ASSERT_TRUE(db().transact(
        own, [&](Transaction& tx) -> Result<void> { return tx.insert_own("test_round", round), Done{}; }));

    const auto first = rename(own, round.id, 1);
    const auto second = rename(own, round.id, 1);
    const auto unknown = rename(own, Id<Round>::create(), 1);
    const auto stranger = rename(other, round.id, 2);

    ASSERT_TRUE(first);
    EXPECT_EQ(*first, 2);
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().kind, ProblemKind::stale);
    ASSERT_FALSE(unknown);
    EXPECT_EQ(unknown.error().kind, ProblemKind::not_found);
    ASSERT_FALSE(stranger);
    EXPECT_EQ(stranger.error().kind, ProblemKind::not_found);
}

TEST_P(TypedLayer, ReadsOneUnchangingView)
{
    db().read(own, [&](Transaction& tx) {
        EXPECT_EQ(tx.one<int>("SELECT COUNT(*) FROM test_round"), 0);
        std::thread([&] {
            ASSERT_TRUE(db().transact(own, [&](Transaction& writing) -> Result<void> {
                return writing.insert_own("test_round", some_round()), Done{};
            }));
        }).join();
        EXPECT_EQ(tx.one<int>("SELECT COUNT(*) FROM test_round"), 0);
    });
    EXPECT_EQ(rounds_of(own), 1);
}

TEST_P(TypedLayer, RefusesToWriteWhileReading)
{
    EXPECT_THROW(db().read(own, [&](Transaction& tx) { tx.insert_own("test_round", some_round()); }), Fault);
}

TEST_P(TypedLayer, NeverOvertakesARuleThatReadsATotalAndThenWrites)
{
    constexpr int ceiling = 10;
    std::atomic<int> granted = 0;
    const auto grant = [&] {
        for (int turn = 0; turn < 5; ++turn) {
            const auto answer = db().transact(own, [&](Transaction& tx) -> Result<void> {
                if (tx.one<int>("SELECT COUNT(*) FROM test_round") >= ceiling)
                    return refuse({"ceiling-reached", ""});
                tx.insert_own("test_round", some_round());
                return Done{};
            });
            granted += answer ? 1 : 0;
        }
    };

    std::vector<std::thread> officers;
    for (int officer = 0; officer < 4; ++officer)
        officers.emplace_back(grant);
    for (auto& officer : officers)
        officer.join();

    EXPECT_LE(granted, ceiling);
    EXPECT_EQ(rounds_of(own), granted);
    EXPECT_GT(granted, 0);
}

TEST_P(TypedLayer, TellsTheAnswerOfWorkThatNobodyWaitsFor)
{
    std::promise<std::pair<bool, std::int64_t>> told;

    db().transact_async(
        [&](Transaction& tx) -> Result<std::int64_t> {
            tx.act_for(own);
            tx.insert_own("test_round", some_round());
            return tx.one<std::int64_t>("SELECT COUNT(*) FROM test_round");
        },
        [&](std::optional<Result<std::int64_t>> answer, std::exception_ptr broken) {
            told.set_value({!broken && answer && *answer, answer && *answer ? **answer : 0});
        });

    EXPECT_EQ(told.get_future().get(), std::pair(true, std::int64_t{1}));
}

TEST_P(TypedLayer, PassesTheFaultOfWorkThatNobodyWaitsFor)
{
    std::promise<bool> told;

    db().transact_async(
        [](Transaction& tx) -> Result<std::int64_t> { return tx.execute("UPDATE nothing SET a = 1"); },
        [&](std::optional<Result<std::int64_t>> answer, std::exception_ptr broken) {
            told.set_value(broken && !answer);
        });

    EXPECT_TRUE(told.get_future().get());
}

TEST_P(TypedLayer, ActsForOneOrganisationAndOnBehalfOfAnotherOnlyWhenSaid)
{
    ASSERT_TRUE(db().transact(own, [&](Transaction& tx) -> Result<void> {
        EXPECT_THROW(tx.act_for(other), std::logic_error);
        tx.insert_own("test_round", some_round());
        tx.on_behalf_of(other, [&] { tx.insert_own("test_round", some_round()); });
        EXPECT_EQ(tx.organisation(), own);
        tx.insert_own("test_round", some_round());
        return Done{};
    }));

    EXPECT_EQ(rounds_of(own), 2);
    EXPECT_EQ(rounds_of(other), 1);
}

} // namespace
