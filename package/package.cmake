# What is installed beside the programs and the library, and the packages for Debian of them: ninja -C build package.
install(DIRECTORY scenarios calibration DESTINATION ${CMAKE_INSTALL_DATADIR}/entente COMPONENT program FILES_MATCHING PATTERN "*.toml" PATTERN "*.csv" PATTERN "*.h5" PATTERN "*.md" PATTERN "*.svg")
install(DIRECTORY results DESTINATION ${CMAKE_INSTALL_DATADIR}/entente COMPONENT program FILES_MATCHING PATTERN "*.md") # and none of the results that lie there
install(FILES ${CMAKE_SOURCE_DIR}/build/wasm/entente.wasm DESTINATION ${CMAKE_INSTALL_DATADIR}/entente/wasm COMPONENT program OPTIONAL)

# Manual page and completions are what the program itself prints of its options.
install(CODE "set(entente \"$<TARGET_FILE:program>\")\nset(into \"${CMAKE_BINARY_DIR}/generated/printed\")\nset(mandir \"${CMAKE_INSTALL_MANDIR}\")\nset(datadir \"${CMAKE_INSTALL_DATADIR}\")" COMPONENT program)
install(CODE [[
  string(SHA1 place "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}") # two may be installed at the same time
  string(APPEND into "/${place}")
  file(MAKE_DIRECTORY ${into})
  execute_process(COMMAND ${entente} man OUTPUT_FILE ${into}/entente.1 COMMAND_ERROR_IS_FATAL ANY)
  execute_process(COMMAND gzip -9nf ${into}/entente.1 COMMAND_ERROR_IS_FATAL ANY)
  file(INSTALL ${into}/entente.1.gz DESTINATION ${CMAKE_INSTALL_PREFIX}/${mandir}/man1)
  foreach(place bash:bash-completion/completions/entente zsh:zsh/vendor-completions/_entente fish:fish/vendor_completions.d/entente.fish)
    string(REGEX MATCH "^[a-z]+" shell ${place})
    string(REGEX REPLACE "^[a-z]+:" "" place ${place})
    cmake_path(GET place PARENT_PATH folder)
    cmake_path(GET place FILENAME name)
    execute_process(COMMAND ${entente} completion ${shell} OUTPUT_FILE ${into}/${name} COMMAND_ERROR_IS_FATAL ANY)
    file(INSTALL ${into}/${name} DESTINATION ${CMAKE_INSTALL_PREFIX}/${datadir}/${folder})
  endforeach()
]] COMPONENT program)

# The texts. README's links go where its neighbours lie, and the program is called as it is once installed.
set(doc ${CMAKE_INSTALL_DATADIR}/doc)
set(texts ${CMAKE_BINARY_DIR}/generated/doc)
file(MAKE_DIRECTORY ${texts}/entente)
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS README.md CHANGELOG.md CITATION.cff)
file(READ README.md text)
string(REPLACE "./entente" "entente" text "${text}")
string(REPLACE "(engine/model/ODD.md" "(ODD.md" text "${text}")
string(REPLACE "(engine/model/EVIDENCE.md" "(EVIDENCE.md" text "${text}")
string(REPLACE "(package/LICENCES.md" "(LICENCES.md" text "${text}")
string(REPLACE "entente --mpi" "entente-mpi" text "${text}")
string(REPLACE "is a program of its own, `entente-mpi`. Its first use builds it" "is a program of its own, from the package of that name. In the sources its first use builds it" text "${text}")
# What only the sources have: the launcher, the tests, files that are not installed.
string(REPLACE "# installs and builds on first use (20 minutes of one core), simulates, prints the answer\nentente test                            # every test, the expectations of all scenarios among them\n```\n"
  "# simulates, prints the answer\n```\n\nScenarios and data lie in share/entente of where this is installed (of a package `/usr/share/entente`). Copies of both folders, `scenarios` and `calibration`, are yours to change:\n\n```\ncp -r /usr/share/entente/scenarios /usr/share/entente/calibration .\n```\n" text "${text}")
string(REPLACE "| `entente test` | builds and runs the tests |\n" "" text "${text}")
string(REPLACE "after `entente test` or" "in the sources, after `./entente test` or" text "${text}")
string(REPLACE "The first page takes half a minute longer: the launcher builds" "If the package brings no module: in the sources the first page takes half a minute longer, as the launcher builds" text "${text}")
string(REPLACE "[LICENSE](LICENSE)" "[copyright](copyright)" text "${text}")
string(REGEX REPLACE "\\[([^]]*)\\]\\((engine|tests)/[^)]*\\)" "\\1 of the sources" text "${text}")
file(WRITE ${texts}/entente/README.md "${text}")
foreach(folder scenarios calibration results)
  file(CREATE_LINK ../../entente/${folder} ${texts}/entente/${folder} SYMBOLIC)
endforeach()
install(DIRECTORY ${texts}/entente DESTINATION ${doc} COMPONENT program)
install(FILES engine/model/ODD.md engine/model/EVIDENCE.md CONTRIBUTING.md CITATION.cff package/README.Debian package/LICENCES.md DESTINATION ${doc}/entente COMPONENT program)
install(FILES package/copyright DESTINATION ${doc}/entente COMPONENT program)
install(FILES package/copyright DESTINATION ${doc}/libentente-dev COMPONENT library)
install(FILES package/overrides/entente DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT program)

# The program for many ranks: a package of its own, so that the other asks for no MPI. It lacks what the other has, and so has that beside it.
set(components program library)
if(TARGET program_mpi)
  list(APPEND components mpi)
  install(TARGETS program_mpi COMPONENT mpi)
  file(CREATE_LINK entente.1.gz ${texts}/entente-mpi.1.gz SYMBOLIC)
  install(FILES ${texts}/entente-mpi.1.gz DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT mpi)
  install(FILES package/copyright DESTINATION ${doc}/entente-mpi COMPONENT mpi)
  install(FILES package/overrides/entente-mpi DESTINATION ${CMAKE_INSTALL_DATADIR}/lintian/overrides COMPONENT mpi)
endif()

# Lists of changes: the project's, and the package's own, which has a paragraph for each release.
file(STRINGS CHANGELOG.md releases REGEX "^## \\[[0-9]")
file(WRITE ${texts}/changelog.Debian "")
foreach(release IN LISTS releases)
  string(REGEX REPLACE "^## .([0-9.]+). - ([0-9-]+)$" "\\1;\\2" release "${release}")
  list(GET release 0 version)
  list(GET release 1 day)
  execute_process(COMMAND date -u -R -d ${day} OUTPUT_VARIABLE day OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  file(APPEND ${texts}/changelog.Debian "entente (${version}-1) unstable; urgency=medium\n\n  * Release ${version}; what changed is in changelog.gz.\n\n -- ${maintainer}  ${day}\n\n")
endforeach()
configure_file(CHANGELOG.md ${texts}/changelog COPYONLY)
foreach(list changelog changelog.Debian)
  execute_process(COMMAND gzip -9nkf ${texts}/${list} COMMAND_ERROR_IS_FATAL ANY)
  install(FILES ${texts}/${list}.gz DESTINATION ${doc}/entente COMPONENT program)
  install(FILES ${texts}/${list}.gz DESTINATION ${doc}/libentente-dev COMPONENT library)
  if(TARGET program_mpi)
    install(FILES ${texts}/${list}.gz DESTINATION ${doc}/entente-mpi COMPONENT mpi)
  endif()
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME entente)
set(CPACK_PACKAGE_VENDOR "The entente developers")
set(CPACK_PACKAGE_CONTACT "${maintainer}")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_BINARY_DIR}/packages)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL ${components})
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME entente)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS gnuplot-nox)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_SUGGESTS "entente-mpi, libentente-dev, hdf5-tools, python3-h5py, python3-xarray, r-cran-ncdf4, texlive-latex-recommended")
set(CPACK_COMPONENT_PROGRAM_DESCRIPTION "scenario simulation of the tie between Russia and China
Simulates quarter by quarter, thousands of times and under stated assumptions,
how Russia and China ally, align, trade, drift apart or break: how often, when,
and by which mechanism. Thirty mechanisms carry the claims of five articles;
where these disagree there is a switch.
.
Sweeps over policies, calibration against observed series, sensitivity
analysis, figures and tables for a paper. It compares assumptions and does
not forecast.
.
It asks for a processor of x86-64-v2 (SSE 4.2).")
set(CPACK_DEBIAN_MPI_PACKAGE_NAME entente-mpi)
set(CPACK_DEBIAN_MPI_PACKAGE_SECTION science)
set(CPACK_DEBIAN_MPI_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_MPI_PACKAGE_DEPENDS "entente (= ${PROJECT_VERSION}-1), openmpi-bin")
set(CPACK_COMPONENT_MPI_DESCRIPTION "scenario simulation of the tie between Russia and China (many machines)
The program of entente whose runs, sweeps and calibrations ranks of MPI share,
on one machine or on many: mpirun -n 4 entente-mpi run FILE, or under Slurm
srun --mpi=pmix. The data of a result are those of one process, bit by bit.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libentente-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS "libfmt-dev, nlohmann-json3-dev, libhdf5-dev, libaec-dev, zlib1g-dev, libc6-dev | libc-dev")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SUGGESTS "cmake, entente")
set(CPACK_COMPONENT_LIBRARY_DESCRIPTION "scenario simulation of the tie between Russia and China (library)
The engine of entente for programs of one's own: headers, a static library,
and a package for CMake, find_package(entente), with the target
entente::entente.
.
It reads scenarios, runs ensembles and sweeps, reads and writes results, and
works out what commands of entente print.")
include(CPack)
