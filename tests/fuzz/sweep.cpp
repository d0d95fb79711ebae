#include "design/kinds.hpp"
#include "design/sweep.hpp"
#include "targets.hpp"

// A sweep's file. Points that are few are made, and their table gives the same ones back.
void entente::fuzz::sweep(std::string_view bytes)
{
    constexpr std::uint64_t few = 256;
    Sweep read;
    Design made;
    try {
        read = parse_sweep(std::string(bytes), SOURCE_DIR "/tests/fuzz/corpus/sweep/fuzzed.toml");
        if (read.factors.empty() || read.design.kind == &designs::table || point_count(read.factors, read.design) > few) return;
        made = make_design(read.factors, read.design);
    } catch (const ScenarioErrors& refused) {
        require(!refused.problems.empty(), "what is refused has a problem");
        return;
    }
    const Design again = read_table(design_csv(made, read.factors), "made.csv", read.factors).design;
    require(again.points == made.points && again.value == made.value, "a design's table holds its values");
}
