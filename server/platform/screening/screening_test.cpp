// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/screening/lexicon.hpp"
#include "platform/screening/screening.hpp"

#include <gmock/gmock.h>

namespace beproefd::screening {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string found(std::string_view text, const Finding& finding)
{
    return std::string{text.substr(finding.from, finding.to - finding.from)};
}

TEST(Screening, SaysWhereAndWhatInTheOriginalSpelling)
{
    const std::string text = "Bel ０６－１２３４５６７８ of mail jan@voorbeeld.nl.";

    const auto screening = screen(text);

    ASSERT_EQ(screening.findings.size(), 2U);
    EXPECT_EQ(screening.findings[0].kind, Kind::phone);
    EXPECT_EQ(found(text, screening.findings[0]), "０６－１２３４５６７８");
    EXPECT_EQ(screening.findings[1].kind, Kind::email);
    EXPECT_EQ(found(text, screening.findings[1]), "jan@voorbeeld.nl");
}

TEST(Screening, RefusesWhatIsCertainAndAsksAboutWhatIsRead)
{
    EXPECT_TRUE(screen("06-12345678").refused());
    EXPECT_FALSE(screen("06-12345678").asks());
    EXPECT_FALSE(screen("mevrouw Jansen").refused());
    EXPECT_TRUE(screen("mevrouw Jansen").asks());
    EXPECT_THAT(screen("Het convenant is getekend door acht partners.").findings, IsEmpty());
}

TEST(Screening, ConfirmingLetsANamePassButNeverANumber)
{
    const std::string text = "mevrouw Jansen, 111222333";

    const auto asked = refusals(text, "/reason", /*confirmed=*/false);
    EXPECT_EQ(asked.errors.size(), 2U);
    EXPECT_FALSE(asked.confirmation_used);

    const auto confirmed = refusals(text, "/reason", /*confirmed=*/true);
    ASSERT_EQ(confirmed.errors.size(), 1U);
    EXPECT_EQ(confirmed.errors[0].code, "text-has-bsn");
    EXPECT_EQ(confirmed.errors[0].pointer, "/reason");
    EXPECT_EQ(confirmed.errors[0].parameters, (std::vector<Parameter>{{"from", "17"}, {"to", "25"}}));
    EXPECT_TRUE(confirmed.confirmation_used);
    EXPECT_FALSE(refusals("111222333", "/reason", /*confirmed=*/true).confirmation_used);
}

TEST(Screening, SaysFirstWhatCannotBeConfirmed)
{
    const auto both = refusals("Bel meneer Bakker op 06-12345678", "/reason", false);

    ASSERT_EQ(both.errors.size(), 2U);
    EXPECT_EQ(both.errors[0].code, "text-has-phone");
    EXPECT_EQ(both.errors[1].code, "text-has-name");
}

TEST(Screening, CountsPlacesAsABrowserDoes)
{
    const std::string text = "👍 é 06-12345678";

    const auto errors = refusals(text, "", false).errors;

    ASSERT_EQ(errors.size(), 1U);
    EXPECT_EQ(errors[0].parameters[0].second, "6"); // the thumb counts for two, é for one
}

TEST(Screening, HasASentenceForEveryKind)
{
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>([](auto enumerator) {
        for (const auto language : {describe::Language::nl, describe::Language::en}) {
            const auto sentence =
                describe::sentence(sentence_code(enumerator.value), {{"from", "1"}, {"to", "2"}}, language);
            EXPECT_EQ(sentence.find('{'), std::string::npos) << sentence;
        }
    });
}

TEST(Screening, TakesTheElevenTestAtItsWord)
{
    // 111222333 is the number of examples in the documentation of the BSN; the sum of its products is 66.
    EXPECT_TRUE(screen("nummer 111222333").refused());
    EXPECT_FALSE(screen("nummer 111222334").refused());
    EXPECT_FALSE(screen("nummer 000000000").refused());
    EXPECT_FALSE(screen("€ 111.222.333").refused());
    EXPECT_TRUE(screen("bsn: € 111.222.333").refused());
}

TEST(Screening, ReadsBrokenTextAsFarAsItGoes)
{
    EXPECT_THAT(screen("\xff\xfe\x80").findings, IsEmpty());
    EXPECT_TRUE(screen("\xff 06-12345678 \xc3").refused());
    EXPECT_THAT(screen("").findings, IsEmpty());
}

TEST(Screening, KeepsOneFindingPerPlace)
{
    const auto screening = screen("NL91 ABNA 0417 1643 00");

    ASSERT_EQ(screening.findings.size(), 1U);
    EXPECT_EQ(screening.findings[0].kind, Kind::iban);
}

TEST(Lexicon, HoldsNoWordThatCanNeverBeFound)
{
    const auto& words = Lexicon::shipped();
    for (const auto* set :
         {&words.first_names, &words.first_names_also_words, &words.surnames, &words.known_words, &words.persons})
        for (const auto& word : *set)
            for (const char c : word)
                EXPECT_TRUE((c >= 'a' && c <= 'z') || c == '-' || c == '\'') << word;
    for (const auto& name : words.first_names)
        EXPECT_FALSE(words.first_names_also_words.contains(name)) << name << " stands in both lists";
}

} // namespace
} // namespace beproefd::screening
