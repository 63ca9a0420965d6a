// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "quickscan/report/service.hpp"

#include "platform/auth/accounts/on_record.hpp"

namespace beproefd::quickscan {
namespace {

describe::Language chosen(const std::optional<ReportLanguage>& wanted, describe::Language otherwise)
{
    if (!wanted)
        return otherwise;
    return *wanted == ReportLanguage::nl ? describe::Language::nl : describe::Language::en;
}

/// The themes that may be chosen; a dash where none may.
std::string theme_keys(const Instrument& instrument, ReportKind kind)
{
    std::string keys;
    if (kind == ReportKind::partners)
        for (const auto& theme : instrument.themes)
            keys += (keys.empty() ? "" : ", ") + theme.key;
    return keys.empty() ? "–" : keys;
}

} // namespace

Reports::Reports(Service& scans, organisations::Service& organisations, jobs::Runner& runner,
                 documents::Printer printer, const Clock& clock)
    : scans_(scans), organisations_(organisations), runner_(runner), printer_(std::move(printer)), clock_(clock)
{
    runner_.add(
        report_job, [printer = printer_](const ReportInput& input, jobs::Context& context) -> Result<jobs::Outcome> {
            context.report(5, reasons::writing_report);
            if (input.format == ReportFormat::odt)
                return jobs::Outcome{.file =
                                         jobs::ResultFile{input.file_name, "application/vnd.oasis.opendocument.text",
                                                          documents::to_odt(input.document)}};
            const auto html = documents::to_html(input.document);
            context.report(30, reasons::printing_report);
            auto pdf = printer.print(html, [&] { return context.cancelled(); });
            if (!pdf)
                return context.cancelled() ? jobs::stopped() : pdf.error();
            context.report(95, reasons::printing_report);
            return jobs::Outcome{.file = jobs::ResultFile{input.file_name, "application/pdf", *std::move(pdf)}};
        });
}

ReportFormats Reports::formats(describe::Language language) const
{
    const auto reason = printer_.unavailable();
    return {.pdf = !reason,
            .odt = true,
            .why = reason ? std::optional{describe::sentence(reason->code, {}, language)} : std::nullopt};
}

Result<Reports::Made> Reports::make(const Actor& actor, const ScanResult& result, std::span<const ActionView> actions,
                                    ReportKind kind, const std::optional<std::string>& theme,
                                    describe::Language language)
{
    const auto organisation = organisations_.find(actor.organisation());
    if (!organisation)
        return organisation.error();
    const Instrument* known = scans_.instruments().find(result.instrument.key, result.instrument.version);
    if (known == nullptr)
        throw std::logic_error("the instrument of a scan is gone");
    const auto instrument = for_size(*known, result.size_class);
    if (theme && (kind != ReportKind::partners || instrument.theme(*theme) == nullptr))
        return invalid(
            {{.pointer = "/theme", .code = "enum", .parameters = {{"allowed", theme_keys(instrument, kind)}}}});
    const ReportSubject subject{.kind = kind,
                                .theme = theme,
                                .municipality = organisation->organisation.name,
                                .demonstration = organisation->organisation.demonstration,
                                .made_on = amsterdam_day(clock_.now()),
                                .language = language};
    return Made{report_of(instrument, result, actions, subject), subject, result.period_to};
}

Result<Reports::Made> Reports::own(const Actor& actor, const Id<Scan>& scan, ReportKind kind,
                                   const std::optional<std::string>& theme, describe::Language language)
{
    const auto result = scans_.result(actor, scan);
    if (!result)
        return result.error();
    const auto actions = scans_.actions(actor, scan);
    if (!actions)
        return actions.error();
    return make(actor, *result, actions->items, kind, theme, language);
}

Result<Reports::Made> Reports::shared(const Actor& actor, const Id<Scan>& scan, describe::Language language)
{
    const auto result = scans_.shared_result(actor, scan);
    if (!result)
        return result.error();
    const auto shared = scans_.shared_actions(actor, scan);
    if (!shared)
        return shared.error();
    std::vector<ActionView> actions;
    for (const auto& one : shared->items) {
        ActionView action;
        action.question = one.question;
        action.theme = one.theme;
        action.text = one.text;
        action.due_on = one.due_on;
        action.status = one.status;
        action.overdue = one.overdue;
        actions.push_back(std::move(action));
    }
    return make(actor, *result, actions, ReportKind::council, std::nullopt, language);
}

Result<documents::Document> Reports::document(const Actor& actor, const Id<Scan>& scan, ReportKind kind,
                                              const std::optional<std::string>& theme, describe::Language language)
{
    auto made = own(actor, scan, kind, theme, language);
    if (!made)
        return made.error();
    return std::move(made->document);
}

Result<documents::Document> Reports::council_document(const Actor& actor, const Id<Scan>& scan,
                                                      describe::Language language)
{
    auto made = shared(actor, scan, language);
    if (!made)
        return made.error();
    return std::move(made->document);
}

Result<ReportJob> Reports::begin(const Actor& actor, const Id<Scan>& scan, const ReportRequest& wanted,
                                 describe::Language language, const jobs::RequestIdentity& request)
{
    const auto theme = wanted.theme ? std::optional{wanted.theme->to_text()} : std::nullopt;
    auto made = own(actor, scan, wanted.kind, theme, chosen(wanted.language, language));
    if (!made)
        return made.error();
    return submit(actor, scan, *std::move(made), wanted.format, request);
}

Result<ReportJob> Reports::begin_council(const Actor& actor, const Id<Scan>& scan, const CouncilReportRequest& wanted,
                                         describe::Language language, const jobs::RequestIdentity& request)
{
    auto made = shared(actor, scan, chosen(wanted.language, language));
    if (!made)
        return made.error();
    return submit(actor, scan, *std::move(made), wanted.format, request);
}

Result<ReportJob> Reports::submit(const Actor& actor, const Id<Scan>& scan, Made made, ReportFormat format,
                                  const jobs::RequestIdentity& request)
{
    if (const auto reason = printer_.unavailable(); format == ReportFormat::pdf && reason)
        return refuse(*reason);
    ReportInput input{
        .document = std::move(made.document),
        .format = format,
        .file_name = report_file_name(made.subject, made.period_to, format == ReportFormat::pdf ? "pdf" : "odt")};
    const auto job =
        runner_.submit(actor, report_job, input, request, [&](storage::Transaction& tx, const jobs::Job&) {
            audit::record(tx, auth::on_record(actor), "scan.report", audit::object("scan", scan), {}, clock_);
        });
    if (!job)
        return job.error();
    return ReportJob{job->id, job->state, job->progress};
}

Result<jobs::ResultFile> Reports::paper(std::string_view key, int version, std::optional<SizeClass> size,
                                        describe::Language language) const
{
    auto instrument = scans_.instruments().instrument(key, version);
    if (!instrument)
        return instrument.error();
    const auto asked = size ? for_size(*std::move(instrument), *size) : *std::move(instrument);
    return jobs::ResultFile{paper_file_name(language), "application/vnd.oasis.opendocument.text",
                            documents::to_odt(paper_form(asked, language, amsterdam_day(clock_.now())))};
}

} // namespace beproefd::quickscan
