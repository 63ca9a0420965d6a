// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/core/temporary_folder.hpp"
#include "platform/documents/text/document.hpp"
#include "platform/documents/text/print.hpp"

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <unistd.h>

namespace beproefd::documents {
namespace {

/// In a container the tests run as root, where Chromium has no sandbox.
PrintSettings for_tests()
{
    PrintSettings settings;
    settings.without_sandbox = ::geteuid() == 0;
    return settings;
}

std::string output_of(const std::string& command)
{
    std::string out;
    std::array<char, 4096> buffer{};
    FILE* pipe = ::popen((command + " 2>&1").c_str(), "r");
    for (std::size_t read = 0; pipe != nullptr && (read = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;)
        out.append(buffer.data(), read);
    if (pipe != nullptr)
        ::pclose(pipe);
    return out;
}

/// What these tests leave behind is counted in a folder of their own: other tests print at the same moment.
class OwnTemporaryFolder : public ::testing::Environment
{
public:
    void SetUp() override
    {
        folder_.emplace();
        ::setenv("TMPDIR", folder_->path().c_str(), 1);
    }
    void TearDown() override
    {
        folder_.reset();
        ::unsetenv("TMPDIR");
    }

private:
    std::optional<TemporaryFolder> folder_;
};

const auto* const own_temporary_folder = ::testing::AddGlobalTestEnvironment(new OwnTemporaryFolder);

std::size_t folders_left()
{
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{std::filesystem::temp_directory_path()})
        count += entry.path().filename().string().starts_with("beproefd-print-") ? 1 : 0;
    return count;
}

/// A program that stands in for a browser that misbehaves.
std::string program(const std::string& name, const std::string& script)
{
    const auto path = std::filesystem::temp_directory_path() / name;
    std::ofstream{path} << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path;
}

TEST(Printer, SaysThatThereIsNoBrowser)
{
    const Printer printer{{.browser = "/nowhere/chromium"}};

    EXPECT_EQ(printer.unavailable()->code, "print-unavailable");
    const auto pdf = printer.print("<p>x</p>");
    ASSERT_FALSE(pdf);
    EXPECT_EQ(pdf.error().reason.code, "print-unavailable");
}

TEST(Printer, RefusesToPrintAsRootUnlessATestSaysSo)
{
    if (::geteuid() != 0)
        GTEST_SKIP() << "only root can try";

    EXPECT_EQ(Printer{{.browser = "/bin/true"}}.unavailable()->code, "print-as-root");
    EXPECT_FALSE((Printer{{.browser = "/bin/true", .without_sandbox = true}}.unavailable()));
}

TEST(Printer, MakesATaggedPdfWithTitleAndLanguage)
{
    const Printer printer{for_tests()};
    if (printer.unavailable())
        GTEST_SKIP() << "Chromium is not installed";
    Document document{.title = "Proefverslag",
                      .subtitle = "",
                      .language = "nl",
                      .author = "Gemeente Voorbeeld",
                      .marker = "Voorbeeldgegevens",
                      .date = "2026-11-21",
                      .page_word = "Bladzijde",
                      .blocks = {}};
    document.heading(1, "Eerste kop");
    document.table({.caption = "Tabel", .head = {"a", "b"}, .rows = {{"1", "2"}}, .numbers = {1}});
    document.new_page();
    document.paragraph("Tweede bladzijde");
    const auto before = folders_left();

    const auto pdf = printer.print(to_html(document));

    ASSERT_TRUE(pdf);
    EXPECT_EQ(folders_left(), before);
    const TemporaryFolder folder;
    const auto path = folder.path() / "proof.pdf";
    std::ofstream{path, std::ios::binary} << *pdf;
    const auto about = output_of("pdfinfo " + path.string());
    EXPECT_NE(about.find("Proefverslag"), std::string::npos) << about;
    EXPECT_NE(about.find("Tagged:          yes"), std::string::npos) << about;
    EXPECT_NE(about.find("Pages:           2"), std::string::npos) << about;
    EXPECT_NE(about.find("(A4)"), std::string::npos) << about;
    EXPECT_NE(pdf->find("/Lang (nl)"), std::string::npos);
    const auto structure = output_of("pdfinfo -struct " + path.string());
    for (const char* tag : {"H1", "H2", "Table", "TH", "TD"})
        EXPECT_NE(structure.find(tag), std::string::npos) << tag << " in\n" << structure;
    const auto text = output_of("pdftotext -layout " + path.string() + " -");
    const auto first = text.find("Voorbeeldgegevens"), page_two = text.find('\f');
    EXPECT_LT(first, page_two);
    EXPECT_NE(text.find("Voorbeeldgegevens", page_two), std::string::npos) << text;
}

TEST(Printer, KillsABrowserThatTakesTooLongAndLeavesNothing)
{
    const auto slow = program("slow", "sleep 600 & sleep 600");
    const Printer printer{{.browser = slow, .without_sandbox = true, .time_limit = std::chrono::seconds{1}}};
    const auto before = folders_left();

    const auto pdf = printer.print("<p>x</p>");

    ASSERT_FALSE(pdf);
    EXPECT_EQ(pdf.error().reason.code, "print-took-too-long");
    EXPECT_EQ(folders_left(), before);
}

TEST(Printer, StopsWhenAsked)
{
    const auto slow = program("asked", "sleep 600");
    const Printer printer{{.browser = slow, .without_sandbox = true}};
    int asked = 0;

    const auto pdf = printer.print("<p>x</p>", [&] { return ++asked > 3; });

    ASSERT_FALSE(pdf);
    EXPECT_EQ(pdf.error().reason.code, "print-stopped");
}

TEST(Printer, TellsWhatABrokenBrowserSaid)
{
    const auto broken = program("broken", "echo no usable sandbox; exit 3");
    const Printer printer{{.browser = broken, .without_sandbox = true}};

    try {
        (void)printer.print("<p>x</p>");
        FAIL() << "must throw";
    } catch (const std::runtime_error& error) {
        EXPECT_NE(std::string{error.what()}.find("no usable sandbox"), std::string::npos);
    }
}

TEST(Printer, GivesTheBrowserNothingOfTheServer)
{
    ::setenv("BEPROEFD_SECRET", "geheim", 1);
    const auto nosy =
        program("nosy", "for word in \"$@\"; do case $word in --print-to-pdf=*) out=${word#*=};; esac; done; "
                        "{ echo %PDF-1.4; env; ls /proc/self/fd; echo %%EOF; } > \"$out\"");
    const Printer printer{{.browser = nosy, .without_sandbox = true}};

    const auto pdf = printer.print("<p>x</p>");

    ASSERT_TRUE(pdf);
    EXPECT_EQ(pdf->find("geheim"), std::string::npos) << *pdf;
}

} // namespace
} // namespace beproefd::documents
