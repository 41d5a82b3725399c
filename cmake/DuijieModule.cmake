# SPDX-License-Identifier: GPL-3.0-or-later
# duijie_module(NAME name [SOURCES file...] [LINKS target...] [TEST_LINKS target...] [PCH header...] [EXECUTABLE]
#               [WORKFLOW] [ONE_BY_ONE pattern])
#
# One call makes a module of the current folder:
#   - library duijie_<name> from every *.cc here (or SOURCES, relative to here); header-only if there is none;
#     with EXECUTABLE also a program <name> from main.cc;
#     PCH: headers of a precompiled header of its own, where the common one leaves out what most files include;
#     WORKFLOW: see duijie_lightly_optimised;
#     ONE_BY_ONE: a pattern of files that share names with each other, see duijie_batches;
#   - test program <name>_test from every *_test.cc under tests/unit/<path of this folder>, so that a test
#     file cannot be forgotten. Tests run with an empty temporary folder of their own.
function(duijie_module)
  cmake_parse_arguments(M "EXECUTABLE;WORKFLOW" "NAME;ONE_BY_ONE" "SOURCES;LINKS;TEST_LINKS;PCH" ${ARGN})
  file(RELATIVE_PATH path ${CMAKE_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
  if(NOT M_SOURCES)
    file(GLOB M_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
    list(FILTER M_SOURCES EXCLUDE REGEX "/main\\.cc$")
  endif()
  set(lib duijie_${M_NAME})
  if(M_SOURCES)
    duijie_batches(M_SOURCES ${lib} SOURCES ${M_SOURCES} ONE_BY_ONE ${M_ONE_BY_ONE})
    add_library(${lib} STATIC ${M_SOURCES})
    target_link_libraries(${lib} PUBLIC duijie_options ${M_LINKS})
    if(M_WORKFLOW)
      duijie_lightly_optimised(${lib})
    endif()
    if(M_PCH AND DUIJIE_PCH)
      target_precompile_headers(${lib} PRIVATE ${M_PCH})
    else()
      duijie_reuse_pch(${lib} duijie_pch)
    endif()
  else()
    add_library(${lib} INTERFACE)
    target_link_libraries(${lib} INTERFACE duijie_options ${M_LINKS})
  endif()
  if(M_EXECUTABLE)
    add_executable(${M_NAME} main.cc)
    target_link_libraries(${M_NAME} PRIVATE ${lib})
    duijie_reuse_pch(${M_NAME} duijie_pch)
    set_target_properties(${M_NAME} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  endif()
  duijie_tests(NAME ${M_NAME} FOLDER tests/unit/${path} LINKS ${lib} ${M_TEST_LINKS} ${M_LINKS})
endfunction()

# duijie_tests(NAME name FOLDER path [LINKS target...] [LABEL label] [ONE_BY_ONE pattern] [APART] [FIRST])
# A GoogleTest program from every *_test.cc below FOLDER. Labels select suites: ctest -L <label>. It runs as a whole, in random order,
# so that what every test reads is read once; with APART each test is a process of its own, for long ones and those that start daemons;
# with FIRST they begin before all others, lest one processor waits for the longest at the end.
function(duijie_tests)
  cmake_parse_arguments(T "APART;FIRST" "NAME;FOLDER;LABEL;ONE_BY_ONE" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${T_FOLDER}/*_test.cc)
  if(NOT sources)
    return()
  endif()
  if(NOT T_LABEL)
    set(T_LABEL unit)
  endif()
  duijie_batches(sources ${T_NAME}_test SOURCES ${sources} ONE_BY_ONE ${T_ONE_BY_ONE})
  add_executable(${T_NAME}_test ${sources})
  target_link_libraries(${T_NAME}_test PRIVATE ${T_LINKS} duijie_test_support GTest::gmock_main)
  duijie_reuse_pch(${T_NAME}_test duijie_test_pch)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC 12 warns of its own strings when their header comes precompiled or less of them is inlined.
    target_compile_options(${T_NAME}_test PRIVATE -Wno-array-bounds -Wno-stringop-overread -Wno-stringop-overflow
      -Wno-restrict -Wno-maybe-uninitialized)
  endif()
  duijie_unoptimised(${T_NAME}_test)
  set_target_properties(${T_NAME}_test PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  set(cost 0)
  if(T_FIRST)
    set(cost 100)
  endif()
  if(T_APART)
    gtest_discover_tests(${T_NAME}_test DISCOVERY_MODE PRE_TEST
      PROPERTIES LABELS ${T_LABEL} TIMEOUT 600 COST ${cost})
  else()
    add_test(NAME ${T_NAME}_test COMMAND ${T_NAME}_test --gtest_shuffle)
    set_tests_properties(${T_NAME}_test PROPERTIES LABELS ${T_LABEL} TIMEOUT 1200)
  endif()
endfunction()

# Adds every folder below `top` that has a CMakeLists.txt.
function(duijie_modules_below top)
  file(GLOB_RECURSE lists CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} ${CMAKE_SOURCE_DIR}/${top}/*/CMakeLists.txt)
  list(SORT lists)
  foreach(list IN LISTS lists)
    get_filename_component(folder ${list} DIRECTORY)
    add_subdirectory(${folder})
  endforeach()
endfunction()

# duijie_batches(result name SOURCES file... [ONE_BY_ONE pattern]): files that include the sources several at a time, so that a build
# from nothing reads headers less often (docs/adr/0020). Names of anonymous namespaces within a module must differ; sources that match
# ONE_BY_ONE stay by themselves, and all where DUIJIE_UNITY is off. CMake's own unity build names sources by their full paths, so that a
# compiler cache would not serve another folder.
function(duijie_batches result name)
  cmake_parse_arguments(B "" "ONE_BY_ONE" "SOURCES" ${ARGN})
  set(size 8)
  if(NOT DUIJIE_UNITY)
    set(${result} ${B_SOURCES} PARENT_SCOPE)
    return()
  endif()
  set(alone)
  if(B_ONE_BY_ONE)
    set(alone ${B_SOURCES})
    list(FILTER alone INCLUDE REGEX ${B_ONE_BY_ONE})
    list(FILTER B_SOURCES EXCLUDE REGEX ${B_ONE_BY_ONE})
  endif()
  set(batches)
  set(text "")
  set(count 0)
  list(LENGTH B_SOURCES left)
  foreach(source IN LISTS B_SOURCES)
    cmake_path(ABSOLUTE_PATH source NORMALIZE)
    file(RELATIVE_PATH source ${CMAKE_SOURCE_DIR} ${source})
    string(APPEND text "#include \"${source}\"\n")
    math(EXPR count "${count} + 1")
    math(EXPR left "${left} - 1")
    math(EXPR full "${count} % ${size}")
    if(full EQUAL 0 OR left EQUAL 0)
      list(LENGTH batches number)
      set(batch ${CMAKE_CURRENT_BINARY_DIR}/${name}_batch_${number}.cc)
      file(CONFIGURE OUTPUT ${batch} CONTENT "${text}" @ONLY)
      list(APPEND batches ${batch})
      set(text "")
    endif()
  endforeach()
  set(${result} ${batches} ${alone} PARENT_SCOPE)
endfunction()

# duijie_unoptimised(target): code of tests is compiled more often than it runs; what it tests stays as it is.
function(duijie_unoptimised target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O0>)
endfunction()

# duijie_lightly_optimised(target): what waits for records and people, not for the processor, compiles a fifth faster so.
function(duijie_lightly_optimised target)
  target_compile_options(${target} PRIVATE $<$<CONFIG:Release>:-O1>)
endfunction()

# duijie_reuse_pch(target owner): targets that speak gRPC share the precompiled header of `owner`.
function(duijie_reuse_pch target owner)
  get_target_property(links ${target} LINK_LIBRARIES)
  if(DUIJIE_PCH AND TARGET ${owner} AND "duijie_rpc" IN_LIST links)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# duijie_share_data(target FOLDER name FILES file...)
# Data that `target` needs at run time: copied to share/duijie/<name> beside the programs of the build, so that a build runs
# from its own tree, and installed to the same place.
function(duijie_share_data target)
  cmake_parse_arguments(D "" "FOLDER" "FILES" ${ARGN})
  set(copies)
  foreach(file IN LISTS D_FILES)
    get_filename_component(name ${file} NAME)
    set(copy ${CMAKE_BINARY_DIR}/share/duijie/${D_FOLDER}/${name})
    add_custom_command(OUTPUT ${copy} COMMAND ${CMAKE_COMMAND} -E copy ${file} ${copy} DEPENDS ${file} VERBATIM)
    list(APPEND copies ${copy})
  endforeach()
  string(REPLACE "/" "_" name ${D_FOLDER})
  add_custom_target(${target}_${name}_data
    # A file that is data no longer must not be found by a program of this build either.
    COMMAND ${CMAKE_COMMAND} -D "FOLDER=${CMAKE_BINARY_DIR}/share/duijie/${D_FOLDER}" -D "KEEP=${copies}"
      -P ${CMAKE_SOURCE_DIR}/cmake/RemoveStaleFiles.cmake
    DEPENDS ${copies} VERBATIM)
  add_dependencies(${target} ${target}_${name}_data)
  install(FILES ${D_FILES} DESTINATION share/duijie/${D_FOLDER})
endfunction()
