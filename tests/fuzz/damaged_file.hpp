// Edits of an HDF5 file: of numbers in it, whose checksums are right again, and of its bytes.
#pragma once
#include "core/text.hpp"
#include "damaged.hpp"
#include "write_file.hpp"
#include <hdf5.h>

namespace entente::fuzz {

inline herr_t note_dataset(hid_t, const char* name, const H5O_info_t* info, void* names)
{
    if (info->type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

/// Changes a number of a dataset, so that its checksum is right again.
inline void rewrite(const std::string& path, const Edit& edit)
{
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
    if (file < 0) return;
    std::vector<std::string> names;
    H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, note_dataset, &names);
    const hid_t dataset = names.empty() ? -1 : H5Dopen2(file, names[edit.where % 256 % names.size()].c_str(), H5P_DEFAULT);
    if (dataset >= 0) {
        const hid_t type = H5Dget_type(dataset), space = H5Dget_space(dataset);
        const auto count = static_cast<std::size_t>(std::max<hssize_t>(H5Sget_simple_extent_npoints(space), 0));
        const std::size_t size = H5Tget_size(type);
        if (const H5T_class_t kind = H5Tget_class(type); (kind == H5T_INTEGER || kind == H5T_FLOAT) && count > 0 && count < 1'000'000) {
            std::string values(count * size, '\0');
            if (H5Dread(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()) >= 0) {
                put_extreme(&values[edit.where / 256 % count * size], size, edit.value);
                H5Dwrite(dataset, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
            }
        }
        H5Sclose(space), H5Tclose(type), H5Dclose(dataset);
    }
    H5Fclose(file);
}

/// Writes the good bytes with these edits.
inline void damage_file(const std::string& path, const std::string& good, const std::vector<Edit>& edits)
{
    write_file(path, good);
    for (const Edit& edit : edits)
        if (edit.kind % 4 > 1) rewrite(path, edit);
    std::string file = read_file(path);
    for (const Edit& edit : edits)
        if (edit.kind % 4 == 0) file[edit.where % file.size()] = static_cast<char>(edit.value);
        else if (edit.kind % 4 == 1) file.resize(file.size() - edit.where % file.size());
    write_file(path, file);
}

} // namespace entente::fuzz
