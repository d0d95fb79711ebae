// Owners and checks over HDF5's C interface, as much as a result file needs. Every failure becomes a std::runtime_error
// "results/x.h5: cannot write 'outcome': No space left on device"; HDF5 itself prints nothing.
#pragma once
#include "layout.hpp"
#include <hdf5.h>
#include <utility>

namespace entente::store::hdf5 {

class Handle {
public:
    Handle() = default;
    Handle(hid_t id, herr_t (*closer)(hid_t)) : id_(id), closer_(closer) {}
    Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), closer_(other.closer_) {}
    Handle& operator=(Handle&& other) noexcept
    {
        std::swap(id_, other.id_), std::swap(closer_, other.closer_);
        return *this;
    }
    ~Handle() { close(); }
    bool close() { return id_ < 0 || closer_(std::exchange(id_, -1)) >= 0; }
    operator hid_t() const { return id_; }

private:
    hid_t id_ = -1;
    herr_t (*closer_)(hid_t) = nullptr;
};

struct File {
    std::string path; ///< as messages name it
    Handle id;
};
struct Dataset {
    std::string path, name; ///< name: "runs/outcome"
    Type type = Type::u8;
    Handle id;
};
/// How the numbers of a dataset lie in the file: as they are, or squeezed in chunks of at most `packed_chunk` bytes.
enum class Storage : std::uint8_t { plain, packed };
inline constexpr std::size_t packed_chunk = 1 << 16;
/// A box within a dataset: where it begins and how long it is along each axis.
struct Slab {
    std::vector<hsize_t> start, count;
};

template <class T> inline constexpr Type type_of = Type::text;
template <> inline constexpr Type type_of<std::uint8_t> = Type::u8;
template <> inline constexpr Type type_of<std::int16_t> = Type::i16;
template <> inline constexpr Type type_of<std::int32_t> = Type::i32;
template <> inline constexpr Type type_of<std::uint32_t> = Type::u32;
template <> inline constexpr Type type_of<std::uint64_t> = Type::u64;
template <> inline constexpr Type type_of<float> = Type::f32;
template <> inline constexpr Type type_of<double> = Type::f64;

/// Throws with HDF5's own innermost reason if `result` says failure; else gives it back.
template <class Result> Result check(Result result, const std::string& path, const std::string& tried);

/// Creates a file at `on_disk`, which messages call `path`. Takes no lock on it. What is small has many variables of a few chunks: room for their index is kept as small.
enum class Size : std::uint8_t { large, small };
File create_file(const std::string& on_disk, const std::string& path, Size size = Size::large);
/// A regular file, for reading. Takes no lock, so that it works on folders that cannot be written.
File open_file(const std::string& path);
/// One that is there at `on_disk`, which messages call `path`, to be added to. Takes no lock on it.
File open_to_change(const std::string& on_disk, const std::string& path);
/// All data to the operating system. Errors of a full disk show here, not in the closing of single datasets.
void flush(const File& file);
void close(File& file);

void make_group(const File& file, const std::string& name);
/// Throws if a link of the name leads elsewhere.
bool exists(const File& file, const std::string& name);
void remove(const File& file, const std::string& name);
Dataset make_dataset(const File& file, const std::string& name, Type type, const std::vector<std::size_t>& shape, const std::vector<std::size_t>& chunk, Storage storage = Storage::plain);
/// Throws if it is not there, holds something else or is not stored as this program does it: a file may come from anywhere. Packed, it may have far more
/// values than the file has bytes: who reads it limits their number.
Dataset open_dataset(const File& file, const std::string& name, Type type, Storage storage = Storage::plain);
/// Where its head lies in the file: two names of one place are one variable.
std::uint64_t place_of(const Dataset& dataset);
std::vector<hsize_t> extent(const Dataset& dataset);
void set_extent(const Dataset& dataset, const std::vector<hsize_t>& shape);

void make_scale(const Dataset& dataset, const std::string& name);
void attach_scale(const Dataset& dataset, const Dataset& scale, unsigned axis, const std::string& label);

/// Texts are of up to 65,000 bytes.
void set_attribute(const Dataset& dataset, const std::string& name, const std::string& text);
void set_attribute(const Dataset& dataset, const std::string& name, const std::vector<std::uint8_t>& values);
void set_attribute(const File& file, const std::string& name, const std::string& text);
void set_attribute(const File& file, const std::string& name, std::uint32_t number);
void set_group_attribute(const File& file, const std::string& group, const std::string& name, const std::string& text);
/// Empty, or 0, if there is no such attribute of that kind.
std::string text_attribute(const File& file, const std::string& name);
std::uint32_t number_attribute(const File& file, const std::string& name);

std::size_t size_of(const Slab& slab);
/// The whole dataset, or a slab of it. `given` must be the dataset's own type: nothing is converted.
void write_raw(const Dataset& dataset, Type given, const void* values, std::size_t count, const Slab* slab);
void read_raw(const Dataset& dataset, Type given, void* values, std::size_t count, const Slab* slab);
template <class T> void write(const Dataset& dataset, const std::vector<T>& values) { write_raw(dataset, type_of<T>, values.data(), values.size(), nullptr); }
template <class T> void write(const Dataset& dataset, const T* values, const Slab& slab) { write_raw(dataset, type_of<T>, values, size_of(slab), &slab); }
void write(const Dataset& dataset, const std::vector<std::string>& texts);

/// Throws if the dataset does not have this shape, or not this slab: before anything is allocated for it.
void require_inside(const Dataset& dataset, const Slab& slab);
void require_shape(const Dataset& dataset, const std::vector<hsize_t>& shape);
template <class T> std::vector<T> read(const Dataset& dataset, const std::vector<hsize_t>& shape)
{
    require_shape(dataset, shape);
    std::vector<T> values(size_of({{}, shape}));
    read_raw(dataset, type_of<T>, values.data(), values.size(), nullptr);
    return values;
}
template <class T> std::vector<T> read(const Dataset& dataset, const Slab& slab)
{
    require_inside(dataset, slab);
    std::vector<T> values(size_of(slab));
    read_raw(dataset, type_of<T>, values.data(), values.size(), &slab);
    return values;
}
/// Whether what HDF5 does not check is whole, and no chunk takes more bytes than its values; see damage.cpp.
bool chunks_are_there(const Dataset& dataset, const Slab& slab);
bool texts_are_whole(const Dataset& dataset, std::size_t count);
std::vector<std::string> read_texts(const Dataset& dataset, const std::vector<hsize_t>& shape);

} // namespace entente::store::hdf5
