// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "organisations/service.hpp"
#include "platform/documents/text/print.hpp"
#include "platform/jobs/runner.hpp"
#include "quickscan/report/report.hpp"
#include "quickscan/scan/service.hpp"

#include <functional>
#include <string>

namespace beproefd::quickscan {

enum class ReportFormat { pdf, odt };
BOOST_DESCRIBE_ENUM(ReportFormat, pdf, odt)

enum class ReportLanguage { nl, en };
BOOST_DESCRIBE_ENUM(ReportLanguage, nl, en)

/// What is asked; `theme` only with kind partners.
struct ReportRequest {
    ReportKind kind = ReportKind::council;
    std::optional<Text<1, 40>> theme;
    ReportFormat format = ReportFormat::pdf;
    std::optional<ReportLanguage> language; ///< that of the request without it
};
BOOST_DESCRIBE_STRUCT(ReportRequest, (), (kind, theme, format, language))

/// What the council may ask of a scan that is shared with it.
struct CouncilReportRequest {
    ReportFormat format = ReportFormat::pdf;
    std::optional<ReportLanguage> language;
};
BOOST_DESCRIBE_STRUCT(CouncilReportRequest, (), (format, language))

/// The job that makes a report; /api/v1/jobs/{id} tells how far it is and gives the file.
struct ReportJob {
    Id<jobs::Job> id;
    jobs::State state = jobs::State::queued;
    std::int64_t progress = 0;
};
BOOST_DESCRIBE_STRUCT(ReportJob, (), (id, state, progress))

/// Whether a PDF can be made on this installation.
struct ReportFormats {
    bool pdf = false;
    bool odt = true;
    std::optional<std::string> why; ///< why no PDF, in a sentence
};
BOOST_DESCRIBE_STRUCT(ReportFormats, (), (pdf, odt, why))

/// What the job has: the whole document as it was when it was asked for, so that it needs nobody's permission later,
/// can be begun again after a restart, and gives the numbers of the moment of asking.
struct ReportInput {
    documents::Document document;
    ReportFormat format = ReportFormat::pdf;
    std::string file_name;
};
BOOST_DESCRIBE_STRUCT(ReportInput, (), (document, format, file_name))

inline constexpr jobs::Kind<ReportInput> report_job{"quickscan-report"};

namespace reasons {
inline constexpr Reason writing_report{"writing-report", ""};
inline constexpr Reason printing_report{"printing-report", ""};
} // namespace reasons

class Reports
{
public:
    Reports(Service& scans, organisations::Service& organisations, jobs::Runner& runner, documents::Printer printer,
            const Clock& clock);

    ReportFormats formats(describe::Language language) const;

    /// The report as a document, for a page. Refuses what result() refuses, and a theme that the instrument does not
    /// have.
    Result<documents::Document> document(const Actor& actor, const Id<Scan>& scan, ReportKind kind,
                                         const std::optional<std::string>& theme, describe::Language language);
    /// Of a scan that is closed and shared: the report for the council.
    Result<documents::Document> council_document(const Actor& actor, const Id<Scan>& scan,
                                                 describe::Language language);

    /// Lets a file be made in the background; the asking is written in the audit trail. Refuses a PDF where none can
    /// be made.
    Result<ReportJob> begin(const Actor& actor, const Id<Scan>& scan, const ReportRequest& wanted,
                            describe::Language language, const jobs::RequestIdentity& request);
    Result<ReportJob> begin_council(const Actor& actor, const Id<Scan>& scan, const CouncilReportRequest& wanted,
                                    describe::Language language, const jobs::RequestIdentity& request);

    /// The empty form of an instrument as an ODT file.
    Result<jobs::ResultFile> paper(std::string_view key, int version, std::optional<SizeClass> size,
                                   describe::Language language) const;

private:
    struct Made {
        documents::Document document;
        ReportSubject subject;
        Day period_to;
    };
    Result<Made> make(const Actor& actor, const ScanResult& result, std::span<const ActionView> actions,
                      ReportKind kind, const std::optional<std::string>& theme, describe::Language language);
    Result<Made> shared(const Actor& actor, const Id<Scan>& scan, describe::Language language);
    Result<Made> own(const Actor& actor, const Id<Scan>& scan, ReportKind kind,
                     const std::optional<std::string>& theme, describe::Language language);
    Result<ReportJob> submit(const Actor& actor, const Id<Scan>& scan, Made made, ReportFormat format,
                             const jobs::RequestIdentity& request);

    Service& scans_;
    organisations::Service& organisations_;
    jobs::Runner& runner_;
    const documents::Printer printer_;
    const Clock& clock_;
};

} // namespace beproefd::quickscan
