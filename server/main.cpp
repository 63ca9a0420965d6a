// SPDX-FileCopyrightText: 2026 The Beproefd authors
// SPDX-License-Identifier: EUPL-1.2

#include "command/command.hpp"

int main(int argc, char** argv) { return beproefd::command::run(argc, argv); }
