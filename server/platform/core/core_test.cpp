// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/bounded.hpp"
#include "platform/core/eight_bytes.hpp"
#include "platform/core/euro.hpp"
#include "platform/core/id.hpp"
#include "platform/core/markup.hpp"
#include "platform/core/regularly.hpp"
#include "platform/core/result.hpp"
#include "platform/core/sha256.hpp"
#include "platform/core/time.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <future>
#include <stdexcept>

using namespace beproefd;

TEST(Euro, ReadsWholeEurosAndCents)
{
    EXPECT_EQ(Euro::from_text("1763000"), Euro::whole(1'763'000));
    EXPECT_EQ(Euro::from_text("-0.49"), Euro::cents(-49));
    EXPECT_EQ(Euro::from_text("0.5"), Euro::cents(50));
}

TEST(Euro, RefusesWhatIsNotAnAmount)
{
    for (const auto* text :
         {"", "-", "1.", ".5", "1.234", "1,50", "1e3", "1 000", "99999999999999999999", "--1", "1-"})
        EXPECT_EQ(Euro::from_text(text), std::nullopt) << text;
}

TEST(Euro, WritesWhatItReads)
{
    for (const std::int64_t cents : {0LL, 1LL, -1LL, -49LL, 176300000LL, 9223372036854775807LL})
        EXPECT_EQ(Euro::from_text(Euro::cents(cents).to_text()), Euro::cents(cents));
}

TEST(Day, ReadsTheLeapDayOnlyInALeapYear)
{
    EXPECT_EQ(Day::from_text("2028-02-29"), Day(2028, 2, 29));
    EXPECT_EQ(Day::from_text("2026-02-29"), std::nullopt);
    EXPECT_EQ(Day::from_text("2026-2-1"), std::nullopt);
    EXPECT_EQ(Day::from_text("2026-13-01"), std::nullopt);
}

TEST(Day, IsTomorrowInAmsterdamBeforeItIsInGreenwich)
{
    EXPECT_EQ(amsterdam_day(*Instant::from_text("2026-11-21T22:59:59Z")), Day(2026, 11, 21));
    EXPECT_EQ(amsterdam_day(*Instant::from_text("2026-11-21T23:00:00Z")), Day(2026, 11, 22));
    EXPECT_EQ(amsterdam_day(*Instant::from_text("2026-07-01T22:00:00Z")), Day(2026, 7, 2));
}

TEST(Instant, WritesWhatItReads)
{
    EXPECT_EQ(Instant::from_text("2026-11-21T13:05:00.25Z")->to_text(), "2026-11-21T13:05:00.250000Z");
    EXPECT_EQ(Instant::from_text("1969-12-31T23:59:59Z")->to_text(), "1969-12-31T23:59:59.000000Z");
    for (const auto* text :
         {"2026-11-21 13:05:00Z", "2026-11-21T13:05:00", "2026-11-21T24:00:00Z", "2026-11-21T13:05:00.Z"})
        EXPECT_EQ(Instant::from_text(text), std::nullopt) << text;
}

TEST(Period, ContainsItsFirstAndItsLastDay)
{
    const Period march{Day(2026, 3, 1), Day(2026, 3, 31)};

    EXPECT_TRUE(march.contains(Day(2026, 3, 1)));
    EXPECT_TRUE(march.contains(Day(2026, 3, 31)));
    EXPECT_FALSE(march.contains(Day(2026, 4, 1)));
    EXPECT_EQ(march.days(), 31);
}

TEST(Id, OfLaterThingsSortsLater)
{
    struct Thing;
    const auto first = Id<Thing>::create();
    const auto second = Id<Thing>::create();

    EXPECT_NE(first, second);
    EXPECT_TRUE(is_uuid(first.to_text()));
    EXPECT_LE(first.to_text().substr(0, 13), second.to_text().substr(0, 13));
    EXPECT_FALSE(Id<Thing>::from_text("not-an-id"));
}

TEST(Text, CountsCharactersAndNotBytes)
{
    EXPECT_TRUE((Text<1, 2>::from_text("éé")));
    EXPECT_FALSE((Text<1, 2>::from_text("ééé")));
    EXPECT_FALSE((Text<1, 2>::from_text("")));
}

TEST(Text, RefusesBrokenUtf8AndControlCharacters)
{
    for (const std::string_view text : {"\xff", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"})
        EXPECT_FALSE((Text<0, 9>::from_text(text)));
    EXPECT_FALSE((Text<0, 9>::from_text(std::string_view("a\0b", 3))));
    EXPECT_TRUE((Text<0, 9>::from_text("a\nb\tc")));
}

TEST(Text, IsLookedAtEightBytesTogetherAsOneByOne) // every byte at every place, among the smallest and the largest
{
    for (int byte = 0; byte < 256; ++byte)
        for (std::size_t place = 0; place < 8; ++place)
            for (const char beside : {' ', '~', '\x01', '\x7f', '\xff'}) {
                std::string text(8, beside);
                text[place] = static_cast<char>(byte);
                const auto any = [&](auto holds) { return std::ranges::any_of(text, holds); };

                const EightBytes eight{text};

                ASSERT_EQ(eight.any_beyond_ascii(), any([](unsigned char c) { return c >= 0x80; })) << byte;
                ASSERT_EQ(eight.any_below(0x20), any([](unsigned char c) { return c < 0x20; })) << byte;
                ASSERT_EQ(eight.any_equal('"'), any([](char c) { return c == '"'; })) << byte;
                ASSERT_EQ(eight.any_equal('\x7f'), any([](char c) { return c == '\x7f'; })) << byte;
            }
}

TEST(Text, IsCheckedToItsLastByte)
{
    for (std::size_t size = 1; size < 40; ++size)
        for (std::size_t place = 0; place < size; ++place)
            for (const char bad : {'\0', '\x1f', '\x7f', '\x80', '\xff'}) {
                std::string text(size, 'a');
                EXPECT_TRUE(is_clean_text(text));
                EXPECT_EQ(utf8_length(text), size);
                text[place] = bad;
                EXPECT_FALSE(is_clean_text(text)) << size << " " << place;
            }
    EXPECT_EQ(utf8_length("zevenen\u00e9n, en dan nog \u20ac 20"), 26U);
    EXPECT_TRUE(is_clean_text("eerste\ttweede\nderde, en een \u00eb"));
}

TEST(Id, IsRefusedForOneWrongCharacter)
{
    const std::string right = "01a1fd92-a836-741e-b9c9-c4dd7a19bc31";
    ASSERT_TRUE(is_uuid(right));
    for (std::size_t place = 0; place < right.size(); ++place)
        for (const char wrong : {'-', 'A', 'g', '/', ':', '`', '\0', '\xff'}) {
            auto text = right;
            text[place] = wrong;
            EXPECT_EQ(is_uuid(text), text == right) << text;
        }
    EXPECT_FALSE(is_uuid(right.substr(1)));
    EXPECT_FALSE(is_uuid("0-a1fd92-a836-741e-b9c9-c4dd7a19bc-1"));
}

TEST(Markup, EscapesWhatWouldEndATextOrAnAttribute)
{
    EXPECT_EQ(escaped("<a href=\"x\">R&D</a>\x01\x1f\tb\n"), "&lt;a href=&quot;x&quot;&gt;R&amp;D&lt;/a&gt;\tb\n");
}

TEST(Whole, CarriesItsLimits)
{
    EXPECT_TRUE((Whole<1, 26>::from(26)));
    EXPECT_FALSE((Whole<1, 26>::from(27)));
    EXPECT_FALSE((Whole<1, 26>::from(0)));
}

TEST(Result, HoldsAValueOrAProblem)
{
    const Result<int> value = 3;
    const Result<int> problem = not_found();

    ASSERT_TRUE(value);
    EXPECT_EQ(*value, 3);
    ASSERT_FALSE(problem);
    EXPECT_EQ(problem.error().kind, ProblemKind::not_found);
}

TEST(Sha256, AgreesWithTheExamplesOfTheStandard) // FIPS 180-4, examples of NIST
{
    EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(Regularly, TellsWhatWentWrongAndComesBackAtTheNextTurn)
{
    using namespace std::chrono_literals;
    int turns = 0;
    std::string told;
    std::promise<void> again;

    const Regularly work{1ms,
                         [&] {
                             if (++turns == 1)
                                 throw std::runtime_error("the database is away");
                             if (turns == 2)
                                 again.set_value();
                         },
                         [&](const std::exception& error) { told = error.what(); }};

    ASSERT_EQ(again.get_future().wait_for(30s), std::future_status::ready);
    EXPECT_EQ(told, "the database is away");
}
