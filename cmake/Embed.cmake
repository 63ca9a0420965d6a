# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# Puts text files into the program, so that one binary is a complete installation.
#
#   beproefd_embed(TARGET NAME FILES…)
#
# gives TARGET a source file with
#   namespace beproefd::embedded { std::span<const File> NAME(); }   // File{path, content}, see platform/core/embedded.hpp
# Paths are relative to the root of the repository. A changed file is embedded anew at the next build.

function(beproefd_embed target name)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
    list(JOIN ARGN "\n" lines)
    file(CONFIGURE OUTPUT ${source}.list CONTENT "${lines}\n" @ONLY)
    add_custom_command(
        OUTPUT ${source}
        COMMAND ${CMAKE_COMMAND} -DLIST=${source}.list -DNAME=${name} -DROOT=${CMAKE_SOURCE_DIR} -DOUTPUT=${source}
                -P ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
        DEPENDS ${ARGN} ${source}.list ${CMAKE_SOURCE_DIR}/cmake/EmbedFiles.cmake
        VERBATIM)
    target_sources(${target} PRIVATE ${source})
    set_source_files_properties(${source} PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
endfunction()
