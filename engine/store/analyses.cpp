#include "analyses.hpp"
#include "../core/text.hpp"
#include "datasets.hpp"
#include "temporary_file.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <stdexcept>

namespace entente {

using namespace store;

static constexpr std::size_t most_analyses = 100, longest_document = 64 << 20;

static std::vector<Analysis> analyses_in(const hdf5::File& file)
{
    if (!hdf5::exists(file, "analyses") || !hdf5::exists(file, "analyses/analysis")) return {};
    const std::size_t count = length_of(file, "analyses/analysis", Type::text);
    if (count > most_analyses) throw DamagedFile(fmt::format("{}: is damaged: it has more analyses than there can be", file.path));
    const auto names = hdf5::read_texts(hdf5::open_dataset(file, "analyses/analysis", Type::text), {count});
    const auto documents = hdf5::read_texts(hdf5::open_dataset(file, "analyses/document", Type::text), {count});
    std::vector<Analysis> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back({printable_name(names[i]), documents[i]});
    return all;
}

std::vector<Analysis> read_analyses(const std::string& path)
{
    const bool sweep = stored_kind(path) == Stored::sweep;
    try_in_a_child(path);
    const hdf5::File file = open_stored(path, sweep ? sweep_format : result_format);
    require_layout(file);
    return analyses_in(file);
}

void save_analysis(const std::string& path, const Analysis& analysis)
{
    if (analysis.document.size() > longest_document) throw std::runtime_error(fmt::format("{}: cannot keep what was found: it is longer than {} MB", path, longest_document >> 20));
    std::vector<Analysis> all = read_analyses(path);
    const auto same = std::ranges::find(all, analysis.name, &Analysis::name);
    if (same != all.end()) *same = analysis;
    else all.push_back(analysis);
    std::vector<std::string> names, documents;
    for (const Analysis& a : all) names.push_back(a.name), documents.push_back(utf8(a.document));

    TemporaryFile temporary(path);
    std::error_code error;
    std::filesystem::copy_file(path, temporary.name(), std::filesystem::copy_options::overwrite_existing, error);
    if (error) throw std::runtime_error(fmt::format("{}: cannot copy: {}", path, error.message()));
    hdf5::File file = hdf5::open_to_change(temporary.name(), path);
    if (hdf5::exists(file, "analyses")) hdf5::remove(file, "analyses");
    Datasets made;
    create_group(file, "analyses", {{"analysis", names.size()}}, made);
    put(made, "analyses/analysis", names), put(made, "analyses/document", documents);
    hdf5::flush(file);
    made.clear();
    hdf5::close(file);
    temporary.take_final_name();
}

} // namespace entente
