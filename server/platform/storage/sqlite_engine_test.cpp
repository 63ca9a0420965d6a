// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/storage/backup.hpp"
#include "platform/storage/testing.hpp"

#include <atomic>
#include <filesystem>
#include <fstream>
#include <future>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace beproefd;
using namespace beproefd::storage;

namespace {

Options with(Opening opening)
{
    Options options;
    options.opening = opening;
    return options;
}

class SqliteFile : public ::testing::Test
{
protected:
    OpenFailure refusal(const std::string& url, Opening opening = Opening::serve)
    {
        try {
            (void)Database::open(url, with(opening));
        } catch (const CannotOpen& refused) {
            sentence = refused.what();
            return refused.failure();
        }
        ADD_FAILURE() << "nothing was refused";
        return {};
    }

    TemporaryFolder folder;
    std::string path = (folder.path() / "a.sqlite").string();
    std::string url = "sqlite:" + path;
    std::string sentence;
};

TEST_F(SqliteFile, IsRefusedToASecondProcessInOneSentence)
{
    const auto first = Database::open(url, with(Opening::setup));

    EXPECT_EQ(refusal(url), OpenFailure::in_use);
    EXPECT_EQ(sentence, "Another beproefd process, number " + std::to_string(getpid()) + ", is using " + path +
                            "; stop it first, or use PostgreSQL to run more than one.");
    EXPECT_EQ(refusal(url, Opening::setup), OpenFailure::in_use);
}

TEST_F(SqliteFile, IsReadByItsOwnerOnlyAndSoIsWhatStandsBesideItAndItsBackup)
{
    namespace fs = std::filesystem;
    const auto usual = umask(022);

    auto database = Database::open(url, with(Opening::setup));
    const auto copy = (folder.path() / "copy.sqlite").string();
    backup(database, copy);
    restore("sqlite:" + (folder.path() / "restored.sqlite").string(), copy);
    umask(usual);

    int files = 0;
    for (const auto& entry : fs::directory_iterator(folder.path())) {
        if (entry.path().extension() == ".lock")
            continue; // holds the number of a process
        ++files;
        EXPECT_EQ(entry.status().permissions(), fs::perms::owner_read | fs::perms::owner_write) << entry.path();
    }
    EXPECT_GE(files, 4) << "the database, its log, the copy and what was restored";
}

TEST_F(SqliteFile, IsReadBesideARunningServerButNotChanged)
{
    const auto server = Database::open(url, with(Opening::setup));

    auto reader = Database::open(url, with(Opening::inspect));

    EXPECT_GT(reader.read([](Transaction& tx) { return tx.one<int>("SELECT COUNT(*) FROM schema_migration"); }), 0);
    EXPECT_THROW((void)reader.transact([](Transaction&) -> Result<void> { return Done{}; }), std::logic_error);
}

TEST_F(SqliteFile, IsRefusedWhenItIsDamaged)
{
    std::ofstream(path) << std::string(10'000, 'x');

    EXPECT_EQ(refusal(url), OpenFailure::damaged);
    EXPECT_EQ(sentence, path + " is damaged or is not a database; restore a backup of it into a new file.");
}

TEST_F(SqliteFile, IsRefusedWhenAnotherProgramMadeIt)
{
    ASSERT_EQ(std::system(("sqlite3 " + path + " 'CREATE TABLE a (b)'").c_str()), 0);

    EXPECT_EQ(refusal(url, Opening::setup), OpenFailure::foreign);
}

TEST_F(SqliteFile, IsRefusedWhenItIsNotThere)
{
    EXPECT_EQ(refusal(url), OpenFailure::not_found);
    EXPECT_EQ(sentence,
              "There is no database " + path + "; make it with `beproefd setup --database sqlite:" + path + "`.");
    EXPECT_EQ(refusal("sqlite:" + (folder.path() / "no" / "folder").string(), Opening::setup),
              OpenFailure::not_found);
    EXPECT_EQ(refusal("sqlite:" + folder.path().string()), OpenFailure::not_found);
    EXPECT_EQ(refusal("mysql://host/x"), OpenFailure::bad_address);
    EXPECT_EQ(refusal("sqlite:"), OpenFailure::bad_address);
}

TEST(PostgresAddress, IsRefusedWhenNobodyAnswers)
{
    try {
        (void)Database::open("postgresql://nobody:secret@127.0.0.1:1/none");
        FAIL();
    } catch (const CannotOpen& refused) {
        EXPECT_EQ(refused.failure(), OpenFailure::not_found);
        EXPECT_EQ(std::string{refused.what()}.find("secret"), std::string::npos) << refused.what();
    }
}

class Writer : public SqliteFile
{
protected:
    void SetUp() override
    {
        database = std::make_unique<Database>(Database::open(url, with(Opening::setup)));
        db().engine().maintain([](Transaction& tx) {
            tx.connection().script("CREATE TABLE test_row (id BIGINT NOT NULL PRIMARY KEY); "
                                   "CREATE TABLE test_child (id BIGINT NOT NULL REFERENCES test_row (id) "
                                   "DEFERRABLE INITIALLY DEFERRED)");
        });
    }
    Database& db() { return *database; }

    auto add(int id)
    {
        return [id](Transaction& tx) -> Result<int> {
            tx.execute("INSERT INTO test_row (id) VALUES ($1)", id);
            return id;
        };
    }
    std::int64_t rows()
    {
        return db().read([](Transaction& tx) { return tx.one<std::int64_t>("SELECT COUNT(*) FROM test_row"); });
    }

    /// Holds the writer until released, so that what comes meanwhile waits together.
    struct Gate {
        std::promise<void> entered;
        std::promise<void> release;
    };
    std::unique_ptr<Gate> hold_writer()
    {
        auto gate = std::make_unique<Gate>();
        db().transact_async(
            [gate = gate.get()](Transaction&) -> Result<void> {
                gate->entered.set_value();
                gate->release.get_future().wait();
                return Done{};
            },
            [](std::optional<Result<void>>, std::exception_ptr) {});
        gate->entered.get_future().wait();
        return gate;
    }

    std::unique_ptr<Database> database;
};

TEST_F(Writer, CommitsManyChangesTogether)
{
    const auto before = db().statistics();
    auto gate = hold_writer();
    std::promise<void> all;
    std::atomic<int> kept = 0;
    for (int id = 0; id < 100; ++id)
        db().transact_async(add(id), [&](std::optional<Result<int>> answer, std::exception_ptr) {
            if (answer && *answer && ++kept == 100)
                all.set_value();
        });

    gate->release.set_value();
    all.get_future().wait();

    EXPECT_EQ(rows(), 100);
    EXPECT_LE(db().statistics().commits - before.commits, 3u);
}

TEST_F(Writer, KeepsTheNeighboursOfARefusedAndABrokenChange)
{
    auto gate = hold_writer();
    std::promise<void> all;
    std::atomic<int> told = 0, kept = 0, refused = 0, broken = 0;
    const auto tell = [&](std::optional<Result<int>> answer, std::exception_ptr exception) {
        kept += answer && *answer ? 1 : 0;
        refused += answer && !*answer ? 1 : 0;
        broken += exception ? 1 : 0;
        if (++told == 5)
            all.set_value();
    };
    db().transact_async(add(1), tell);
    db().transact_async(add(1), tell); // the same key: breaks
    db().transact_async(
        [&](Transaction& tx) -> Result<int> {
            (void)add(2)(tx);
            return not_found();
        },
        tell);
    db().transact_async(
        [](Transaction& tx) -> Result<int> { // left open at the end: would spoil the COMMIT of all
            tx.execute("INSERT INTO test_child (id) VALUES (99)");
            return 0;
        },
        tell);
    db().transact_async(add(3), tell);

    gate->release.set_value();
    all.get_future().wait();

    EXPECT_EQ(kept, 2);
    EXPECT_EQ(refused, 1);
    EXPECT_EQ(broken, 2);
    EXPECT_EQ(rows(), 2);
}

TEST_F(Writer, AnswersBusyWhenTooManyWait)
{
    database.reset();
    auto options = with(Opening::serve);
    options.queue = 2;
    database = std::make_unique<Database>(Database::open(url, options));
    auto gate = hold_writer();
    std::vector<std::promise<ProblemKind>> told(3);
    for (int id = 0; id < 3; ++id)
        db().transact_async(add(id), [&, id](std::optional<Result<int>> answer, std::exception_ptr) {
            told[static_cast<std::size_t>(id)].set_value(*answer ? ProblemKind::not_found : answer->error().kind);
        });

    EXPECT_EQ(told[2].get_future().get(), ProblemKind::busy);
    gate->release.set_value();
    EXPECT_EQ(told[0].get_future().get(), ProblemKind::not_found);
    EXPECT_EQ(told[1].get_future().get(), ProblemKind::not_found);
    EXPECT_EQ(rows(), 2);
}

TEST_F(Writer, RefusesATransactionWithinATransaction)
{
    EXPECT_THROW((void)db().transact([&](Transaction&) -> Result<int> { return db().transact(add(1)); }),
                 std::logic_error);
}

TEST_F(Writer, FinishesWhatWaitsBeforeItStops)
{
    for (int id = 0; id < 50; ++id)
        db().transact_async(add(id), [](std::optional<Result<int>>, std::exception_ptr) {});

    database = nullptr;
    database = std::make_unique<Database>(Database::open(url));

    EXPECT_EQ(rows(), 50);
}

TEST_F(Writer, KeepsTheLogShortUnderLoad)
{
    const std::string body(4000, 'x');
    db().engine().maintain(
        [](Transaction& tx) { tx.connection().script("CREATE TABLE test_text (t TEXT NOT NULL)"); });
    for (int round = 0; round < 300; ++round)
        ASSERT_TRUE(db().transact([&](Transaction& tx) -> Result<void> {
            for (int row = 0; row < 100; ++row)
                tx.execute("INSERT INTO test_text (t) VALUES ($1)", body);
            return Done{};
        }));

    // 120 MB were written; the log is begun anew at 64 MB.
    EXPECT_LT(std::filesystem::file_size(path + "-wal"), 80u << 20);
}

TEST_F(Writer, TellsEveryoneOfTheGroupWhenTheDiskIsFull)
{
    // A limit on the size of the database stands for a full disk: SQLite reports both the same way.
    db().engine().maintain([](Transaction& tx) {
        tx.connection().script("CREATE TABLE test_text (t TEXT NOT NULL)");
        tx.execute("PRAGMA max_page_count = 60");
    });
    const auto fill = [](Transaction& tx) -> Result<int> {
        tx.execute("INSERT INTO test_text (t) VALUES ($1)", std::string(400'000, 'x'));
        return 0;
    };

    EXPECT_THROW((void)db().transact(fill), DiskFull);

    ASSERT_TRUE(db().transact(add(1)));
    EXPECT_EQ(rows(), 1);
}

TEST_F(Writer, ServesManyThreadsAtOnce)
{
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 8; ++thread)
        threads.emplace_back([&, thread] {
            for (int turn = 0; turn < 100; ++turn) {
                ASSERT_TRUE(db().transact(add(thread * 1000 + turn)));
                (void)rows();
            }
        });
    for (auto& thread : threads)
        thread.join();

    EXPECT_EQ(rows(), 800);
    EXPECT_EQ(db().statistics().waiting, 0u);
}

} // namespace
