// PRIM held to the trajectories of the EMA workbench 3.0, row by row, and to what can be worked by hand.
#include "analysis/prim.hpp"
#include "analysis/hashed.hpp"
#include "analysis/plain_prim.hpp"
#include "core/csv.hpp"
#include "core/number.hpp"
#include "core/text.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <gtest/gtest.h>

using namespace entente;

namespace {

constexpr auto real = Factor::Kind::number, whole = Factor::Kind::whole, choice = Factor::Kind::choice;

Table mixed_table(const std::string& name) { return parse_csv(read_file(std::string(SOURCE_DIR "/tests/analysis/prim_mixed/") + name)); }
double number(const std::string& text) { return number_in<double>(text).value(); }

/// 2,000 rows of four real columns, two whole ones and two of choices; made by planting two boxes.
Cases mixed()
{
    const Table table = mixed_table("mixed.csv");
    Cases cases;
    for (std::size_t c = 0; c + 1 < table.header.size(); ++c) {
        InputColumn column{.name = table.header[c], .kind = c < 4 ? real : c < 6 ? whole : choice, .choices = {}, .value = {}, .sets = {}};
        if (column.kind == choice) {
            for (const auto& row : table.rows) column.choices.push_back(row[c]);
            std::ranges::sort(column.choices);
            column.choices.erase(std::unique(column.choices.begin(), column.choices.end()), column.choices.end());
        }
        for (const auto& row : table.rows)
            column.value.push_back(column.kind == choice ? static_cast<double>(std::ranges::find(column.choices, row[c]) - column.choices.begin()) : number(row[c]));
        cases.columns.push_back(std::move(column));
    }
    for (const auto& row : table.rows) cases.hits.push_back(number(row.back())), cases.runs.push_back(1);
    return cases;
}

/// What differs from a stored trajectory, one line each.
std::string departures(const Cases& cases, const Trajectory& path, const std::string& box)
{
    const Table steps = mixed_table(fmt::format("mixed_{}_trajectory.csv", box)), limits = mixed_table(fmt::format("mixed_{}_boxlims.csv", box));
    if (steps.rows.size() != path.steps.size()) return fmt::format("{} steps, {} expected", path.steps.size(), steps.rows.size());
    std::string text;
    for (std::size_t i = 0; i < path.steps.size(); ++i) {
        const PrimStep& s = path.steps[i];
        const auto stored = [&](const char* name) { return number(steps.rows[i][steps.column(name)]); };
        if (static_cast<double>(s.in.rows) != stored("n") || s.in.hits != stored("k") || static_cast<double>(s.restricted) != stored("res_dim"))
            text += fmt::format("step {}: n {} k {} restricted {}\n", i, s.in.rows, s.in.hits, s.restricted);
        if (std::abs(s.mass - stored("mass")) > 1e-12 || std::abs(s.density - stored("density")) > 1e-12 || std::abs(s.coverage - stored("coverage")) > 1e-12)
            text += fmt::format("step {}: mass {} density {} coverage {}\n", i, s.mass, s.density, s.coverage);
        const Box at = box_at(path, i);
        for (std::size_t c = 0; c < at.size(); ++c) {
            const std::string &low = limits.rows[2 * i][c], &high = limits.rows[2 * i + 1][c];
            if (at[c].inside.empty()) {
                if (std::abs(at[c].low - number(low)) > 1e-12 || std::abs(at[c].high - number(high)) > 1e-12)
                    text += fmt::format("step {}: {} {} to {}, not {} to {}\n", i, cases.columns[c].name, at[c].low, at[c].high, low, high);
                continue;
            }
            std::vector<std::string> expected = split(low, '|'), inside;
            std::ranges::sort(expected);
            for (std::size_t k = 0; k < at[c].inside.size(); ++k)
                if (at[c].inside[k]) inside.push_back(cases.columns[c].choices[k]);
            if (expected != inside) text += fmt::format("step {}: {}: not {}\n", i, cases.columns[c].name, low);
        }
    }
    return text;
}

TEST(Prim, IsTheReferenceRowByRow)
{
    const Cases cases = mixed();
    const BoxSearch search(cases);
    const CaseCount all = tally_of(cases);
    const std::vector<std::uint32_t> rows = all_rows(cases);
    const Trajectory first = search.find(rows, all);
    EXPECT_EQ(departures(cases, first, "box1"), "");
    std::vector<std::uint32_t> rest = rows;
    const Box taken = box_at(first, first.steps.size() - 1);
    std::erase_if(rest, [&](std::uint32_t r) { return is_inside(cases, taken, r); });
    const Trajectory second = search.find(rest, all);
    EXPECT_EQ(departures(cases, second, "box2"), "");
    EXPECT_NE(departures(cases, search.find(rest, all, {.peel = 0.06}), "box2"), "") << "another peel must be seen";
}

/// Columns of all kinds with ties and negative numbers; a box planted in some of them.
Cases motley(std::uint64_t seed, std::size_t rows, std::uint32_t runs)
{
    Cases cases;
    const std::size_t levels[] = {1000000, 7, 1000000, 40, 5, 4, 3};
    for (std::size_t c = 0; c < 7; ++c) {
        InputColumn column{.name = fmt::format("x{}", c), .kind = c < 3 ? real : c < 5 ? whole : choice, .choices = {}, .value = {}, .sets = {}};
        for (std::size_t k = 0; c >= 5 && k < levels[c]; ++k) column.choices.push_back(std::string(1, static_cast<char>('a' + k)));
        for (std::size_t r = 0; r < rows; ++r) {
            const double level = std::floor(hashed_uniform(10 * seed + c, r) * static_cast<double>(levels[c]));
            column.value.push_back(c < 3 ? level / 1000 - 400 : c < 5 ? level - 3 : level);
        }
        cases.columns.push_back(std::move(column));
    }
    for (std::size_t r = 0; r < rows; ++r) {
        const auto x = [&](std::size_t c) { return cases.columns[c].value[r]; };
        const bool in = x(0) > -100 && x(3) > 4 && x(4) < 1 && x(5) != 1;
        cases.runs.push_back(runs == 1 ? 1 : 1 + static_cast<std::uint32_t>(hashed(10 * seed + 8, r) % runs));
        double hits = 0;
        for (std::uint32_t i = 0; i < cases.runs.back(); ++i) hits += hashed_uniform(10 * seed + 9, r * 100 + i) < (in ? 0.6 : 0.15) ? 1 : 0;
        cases.hits.push_back(hits);
    }
    return cases;
}

TEST(Prim, TakesTheStepsOfThePlainOne)
{
    std::size_t pastes = 0, of_whole = 0, of_choices = 0;
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        const Cases cases = motley(seed, 100 + 10 * (seed % 7), seed % 4 == 1 ? 5 : 1);
        const PrimOptions options{.peel = seed % 2 == 0 ? 0.1 : 0.25, .paste = seed % 5 == 0 ? 0.2 : 0.02, .least_mass = 0.15}; // a box that is not pure, and pastes row by row
        std::vector<std::uint32_t> rows = all_rows(cases);
        if (seed % 4 == 0) std::erase_if(rows, [](std::uint32_t r) { return r % 6 == 1; });
        const PlainPrim plain(cases, rows, options);
        const Trajectory fast = BoxSearch(cases).find(rows, tally_of(cases), options);
        ASSERT_EQ(fast.steps.size(), plain.boxes.size()) << seed;
        for (std::size_t i = 0; i < fast.steps.size(); ++i) {
            ASSERT_EQ(box_at(fast, i), plain.boxes[i]) << seed << ' ' << i;
            ASSERT_EQ(fast.steps[i].in.rows, plain.sizes[i]) << seed << ' ' << i;
            ASSERT_EQ(fast.steps[i].pasted, i > plain.peels) << seed << ' ' << i;
            pastes += fast.steps[i].pasted;
            of_whole += fast.steps[i].pasted && cases.columns[fast.steps[i].column].kind == whole;
            of_choices += fast.steps[i].pasted && cases.columns[fast.steps[i].column].kind == choice;
        }
    }
    EXPECT_GE(pastes, 50u);
    EXPECT_GT(of_whole, 0u);
    EXPECT_GT(of_choices, 0u) << pastes << ' ' << of_whole;
}

Cases one_column(const std::vector<double>& value, const std::vector<double>& hits, Factor::Kind kind = real)
{
    return {.columns = {{.name = "x", .kind = kind, .choices = {}, .value = value, .sets = {}}}, .hits = hits, .runs = std::vector<std::uint32_t>(hits.size(), 1)};
}

TEST(Prim, PeelsByHand)
{
    // 20 rows 0 ... 19, hits in the upper ten. A peel of .1: position 1.9 of 0 ... 18 by halves: between 1 and 2. The limit is 1.5 and 18 rows stay.
    std::vector<double> x, y;
    for (int i = 0; i < 20; ++i) x.push_back(i), y.push_back(i >= 10 ? 1 : 0);
    const Cases cases = one_column(x, y);
    const Trajectory path = BoxSearch(cases).find(all_rows(cases), tally_of(cases), {.peel = 0.1, .least_mass = 0.05});
    ASSERT_GE(path.steps.size(), 3u);
    EXPECT_EQ(path.steps[1].limit, PrimStep::Limit::lower);
    EXPECT_EQ(path.steps[1].to, 1.5);
    EXPECT_EQ(path.steps[1].in.rows, 18u);
    EXPECT_EQ(path.steps[1].coverage, 1);
    EXPECT_EQ(path.steps[1].density, 10.0 / 18);
    EXPECT_EQ(path.steps[1].mass, 0.9);
    EXPECT_EQ(path.steps.back().density, 1) << "when all are hits nothing raises the density, and peeling ends";
    EXPECT_EQ(path.steps.back().in.hits, 10);
    EXPECT_THROW(box_at(path, path.steps.size()), std::out_of_range);
}

TEST(Prim, WeighsRunsNotRows)
{
    // A hundred points of ten runs each are what a thousand rows of one run are, but for mass, which counts points.
    std::vector<double> x, hits;
    for (int i = 0; i < 100; ++i) x.push_back(i), hits.push_back(i < 20 ? 8 : 1);
    Cases points = one_column(x, hits);
    points.runs.assign(100, 10);
    const Trajectory path = BoxSearch(points).find(all_rows(points), tally_of(points));
    EXPECT_EQ(path.steps[0].density, 0.24);
    EXPECT_EQ(path.steps[1].limit, PrimStep::Limit::upper);
    EXPECT_EQ(path.steps[1].in.rows, 95u);
    EXPECT_EQ(path.steps[1].in.runs, 950);
    EXPECT_EQ(path.steps[1].coverage, 235.0 / 240);
    // Points with many runs weigh more: the point at 0 has a million runs without a hit.
    points.runs[0] = 1'000'000, points.hits[0] = 0;
    const Trajectory heavy = BoxSearch(points).find(all_rows(points), tally_of(points));
    EXPECT_EQ(heavy.steps[1].limit, PrimStep::Limit::lower);
}

TEST(Prim, RefusesWhatItCannotRead)
{
    Cases cases = one_column({1, 2, std::nan("")}, {0, 1, 0});
    EXPECT_THROW(BoxSearch{cases}, std::invalid_argument);
    cases = one_column({1, 2.5, 3}, {0, 1, 0}, whole);
    EXPECT_THROW(BoxSearch{cases}, std::invalid_argument);
    cases = one_column({1, 2}, {0, 2});
    EXPECT_THROW(BoxSearch{cases}, std::invalid_argument);
    EXPECT_THROW(BoxSearch{Cases{}}, std::invalid_argument);
    cases = one_column({1, 2}, {0, 1});
    const BoxSearch search(cases);
    for (const PrimOptions& wrong : {PrimOptions{.peel = 0}, PrimOptions{.paste = 1}, PrimOptions{.least_mass = -1}})
        EXPECT_THROW(search.find(all_rows(cases), tally_of(cases), wrong), std::invalid_argument);
}

TEST(Prim, EndsAtOnceWhereNothingCanBeBetter)
{
    for (const double all : {0.0, 1.0}) {
        const Cases cases = one_column({1, 2, 3, 4}, {all, all, all, all});
        EXPECT_EQ(BoxSearch(cases).find(all_rows(cases), tally_of(cases)).steps.size(), 1u);
    }
    const Cases constant = one_column({5, 5, 5, 5}, {0, 1, 0, 1});
    EXPECT_EQ(BoxSearch(constant).find(all_rows(constant), tally_of(constant)).steps.size(), 1u);
    EXPECT_EQ(constant_columns(constant), std::vector<std::size_t>{0});
}

} // namespace
