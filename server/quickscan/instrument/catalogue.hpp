// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

#include "platform/core/result.hpp"
#include "quickscan/instrument/instrument.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace beproefd::quickscan {

struct InstrumentSummary {
    std::string key;
    int version = 0;
    VersionStatus status = VersionStatus::draft;
    InstrumentKind kind = InstrumentKind::scored;
    Words title;
    Words introduction;
    bool reconstructed = false;
    int themes = 0;
    int questions = 0;
    int minutes = 0; ///< about how long one person needs for all questions
};
BOOST_DESCRIBE_STRUCT(InstrumentSummary, (),
                      (key, version, status, kind, title, introduction, reconstructed, themes, questions, minutes))

struct InstrumentList {
    std::vector<InstrumentSummary> items;
};
BOOST_DESCRIBE_STRUCT(InstrumentList, (), (items))

/// All versions of all instruments, read once and answered from memory. Nothing changes after it is made, so any
/// number of threads may ask it.
class Instruments
{
public:
    /// Instruments in any order. Refuses two with the same key and version, two published versions of one instrument,
    /// and a crosswalk that names questions which the earlier version does not have or leaves out.
    static Result<Instruments> of(std::vector<Instrument> all);

    /// By key, then version.
    const std::vector<Instrument>& all() const { return all_; }
    const Instrument* find(std::string_view key, int version) const;
    /// The version that new scans use: the published one. Null when there is none.
    const Instrument* current(std::string_view key) const;

    /// Without drafts: what everybody may see.
    InstrumentList list() const;
    Result<Instrument> instrument(std::string_view key, int version) const;

private:
    std::vector<Instrument> all_;
};

/// The instruments that travel inside the program, data/instruments.
const Instruments& shipped_instruments();

/// Whether it is one of those, without reading them.
bool is_shipped(std::string_view key, int version);

InstrumentSummary summary_of(const Instrument& instrument);

} // namespace beproefd::quickscan
