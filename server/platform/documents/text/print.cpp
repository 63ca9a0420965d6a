// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "platform/documents/text/print.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sched.h>
#include <sstream>
#include <stdexcept>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace beproefd::documents {
namespace {

namespace files = std::filesystem;

constexpr std::string_view folder_name = "beproefd-print-";

bool executable(const std::string& path)
{
    std::error_code error;
    return ::access(path.c_str(), X_OK) == 0 && files::is_regular_file(path, error);
}

std::string find_browser(const std::optional<std::string>& wanted)
{
    if (wanted)
        return executable(*wanted) ? *wanted : std::string{};
    const char* path = std::getenv("PATH");
    std::istringstream folders{path != nullptr ? path : "/usr/bin:/bin"};
    for (std::string folder; std::getline(folders, folder, ':');)
        for (const char* name : {"chromium", "chromium-browser", "google-chrome-stable"})
            if (const auto candidate = folder + "/" + name; folder.starts_with('/') && executable(candidate))
                return candidate;
    return {};
}

/// Whether a process that is not root can shield another one here as Chromium does it: namespaces of users, processes
/// and network, and a root folder without anything in it. Tried in a child, so nothing changes for us.
bool namespaces_allowed()
{
    const pid_t child = ::fork();
    if (child == 0) { // only calls that are safe after a fork of a program with threads
        const bool allowed =
            ::unshare(CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET) == 0 && ::chroot("/proc/self/fdinfo") == 0;
        ::_exit(allowed ? 0 : 1);
    }
    int status = 1;
    while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return child > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/// Whether the helper of Debian's chromium-sandbox lies beside the browser and may become root for a moment.
bool helper_allowed(const std::string& browser)
{
    std::error_code error;
    const auto beside = files::canonical(browser, error).parent_path();
    return ::prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 &&
           std::ranges::any_of(std::array{beside, files::path{"/usr/lib/chromium"}}, [](const files::path& folder) {
               struct stat about{};
               return ::stat((folder / "chrome-sandbox").c_str(), &about) == 0 && about.st_uid == 0 &&
                      (about.st_mode & S_ISUID) != 0;
           });
}

/// What a killed server left behind, an hour after it.
void sweep(const files::path& parent)
{
    std::error_code error;
    for (const auto& entry : files::directory_iterator{parent, error}) {
        struct stat about{};
        if (!entry.path().filename().string().starts_with(folder_name) ||
            ::lstat(entry.path().c_str(), &about) != 0 || !S_ISDIR(about.st_mode) || about.st_uid != ::geteuid() ||
            ::time(nullptr) - about.st_mtime < 3600)
            continue;
        files::remove_all(entry.path(), error);
    }
}

/// A folder for one print, readable by nobody else; gone at the end.
class Folder
{
public:
    Folder()
    {
        const auto parent = files::temp_directory_path();
        sweep(parent);
        std::string name = fmt::format("{}/{}XXXXXX", parent.string(), folder_name);
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error(
                fmt::format("no folder to print in under {}: {}", parent.string(), std::strerror(errno)));
        path_ = name;
    }
    ~Folder()
    {
        std::error_code error;
        files::remove_all(path_, error);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const files::path& path() const { return path_; }

private:
    files::path path_;
};

/// Bytes resident in all processes of the group.
std::int64_t memory_of(pid_t group)
{
    static const auto page = static_cast<std::int64_t>(::sysconf(_SC_PAGESIZE));
    std::int64_t pages = 0;
    std::error_code error;
    for (const auto& entry : files::directory_iterator{"/proc", error}) {
        const auto name = entry.path().filename().string();
        if (name.empty() || name[0] < '0' || name[0] > '9')
            continue;
        std::ifstream file{entry.path() / "stat"};
        std::string line;
        std::getline(file, line);
        const auto end = line.rfind(')'); // the name of the program may hold anything
        if (end == std::string::npos)
            continue;
        std::istringstream fields{line.substr(end + 2)};
        std::string field;
        pid_t of_group = 0;
        for (int number = 3; fields >> field; ++number) { // proc(5): 5 is the group, 24 the resident pages
            if (number == 5)
                std::from_chars(field.data(), field.data() + field.size(), of_group);
            if (number == 24) {
                std::int64_t resident = 0;
                std::from_chars(field.data(), field.data() + field.size(), resident);
                if (of_group == group)
                    pages += resident;
                break;
            }
        }
    }
    return pages * page;
}

/// The browser as a process group of its own; killed as a whole at the end, whatever happens.
class Browser
{
public:
    Browser(const std::vector<std::string>& words, const files::path& folder)
    {
        // Everything is prepared before the fork: between fork and exec nothing may allocate.
        std::vector<char*> arguments;
        for (const auto& word : words)
            arguments.push_back(const_cast<char*>(word.c_str()));
        arguments.push_back(nullptr);
        const std::vector<std::string> settings{"HOME=" + folder.string(),
                                                "TMPDIR=" + folder.string(),
                                                "XDG_CONFIG_HOME=" + folder.string(),
                                                "XDG_CACHE_HOME=" + folder.string(),
                                                "PATH=/usr/local/bin:/usr/bin:/bin",
                                                "LANG=C.UTF-8",
                                                "TZ=UTC"};
        std::vector<char*> environment;
        for (const auto& setting : settings)
            environment.push_back(const_cast<char*>(setting.c_str()));
        environment.push_back(nullptr);
        const std::string said = folder / "said";
        const pid_t parent = ::getpid();

        group_ = ::fork();
        if (group_ < 0)
            throw std::runtime_error(fmt::format("the browser cannot be started: {}", std::strerror(errno)));
        if (group_ == 0) {
            ::setpgid(0, 0);
            ::prctl(PR_SET_PDEATHSIG, SIGKILL); // it ends when we are killed
            if (::getppid() != parent)
                ::_exit(127);
            limit(RLIMIT_CPU, 120);
            limit(RLIMIT_FSIZE, 256 << 20);
            limit(RLIMIT_CORE, 0);
            ::signal(SIGPIPE, SIG_DFL);
            sigset_t none;
            ::sigemptyset(&none);
            ::sigprocmask(SIG_SETMASK, &none, nullptr);
            const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
            const int out = ::open(said.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
            if (nothing < 0 || out < 0 || ::dup2(nothing, 0) < 0 || ::dup2(out, 1) < 0 || ::dup2(out, 2) < 0 ||
                ::chdir(folder.c_str()) != 0)
                ::_exit(127);
            // Connections and database files of the server are not the browser's.
            for (int descriptor = 3; descriptor < 4096; ++descriptor)
                ::close(descriptor);
            ::execve(arguments[0], arguments.data(), environment.data());
            ::_exit(127);
        }
        ::setpgid(group_, group_);
    }

    ~Browser() { stop(); }
    Browser(const Browser&) = delete;
    Browser& operator=(const Browser&) = delete;

    pid_t group() const { return group_; }

    /// The status when it has ended.
    std::optional<int> ended()
    {
        int status = 0;
        if (!status_ && ::waitpid(group_, &status, WNOHANG) == group_)
            status_ = status;
        return status_;
    }

    void stop()
    {
        ::kill(-group_, SIGKILL);
        int status = 0;
        if (!status_ && ::waitpid(group_, &status, 0) == group_)
            status_ = status;
    }

private:
    static void limit(__rlimit_resource what, rlim_t value)
    {
        const rlimit both{value, value};
        ::setrlimit(what, &both);
    }

    pid_t group_ = 0;
    std::optional<int> status_;
};

std::string content(const files::path& path)
{
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The last lines of what the browser said that tell why it stopped.
std::string last_words(const files::path& path)
{
    std::istringstream lines{content(path)};
    std::string kept;
    for (std::string line; std::getline(lines, line);)
        if (line.find("dbus") == std::string::npos)
            kept += line.substr(0, 300) + "; ";
    return kept.size() > 1500 ? kept.substr(kept.size() - 1500) : kept;
}

} // namespace

Printer::Printer(PrintSettings settings) : settings_(std::move(settings)), browser_(find_browser(settings_.browser))
{
}

std::optional<Reason> Printer::unavailable() const
{
    if (browser_.empty())
        return reason_print_unavailable;
    // As root Chromium has no sandbox, and then a fault in it is a fault of the whole machine.
    if (::geteuid() == 0 && !settings_.without_sandbox)
        return reason_print_as_root;
    if (!settings_.without_sandbox) {
        static const bool namespaces = namespaces_allowed(); // what a service may do is settled when it starts
        if (!namespaces && !helper_allowed(browser_))
            return reason_print_not_shielded;
    }
    return std::nullopt;
}

Result<std::string> Printer::print(const std::string& html, const std::function<bool()>& cancelled) const
{
    if (const auto reason = unavailable())
        return refuse(*reason);
    const Folder folder;
    const auto page = folder.path() / "page.html", pdf = folder.path() / "page.pdf";
    std::ofstream{page, std::ios::binary} << html;

    std::vector<std::string> words{
        browser_, "--headless=new", "--user-data-dir=" + (folder.path() / "profile").string(),
        "--print-to-pdf=" + pdf.string(), "--no-pdf-header-footer", "--export-tagged-pdf",
        "--generate-pdf-document-outline",
        // nothing goes out
        "--proxy-server=http://127.0.0.1:9", "--proxy-bypass-list=<-loopback>",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--disable-background-networking", "--disable-component-update",
        "--disable-sync", "--disable-domain-reliability", "--disable-breakpad", "--disable-crash-reporter",
        "--metrics-recording-only",
        // machine code is never made while it runs, so a service may forbid memory that is written and executed
        "--js-flags=--jitless",
        // nothing of a user, nothing that lasts
        "--disable-extensions", "--disable-default-apps", "--no-first-run", "--no-default-browser-check",
        "--password-store=basic", "--disk-cache-size=1", "--disable-gpu", "--disable-dev-shm-usage", "--lang=en"};
    if (settings_.without_sandbox)
        words.emplace_back("--no-sandbox");
    words.push_back("file://" + page.string());

    Browser browser{words, folder.path()};
    const auto until = std::chrono::steady_clock::now() + settings_.time_limit;
    for (int turn = 0; !browser.ended(); ++turn) {
        if (cancelled())
            return refuse(reason_print_stopped);
        if (std::chrono::steady_clock::now() > until)
            return refuse(reason_print_took_too_long, {{"seconds", std::to_string(settings_.time_limit.count())}});
        if (turn % 5 == 4 && memory_of(browser.group()) > settings_.memory_limit)
            return refuse(reason_print_too_large);
        std::this_thread::sleep_for(std::chrono::milliseconds{turn < 20 ? 25 : 100});
    }
    const int status = *browser.ended();
    std::error_code error;
    const auto size = files::file_size(pdf, error);
    if (error || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        throw std::runtime_error(
            fmt::format("the browser made no PDF (status {}): {}", status, last_words(folder.path() / "said")));
    if (size > static_cast<std::uintmax_t>(settings_.file_limit))
        return refuse(reason_print_too_large);
    auto bytes = content(pdf);
    if (!bytes.starts_with("%PDF-") ||
        bytes.find("%%EOF", bytes.size() < 64 ? 0 : bytes.size() - 64) == std::string::npos)
        throw std::runtime_error("what the browser made is no whole PDF");
    return bytes;
}

} // namespace beproefd::documents
