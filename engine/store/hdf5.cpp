#include "hdf5.hpp"
#include "store.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <hdf5_hl.h>
#include <numeric>
#include <stdexcept>

namespace entente::store::hdf5 {

/// HDF5's innermost words, without numbers of files and addresses: of "file write failed: ..., error message = 'No space left on device', buf = 0x1..."
/// only what the system said.
static std::string reason()
{
    std::string text;
    const auto keep_first = [](unsigned n, const H5E_error2_t* error, void* into) -> herr_t {
        if (n == 0 && error->desc) *static_cast<std::string*>(into) = error->desc;
        return 0;
    };
    H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, keep_first, &text);
    constexpr std::string_view mark = "error message = '";
    if (const std::size_t at = text.find(mark); at != std::string::npos) text = text.substr(at + mark.size(), text.find('\'', at + mark.size()) - at - mark.size());
    for (char& c : text)
        if (c == '\n') c = ' ';
    return text.empty() ? "HDF5 gives no reason" : text;
}

template <class Result> Result check(Result result, const std::string& path, const std::string& tried)
{
    if (result < 0) throw std::runtime_error(fmt::format("{}: cannot {}: {}", path, tried, reason()));
    return result;
}
template hid_t check(hid_t, const std::string&, const std::string&);
template herr_t check(herr_t, const std::string&, const std::string&);

/// Without the first, HDF5 tries once more at exit to write what a full disk refused, and may abort there.
static void begin()
{
    static const bool once = [] { return H5dont_atexit(), H5open(), H5PLset_loading_state(0), true; }(); // no file names code that is loaded
    thread_local const bool quiet = [] { return H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr), true; }();  // each thread has errors of its own
    static_cast<void>(once), static_cast<void>(quiet);
}

static hid_t in_memory(Type type)
{
    switch (type) {
    case Type::u8: return H5T_NATIVE_UINT8;
    case Type::i16: return H5T_NATIVE_INT16;
    case Type::i32: return H5T_NATIVE_INT32;
    case Type::u32: return H5T_NATIVE_UINT32;
    case Type::u64: return H5T_NATIVE_UINT64;
    case Type::f32: return H5T_NATIVE_FLOAT;
    case Type::f64: return H5T_NATIVE_DOUBLE;
    case Type::text: break;
    }
    static const hid_t text = [] {
        const hid_t id = H5Tcopy(H5T_C_S1);
        H5Tset_size(id, H5T_VARIABLE), H5Tset_cset(id, H5T_CSET_UTF8);
        return id;
    }();
    return text;
}

static hid_t on_disk(Type type)
{
    switch (type) {
    case Type::u8: return H5T_STD_U8LE;
    case Type::i16: return H5T_STD_I16LE;
    case Type::i32: return H5T_STD_I32LE;
    case Type::u32: return H5T_STD_U32LE;
    case Type::u64: return H5T_STD_U64LE;
    case Type::f32: return H5T_IEEE_F32LE;
    case Type::f64: return H5T_IEEE_F64LE;
    case Type::text: break;
    }
    return in_memory(Type::text);
}

static Handle file_access()
{
    Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
    H5Pset_libver_bounds(access, H5F_LIBVER_EARLIEST, H5F_LIBVER_V110);
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG);
    H5Pset_file_locking(access, false, true);
    H5AC_cache_config_t index{.version = H5AC__CURR_CACHE_CONFIG_VERSION}; // of where chunks lie: it is to stay small, however many there are
    H5Pget_mdc_config(access, &index);
    index.set_initial_size = true, index.initial_size = index.min_size = index.max_size = 1 << 19;
    check(H5Pset_mdc_config(access, &index), "HDF5", "set its cache");
    return access;
}

static constexpr unsigned ordered = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;

File create_file(const std::string& on_disk, const std::string& path, Size size)
{
    begin();
    const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose), access = file_access();
    H5Pset_link_creation_order(creation, ordered), H5Pset_attr_creation_order(creation, ordered), H5Pset_obj_track_times(creation, false);
    if (size == Size::small) H5Pset_istore_k(creation, 2);
    return {path, Handle(check(H5Fcreate(on_disk.c_str(), H5F_ACC_TRUNC, creation, access), path, "create"), H5Fclose)};
}

File open_file(const std::string& path)
{
    begin();
    if (H5Fis_hdf5(path.c_str()) == 0) throw std::runtime_error(fmt::format("{}: cannot open: it is no HDF5 file, or cut short", path));
    const Handle access = file_access();
    return {path, Handle(check(H5Fopen(path.c_str(), H5F_ACC_RDONLY, access), path, "open"), H5Fclose)};
}

File open_to_change(const std::string& on_disk, const std::string& path)
{
    begin();
    const Handle access = file_access();
    return {path, Handle(check(H5Fopen(on_disk.c_str(), H5F_ACC_RDWR, access), path, "open"), H5Fclose)};
}
void flush(const File& file) { check(H5Fflush(file.id, H5F_SCOPE_LOCAL), file.path, "write"); }

void close(File& file)
{
    if (!file.id.close()) check(herr_t(-1), file.path, "write");
}

void make_group(const File& file, const std::string& name)
{
    const Handle creation(H5Pcreate(H5P_GROUP_CREATE), H5Pclose);
    H5Pset_link_creation_order(creation, ordered), H5Pset_attr_creation_order(creation, ordered), H5Pset_obj_track_times(creation, false);
    const Handle group(check(H5Gcreate2(file.id, name.c_str(), H5P_DEFAULT, creation, H5P_DEFAULT), file.path, fmt::format("create '{}'", name)), H5Gclose);
}

/// Whether there is an object of this name, in the file itself: links that lead elsewhere are refused before they are followed.
bool exists(const File& file, const std::string& name)
{
    if (const std::size_t slash = name.rfind('/'); slash != std::string::npos && !exists(file, name.substr(0, slash))) return false;
    const std::string tried = fmt::format("look for '{}'", name);
    if (check(H5Lexists(file.id, name.c_str(), H5P_DEFAULT), file.path, tried) == 0) return false;
    H5L_info_t link;
    check(H5Lget_info(file.id, name.c_str(), &link, H5P_DEFAULT), file.path, tried);
    if (link.type != H5L_TYPE_HARD) throw std::runtime_error(fmt::format("{}: cannot read '{}': it is a link, and results hold what they name", file.path, name));
    return true;
}

void remove(const File& file, const std::string& name) { check(H5Ldelete(file.id, name.c_str(), H5P_DEFAULT), file.path, fmt::format("remove '{}'", name)); }

static std::vector<hsize_t> sizes(const std::vector<std::size_t>& shape) { return {shape.begin(), shape.end()}; }

Dataset make_dataset(const File& file, const std::string& name, Type type, const std::vector<std::size_t>& shape, const std::vector<std::size_t>& chunk, Storage storage)
{
    const int rank = static_cast<int>(shape.size());
    const Handle space(rank ? H5Screate_simple(rank, sizes(shape).data(), nullptr) : H5Screate(H5S_SCALAR), H5Sclose);
    const Handle creation(H5Pcreate(H5P_DATASET_CREATE), H5Pclose), access(H5Pcreate(H5P_DATASET_ACCESS), H5Pclose);
    H5Pset_attr_creation_order(creation, ordered), H5Pset_obj_track_times(creation, false);
    if (rank && type != Type::text) { // HDF5 filters no texts
        const std::size_t bytes = std::accumulate(chunk.begin(), chunk.end(), type_size(type), std::multiplies<>());
        H5Pset_chunk(creation, rank, sizes(chunk).data());
        if (storage == Storage::packed) H5Pset_shuffle(creation), H5Pset_deflate(creation, 9);
        H5Pset_fletcher32(creation);
        // Blocks come nearly in order, so a few unfinished chunks wait in memory, and finished ones until there is need of room: 4 to 8, within half a MiB.
        // Finished ones go first; with a weight of 1 no others ever would.
        H5Pset_chunk_cache(access, 521, std::min<std::size_t>(8 * bytes, std::max<std::size_t>(4 * bytes, 1 << 19)), 0.75);
    }
    return {file.path, name, type, Handle(check(H5Dcreate2(file.id, name.c_str(), on_disk(type), space, H5P_DEFAULT, creation, access), file.path, fmt::format("create '{}'", name)), H5Dclose)};
}

/// The filters that this program uses, in their order. A single checksum may be missing.
static bool filtered_as(Storage storage, const Dataset& dataset, hid_t creation, const std::string& tried)
{
    const int filters = check(H5Pget_nfilters(creation), dataset.path, tried);
    std::vector<H5Z_filter_t> found, wanted = {H5Z_FILTER_SHUFFLE, H5Z_FILTER_DEFLATE, H5Z_FILTER_FLETCHER32};
    for (int i = 0; i < filters; ++i) {
        unsigned flags = 0, config = 0;
        std::size_t values = 0;
        found.push_back(H5Pget_filter2(creation, static_cast<unsigned>(i), &flags, &values, nullptr, 0, nullptr, &config));
    }
    if (storage == Storage::packed) return found == wanted;
    return found.empty() || (found.size() == 1 && found[0] == H5Z_FILTER_FLETCHER32);
}

/// Throws unless the values lie in the file itself, one after the other or in chunks, as this program writes them: then their number is no more than the file has
/// bytes, if they are not packed, and nothing else is read or run for them.
static void require_own(const File& file, const Dataset& dataset, Storage storage)
{
    constexpr hsize_t largest_chunk = 16 << 20, smallest_chunk = 256; // bytes; the latter of a variable of many
    constexpr hsize_t many_chunks = 4096;
    constexpr hsize_t most_packed = 256 << 20; // bytes
    const std::string tried = fmt::format("read '{}'", dataset.name);
    const auto refuse = [&](const char* why) { throw std::runtime_error(fmt::format("{}: cannot {}: {}", dataset.path, tried, why)); };
    const Handle creation(check(H5Dget_create_plist(dataset.id), dataset.path, tried), H5Pclose);
    const H5D_layout_t layout = H5Pget_layout(creation);
    if (storage == Storage::packed && layout != H5D_CHUNKED) refuse("it is not stored as this program stores it");
    if (layout != H5D_CONTIGUOUS && (layout != H5D_CHUNKED || dataset.type == Type::text)) refuse("it is not stored as this program stores it");
    if (layout == H5D_CONTIGUOUS && H5Pget_external_count(creation) != 0) refuse("its values lie in another file");
    if (!filtered_as(storage, dataset, creation, tried)) refuse("it is filtered in another way than this program does");
    hsize_t file_size = 0, bytes = type_size(dataset.type);
    check(H5Fget_filesize(file.id, &file_size), file.path, tried);
    const std::vector<hsize_t> shape = extent(dataset);
    for (const hsize_t length : shape) {
        if (length != 0 && bytes > (storage == Storage::packed ? most_packed : file_size) / length) refuse("it says that it has more values than the file has bytes");
        bytes *= length;
    }
    if (layout != H5D_CHUNKED) return;
    std::vector<hsize_t> chunk(shape.size());
    check(static_cast<herr_t>(H5Pget_chunk(creation, static_cast<int>(chunk.size()), chunk.data())), dataset.path, tried);
    hsize_t together = type_size(dataset.type);
    for (const hsize_t length : chunk) {
        if (length == 0 || together > (storage == Storage::packed ? packed_chunk : largest_chunk) / length) refuse("its chunks are too large");
        together *= length;
    }
    if (together < smallest_chunk && bytes > many_chunks * together) refuse("its chunks are too small"); // each costs a search
}

Dataset open_dataset(const File& file, const std::string& name, Type type, Storage storage)
{
    if (!exists(file, name)) throw std::runtime_error(fmt::format("{}: cannot read '{}': it is not there", file.path, name));
    Dataset dataset{file.path, name, type, Handle(check(H5Dopen2(file.id, name.c_str(), H5P_DEFAULT), file.path, fmt::format("read '{}'", name)), H5Dclose)};
    const Handle stored(H5Dget_type(dataset.id), H5Tclose);
    const bool same = type == Type::text ? H5Tis_variable_str(stored) > 0 : H5Tequal(stored, on_disk(type)) > 0;
    if (!same) throw std::runtime_error(fmt::format("{}: cannot read '{}': it is no {}", file.path, name, type_name(type)));
    require_own(file, dataset, storage);
    return dataset;
}

std::uint64_t place_of(const Dataset& dataset)
{
    H5O_info_t info;
    check(H5Oget_info(dataset.id, &info), dataset.path, fmt::format("read '{}'", dataset.name));
    return info.addr;
}

std::vector<hsize_t> extent(const Dataset& dataset)
{
    const std::string tried = fmt::format("read '{}'", dataset.name);
    const Handle space(check(H5Dget_space(dataset.id), dataset.path, tried), H5Sclose);
    std::vector<hsize_t> shape(static_cast<std::size_t>(check(H5Sget_simple_extent_ndims(space), dataset.path, tried)));
    check(H5Sget_simple_extent_dims(space, shape.data(), nullptr), dataset.path, tried);
    return shape;
}

void set_extent(const Dataset& dataset, const std::vector<hsize_t>& shape) { check(H5Dset_extent(dataset.id, shape.data()), dataset.path, fmt::format("cut '{}'", dataset.name)); }

void make_scale(const Dataset& dataset, const std::string& name)
{
    check(H5DSset_scale(dataset.id, name.c_str()), dataset.path, fmt::format("make '{}' a dimension", dataset.name));
}

void attach_scale(const Dataset& dataset, const Dataset& scale, unsigned axis, const std::string& label)
{
    const std::string tried = fmt::format("attach '{}' to '{}'", scale.name, dataset.name);
    if (dataset.id != scale.id) check(H5DSattach_scale(dataset.id, scale.id, axis), dataset.path, tried);
    check(H5DSset_label(dataset.id, axis, label.c_str()), dataset.path, tried);
}

static void write_attribute(hid_t object, const std::string& path, const std::string& name, hid_t stored, hid_t given, std::size_t count, const void* values)
{
    const hsize_t length = count;
    const std::string tried = fmt::format("write the attribute '{}'", name);
    const Handle space(count ? H5Screate_simple(1, &length, nullptr) : H5Screate(H5S_SCALAR), H5Sclose);
    const Handle attribute(check(H5Acreate2(object, name.c_str(), stored, space, H5P_DEFAULT, H5P_DEFAULT), path, tried), H5Aclose);
    check(H5Awrite(attribute, given, values), path, tried);
}

static Handle fixed_text(std::size_t size)
{
    Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
    H5Tset_size(type, size), H5Tset_cset(type, H5T_CSET_UTF8);
    return type;
}

/// Of fixed length: netCDF's readers and CF know such texts, and it stands in the checked head of the file, so that it can be read from a damaged one.
static void write_text_attribute(hid_t object, const std::string& path, const std::string& name, const std::string& text)
{
    const Handle type = fixed_text(text.size() + 1);
    write_attribute(object, path, name, type, type, 0, text.c_str());
}

void set_attribute(const Dataset& dataset, const std::string& name, const std::string& text) { write_text_attribute(dataset.id, dataset.path, name, text); }
void set_attribute(const File& file, const std::string& name, const std::string& text) { write_text_attribute(file.id, file.path, name, text); }
void set_attribute(const File& file, const std::string& name, std::uint32_t number)
{
    write_attribute(file.id, file.path, name, on_disk(Type::u32), in_memory(Type::u32), 0, &number);
}
void set_group_attribute(const File& file, const std::string& group, const std::string& name, const std::string& text)
{
    const Handle open(check(H5Gopen2(file.id, group.c_str(), H5P_DEFAULT), file.path, fmt::format("write '{}'", group)), H5Gclose);
    write_text_attribute(open, file.path, name, text);
}
void set_attribute(const Dataset& dataset, const std::string& name, const std::vector<std::uint8_t>& values)
{
    write_attribute(dataset.id, dataset.path, name, on_disk(Type::u8), in_memory(Type::u8), values.size(), values.data());
}

/// A single value of the class, or no attribute.
static Handle single_attribute(const File& file, const std::string& name, H5T_class_t wanted)
{
    if (H5Aexists(file.id, name.c_str()) <= 0) return {};
    Handle attribute(H5Aopen(file.id, name.c_str(), H5P_DEFAULT), H5Aclose);
    if (attribute < 0) return {};
    const Handle type(H5Aget_type(attribute), H5Tclose), space(H5Aget_space(attribute), H5Sclose);
    if (H5Tget_class(type) != wanted || H5Tis_variable_str(type) > 0 || H5Sget_simple_extent_npoints(space) != 1) return {};
    return attribute;
}

std::string text_attribute(const File& file, const std::string& name)
{
    const Handle attribute = single_attribute(file, name, H5T_STRING);
    char text[256] = "";
    return attribute < 0 || H5Aread(attribute, fixed_text(sizeof text), text) < 0 ? "" : std::string(text);
}

std::uint32_t number_attribute(const File& file, const std::string& name)
{
    const Handle attribute = single_attribute(file, name, H5T_INTEGER);
    std::uint32_t number = 0;
    return attribute < 0 || H5Aread(attribute, in_memory(Type::u32), &number) < 0 ? 0 : number;
}

std::size_t size_of(const Slab& slab) { return std::accumulate(slab.count.begin(), slab.count.end(), std::size_t{1}, std::multiplies<>()); }

/// The spaces of a transfer; without a slab both are the whole.
static std::pair<Handle, Handle> spaces(const Dataset& dataset, std::size_t count, const Slab* slab, const std::string& tried)
{
    Handle in_file(check(H5Dget_space(dataset.id), dataset.path, tried), H5Sclose);
    if (slab) check(H5Sselect_hyperslab(in_file, H5S_SELECT_SET, slab->start.data(), nullptr, slab->count.data(), nullptr), dataset.path, tried);
    if (H5Sget_select_npoints(in_file) != static_cast<hssize_t>(count)) throw std::runtime_error(fmt::format("{}: cannot {}: it has another shape", dataset.path, tried));
    Handle memory(slab ? H5Screate_simple(static_cast<int>(slab->count.size()), slab->count.data(), nullptr) : H5Scopy(in_file), H5Sclose);
    return {std::move(in_file), std::move(memory)};
}

static void require_type(const Dataset& dataset, Type given)
{
    if (given != dataset.type) throw std::logic_error(fmt::format("{}: '{}' is {}, not {}", dataset.path, dataset.name, type_name(dataset.type), type_name(given)));
}

/// Texts are converted in a buffer that HDF5 would otherwise clear, a megabyte, for every transfer.
static Handle in_small_steps()
{
    Handle transfer(H5Pcreate(H5P_DATASET_XFER), H5Pclose);
    H5Pset_buffer(transfer, 1 << 14, nullptr, nullptr);
    return transfer;
}

void write_raw(const Dataset& dataset, Type given, const void* values, std::size_t count, const Slab* slab)
{
    require_type(dataset, given);
    const std::string tried = fmt::format("write '{}'", dataset.name);
    const auto [in_file, memory] = spaces(dataset, count, slab, tried);
    check(H5Dwrite(dataset.id, in_memory(dataset.type), memory, in_file, in_small_steps(), values), dataset.path, tried);
}

void read_raw(const Dataset& dataset, Type given, void* values, std::size_t count, const Slab* slab)
{
    require_type(dataset, given);
    const std::string tried = fmt::format("read '{}'", dataset.name);
    const auto [in_file, memory] = spaces(dataset, count, slab, tried);
    const std::vector<hsize_t> shape = extent(dataset);
    if (!chunks_are_there(dataset, slab ? *slab : Slab{std::vector<hsize_t>(shape.size(), 0), shape}))
        throw DamagedFile(fmt::format("{}: cannot {}: the index of its chunks is damaged", dataset.path, tried));
    check(H5Dread(dataset.id, in_memory(dataset.type), memory, in_file, in_small_steps(), values), dataset.path, tried);
}

void write(const Dataset& dataset, const std::vector<std::string>& texts)
{
    std::vector<const char*> pointers;
    for (const std::string& text : texts) pointers.push_back(text.c_str());
    write_raw(dataset, Type::text, pointers.data(), pointers.size(), nullptr);
}

void require_inside(const Dataset& dataset, const Slab& slab)
{
    const std::vector<hsize_t> shape = extent(dataset);
    bool inside = shape.size() == slab.count.size();
    for (std::size_t i = 0; inside && i < shape.size(); ++i) inside = slab.start[i] <= shape[i] && slab.count[i] <= shape[i] - slab.start[i];
    if (!inside) throw std::runtime_error(fmt::format("{}: cannot read '{}': it has another shape than the rest of the file says", dataset.path, dataset.name));
}

void require_shape(const Dataset& dataset, const std::vector<hsize_t>& shape)
{
    if (extent(dataset) != shape) throw std::runtime_error(fmt::format("{}: cannot read '{}': it has another shape than the rest of the file says", dataset.path, dataset.name));
}

std::vector<std::string> read_texts(const Dataset& dataset, const std::vector<hsize_t>& shape)
{
    require_shape(dataset, shape);
    if (!texts_are_whole(dataset, size_of({{}, shape}))) throw DamagedFile(fmt::format("{}: cannot read '{}': its texts are damaged", dataset.path, dataset.name));
    const Handle space(H5Dget_space(dataset.id), H5Sclose);
    std::vector<char*> pointers(size_of({{}, shape}), nullptr);
    read_raw(dataset, Type::text, pointers.data(), pointers.size(), nullptr);
    std::vector<std::string> texts;
    for (const char* pointer : pointers) texts.emplace_back(pointer ? pointer : "");
    H5Dvlen_reclaim(in_memory(Type::text), space, H5P_DEFAULT, pointers.data());
    return texts;
}

} // namespace entente::store::hdf5
