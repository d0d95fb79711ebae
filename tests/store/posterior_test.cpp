// A posterior's file: it comes back as it was, holds the same bytes whenever it is written, stays small, and what is damaged is never taken for another posterior.
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "made_posterior.hpp"
#include "write_file.hpp"
#include <filesystem>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <stdexcept>

namespace entente {
namespace {

std::string refusal(const std::function<void()>& act)
{
    try {
        act();
    } catch (const std::runtime_error& e) {
        return e.what();
    }
    return "";
}

struct PosteriorFile : testing::Test {
    TemporaryFolder folder;
    const std::string path = folder / "p.h5";
    std::string said_of_reading() const
    {
        return refusal([&] { read_posterior(path); });
    }
    std::string said_of_writing(const Posterior& p) const
    {
        return refusal([&] { write_posterior(folder / "not.h5", p); });
    }
};

TEST_F(PosteriorFile, ComesBackAsItWas)
{
    const Posterior p = made::posterior();
    write_posterior(path, p);
    Posterior found = read_posterior(path), wanted = rounded(p);
    EXPECT_TRUE(std::isnan(found.prior_predictive.values[4]) && std::isnan(wanted.prior_predictive.values[4]));
    found.prior_predictive.values[4] = wanted.prior_predictive.values[4] = 0; // NaN is not equal to itself
    EXPECT_EQ(found, wanted);
    EXPECT_EQ(found.seed, 18'000'000'000'000'000'000u);
    EXPECT_FALSE(std::filesystem::exists(path + ".writing"));
}

TEST_F(PosteriorFile, OfTheLeastThatThereIs)
{
    Posterior p = made::posterior();
    p.targets.clear(), p.steps.clear(), p.sample_stats = p.posterior_predictive = p.prior_predictive = {};
    p.parameters[2].alternatives.assign(200, "one");
    write_posterior(path, p);
    const Posterior found = read_posterior(path);
    EXPECT_EQ(found.posterior, rounded(p).posterior);
    EXPECT_EQ(found.parameters, p.parameters);
    EXPECT_TRUE(found.targets.empty() && found.steps.empty() && found.sample_stats.values.empty() && found.prior_predictive.values.empty());
}

TEST_F(PosteriorFile, HasTheSameBytesWhenItIsWrittenAgain)
{
    write_posterior(path, made::posterior());
    write_posterior(folder / "again.h5", read_posterior(path));
    EXPECT_TRUE(read_file(path) == read_file(folder / "again.h5"));
}

TEST_F(PosteriorFile, IsRoundedByLessThanMatters)
{
    const Posterior p = made::posterior(), r = rounded(p);
    for (std::size_t i = 0; i < p.posterior_predictive.values.size(); ++i)
        EXPECT_LE(std::abs(r.posterior_predictive.values[i] - p.posterior_predictive.values[i]), p.targets[i % 3].sd / 64);
    for (std::size_t i = 0; i < p.posterior.values.size(); ++i) EXPECT_EQ(r.posterior.values[i], static_cast<double>(static_cast<float>(p.posterior.values[i])));
    EXPECT_EQ(rounded(r).posterior_predictive, r.posterior_predictive);
}

// Of the size that is shipped: a thousand draws of 21 parameters and 170 observations.
TEST_F(PosteriorFile, StaysSmall)
{
    Posterior p = made::posterior();
    p.parameters.resize(1), p.targets.clear(), p.sample_stats = {}, p.steps.clear();
    for (int i = 1; i < 21; ++i) p.parameters.push_back(p.parameters[0]), p.parameters.back().name += std::to_string(i);
    std::vector<std::string> names, observations;
    for (const CalibratedParameter& c : p.parameters) names.push_back(c.name);
    for (int i = 0; i < 170; ++i) {
        p.targets.push_back({"target_" + std::to_string(i / 10), std::to_string(2000 + i % 10), "share", "identity", 0.2, 0.02});
        observations.push_back(p.targets.back().target + " " + p.targets.back().date);
    }
    const auto normal = [](double mean, double sd) {
        return [=](std::size_t, std::uint32_t draw, std::size_t name) { return mean + sd * normals_at(3, "x", draw, static_cast<std::uint32_t>(name / 4))[name % 4]; };
    };
    p.posterior = made::table(4, 250, names, normal(1, 0.1)), p.prior = made::table(1, 1000, names, normal(1, 0.3));
    p.posterior_predictive = made::table(4, 250, observations, normal(0.2, 0.03)), p.prior_predictive = made::table(1, 1000, observations, normal(0.2, 0.1));
    write_posterior(path, p);
    EXPECT_LT(std::filesystem::file_size(path), 900'000u);
    EXPECT_EQ(read_posterior(path), rounded(p));
}

TEST_F(PosteriorFile, IsNotWrittenWhereItContradictsItself)
{
    const auto expect_refused = [&](const char* why, const std::function<void(Posterior&)>& change) {
        Posterior p = made::posterior();
        change(p);
        const std::string said = said_of_writing(p);
        EXPECT_TRUE(said.starts_with((folder / "not.h5") + ": cannot write the posterior: ") && said.find(why) != std::string::npos) << said;
        EXPECT_FALSE(std::filesystem::exists(folder / "not.h5"));
    };
    expect_refused("no word", [](Posterior& p) { p.parameters[0].name = p.posterior.names[0] = p.prior.names[0] = "../pull"; });
    expect_refused("'drift'", [](Posterior& p) { p.parameters[0].name = p.posterior.names[0] = p.prior.names[0] = "drift"; });
    expect_refused("'draw'", [](Posterior& p) { p.parameters[0].name = p.posterior.names[0] = p.prior.names[0] = "draw"; });
    expect_refused("other names", [](Posterior& p) { p.prior.names[0] = "push"; });
    expect_refused("other names", [](Posterior& p) { p.posterior_predictive.names[0] = "share 2016"; });
    expect_refused("that of another", [](Posterior& p) { p.targets[1].date = "2014", p.posterior_predictive.names[1] = p.prior_predictive.names[1] = "share 2014"; });
    expect_refused("another number of draws", [](Posterior& p) { p.posterior.values.pop_back(); });
    expect_refused("another number of draws", [](Posterior& p) { p.sample_stats.chains = 2, p.sample_stats.draws = 1000; });
    expect_refused("no number", [](Posterior& p) { p.posterior.values[5 * 3] = std::nan(""); });
    expect_refused("far outside", [](Posterior& p) { p.posterior_predictive.values[5] = INFINITY; });
    expect_refused("'reading' that is none", [](Posterior& p) { p.posterior.values[2] = 2; });
    expect_refused("'reading' that is none", [](Posterior& p) { p.prior.values[2] = 0.5; });
    expect_refused("alternatives of 'reading'", [](Posterior& p) { p.parameters[2].alternatives[0] = "a|b"; });
    expect_refused("control characters", [](Posterior& p) { p.title = "\x1b[31m"; });
    expect_refused("sd of 'arms'", [](Posterior& p) { p.targets[2].sd = -1; });
    expect_refused("no draws", [](Posterior& p) { p.posterior = {0, 0, p.posterior.names, {}}; });
    expect_refused("steps", [](Posterior& p) { p.steps.resize(5); });
    expect_refused("no parameters", [](Posterior& p) { p.parameters.clear(); });
}

TEST_F(PosteriorFile, IsNoResult)
{
    write_posterior(path, made::posterior());
    EXPECT_TRUE(is_posterior(path));
    EXPECT_EQ(refusal([&] { static_cast<void>(joint_draws(folder / "none.h5")); }), folder / "none.h5" + std::string(": cannot open: No such file or directory"));
    write_file(path, "no HDF5");
    EXPECT_TRUE(said_of_reading().starts_with(path + ": cannot open: "));
}

TEST_F(PosteriorFile, CutOrFlippedIsRefusedOrTheSame)
{
    Posterior whole = rounded(made::posterior({.chains = 2, .draws = 40}));
    whole.prior_predictive.values[4] = 0;
    write_posterior(path, whole);
    const std::string bytes = read_file(path);
    std::size_t refused = 0, tried = 0;
    const auto expect_refused_or_same = [&](const std::string& changed) {
        write_file(path, changed);
        ++tried;
        try {
            EXPECT_EQ(read_posterior(path), whole);
        } catch (const std::runtime_error& e) {
            ++refused;
            EXPECT_TRUE(std::string(e.what()).starts_with(path)) << e.what();
        }
    };
    constexpr std::size_t changes = 48;
    for (std::size_t i = 0; i < changes; ++i) {
        const std::size_t at = bytes.size() * i / changes + i % 7;
        std::string flipped = bytes;
        flipped[at] ^= static_cast<char>(1 << i % 8);
        expect_refused_or_same(flipped);
        if (i % 4 == 0) expect_refused_or_same(bytes.substr(0, at));
    }
    EXPECT_GT(refused, tried / 4); // most of the rest lie in room that HDF5 leaves
}

// A few bytes in the place of a packed chunk may say that they are a thousand times as many.
TEST_F(PosteriorFile, IsNotUnpackedBeyondItsSize)
{
    write_posterior(path, made::posterior());
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT), draws = H5Dopen2(file, "posterior/pull", H5P_DEFAULT);
    const std::vector<char> many(1'000'000);
    const hsize_t at[] = {0, 0};
    ASSERT_GE(H5Dwrite_chunk(draws, H5P_DEFAULT, 0, at, many.size(), many.data()), 0);
    H5Dclose(draws), H5Fclose(file);
    EXPECT_EQ(said_of_reading(), path + ": cannot read 'posterior/pull': the index of its chunks is damaged");
}

TEST_F(PosteriorFile, GivesItsParametersTogether)
{
    const Posterior p = rounded(made::posterior());
    write_posterior(path, p);
    const JointDraws joint = joint_draws(path);
    EXPECT_EQ(joint.names, (std::vector<std::string>{"pull", "drift"}));
    ASSERT_EQ(joint.draws(), 2000u);
    EXPECT_EQ(joint.values[2 * 700], p.posterior.at(1, 200, 0));
    EXPECT_EQ(joint.values[2 * 700 + 1], p.posterior.at(1, 200, 1));
}

} // namespace
} // namespace entente
