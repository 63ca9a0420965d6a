// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/scan/proof_file.hpp"

#include "quickscan/scan/limiter.hpp"
#include "quickscan/scan/texts.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

using namespace beproefd;
using namespace beproefd::quickscan;
using namespace std::string_literals;

namespace {

std::string little(std::uint32_t value, int count)
{
    std::string bytes;
    for (int i = 0; i < count; ++i)
        bytes += static_cast<char>(value >> (8 * i) & 255);
    return bytes;
}

/// A ZIP file with these entries, not compressed.
std::string zip(const std::vector<std::pair<std::string, std::string>>& entries)
{
    std::string file;
    std::string directory;
    for (const auto& [name, content] : entries) {
        const auto at = static_cast<std::uint32_t>(file.size());
        const auto size = static_cast<std::uint32_t>(content.size());
        const auto common = little(20, 2) + little(0, 2) + little(0, 2) + little(0, 4) + little(0, 4) +
                            little(size, 4) + little(size, 4) + little(static_cast<std::uint32_t>(name.size()), 2);
        file += "PK\x03\x04"s + common + little(0, 2) + name + content;
        directory += "PK\x01\x02"s + little(20, 2) + common + little(0, 2) + little(0, 2) + little(0, 2) +
                     little(0, 2) + little(0, 4) + little(at, 4) + name;
    }
    const auto count = static_cast<std::uint32_t>(entries.size());
    return file + directory + "PK\x05\x06"s + little(0, 4) + little(count, 2) + little(count, 2) +
           little(static_cast<std::uint32_t>(directory.size()), 4) +
           little(static_cast<std::uint32_t>(file.size()), 4) + little(0, 2);
}

std::string extension_of(std::string_view bytes)
{
    const auto kind = kind_of_file(bytes);
    return kind ? std::string{kind->extension} : "";
}

} // namespace

TEST(ProofFile, IsKnownByItsContent)
{
    EXPECT_EQ(extension_of("%PDF-1.7\n..."), "pdf");
    EXPECT_EQ(extension_of("\x89PNG\r\n\x1a\n...."), "png");
    EXPECT_EQ(extension_of("\xff\xd8\xff\xe0...."), "jpg");
    EXPECT_EQ(extension_of(zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "<x/>"}})),
              "odt");
    EXPECT_EQ(
        extension_of(zip({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}, {"content.xml", "<x/>"}})),
        "ods");
    EXPECT_EQ(extension_of(zip({{"[Content_Types].xml", "<x/>"}, {"word/document.xml", "<x/>"}})), "docx");
    EXPECT_EQ(extension_of(zip({{"[Content_Types].xml", "<x/>"}, {"xl/workbook.xml", "<x/>"}})), "xlsx");
}

TEST(ProofFile, OfAnotherKindIsNotTaken)
{
    for (const auto& bytes :
         {""s, "<!DOCTYPE html><script>alert(1)</script>"s, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"s, "MZ\x90"s,
          "GIF89a"s, "PK\x03\x04"s, zip({{"index.html", "<html>"}}),
          zip({{"[Content_Types].xml", "<x/>"}, {"word/document.xml", "<x/>"}, {"word/vbaProject.bin", "x"}}),
          zip({{"mimetype", "application/vnd.oasis.opendocument.text"}, {"content.xml", "x"}, {"Basic/s.xml", "x"}}),
          zip({{"mimetype", "text/html"}, {"content.xml", "x"}})})
        EXPECT_EQ(extension_of(bytes), "") << bytes.substr(0, 40);
}

TEST(ProofFile, IsNotCalledOtherwiseThanItIs)
{
    const auto pdf = *kind_of_file("%PDF-1.7");
    const auto jpeg = *kind_of_file("\xff\xd8\xff");

    EXPECT_TRUE(name_fits("Plan van aanpak.PDF", pdf));
    EXPECT_TRUE(name_fits("foto.jpeg", jpeg));
    EXPECT_FALSE(name_fits("plan.html", pdf));
    EXPECT_FALSE(name_fits("plan.pdf", jpeg));
    EXPECT_FALSE(name_fits("plan", pdf));
}

TEST(ProofFile, GetsANameThatIsSafeToSaveUnder)
{
    EXPECT_EQ(safe_file_name("../../etc/plan.pdf"), "plan.pdf");
    EXPECT_EQ(safe_file_name("C:\\temp\\plan.pdf"), "plan.pdf");
    EXPECT_EQ(safe_file_name("een \"plan\";\n.pdf"), "een _plan___.pdf");
    EXPECT_EQ(safe_file_name("..."), "bestand");
    EXPECT_EQ(safe_file_name("coördinatie.pdf"), "coördinatie.pdf");
}

TEST(ProofFile, CutOffAnywhereNeverReadsBeyondItsEnd)
{
    const auto whole = zip({{"[Content_Types].xml", "<x/>"}, {"word/document.xml", "<x/>"}});
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(extension_of(std::string_view{whole}.substr(0, size)), "");
}

RC_GTEST_PROP(Base64, GivesBackWhatWasPutIn, (const std::string& bytes))
{
    const auto text = to_base64(bytes);
    RC_ASSERT(text.size() == (bytes.size() + 2) / 3 * 4);
    RC_ASSERT(from_base64(text) == bytes);
}

TEST(Base64, IsThatOfTheStandard)
{
    // RFC 4648 §10
    EXPECT_EQ(to_base64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(to_base64("fooba"), "Zm9vYmE=");
    EXPECT_EQ(to_base64("foob"), "Zm9vYg==");
    EXPECT_FALSE(from_base64("Zm9"));
    EXPECT_FALSE(from_base64("Zm9*"));
}

TEST(ProofAddress, IsHttpsWithAHost)
{
    EXPECT_TRUE(is_proof_address("https://www.voorbeeldstad.example/plan.pdf?versie=2#p3"));
    for (const auto* wrong : {"http://voorbeeld.example", "https://", "https:///plan", "javascript:alert(1)",
                              "https://jan:geheim@voorbeeld.example", "https://voor beeld.example",
                              "https://voorbeeld.example/\"onclick", "https://localhost"})
        EXPECT_FALSE(is_proof_address(wrong)) << wrong;
}

TEST(Limiter, LetsSomeThroughAndThenOnePerInterval)
{
    Limiter limiter{3, std::chrono::seconds{6}};
    const auto start = *Instant::from_text("2026-11-21T09:00:00Z");

    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.wait("here", start).count(), 0);
    EXPECT_EQ(limiter.wait("here", start).count(), 6);
    EXPECT_EQ(limiter.wait("there", start).count(), 0);
    EXPECT_EQ(limiter.wait("here", start.plus(std::chrono::seconds{6})).count(), 0);
    EXPECT_EQ(limiter.wait("here", start.plus(std::chrono::seconds{6})).count(), 6);
}

TEST(Limiter, GivesTheWholeAllowanceBackAfterAWhile)
{
    Limiter limiter{3, std::chrono::seconds{6}};
    const auto start = *Instant::from_text("2026-11-21T09:00:00Z");
    for (int i = 0; i < 3; ++i)
        (void)limiter.wait("here", start);

    const auto later = start.plus(std::chrono::hours{1});

    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(limiter.wait("here", later).count(), 0);
    EXPECT_GT(limiter.wait("here", later).count(), 0);
}
