// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#pragma once

/// The public door: what scans, rounds and reports may use of questionnaires. Instruments change only with the
/// program or with a start, so there is no database behind them; shipped_instruments() has those of the program,
/// instruments_with() also those of an installation.
#include "quickscan/instrument/catalogue.hpp"
#include "quickscan/instrument/folder.hpp"
#include "quickscan/instrument/instrument.hpp"
#include "quickscan/instrument/reading.hpp"
#include "quickscan/instrument/scoring.hpp"
#include "quickscan/instrument/xlsform.hpp"
