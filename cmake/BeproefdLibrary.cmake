# SPDX-FileCopyrightText: 2026 The Beproefd authors
# SPDX-License-Identifier: EUPL-1.2
#
# The architecture as a build rule. A library says which of our libraries it uses; it may use only what was
# defined before it, so server/CMakeLists.txt read from top to bottom is the direction of dependency.
#
#   beproefd_library(NAME
#                    SOURCES a.cpp …   compiled files; a library without any is headers only
#                    USES    core …    our own libraries
#                    LINKS   fmt::fmt  libraries of Debian that only our .cpp files see
#                    EXPOSES …         libraries of Debian that our headers show as well; keep this list short
#                    TESTS   a_test.cpp …   GoogleTest files that lie beside what they test
#                    TEST_USES …       our own libraries that only the tests need
#                    DATA    …         definitions for the tests, such as a folder with cases)

set_property(GLOBAL PROPERTY beproefd_architecture "")

# Headers that nearly every file needs, compiled once.
add_library(beproefd_precompiled OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
target_precompile_headers(beproefd_precompiled PRIVATE
    <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <mutex> <optional> <span> <stdexcept>
    <string> <string_view> <unordered_map> <utility> <variant> <vector>
    <boost/describe.hpp> <boost/mp11.hpp> <fmt/format.h>)
target_link_libraries(beproefd_precompiled PRIVATE fmt::fmt)
add_library(beproefd_precompiled_tests OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
target_precompile_headers(beproefd_precompiled_tests PRIVATE
    <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory> <optional> <string> <vector>
    <boost/describe.hpp> <boost/mp11.hpp> <fmt/format.h> <gtest/gtest.h>)
target_link_libraries(beproefd_precompiled_tests PRIVATE fmt::fmt GTest::gtest)
target_compile_options(beproefd_precompiled_tests PRIVATE ${BEPROEFD_TEST_OPTIONS})
# An object library would be compiled with -fPIC and a program with -fPIE, and then the compiler leaves the headers aside.
set_target_properties(beproefd_precompiled_tests PROPERTIES POSITION_INDEPENDENT_CODE OFF)

function(beproefd_check_uses name)
    foreach(used IN LISTS ARGN)
        if(NOT TARGET ${used})
            message(FATAL_ERROR
                "${name} says it uses ${used}, but ${used} is not defined yet. In server/CMakeLists.txt each line "
                "may use only lines above it: move the line, or turn the dependency round.")
        endif()
    endforeach()
endfunction()

function(beproefd_library name)
    cmake_parse_arguments(library "" "" "SOURCES;USES;LINKS;EXPOSES;TESTS;TEST_USES;TEST_LINKS;DATA" ${ARGN})
    if(library_UNPARSED_ARGUMENTS)
        message(FATAL_ERROR "beproefd_library(${name}): unknown words ${library_UNPARSED_ARGUMENTS}")
    endif()
    beproefd_check_uses(${name} ${library_USES})

    if(library_SOURCES)
        add_library(${name} STATIC ${library_SOURCES})
        target_precompile_headers(${name} REUSE_FROM beproefd_precompiled)
        target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/server)
        target_link_libraries(${name} PUBLIC ${library_USES} ${library_EXPOSES} fmt::fmt PRIVATE ${library_LINKS})
    else()
        add_library(${name} INTERFACE)
        target_include_directories(${name} INTERFACE ${CMAKE_SOURCE_DIR}/server)
        target_link_libraries(${name} INTERFACE ${library_USES} ${library_EXPOSES} ${library_LINKS} fmt::fmt)
    endif()

    file(RELATIVE_PATH folder ${CMAKE_SOURCE_DIR}/server ${CMAKE_CURRENT_SOURCE_DIR})
    list(JOIN library_USES " " uses)
    list(JOIN library_SOURCES " " sources)
    set_property(GLOBAL APPEND PROPERTY beproefd_architecture "${name}|${folder}|${uses}|${sources}")

    if(library_TESTS)
        beproefd_test(${name}_test SOURCES ${library_TESTS} USES ${name} ${library_TEST_USES}
                      LINKS ${library_TEST_LINKS} ${library_LINKS} DATA ${library_DATA})
    endif()
endfunction()

# One test program; every TEST in it becomes a test of ctest.
function(beproefd_test name)
    cmake_parse_arguments(test "" "" "SOURCES;USES;LINKS;DATA;LABELS" ${ARGN})
    beproefd_check_uses(${name} ${test_USES})
    add_executable(${name} ${test_SOURCES})
    target_precompile_headers(${name} REUSE_FROM beproefd_precompiled_tests)
    target_compile_options(${name} PRIVATE ${BEPROEFD_TEST_OPTIONS})
    set_target_properties(${name} PROPERTIES POSITION_INDEPENDENT_CODE OFF)
    target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR}/server ${CMAKE_SOURCE_DIR})
    target_compile_definitions(${name} PRIVATE BEPROEFD_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
        BEPROEFD_BINARY_DIR="${CMAKE_BINARY_DIR}" ${test_DATA})
    target_link_libraries(${name} PRIVATE ${test_USES} ${test_LINKS} fmt::fmt GTest::gtest GTest::gmock GTest::gtest_main)
    include(GoogleTest)
    gtest_discover_tests(${name} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 900 LABELS "${test_LABELS}")
endfunction()

# Writes who uses whom, one library a line, for the test that compares it with every #include.
function(beproefd_write_architecture file)
    get_property(lines GLOBAL PROPERTY beproefd_architecture)
    list(JOIN lines "\n" text)
    file(GENERATE OUTPUT ${file} CONTENT "${text}\n")
endfunction()
