// entente replay as its user meets it: a story, the bits of the file, tables, and what is said when something is wrong.
#include "core/csv.hpp"
#include "core/quarter.hpp"
#include "model/kernel.hpp"
#include "program.hpp"
#include "write_file.hpp"
#include "store/hdf5.hpp"
#include <algorithm>
#include <bit>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

namespace entente {
namespace {

using namespace store;

/// A folder with kept.h5: 40 runs of a short baseline, with all that can be kept.
class ReplayCommand : public ProgramTest {
protected:
    ReplayCommand()
    {
        const Ran ran = run(fmt::format("run '{}/scenarios/baseline.toml' --runs 40 --keep agents --set 'horizon = \"2032Q4\"' --out kept.h5", SOURCE_DIR));
        EXPECT_EQ(ran.code, 0) << ran.err;
    }
    /// Few samples: what is tested here are not the odds.
    Ran replay(const std::string& arguments) const { return run("replay --samples 60 " + arguments); }
};

constexpr std::size_t quarters = 76; // to 2032Q4

TEST_F(ReplayCommand, TellsAStoryInTimeOrder)
{
    const Ran ran = replay("kept.h5 --run 7");
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.err, "");
    for (const char* wanted : {"Scenario baseline, run 7 of 40, seed 1.", "the bits are those of the file", "Ends in 2032Q4 as ", "lowest tenth of their priors",
                               "Structures: all at their defaults", "2022Q1  Russia: full war in Ukraine  [history]", "--all shows them"})
        EXPECT_NE(ran.out.find(wanted), std::string::npos) << wanted << "\n" << ran.out;
    int last = 0, dated = 0;
    const std::vector<std::string> lines = split(ran.out, '\n');
    for (const std::string& line : lines) {
        if (line.size() < 8 || line[4] != 'Q' || line.substr(6, 2) != "  ") continue;
        const auto date = parse_quarter(line.substr(0, 6));
        ASSERT_TRUE(date) << line;
        EXPECT_GE(*date, last) << line;
        last = *date, ++dated;
    }
    EXPECT_GT(dated, 8);
    EXPECT_LT(lines.size(), 75u);
    const Ran all = replay("kept.h5 --run 7 --all");
    EXPECT_GT(split(all.out, '\n').size(), lines.size() + 20);
    EXPECT_EQ(all.out.find("--all"), std::string::npos);
    EXPECT_EQ(replay("kept.h5 --run 7").out, ran.out);
    EXPECT_NE(replay("kept.h5 --run 8").out, ran.out);
}

TEST_F(ReplayCommand, TellsTheSameAsJson)
{
    const Ran ran = replay("kept.h5 --run 7 --json --all");
    ASSERT_EQ(ran.code, 0) << ran.err;
    const auto json = nlohmann::json::parse(ran.out);
    EXPECT_EQ(json["run"], 7);
    EXPECT_EQ(json["runs"], 40);
    EXPECT_EQ(json["identical"], true);
    EXPECT_EQ(json["left_out"], 0);
    EXPECT_EQ(json["structures"].size(), describe().structures.size());
    EXPECT_FALSE(json["parameters_in_outer_tenths"].empty());
    EXPECT_GT(json["story"].size(), 30u);
    for (const auto& entry : json["story"]) {
        EXPECT_TRUE(parse_quarter(entry["date"].get<std::string>())) << entry;
        EXPECT_TRUE(entry["rule"].is_null() || describe().mechanism(entry["rule"].get<std::string>()) != Description::npos) << entry;
        for (const auto& driver : entry["why"]) EXPECT_NE(Description::find(describe().variables, driver["variable"].get<std::string>()), Description::npos) << entry;
    }
    const std::string text = replay("kept.h5 --run 7 --all").out;
    for (const auto& entry : json["story"])
        EXPECT_NE(text.find(fmt::format("{}  {}: {}", entry["date"].get<std::string>(), entry["who"].get<std::string>(), entry["what"].get<std::string>())), std::string::npos) << entry;
}

TEST_F(ReplayCommand, ItsTablesHoldTheBitsOfTheFile)
{
    for (const std::size_t r : {std::size_t{0}, std::size_t{17}, std::size_t{39}}) {
        const Ran ran = replay(fmt::format("kept.h5 --run {} --trajectory t.csv --agents a.csv --force --isa scalar", r));
        const Ran wide = ran.code == 0 ? ran : replay(fmt::format("kept.h5 --run {} --trajectory t.csv --agents a.csv --force", r)); // a build without the scalar kernel
        ASSERT_EQ(wide.code, 0) << wide.err;
        const hdf5::File file = hdf5::open_file(path("kept.h5"));
        const std::size_t variables = describe().variables.size();
        const auto kept = hdf5::read<float>(hdf5::open_dataset(file, "trajectories/value", Type::f32), hdf5::Slab{{0, 0, r}, {quarters, variables, 1}});
        const Table table = parse_csv(read_file(path("t.csv")));
        ASSERT_EQ(table.rows.size(), quarters);
        for (std::size_t q = 0; q < quarters; ++q)
            for (std::size_t v = 0; v < variables; ++v)
                ASSERT_EQ(std::bit_cast<std::uint32_t>(std::strtof(table.rows[q][table.column(describe().variables[v].name)].c_str(), nullptr)), std::bit_cast<std::uint32_t>(kept[q * variables + v]))
                    << "run " << r << ", " << table.rows[q][0] << ", " << describe().variables[v].name;
        const auto names = hdf5::read_texts(hdf5::open_dataset(file, "agents/cell_column", Type::text), hdf5::extent(hdf5::open_dataset(file, "agents/cell_column", Type::text)));
        const auto numbers = hdf5::read<std::uint32_t>(hdf5::open_dataset(file, "agents/cell_agent", Type::u32), {names.size()});
        const auto cells = hdf5::read<float>(hdf5::open_dataset(file, "agents/value", Type::f32), hdf5::Slab{{0, 0, r}, {quarters, names.size(), 1}});
        const Table agents = parse_csv(read_file(path("a.csv")));
        EXPECT_EQ(agents.header, (std::vector<std::string>{"quarter", "column", "agent", "value"}));
        ASSERT_EQ(agents.rows.size(), cells.size());
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const std::vector<std::string>& row = agents.rows[i];
            ASSERT_EQ(row[0], quarter_name(static_cast<int>(i / names.size())));
            ASSERT_EQ(row[1], names[i % names.size()]);
            ASSERT_EQ(row[2], std::to_string(numbers[i % names.size()]));
            ASSERT_EQ(std::bit_cast<std::uint32_t>(std::strtof(row[3].c_str(), nullptr)), std::bit_cast<std::uint32_t>(cells[i])) << row[0] << ", " << row[1] << ", " << row[2];
        }
    }
}

TEST_F(ReplayCommand, PicksTheRunNearestToAQuantile)
{
    const hdf5::File file = hdf5::open_file(path("kept.h5"));
    const std::size_t trust = Description::find(describe().variables, "trust");
    const auto kept = hdf5::read<float>(hdf5::open_dataset(file, "trajectories/value", Type::f32), hdf5::Slab{{64, trust, 0}, {1, 1, 40}}); // 2030Q1
    const auto lowest = std::min_element(kept.begin(), kept.end()) - kept.begin(), highest = std::max_element(kept.begin(), kept.end()) - kept.begin();
    std::vector<float> sorted = kept;
    std::sort(sorted.begin(), sorted.end());
    const auto of = [&](const std::string& pick) {
        const Ran ran = replay(fmt::format("kept.h5 --json --pick '{}'", pick));
        EXPECT_EQ(ran.code, 0) << ran.err;
        return nlohmann::json::parse(ran.out)["run"].get<std::size_t>();
    };
    EXPECT_EQ(of("0% of mean trust at 2030Q1"), static_cast<std::size_t>(lowest));
    EXPECT_EQ(of("100% of mean trust at 2030Q1"), static_cast<std::size_t>(highest));
    const std::size_t middle = of("median of mean trust at 2030Q1");
    EXPECT_TRUE(kept[middle] == sorted[19] || kept[middle] == sorted[20]);
    const Ran text = replay("kept.h5 --pick 'median of mean trust at 2030Q1'");
    EXPECT_NE(text.out.find(fmt::format("Run {} is nearest to the median of 'mean trust at 2030Q1' over 40 runs", middle)), std::string::npos) << text.out;
    for (const auto& [pick, said] : {std::pair{"median of mean trst at 2030Q1", "did you mean 'trust'"}, std::pair{"half of mean trust at 2030Q1", "'median' or a percentage"},
                                     std::pair{"median of mean trust at 2040Q1", "the scenario ends in 2032Q4"}}) {
        const Ran wrong = replay(fmt::format("kept.h5 --pick '{}'", pick));
        EXPECT_EQ(wrong.code, 2) << pick;
        EXPECT_NE(wrong.err.find(said), std::string::npos) << wrong.err;
    }
}

TEST_F(ReplayCommand, AFileWithOtherBitsIsNamedWithTheFirstDifference)
{
    {
        const hid_t file = H5Fopen(path("kept.h5").c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
        const hid_t dataset = H5Dopen2(file, "runs/outcome", H5P_DEFAULT), space = H5Dget_space(dataset);
        const hsize_t at[] = {70, 11}, one[] = {1, 1};
        H5Sselect_hyperslab(space, H5S_SELECT_SET, at, nullptr, one, nullptr);
        const hid_t memory = H5Screate_simple(2, one, nullptr);
        std::uint8_t code = 0;
        H5Dread(dataset, H5T_NATIVE_UINT8, memory, space, H5P_DEFAULT, &code);
        code = code == 1 ? 2 : 1;
        H5Dwrite(dataset, H5T_NATIVE_UINT8, memory, space, H5P_DEFAULT, &code);
        H5Sclose(memory), H5Sclose(space), H5Dclose(dataset), H5Fclose(file);
    }
    EXPECT_EQ(replay("kept.h5 --run 10").code, 0);
    const Ran changed = replay("kept.h5 --run 11");
    EXPECT_EQ(changed.code, 1);
    EXPECT_EQ(changed.out, "");
    EXPECT_NE(changed.err.find("the bits differ. First difference: run 11, 2031Q3: outcome code"), std::string::npos) << changed.err;
}

TEST_F(ReplayCommand, AFileWithoutSingleRunsIsReplayedWithoutAComparison)
{
    const Ran made = run(fmt::format("run '{}/scenarios/baseline.toml' --runs 40 --keep none --set 'horizon = \"2032Q4\"' --out bare.h5", SOURCE_DIR));
    ASSERT_EQ(made.code, 0) << made.err;
    const Ran ran = replay("bare.h5 --run 7");
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_NE(ran.out.find("keeps no single runs to compare with"), std::string::npos) << ran.out;
    EXPECT_TRUE(nlohmann::json::parse(replay("bare.h5 --run 7 --json").out)["identical"].is_null());
    const std::string with = replay("kept.h5 --run 7").out;
    EXPECT_EQ(ran.out.substr(ran.out.find("\n\n")), with.substr(with.find("\n\n"))) << "the same story";
}

TEST_F(ReplayCommand, MistakesAreUsageErrors)
{
    std::ofstream(path("text.h5")) << "no result";
    for (const auto& [arguments, said] :
         {std::pair{"kept.h5 --run 40", "a number from 0 to 39, got 40"}, std::pair{"kept.h5 --run -1", "a number from 0 to 39, got -1"}, std::pair{"kept.h5 --run first", "first"},
          std::pair{"kept.h5", "--run N or --pick"}, std::pair{"kept.h5 --run 1 --pick 'median of mean trust at 2030Q1'", "one of the two"},
          std::pair{"nothing.h5 --run 1", "nothing.h5: cannot open"}, std::pair{"text.h5 --run 1", "text.h5"}, std::pair{"baseline.toml --run 1", "baseline.toml: cannot open"},
          std::pair{"--run 1", "FILE is missing"}, std::pair{"kept.h5 --run 1 --isa v9", "v9"}, std::pair{"kept.h5 --rnu 1", "did you mean '--run'"}}) {
        const Ran ran = replay(arguments);
        EXPECT_EQ(ran.code, 2) << arguments;
        EXPECT_EQ(ran.out, "") << arguments;
        EXPECT_NE(ran.err.find(said), std::string::npos) << arguments << "\n" << ran.err;
    }
    write_file(path("mine.csv"), "mine");
    for (const auto& [file, said] : {std::pair{"kept.h5", "--trajectory: kept.h5: is a result, which no table replaces"},
                                     std::pair{"mine.csv", "--trajectory: mine.csv: is there already; --force replaces it"}}) {
        const std::string before = read_file(path(file));
        const Ran ran = replay(fmt::format("kept.h5 --run 1 --trajectory {}", file));
        EXPECT_EQ(ran.code, 2);
        EXPECT_NE(ran.err.find(said), std::string::npos) << ran.err;
        EXPECT_EQ(read_file(path(file)), before);
    }
    EXPECT_EQ(replay("kept.h5 --run 1 --trajectory kept.h5 --force").code, 2);
    EXPECT_EQ(replay("kept.h5 --run 1 --trajectory mine.csv --force").code, 0);
    EXPECT_EQ(read_file(path("mine.csv")).substr(0, 8), "quarter,");
    const Ran unwritable = replay("kept.h5 --run 1 --trajectory no/such/folder.csv");
    EXPECT_EQ(unwritable.code, 1);
    EXPECT_NE(unwritable.err.find("no/such/folder.csv"), std::string::npos) << unwritable.err;
}

} // namespace
} // namespace entente
