# HDF5 and what it compresses with, as the target entente::hdf5; for the build, and for projects that use the installed library.
if(TARGET entente::hdf5)
  return()
endif()
set(HDF5_PREFER_PARALLEL FALSE)
set(HDF5_USE_STATIC_LIBRARIES ON) # the shared one brings thirty others, curl among them, which take a fifth of a short run's time to load
find_package(HDF5 REQUIRED COMPONENTS C HL)
add_library(entente::hdf5 INTERFACE IMPORTED)
target_include_directories(entente::hdf5 SYSTEM INTERFACE ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(entente::hdf5 INTERFACE ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
# The compressors: HDF5's compiler wrapper names these too, but fails in a folder whose path has a blank.
foreach(compressor sz z)
  find_library(library_${compressor} ${compressor})
  if(library_${compressor})
    target_link_libraries(entente::hdf5 INTERFACE ${library_${compressor}})
  endif()
endforeach()
