# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# Warnings, hardening and sanitizers, the same for every target.

add_compile_options(-Wall -Wextra -Wpedantic -Wnon-virtual-dtor -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 sees overruns inside std::string and <memory> that are not there (GCC bugs 105329, 105651).
    add_compile_options(-Wno-restrict -Wno-stringop-overflow -Wno-array-bounds -Wno-maybe-uninitialized)
endif()

# Statistics must give the same bits everywhere: no contraction to fused operations, never -ffast-math.
add_compile_options(-ffp-contract=off)

add_compile_definitions(_GLIBCXX_ASSERTIONS)
if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo" AND NOT BEPROEFD_SANITIZE)
    add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fcf-protection=full)
    add_link_options(-Wl,-z,relro,-z,now)
    set(CMAKE_POSITION_INDEPENDENT_CODE ON)
endif()

set(BEPROEFD_SANITIZE "" CACHE STRING "Comma-separated sanitizers, for example address,undefined")
if(BEPROEFD_SANITIZE)
    add_compile_options(-fsanitize=${BEPROEFD_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
    add_link_options(-fsanitize=${BEPROEFD_SANITIZE})
    # Tests are long and run once: leaving them as written halves what compiling them takes. The program is optimised.
    set(BEPROEFD_TEST_OPTIONS -O0)
endif()

# The counters by which libFuzzer steers; what is not a fuzz target merely counts in vain.
option(BEPROEFD_FUZZ "Build the fuzz targets of test/fuzz as well (clang only)" OFF)
if(BEPROEFD_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
endif()

option(BEPROEFD_COVERAGE "Count which lines the tests reach" OFF)
if(BEPROEFD_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()

find_program(BEPROEFD_MOLD mold)
if(BEPROEFD_MOLD)
    add_link_options(-fuse-ld=mold)
endif()

find_program(BEPROEFD_CCACHE ccache)
if(BEPROEFD_CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER
        ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${BEPROEFD_CCACHE})
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        add_compile_options(-fpch-preprocess)
    else()
        add_compile_options(-Xclang -fno-pch-timestamp)
    endif()
endif()
