// Damage that HDF5's checksums leave open in the earliest format: they cover the numbers and the heads of variables, not texts, nor the index of chunks.
#include "hdf5.hpp"
#include <algorithm>
#include <bit>
#include <cstring>
#include <fstream>
#include <numeric>

namespace entente::store::hdf5 {

// A chunk that the index does not lead to is taken for one never written, and would be read as zeros. One that takes more bytes than its values, but for a checksum and what
// packing may add where nothing can be squeezed, would be unpacked to a thousand times as much.
bool chunks_are_there(const Dataset& dataset, const Slab& slab)
{
    const std::size_t rank = slab.start.size();
    const Handle creation(H5Dget_create_plist(dataset.id), H5Pclose);
    if (rank == 0 || H5Pget_layout(creation) != H5D_CHUNKED) return true;
    std::vector<hsize_t> length(rank);
    H5Pget_chunk(creation, static_cast<int>(rank), length.data());
    const hsize_t values = std::accumulate(length.begin(), length.end(), hsize_t{type_size(dataset.type)}, std::multiplies<>()), most = values + values / 100 + 64;
    std::vector<hsize_t> first(rank);
    for (std::size_t i = 0; i < rank; ++i) first[i] = slab.start[i] / length[i] * length[i];
    for (std::vector<hsize_t> at = first;;) {
        hsize_t size = 0;
        if (H5Dget_chunk_storage_size(dataset.id, at.data(), &size) < 0 || size == 0 || size > most) return false;
        std::size_t axis = rank;
        while (axis > 0 && (at[axis - 1] += length[axis - 1]) >= slab.start[axis - 1] + slab.count[axis - 1]) --axis, at[axis] = first[axis];
        if (axis == 0) return true;
    }
}

// Texts of varying length stand in heaps, and version 1.10 follows what it finds there even out of bounds; so the heaps are looked through first.
// "HDF5 File Format Specification", III.E: a collection is
//   "GCOL", version 1, three bytes, 8 bytes size; then objects: 2 bytes number, 2 bytes count, 4 bytes, 8 bytes size, contents padded to 8 bytes
// and number 0 is free space up to the end. The variable holds 4 bytes length, 8 bytes address of a collection, 4 bytes number for each text.
namespace {

constexpr std::size_t collection_head = 16, object_head = 16, reference_size = 16;
constexpr std::uint64_t largest_text = 4 << 20, largest_texts = 16 << 20; ///< bytes: of one, and of all of a variable
using Sizes = std::map<std::uint16_t, std::uint64_t>;                     ///< of a collection's objects, by number

template <class T> T number_at(const std::string& bytes, std::size_t at)
{
    static_assert(std::endian::native == std::endian::little);
    T number;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

/// Empty if the file is too short for it.
std::string bytes_at(std::ifstream& file, std::uint64_t file_size, std::uint64_t at, std::uint64_t count)
{
    if (at > file_size || count > file_size - at) return "";
    std::string bytes(count, '\0');
    file.seekg(static_cast<std::streamoff>(at));
    return file.read(bytes.data(), static_cast<std::streamsize>(count)) ? bytes : "";
}

/// Empty if the collection is damaged. Adds the bytes that it takes to `looked_through`.
Sizes sizes_in(std::ifstream& file, std::uint64_t file_size, std::uint64_t address, std::uint64_t& looked_through)
{
    const std::string head = bytes_at(file, file_size, address, collection_head);
    if (head.size() != collection_head || !head.starts_with("GCOL") || head[4] != 1) return {};
    const std::string bytes = bytes_at(file, file_size, address, number_at<std::uint64_t>(head, 8));
    looked_through += bytes.size();
    Sizes sizes;
    for (std::size_t at = collection_head; at + object_head <= bytes.size();) {
        const auto number = number_at<std::uint16_t>(bytes, at);
        const auto size = number_at<std::uint64_t>(bytes, at + 8), rest = std::uint64_t{bytes.size() - at};
        if (size > rest) return {};
        const std::uint64_t length = number == 0 ? size : object_head + (size + 7) / 8 * 8;
        if (length < object_head || length > rest) return {};
        if (number != 0 && !sizes.emplace(number, size).second) return {};
        at += length;
    }
    return sizes;
}

} // namespace

bool texts_are_whole(const Dataset& dataset, std::size_t count)
{
    const Handle creation(H5Dget_create_plist(dataset.id), H5Pclose);
    if (H5Pget_layout(creation) != H5D_CONTIGUOUS) return false;
    const haddr_t at = H5Dget_offset(dataset.id);
    if (at == HADDR_UNDEF) return H5Dget_storage_size(dataset.id) == 0;
    std::ifstream file(dataset.path, std::ios::binary | std::ios::ate);
    const auto file_size = static_cast<std::uint64_t>(file.tellg());
    const std::string references = bytes_at(file, file_size, at, count * reference_size);
    if (references.size() != count * reference_size) return false;
    std::map<std::uint64_t, Sizes> collections;
    std::uint64_t texts = 0, looked_through = 0; // bytes: neither collections nor texts overlap, so that together they are no more than the file
    for (std::size_t i = 0; i < count; ++i) {
        const auto length = number_at<std::uint32_t>(references, i * reference_size), number = number_at<std::uint32_t>(references, i * reference_size + 12);
        const auto address = number_at<std::uint64_t>(references, i * reference_size + 4);
        if (address == 0 && length == 0) continue;
        if (!collections.contains(address)) collections[address] = sizes_in(file, file_size, address, looked_through);
        if (length > largest_text || (texts += length) > std::min<std::uint64_t>(file_size, largest_texts) || looked_through > file_size) return false;
        const Sizes& sizes = collections[address];
        const auto found = number > 0xffff ? sizes.end() : sizes.find(static_cast<std::uint16_t>(number));
        if (found == sizes.end() || found->second != length) return false;
    }
    return true;
}

} // namespace entente::store::hdf5
