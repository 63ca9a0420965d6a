// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

// Questionnaires of an installation, beside those of the program.

#include "platform/core/sha256.hpp"
#include "quickscan/instrument/folder.hpp"
#include "quickscan/instrument/reading.hpp"

#include <gmock/gmock.h>

#include <fstream>

using namespace beproefd;
using namespace beproefd::quickscan;
using ::testing::ElementsAre;

namespace {

namespace fs = std::filesystem;

const std::string quickscan_key = "quickscan-local-approach";

/// A folder of an installation, gone after the test.
class InstrumentsOf : public ::testing::Test
{
protected:
    void SetUp() override
    {
        std::string pattern = (fs::temp_directory_path() / "beproefd-instruments-XXXXXX").string();
        folder_ = mkdtemp(pattern.data());
    }
    void TearDown() override { fs::remove_all(folder_); }

    /// The survey as another questionnaire, or the quickscan as its next version.
    static Instrument as(std::string key, int version, VersionStatus status)
    {
        Instrument made = *shipped_instruments().current(key == quickscan_key ? quickscan_key : "survey-2015");
        if (key == quickscan_key) {
            Crosswalk from{.from_version = 1, .map = {}};
            for (const auto& question : made.questions)
                from.map.push_back({question.key, question.key, CrosswalkHow::same, {}, {}});
            made.crosswalks = {from};
        }
        made.key = std::move(key);
        made.version = version;
        made.status = status;
        return made;
    }
    void put(const std::string& path, const std::string& text, bool summed = true)
    {
        fs::create_directories((folder_ / path).parent_path());
        std::ofstream{folder_ / path, std::ios::binary} << text;
        if (summed)
            std::ofstream{folder_ / "published.sha256", std::ios::app} << sha256_hex(text) << "  " << path << '\n';
    }
    std::vector<std::string> faults()
    {
        std::vector<std::string> found;
        const auto read = instruments_with(folder_);
        if (!read) {
            for (const auto& field : read.error().fields)
                found.push_back(fs::path{field.place}.lexically_relative(folder_).generic_string() + " " +
                                field.code);
        }
        return found;
    }

    fs::path folder_;
};

} // namespace

TEST_F(InstrumentsOf, AnInstallationStandBesideThoseOfTheProgram)
{
    put("neighbourhood/1.yaml", to_yaml(as("neighbourhood", 1, VersionStatus::published)));
    put("tried-out/1.yaml", to_yaml(as("tried-out", 1, VersionStatus::draft)), false);

    const auto all = instruments_with(folder_);

    ASSERT_TRUE(all);
    EXPECT_NE(all->current("neighbourhood"), nullptr);
    EXPECT_EQ(all->current("tried-out"), nullptr);
    EXPECT_NE(all->find("tried-out", 1), nullptr) << "a draft is there, and no scan is made with it";
    EXPECT_EQ(*all->current("survey-2015"), *shipped_instruments().current("survey-2015"));
    EXPECT_EQ(shipped_instruments().current("neighbourhood"), nullptr);
}

TEST_F(InstrumentsOf, AnInstallationFollowAVersionOfTheProgram)
{
    put("quickscan-local-approach/2.yaml", to_yaml(as(quickscan_key, 2, VersionStatus::published)));

    const auto all = instruments_with(folder_);

    ASSERT_TRUE(all);
    EXPECT_EQ(all->current(quickscan_key)->version, 2);
    EXPECT_EQ(all->find(quickscan_key, 1)->status, VersionStatus::retired);
    EXPECT_EQ(shipped_instruments().current(quickscan_key)->version, 1);
}

TEST_F(InstrumentsOf, AnInstallationDoNotChangeOnceTheyArePublished)
{
    const auto made = to_yaml(as("neighbourhood", 1, VersionStatus::published));
    put("neighbourhood/1.yaml", made);
    ASSERT_TRUE(instruments_with(folder_));

    put("neighbourhood/1.yaml", made + "# one line more\n", false);
    put("unsummed/1.yaml", to_yaml(as("unsummed", 1, VersionStatus::retired)), false);

    EXPECT_THAT(faults(),
                ElementsAre("neighbourhood/1.yaml instrument-changed", "unsummed/1.yaml instrument-changed"));
}

TEST_F(InstrumentsOf, AnInstallationAreRefusedWithAllFaultsAtOnce)
{
    put("elsewhere/7.yaml", to_yaml(as("neighbourhood", 1, VersionStatus::draft)), false);
    put("empty/1.yaml", "key: empty\n", false);

    const auto found = faults();

    EXPECT_EQ(found.front(), "elsewhere/7.yaml instrument-file-name");
    EXPECT_GT(found.size(), 3U) << "and every field that the other one lacks";
}

TEST_F(InstrumentsOf, AnInstallationDoNotTakeThePlaceOfOneOfTheProgram)
{
    put("quickscan-local-approach/1.yaml", to_yaml(*shipped_instruments().current(quickscan_key)));

    EXPECT_FALSE(instruments_with(folder_));
    fs::remove_all(folder_);
    EXPECT_FALSE(instruments_with(folder_)) << "nor is a folder passed over that is not there";
}
