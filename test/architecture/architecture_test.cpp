// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// server/CMakeLists.txt says who may use whom. CMake refuses a library that names one below it; these tests refuse an
// #include that goes where no declared use leads, or past the public door of a capability.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path source = BEPROEFD_SOURCE_DIR;
const fs::path server = source / "server";

std::string read(const fs::path& path)
{
    std::ifstream file{path};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

struct Library {
    std::string folder;
    std::vector<std::string> uses;
    std::set<std::string> sources;
};

/// name → library, as beproefd_library wrote it when the build was configured.
std::map<std::string, Library> libraries()
{
    std::map<std::string, Library> all;
    std::istringstream lines{read(fs::path{BEPROEFD_BINARY_DIR} / "architecture.txt")};
    const auto split = [](const std::string& text, char at) {
        std::vector<std::string> parts;
        std::istringstream stream{text};
        for (std::string part; std::getline(stream, part, at);)
            parts.push_back(part);
        return parts;
    };
    for (std::string line; std::getline(lines, line);) {
        auto parts = split(line, '|');
        parts.resize(4);
        if (parts[0].empty())
            continue;
        const auto sources = split(parts[3], ' ');
        all[parts[0]] = {parts[1], split(parts[2], ' '), {sources.begin(), sources.end()}};
    }
    return all;
}

/// The folders a library may include from: its own and those of everything it uses, directly or through others.
std::set<std::string> reachable_folders(const std::map<std::string, Library>& all, const std::string& name)
{
    std::set<std::string> folders;
    std::vector<std::string> open{name};
    std::set<std::string> seen;
    while (!open.empty()) {
        const auto current = open.back();
        open.pop_back();
        if (!seen.insert(current).second || !all.contains(current))
            continue;
        folders.insert(all.at(current).folder);
        for (const auto& used : all.at(current).uses)
            open.push_back(used);
    }
    return folders;
}

std::vector<std::string> own_includes(const fs::path& file)
{
    static const std::regex pattern{R"re(^\s*#include\s+"([^"]+)")re"};
    std::vector<std::string> includes;
    std::istringstream lines{read(file)};
    for (std::string line; std::getline(lines, line);) {
        std::smatch match;
        if (std::regex_search(line, match, pattern))
            includes.push_back(match[1]);
    }
    return includes;
}

/// The library a file belongs to: the one that compiles it, else the one that compiles the .cpp of the same name,
/// else the last library of its folder (which may use all the others of that folder).
std::string owner_of(const std::map<std::string, Library>& all, const fs::path& file)
{
    const std::string folder = fs::relative(file.parent_path(), server).generic_string();
    const std::string twin = file.stem().string() + ".cpp";
    std::string last;
    std::size_t most_uses = 0;
    for (const auto& [name, library] : all) {
        if (library.folder != folder)
            continue;
        if (library.sources.contains(file.filename().string()) || library.sources.contains(twin))
            return name;
        if (last.empty() || library.uses.size() >= most_uses) {
            last = name;
            most_uses = library.uses.size();
        }
    }
    return last;
}

bool is_test(const fs::path& file)
{
    const auto stem = file.stem().string();
    return stem.ends_with("_test") || stem.ends_with("testing") ||
           file.string().find("/testing/") != std::string::npos;
}

bool is_capability(const std::string& folder)
{
    return !folder.starts_with("platform/") && !folder.starts_with("statistics") && folder != "." &&
           folder != "command";
}

/// service.hpp and what it mentions of its own folder.
std::set<std::string> public_door(const std::string& folder)
{
    std::set<std::string> door;
    std::vector<std::string> open{folder + "/service.hpp"};
    while (!open.empty()) {
        const auto current = open.back();
        open.pop_back();
        if (!fs::exists(server / current) || !door.insert(current).second)
            continue;
        for (const auto& include : own_includes(server / current)) {
            if (include.starts_with(folder + "/"))
                open.push_back(include);
        }
    }
    return door;
}

std::vector<fs::path> files_of_the_server()
{
    std::vector<fs::path> files;
    for (const auto& entry : fs::recursive_directory_iterator{server}) {
        if (entry.path().extension() == ".hpp" || entry.path().extension() == ".cpp")
            files.push_back(entry.path());
    }
    return files;
}

} // namespace

TEST(Architecture, IncludesOnlyWhatALibraryDeclaresToUse)
{
    const auto all = libraries();
    ASSERT_GE(all.size(), 3u);

    for (const auto& file : files_of_the_server()) {
        if (is_test(file) || file.filename() == "main.cpp")
            continue;
        const auto owner = owner_of(all, file);
        ASSERT_FALSE(owner.empty()) << file << " belongs to no library";
        const auto folders = reachable_folders(all, owner);
        for (const auto& include : own_includes(file)) {
            const auto folder = fs::path{include}.parent_path().generic_string();
            EXPECT_TRUE(folders.contains(folder)) << fs::relative(file, source) << " includes " << include << ", but "
                                                  << owner << " does not say in its USES that it may";
        }
    }
}

TEST(Architecture, EntersACapabilityOnlyByItsPublicDoor)
{
    const auto all = libraries();

    for (const auto& file : files_of_the_server()) {
        const auto own = fs::relative(file.parent_path(), server).generic_string();
        if (is_test(file) || file.filename() == "main.cpp" || own == "command")
            continue;
        for (const auto& include : own_includes(file)) {
            const auto folder = fs::path{include}.parent_path().generic_string();
            if (folder == own || !is_capability(folder))
                continue;
            EXPECT_TRUE(public_door(folder).contains(include))
                << fs::relative(file, source) << " includes " << include << ", which " << folder
                << "/service.hpp does not mention";
        }
    }
}

TEST(Architecture, EveryIncludeNamesAFileFromTheRootOfTheServer)
{
    for (const auto& file : files_of_the_server()) {
        for (const auto& include : own_includes(file))
            EXPECT_TRUE(fs::exists(server / include)) << fs::relative(file, source) << " includes " << include;
    }
}

TEST(Architecture, UsesNoCoroutinesBecauseTheCompilerOfDebianBreaksThem)
{
    const std::regex coroutine{R"(\bco_(await|yield|return)\b)"};
    for (const auto& file : files_of_the_server())
        EXPECT_FALSE(std::regex_search(read(file), coroutine)) << fs::relative(file, source);
}

TEST(Architecture, EveryFolderOfTheServerExplainsItself)
{
    for (const auto& [name, library] : libraries())
        EXPECT_TRUE(fs::exists(server / library.folder / "README.md") ||
                    fs::exists((server / library.folder).parent_path() / "README.md"))
            << library.folder << " has no README.md";
}

TEST(Architecture, TestsThatAReferenceNamesExist)
{
    std::string tests;
    for (const auto& root : {server, source / "test"})
        for (const auto& entry : fs::recursive_directory_iterator{root})
            if (entry.path().filename().string().ends_with("_test.cpp") || entry.path().extension() == ".mjs")
                tests += read(entry.path());
    const auto said = read(source / "docs" / "reference" / "quickscan-requirements.md");

    const std::regex named{R"(`(\w+)\.(\w+)`|"([^"]+)\")"};
    int found = 0;
    for (std::sregex_iterator one{said.begin(), said.end(), named}, end; one != end; ++one, ++found) {
        const auto& match = *one;
        // TEST(Suite, Name) as well as TEST_P and TEST_F; a journey by words of its title.
        const auto written = match[3].matched ? match[3].str() : "(" + match[1].str() + ", " + match[2].str() + ")";
        EXPECT_NE(tests.find(written), std::string::npos) << written << " is no test";
    }
    EXPECT_GT(found, 30) << "the table names its tests";
}

TEST(Architecture, EverySourceFileSaysItsLicence)
{
    for (const auto& folder : {"server", "test", "bench", "cmake", "migrations", "script"}) {
        if (!fs::exists(source / folder))
            continue;
        for (auto entry = fs::recursive_directory_iterator{source / folder};
             entry != fs::recursive_directory_iterator{}; ++entry) {
            if (entry->is_directory() && entry->path().filename() == "node_modules") {
                entry.disable_recursion_pending();
                continue;
            }
            static const std::set<std::string> kinds{".hpp", ".cpp", ".cmake", ".sql", ".sh", ".mjs", ".ts", ".tsx"};
            if (entry->is_regular_file() && kinds.contains(entry->path().extension().string())) {
                EXPECT_NE(read(entry->path()).find("SPDX-License-Identifier"), std::string::npos)
                    << fs::relative(entry->path(), source);
            }
        }
    }
}
