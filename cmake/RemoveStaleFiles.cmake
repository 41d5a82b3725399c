# SPDX-License-Identifier: GPL-3.0-or-later
# Removes the files of FOLDER that are not in KEEP, a list of full paths; folders below it are left alone.
cmake_minimum_required(VERSION 3.25)
file(GLOB files LIST_DIRECTORIES false ${FOLDER}/*)
foreach(file IN LISTS files)
  if(NOT file IN_LIST KEEP)
    file(REMOVE ${file})
  endif()
endforeach()
