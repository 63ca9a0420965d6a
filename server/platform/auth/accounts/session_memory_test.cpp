// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/auth/accounts/session_memory.hpp"

#include <gtest/gtest.h>

using namespace beproefd;
using namespace beproefd::auth;
using namespace std::chrono_literals;

namespace {

const Instant nine = *Instant::from_text("2026-11-21T09:00:00Z");

std::shared_ptr<const Actor> someone()
{
    return std::make_shared<const Actor>(Id<Account>::create(), Id<Organisation>::create(),
                                         std::vector{Role::colleague}, PermissionSet{Permission::signed_in});
}

} // namespace

TEST(SessionMemory, RecallsForItsTimeAndNotLonger)
{
    SessionMemory memory{1000ms};
    const auto actor = someone();
    memory.keep("hash", actor, nine, nine.plus(30min), memory.change());

    EXPECT_EQ(memory.recall("hash", nine), actor);
    EXPECT_EQ(memory.recall("hash", nine.plus(999ms)), actor);
    EXPECT_FALSE(memory.recall("hash", nine.plus(1000ms)));
    EXPECT_FALSE(memory.recall("other", nine));
}

TEST(SessionMemory, EndsWithTheSession)
{
    SessionMemory memory{1000ms};
    memory.keep("hash", someone(), nine, nine.plus(200ms), memory.change());

    EXPECT_TRUE(memory.recall("hash", nine.plus(199ms)));
    EXPECT_FALSE(memory.recall("hash", nine.plus(200ms)));
}

TEST(SessionMemory, ForgetsWhenTheClockIsSetBack)
{
    SessionMemory memory{1000ms};
    memory.keep("hash", someone(), nine, nine.plus(30min), memory.change());

    EXPECT_FALSE(memory.recall("hash", nine.plus(-1s)));
}

TEST(SessionMemory, ForgetsAllAfterAChange)
{
    SessionMemory memory{1000ms};
    memory.keep("hash", someone(), nine, nine.plus(30min), memory.change());

    memory.forget_all();

    EXPECT_FALSE(memory.recall("hash", nine));
}

TEST(SessionMemory, DoesNotKeepWhatWasReadBeforeAChange)
{
    SessionMemory memory{1000ms};
    const auto before = memory.change(); // a request looks a session up …

    memory.forget_all(); // … which is ended meanwhile
    memory.keep("hash", someone(), nine, nine.plus(30min), before);

    EXPECT_FALSE(memory.recall("hash", nine));
}

TEST(SessionMemory, HoldsNoMoreThanItMay)
{
    SessionMemory memory{1000ms, 3};
    for (const auto name : {"a", "b", "c"})
        memory.keep(name, someone(), nine, nine.plus(30min), memory.change());

    memory.keep("d", someone(), nine.plus(500ms), nine.plus(30min), memory.change());

    EXPECT_TRUE(memory.recall("d", nine.plus(500ms)));
    EXPECT_FALSE(memory.recall("a", nine.plus(500ms)));
}

TEST(SessionMemory, CanBeTurnedOff)
{
    SessionMemory memory{0ms};
    memory.keep("hash", someone(), nine, nine.plus(30min), memory.change());

    EXPECT_FALSE(memory.recall("hash", nine));
}
