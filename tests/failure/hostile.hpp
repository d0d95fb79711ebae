// Files as a stranger or a broken disk may leave them: each variable of a result in turn made another, with all else as it was.
#pragma once
#include "experiment/refusal.hpp"
#include "scenario/scenario.hpp"
#include "store/layout.hpp"
#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fmt/format.h>
#include <hdf5.h>
#include <stdexcept>
#include <string>
#include <vector>

namespace entente::hostile {

/// What was thrown: words for a user, or nothing. Anything else, such as no memory, fails the test.
template <class Act> std::string words_of(Act act)
{
    try {
        act();
    } catch (const std::runtime_error& e) {
        return e.what();
    } catch (const ScenarioErrors& e) {
        return e.what();
    } catch (const Refused& e) {
        return e.what();
    } catch (const std::invalid_argument& e) { // of a quantity that is none
        return e.what();
    }
    return "";
}

/// What is done to a variable.
enum class Change : std::uint8_t {
    removed,
    other_type,
    one_axis_more,
    one_longer,
    endless,
    ones,
    extremes,
    zeros,
    no_numbers,
    linked,
    linked_out,
    outside,
    packed,
    views,
    crumbs,
    named_twice
};
inline constexpr const char* change_names[] = {"removed",    "other type", "one axis more", "one longer", "endless", "ones",  "extremes", "zeros",
                                               "no numbers", "linked",     "linked out",    "outside",    "packed",  "views", "crumbs",   "named twice"};

/// A file open for changes; closed at the end.
struct Open {
    hid_t file;
    explicit Open(const std::string& path) : file(H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT))
    {
        if (file < 0) throw std::runtime_error(path + ": cannot be opened for changes");
    }
    ~Open() { H5Fclose(file); }
    Open(const Open&) = delete;
    Open& operator=(const Open&) = delete;
};

/// Every bit of every value that is a number: 0xff, 0x7f or 0; or NaN, if there are such.
inline void fill(hid_t file, const std::string& name, Change change)
{
    const hid_t set = H5Dopen2(file, name.c_str(), H5P_DEFAULT), type = H5Dget_type(set), space = H5Dget_space(set);
    const std::size_t n = static_cast<std::size_t>(H5Sget_simple_extent_npoints(space)), size = H5Tget_size(type);
    if (H5Tis_variable_str(type) > 0) {
        const std::string text = change == Change::ones ? "\x1b[31m\u202e\n" : change == Change::extremes ? std::string(5000, '9') : change == Change::no_numbers ? "nan" : "";
        const std::vector<const char*> texts(n, text.c_str());
        H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, texts.data());
    } else {
        std::vector<unsigned char> bytes(n * size, change == Change::zeros ? 0 : 0xff);
        if (change == Change::extremes || (change == Change::no_numbers && H5Tget_class(type) != H5T_FLOAT)) // the largest number
            for (std::size_t i = 0; i < bytes.size(); ++i)
                if (i % size == size - 1 || (H5Tget_class(type) == H5T_FLOAT && i % size == size - 2)) bytes[i] = i % size == size - 1 ? 0x7f : 0x7e;
        H5Dwrite(set, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, bytes.data());
    }
    H5Sclose(space), H5Tclose(type), H5Dclose(set);
}

/// Puts a variable of zeros in its place, stored in another way.
inline void replace(hid_t file, const std::string& name, Change change, const std::string& beside)
{
    const hid_t old = H5Dopen2(file, name.c_str(), H5P_DEFAULT), old_space = H5Dget_space(old);
    hid_t type = H5Dget_type(old);
    std::vector<hsize_t> shape(static_cast<std::size_t>(H5Sget_simple_extent_ndims(old_space)));
    H5Sget_simple_extent_dims(old_space, shape.data(), nullptr);
    const bool text = H5Tis_variable_str(type) > 0;
    H5Sclose(old_space), H5Dclose(old);
    H5Ldelete(file, name.c_str(), H5P_DEFAULT);
    if (change == Change::other_type) H5Tclose(type), type = H5Tcopy(text ? H5T_STD_I64LE : H5T_STD_I16BE);
    if (change == Change::one_axis_more || shape.empty()) shape.push_back(1);
    if (change == Change::one_longer) shape.back() += 1;
    if (change == Change::endless) shape.back() = hsize_t{1} << 40;
    const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
    if (change == Change::endless || change == Change::packed || change == Change::crumbs) {
        const std::vector<hsize_t> chunk(shape.size(), 1);
        H5Pset_chunk(creation, static_cast<int>(shape.size()), change == Change::packed ? shape.data() : chunk.data());
        if (change == Change::packed) H5Pset_deflate(creation, 9);
    }
    if (change == Change::outside && !text) H5Pset_external(creation, beside.c_str(), 0, H5F_UNLIMITED);
    const hid_t space = H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr);
    if (change == Change::views && !text) H5Pset_virtual(creation, space, beside.c_str(), "x", space);
    const hid_t made = H5Dcreate2(file, name.c_str(), type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
    if (made >= 0 && change == Change::packed) {
        std::size_t n = H5Tget_size(type);
        for (const hsize_t length : shape) n *= length;
        const std::vector<char> zeros(text ? 0 : n);
        if (!text) H5Dwrite(made, type, H5S_ALL, H5S_ALL, H5P_DEFAULT, zeros.data());
    }
    if (made >= 0) H5Dclose(made);
    H5Sclose(space), H5Pclose(creation), H5Tclose(type);
}

/// Names of the layout's variables that a file has.
inline std::vector<std::string> variables_of(hid_t file)
{
    std::vector<std::string> names;
    for (const store::VariableText& v : store::variables()) {
        const std::string name = fmt::format("{}/{}", v.group, v.name);
        if (H5Lexists(file, v.group, H5P_DEFAULT) > 0 && H5Lexists(file, name.c_str(), H5P_DEFAULT) > 0) names.push_back(name);
    }
    return names;
}

/// Makes it another name of its neighbour.
inline void name_twice(hid_t file, const std::string& name)
{
    const std::vector<std::string> all = variables_of(file);
    const std::size_t at = static_cast<std::size_t>(std::ranges::find(all, name) - all.begin());
    H5Ldelete(file, name.c_str(), H5P_DEFAULT);
    H5Lcreate_hard(file, all.at(at > 0 ? at - 1 : 1).c_str(), file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
}

inline void apply(const std::string& path, const std::string& name, Change change, const std::string& beside)
{
    const Open open(path);
    switch (change) {
    case Change::removed: H5Ldelete(open.file, name.c_str(), H5P_DEFAULT); return;
    case Change::ones:
    case Change::extremes:
    case Change::zeros:
    case Change::no_numbers: fill(open.file, name, change); return;
    case Change::linked:
        H5Lmove(open.file, name.c_str(), open.file, "/elsewhere", H5P_DEFAULT, H5P_DEFAULT);
        H5Lcreate_soft("/elsewhere", open.file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
        return;
    case Change::linked_out:
        H5Ldelete(open.file, name.c_str(), H5P_DEFAULT);
        H5Lcreate_external(beside.c_str(), name.c_str(), open.file, name.c_str(), H5P_DEFAULT, H5P_DEFAULT);
        return;
    case Change::named_twice: name_twice(open.file, name); return;
    default: replace(open.file, name, change, beside);
    }
}

inline std::vector<std::string> variables_of(const std::string& path) { return variables_of(Open(path).file); }

} // namespace entente::hostile
