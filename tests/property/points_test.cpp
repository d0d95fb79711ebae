// A block may hold runs of different design points: each runs as if it were alone.
#include "property/jobs.hpp"

using namespace entente;

namespace {

/// One job with the runs of several blocks in turn: run r is run r / n of block r mod n. The blocks' switches and mutes must agree.
Job interleave(const std::vector<Block>& blocks)
{
    const std::size_t n = blocks.size(), each = blocks[0].job.runs(), runs = n * each;
    Job job = blocks[0].job;
    job.points.resize(runs), job.replicates.resize(runs);
    const auto weave = [&](auto& to, auto member) {
        const std::size_t rows = (blocks[0].job.*member).size() / each;
        to.resize(rows * runs);
        for (std::size_t row = 0; row < rows; ++row)
            for (std::size_t r = 0; r < runs; ++r) to[row * runs + r] = (blocks[r % n].job.*member)[row * each + r / n];
    };
    weave(job.parameters, &Job::parameters);
    weave(job.structures, &Job::structures);
    for (std::size_t r = 0; r < runs; ++r) job.points[r] = blocks[r % n].job.points[r / n], job.replicates[r] = blocks[r % n].job.replicates[r / n];
    return job;
}

void expect_each_alone(const std::vector<Block>& blocks)
{
    const Job woven = interleave(blocks);
    for (const char* precision : {"double", "single"}) {
        const Kernel kernel = choose_kernel(precision);
        const BlockResult together = kernel.run(woven);
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            const BlockResult alone = kernel.run(blocks[b].job);
            for (std::size_t i = 0; i < blocks[b].job.runs(); ++i)
                EXPECT_EQ(difference(OneRun{blocks[b].job, alone, i}, OneRun{woven, together, i * blocks.size() + b}), "") << precision << ", point " << b << ", run " << i;
        }
    }
}

std::vector<Block> blocks_of(const std::vector<std::string>& overlays)
{
    std::vector<Block> blocks;
    for (const std::string& overlay : overlays) blocks.push_back(block(scenario("baseline", overlay), 5, 80));
    return blocks;
}

TEST(Points, WithDifferentCoursesDoNotMix)
{
    expect_each_alone(blocks_of({"", "[levers]\nwestern_carrot = 1\nsanctions_push = { step = 0.3, from = \"2026Q2\" }\n[events]\npeace = \"2026Q1\"",
                                 "[events]\ntaiwan_war = \"2027Q1\"\ndeath = \"2026Q3\"\n[levers]\nsanctions_push = -0.2"}));
}

TEST(Points, WithDifferentParametersAndStructuresDoNotMix)
{
    expect_each_alone(blocks_of({"", "draw = \"defaults\"\n[parameters]\nk_dn = 0.1", "[structures]\ndep = \"pawn\"\nnetwork = \"siloed\"\ncovert = \"restrained_until_2023\""}));
}

// The same thing imposed twice by one point (history, then a pin), once by another, from other quarters on by a third.
TEST(Points, WithDifferentPinsDoNotMix)
{
    expect_each_alone(blocks_of({"", "[pins]\nus_sanctions = { set = 0.5, from = \"2025Q1\", to = \"2027Q1\" }\ntrust = { hold = true, from = \"2018Q1\", to = \"2019Q4\" }",
                                 "[pins]\ntrust = { add = -0.1, from = \"2025Q3\", to = \"2025Q3\" }\nwar_state = { set = 2, from = \"2025Q1\", to = \"2028Q4\" }"}));
}

// A point that imposes a lever in two courses keeps both, beside a point that imposes it in one.
TEST(Points, MayImposeOneLeverInTwoCourses)
{
    const std::size_t lever = Description::find(describe().levers, "sanctions_push");
    const auto course = [&](int from, int to, double value) {
        Course c{.target = Target::lever, .index = lever, .how = {}, .value = {}};
        c.how.assign(80, Imposition::none), c.value.assign(80, 0);
        for (int q = from; q < to; ++q) c.how[static_cast<std::size_t>(q)] = Imposition::set, c.value[static_cast<std::size_t>(q)] = value;
        return c;
    };
    std::vector<Block> blocks = blocks_of({"", ""}), whole = blocks_of({""});
    blocks[0].point->courses.push_back(course(44, 60, -0.3));
    blocks[0].point->courses.push_back(course(60, 80, 0.2));
    blocks[1].point->courses.push_back(course(44, 80, 0.1));
    expect_each_alone(blocks);
    Course both = course(44, 80, -0.3);
    for (std::size_t q = 60; q < 80; ++q) both.value[q] = 0.2;
    whole[0].point->courses.push_back(both);
    const Kernel kernel = choose_kernel("double");
    EXPECT_EQ(difference(whole[0].job, kernel.run(whole[0].job), kernel.run(blocks[0].job)), "");
}

} // namespace
