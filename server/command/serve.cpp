// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/application.hpp"
#include "command/command.hpp"
#include "platform/core/regularly.hpp"
#include "platform/describe/indent.hpp"
#include "platform/http/metrics.hpp"
#include "platform/http/server.hpp"
#include "quickscan/instrument/folder.hpp"

#include <CLI/CLI.hpp>

#include <arpa/inet.h>
#include <array>
#include <filesystem>
#include <memory>
#include <system_error>
#include <thread>

namespace beproefd::command {
namespace {

bool is_loopback(std::string_view host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

Problem wrong_address(std::string_view option, const std::string& value)
{
    return invalid({{.pointer = std::string{option}, .code = "listen-address", .parameters = {{"value", value}}}});
}

/// An address as a connection tells it, so that "::0001" is the "::1" that comes in. Nothing when it is no address.
std::optional<std::string> as_connections_show_it(const std::string& address)
{
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    std::array<char, INET6_ADDRSTRLEN> text{};
    for (const int family : {AF_INET, AF_INET6})
        if (inet_pton(family, address.c_str(), bytes.data()) == 1 &&
            inet_ntop(family, bytes.data(), text.data(), text.size()))
            return std::string{text.data()};
    return std::nullopt;
}

Result<http::ServerOptions> server_options(const Configuration& settings)
{
    http::ServerOptions options;
    const std::string listen = settings.listen.value_or("127.0.0.1:8080");
    const auto endpoint = http::endpoint_from_text(listen);
    if (!endpoint)
        return wrong_address("--listen", listen);
    options.listen = *endpoint;
    if (settings.metrics_listen) {
        options.metrics_listen = http::endpoint_from_text(*settings.metrics_listen);
        if (!options.metrics_listen)
            return wrong_address("--metrics-listen", *settings.metrics_listen);
    }
    if (settings.hosts)
        options.hosts.insert(options.hosts.end(), settings.hosts->begin(), settings.hosts->end());
    if (settings.behind_proxy.value_or(false))
        options.trusted_proxies = {"127.0.0.1", "::1"};
    for (const auto& address : settings.trusted_proxies.value_or(std::vector<std::string>{})) {
        const auto written = as_connections_show_it(address);
        if (!written)
            return invalid(
                {{.pointer = "--trusted-proxy", .code = "proxy-address", .parameters = {{"value", address}}}});
        options.trusted_proxies.push_back(*written);
    }
    if (!settings.log_file) {
        options.log = http::Log::to_standard_output();
        return options;
    }
    try {
        options.log = http::Log::to_file(*settings.log_file);
    } catch (const std::system_error& error) {
        return invalid({{.pointer = "--log-file",
                         .code = "log-file",
                         .parameters = {{"file", *settings.log_file}, {"why", error.code().message()}}}});
    }
    return options;
}

int serve(const Context& context)
{
    // Before any thread starts: they inherit that the signals are held back.
    const http::TerminationSignal termination;

    const auto url = database_url(context);
    if (!url)
        return tell(url.error());
    auto options = server_options(context.settings);
    if (!options)
        return tell(options.error());
    if (context.settings.web && !std::filesystem::exists(std::filesystem::path{*context.settings.web} / "index.html"))
        return tell(invalid(
            {{.pointer = "--web", .code = "web-folder-missing", .parameters = {{"folder", *context.settings.web}}}}));

    std::optional<quickscan::Instruments> own;
    if (context.settings.instruments) {
        auto read = quickscan::instruments_with(*context.settings.instruments);
        if (!read)
            return tell(read.error());
        own = *std::move(read);
    }

    auto database = storage::Database::open(*url);
    const SystemClock clock;
    // Those of the program are read when first asked, so that starting waits for nothing.
    Application application{
        database, clock, context.settings, options->log,
        [&own]() -> const quickscan::Instruments& { return own ? *own : quickscan::shipped_instruments(); }};
    if (const auto known = application.scans().knows_every_instrument(); !known)
        return tell(known.error());
    if (application.organisations().any_demonstration() && !is_loopback(options->listen.host) &&
        !context.settings.public_demonstration.value_or(false))
        return tell(refuse({"demonstration-public", ""}));
    if (context.settings.web)
        application.router().serve_files(*context.settings.web);

    options->metrics = std::make_shared<http::Metrics>();
    options->metrics->add([&](std::string& out) {
        application.router().write_metrics(out);
        const auto statistics = database.statistics();
        out += fmt::format("beproefd_database_commits_total {}\nbeproefd_database_changes_total {}\n"
                           "beproefd_database_refused_busy_total {}\nbeproefd_database_retries_total {}\n"
                           "beproefd_database_waiting {}\n",
                           statistics.commits, statistics.changes, statistics.refused_busy, statistics.retries,
                           statistics.waiting);
    });
    application.begin_work();
    http::Server server{*options, application.router()};
    if (const auto started = server.start(); !started)
        return tell(started.error());
    const bool six = options->listen.host.find(':') != std::string::npos;
    fmt::print("Beproefd listens on http://{}{}{}:{}\n", six ? "[" : "", options->listen.host, six ? "]" : "",
               server.port());
    if (options->metrics_listen)
        fmt::print("Metrics stand on port {} of {}\n", server.metrics_port(), options->metrics_listen->host);
    std::fflush(stdout);

    // Beside the first requests: the start does not wait for the figures, and hardly any visitor does.
    std::thread preparation{[&] { application.prepare(); }};
    {
        const Regularly housekeeping{std::chrono::minutes{10}, [&] { application.keep_house(); },
                                     [&](const std::exception& error) {
                                         options->log->write(http::Log::Level::error, "housekeeping",
                                                             {{"what", error.what()}});
                                     }};
        termination.wait();
    }
    preparation.join();
    server.stop();
    return status::done;
}

} // namespace

void add_serve(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("serve", "Serve the pages and the API until SIGTERM or Ctrl-C");
    add_database_option(*command, context);
    auto& settings = context.settings;
    command
        ->add_option("--listen", settings.listen,
                     "HOST:PORT; 127.0.0.1:8080 unless said otherwise; port 0 takes a free one")
        ->envname("BEPROEFD_LISTEN");
    command->add_option("--web", settings.web, "folder with the built pages; without it only the API")
        ->envname("BEPROEFD_WEB");
    command->add_option("--metrics-listen", settings.metrics_listen, "HOST:PORT of /metrics; off without it")
        ->envname("BEPROEFD_METRICS_LISTEN");
    command->add_option("--public-url", settings.public_url, "https://… as visitors type it")
        ->envname("BEPROEFD_PUBLIC_URL");
    command->add_option("--host", settings.hosts, "a name that may stand in the Host header; may be repeated")
        ->delimiter(',')
        ->envname("BEPROEFD_HOSTS");
    command->add_flag("--behind-proxy", settings.behind_proxy,
                      "a reverse proxy on this machine stands in front: believe the X-Forwarded-For, "
                      "X-Forwarded-Proto and X-Request-Id of loopback connections");
    command
        ->add_option("--trusted-proxy", settings.trusted_proxies,
                     "the address of a reverse proxy on another machine, believed as well; may be repeated")
        ->delimiter(',')
        ->envname("BEPROEFD_TRUSTED_PROXIES");
    command
        ->add_option("--log-file", settings.log_file,
                     "append one JSON line per request here; without it to the terminal")
        ->envname("BEPROEFD_LOG_FILE");
    command->add_option("--browser", settings.browser, "path of Chromium, which makes PDFs; looked for without it")
        ->envname("BEPROEFD_BROWSER");
    command
        ->add_flag("--print-without-sandbox", settings.print_without_sandbox,
                   "for tests in a container only: lets root make PDFs")
        ->envname("BEPROEFD_PRINT_WITHOUT_SANDBOX");
    command->add_flag("--public-demonstration", settings.public_demonstration,
                      "let demonstration data be seen from other machines");
    command->callback([&context] { context.work = [&context] { return serve(context); }; });
}

void add_openapi(CLI::App& app, Context& context)
{
    auto* command = app.add_subcommand("openapi", "Print the OpenAPI document");
    command->callback([&context] {
        context.work = [&context] {
            // The document needs no data, but every service needs a database to stand on.
            char folder[] = "/tmp/beproefd-openapi-XXXXXX";
            if (!mkdtemp(folder))
                throw std::system_error(errno, std::generic_category(), folder);
            {
                auto database = storage::Database::open(std::string{"sqlite:"} + folder + "/empty.sqlite",
                                                        {.opening = storage::Opening::setup});
                const SystemClock clock;
                Application application{database, clock, context.settings};
                fmt::print("{}\n", describe::indented(application.router().openapi_document()));
            }
            std::filesystem::remove_all(folder);
            return status::done;
        };
    });
}

} // namespace beproefd::command
