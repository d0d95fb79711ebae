// Posteriors from anywhere: whatever is done to a variable of the file, what reads it says so in words, or reads what was written.
#include "core/temporary_folder.hpp"
#include "failure/hostile.hpp"
#include "store/made_posterior.hpp"
#include <gtest/gtest.h>

namespace entente {
namespace {

using hostile::Change, hostile::words_of;

herr_t note_dataset(hid_t, const char* name, const H5O_info_t* info, void* names)
{
    if (info->type == H5O_TYPE_DATASET) static_cast<std::vector<std::string>*>(names)->emplace_back(name);
    return 0;
}

TEST(HostilePosterior, IsReadAsItWasOrRefusedInWords)
{
    const TemporaryFolder folder;
    const std::string honest = folder / "honest.h5", changed = folder / "changed.h5";
    Posterior p = made::posterior({.chains = 2, .draws = 40});
    p.prior_predictive.values[4] = 0; // NaN is not equal to itself
    write_posterior(honest, p);
    const Posterior wanted = read_posterior(honest);
    std::vector<std::string> variables;
    {
        const hostile::Open open(honest);
        H5Ovisit(open.file, H5_INDEX_NAME, H5_ITER_INC, note_dataset, &variables);
    }
    EXPECT_GT(variables.size(), 60u);
    constexpr std::size_t changes = std::size(hostile::change_names), step = changes / 2;
    std::size_t refused = 0, tried = 0;
    for (std::size_t v = 0; v < variables.size(); ++v)
        for (std::size_t c = v % step; c < changes; c += step) {
            SCOPED_TRACE(fmt::format("{}: {}", variables[v], hostile::change_names[c]));
            std::filesystem::copy_file(honest, changed, std::filesystem::copy_options::overwrite_existing);
            hostile::apply(changed, variables[v], static_cast<Change>(c), honest);
            Posterior found;
            const std::string said = words_of([&] { found = read_posterior(changed); });
            EXPECT_TRUE(said.empty() ? found == wanted : said.starts_with(changed)) << said;
            ++tried, refused += !said.empty();
        }
    EXPECT_GT(refused, tried * 2 / 3); // the rest are labels of dimensions, which are only for other readers
}

} // namespace
} // namespace entente
