// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/instrument/routes.hpp"

#include "quickscan/instrument/reading.hpp"

namespace beproefd::quickscan {
namespace {

constexpr std::string_view spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
constexpr std::size_t largest_form = 5 * 1024 * 1024; ///< bytes; the quickscan is 40 kB

Result<http::Response> downloaded(const Instruments& instruments, const std::string& key, int version)
{
    const auto instrument = instruments.instrument(key, version);
    if (!instrument)
        return instrument.error();
    http::Response response;
    response.body = to_xlsform(*instrument);
    response.with("content-type", std::string{spreadsheet});
    response.with("content-disposition", fmt::format("attachment; filename=\"{}-{}.xlsx\"", key, version));
    return response;
}

Result<InstrumentReading> what_it_would_be(const std::string& bytes)
{
    auto read = read_xlsform(bytes);
    if (!read)
        return read.error();
    std::string yaml = to_yaml(read->instrument);
    return InstrumentReading{std::move(read->instrument), std::move(read->left_out), std::move(yaml)};
}

} // namespace

void mount_instruments(http::Router& routes, std::function<const Instruments&()> instruments)
{
    routes
        .get<InstrumentList>("/api/v1/instruments", Permission::public_,
                             [=](const http::Request&) { return instruments().list(); })
        .named("listInstruments");
    routes
        .get<Instrument>("/api/v1/instruments/{key}/versions/{version}", Permission::public_,
                         [=](const http::Request&, const std::string& key, int version) {
                             return instruments().instrument(key, version);
                         })
        .named("getInstrument");
    routes
        .file("/api/v1/instruments/{key}/versions/{version}/xlsform", Permission::public_, std::string{spreadsheet},
              [=](const http::Request&, const std::string& key, int version) {
                  return downloaded(instruments(), key, version);
              })
        .named("downloadXlsform");
    routes
        .compute<InstrumentReading>("/api/v1/instrument-readings", Permission::manage_surveys,
                                    [](const http::Request& request) { return what_it_would_be(request.body); })
        .accepts({std::string{spreadsheet}})
        .named("readInstrument")
        .body_limit(largest_form);
}

} // namespace beproefd::quickscan
