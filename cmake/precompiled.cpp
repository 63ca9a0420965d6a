// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2
//
// Empty on purpose: it owns the precompiled headers that all targets reuse.
