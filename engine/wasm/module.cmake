# The model as a WebAssembly module: the kernel in single precision at 128-bit vectors, and what draws and counts its runs. Debian: clang lld wasi-libc libc++-14-dev-wasm32 libc++abi-14-dev-wasm32
# libclang-rt-14-dev-wasm32 libfmt-dev.
find_path(fmt_folder fmt/format.h PATHS /usr/include /usr/local/include REQUIRED)
file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/include)
file(CREATE_LINK ${fmt_folder}/fmt ${CMAKE_BINARY_DIR}/include/fmt SYMBOLIC) # and none of the headers beside it: they are another machine's

add_custom_target(version ALL
  COMMAND ${CMAKE_COMMAND} -DVERSION_CPP=${CMAKE_BINARY_DIR}/generated/version.cpp -DVERSION=${PROJECT_VERSION} "-DCOMPILER=${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}"
          -DFLAGS=wasm32 -DLIBRARIES= -P ${CMAKE_SOURCE_DIR}/CMakeLists.txt
  BYPRODUCTS ${CMAKE_BINARY_DIR}/generated/version.cpp COMMENT "")

set(kernel engine/model/kernel.cpp)
add_executable(module engine/wasm/module.cpp ${kernel} engine/model/description.cpp engine/model/drivers.cpp engine/model/run_block.cpp engine/scenario/bytes.cpp engine/scenario/courses.cpp
               engine/scenario/dials.cpp engine/scenario/distribution.cpp engine/scenario/turned.cpp engine/ensemble/block_job.cpp engine/ensemble/explored.cpp engine/ensemble/histogram.cpp
               ${CMAKE_BINARY_DIR}/generated/version.cpp)
add_dependencies(module version)
set_target_properties(module PROPERTIES OUTPUT_NAME entente SUFFIX .wasm)
target_include_directories(module PRIVATE engine)
target_include_directories(module SYSTEM PRIVATE ${CMAKE_BINARY_DIR}/include)
target_compile_options(module PRIVATE -msimd128 -Os -ffp-contract=off -fno-math-errno -fno-trapping-math -ffunction-sections -fdata-sections -fvisibility=hidden -fno-rtti -Wall -Wextra -Wshadow
                                      -Wno-missing-field-initializers -Wno-psabi)
target_compile_definitions(module PRIVATE FMT_HEADER_ONLY FMT_STATIC_THOUSANDS_SEPARATOR)
if(ENTENTE_WERROR)
  target_compile_options(module PRIVATE -Werror)
endif()
set_source_files_properties(${kernel} PROPERTIES COMPILE_OPTIONS -O3
                            COMPILE_DEFINITIONS "ENTENTE_KERNEL=wasm_float;ENTENTE_ISA=wasm;ENTENTE_REAL=float;ENTENTE_WIDTH=8;ENTENTE_REGISTERS=2")
target_link_options(module PRIVATE -mexec-model=reactor -Wl,--gc-sections,--strip-all,-z,stack-size=1048576)
