# SPDX-License-Identifier: GPL-3.0-or-later
# Flags that every target shares. One set of flags lets all targets reuse one precompiled header.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
# The same for libraries and programs: a precompiled header serves only what is compiled with its flags.
add_compile_options(-fPIE)

option(DUIJIE_FUZZ "Build the libFuzzer targets (clang only)" OFF)
option(DUIJIE_PCH "Use precompiled headers" ON)
option(DUIJIE_UNITY "Compile the files of a module several at a time, see duijie_batches" ON)
set(DUIJIE_SANITIZE "" CACHE STRING "Sanitizers, e.g. address,undefined or thread")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

add_library(duijie_options INTERFACE)
target_include_directories(duijie_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(duijie_options INTERFACE
  -Wall -Wextra -Wpedantic -Werror -Wshadow -Wnon-virtual-dtor -Wunused-result)
find_program(LLD_PROGRAM NAMES ld.lld ld.lld-14)
if(LLD_PROGRAM AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_link_options(duijie_options INTERFACE -fuse-ld=lld)
endif()
if(DUIJIE_UNITY AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # A class of a .cc with members of that file's own types is fine; GCC takes the file for a header.
  target_compile_options(duijie_options INTERFACE -Wno-subobject-linkage)
endif()
if(DUIJIE_SANITIZE)
  # Applied globally so that generated code is instrumented too.
  add_compile_options(-fsanitize=${DUIJIE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${DUIJIE_SANITIZE})
  if(DUIJIE_SANITIZE MATCHES "undefined")
    # Otherwise undefined behaviour is printed and the test passes.
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
endif()
if(DUIJIE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # coverage of every library, for the fuzz targets' feedback
endif()
