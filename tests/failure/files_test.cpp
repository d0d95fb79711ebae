// Results from anywhere: whatever a file holds, what reads it says so in words, and neither crashes nor allocates what it says, nor reads or runs anything else.
#include "analysis/robustness.hpp"
#include "experiment/again_sweep.hpp"
#include "experiment/asked.hpp"
#include "experiment/estimates.hpp"
#include "experiment/expectations.hpp"
#include "experiment/paired_runs.hpp"
#include "experiment/paired_sweeps.hpp"
#include "experiment/small.hpp"
#include "experiment/two_results.hpp"
#include "failure/hostile.hpp"
#include "property/jobs.hpp"
#include "report/difference.hpp"
#include "report/documents.hpp"
#include "report/result.hpp"
#include "report/sweep.hpp"
#include "report/work.hpp"
#include "store/rules.hpp"
#include "write_file.hpp"

namespace entente {
namespace {

using hostile::Change, hostile::words_of;

Scenario tiny_scenario()
{
    Scenario s = scenario("baseline", "horizon = \"2025Q4\"\nagents = { firms = 2, banks = 1, elites = 8 }\n");
    s.runs = 12;
    return s;
}
Experiment tiny_run(Keep keep)
{
    EnsembleOptions options = one_thread();
    options.keep = keep;
    return plain_experiment(tiny_scenario(), options, {precision_in("succession by 2025Q2 within 0.9").value()}, "", {.dial_futures = 2, .readings = 2});
}
Experiment tiny_sweep() { return sweep_experiment(parse_sweep(small_sweep, "small.toml"), one_thread(), 2); }

/// The honest files, made once.
struct Files : testing::Test {
    static TemporaryFolder* folder;
    static void SetUpTestSuite()
    {
        folder = new TemporaryFolder;
        carry_out(tiny_run(Keep::agents), {.out = *folder / "run.h5"});
        carry_out(tiny_sweep(), {.out = *folder / "sweep.h5"});
    }
    static void TearDownTestSuite() { delete folder; }
    static std::string honest(const char* name) { return *folder / name; }
    /// A copy of an honest file with a change.
    static std::string changed(const std::string& from, const std::string& variable, Change change)
    {
        const std::string to = *folder / "changed.h5";
        std::filesystem::copy_file(from, to, std::filesystem::copy_options::overwrite_existing);
        hostile::apply(to, variable, change, from);
        return to;
    }
    /// Every variable with some of the changes in turn, so that each change meets many variables; under a sanitizer every third with one.
    template <class Use> static void each(const std::string& from, Use use)
    {
        const std::vector<std::string> variables = hostile::variables_of(from);
        EXPECT_GT(variables.size(), 40u);
        constexpr std::size_t changes = std::size(hostile::change_names);
        const std::size_t step = test_scale() < 1 ? changes : changes / 2, stride = test_scale() < 1 ? 3 : 1;
        for (std::size_t v = 0; v < variables.size(); v += stride)
            for (std::size_t c = v % step; c < changes; c += step) {
                SCOPED_TRACE(fmt::format("{}: {}", variables[v], hostile::change_names[c]));
                use(variables[v], static_cast<Change>(c), changed(from, variables[v], static_cast<Change>(c)));
            }
    }
};
TemporaryFolder* Files::folder = nullptr;

void use_run(const std::string& file, const std::string& other)
{
    words_of([&] {
        const StoredResult r = read_result(file);
        report::text_of(r, file, report::Looks{}), report::printed(report::document("result", r.provenance), report::json_of(r, file));
    });
    words_of([&] { report::text_of(difference_of(file, other), file, other), report::text_of(difference_of(other, file), other, file); });
    words_of([&] { compare_results(pair_results(file, other), {}); });
    words_of([&] {
        const ReplaySource source = replay_source(file);
        replay_run(source, 3, choose_kernel("double"), one_thread(), file);
        source.failed();
    });
}

void use_sweep(const std::string& file, const std::string& other)
{
    words_of([&] {
        const StoredSweep s = read_sweep_result(file);
        const SweepEstimate e = estimate_of(s, file);
        report::text_of(e, s, file), report::printed(report::document("sweep", s.head.provenance), report::json_of(e, s, file));
        for (std::size_t o = 0; o < s.head.outcomes.size(); ++o) read_outcome(file, o);
    });
    words_of([&] {
        const SweepHead h = read_sweep_result(file).head;
        robustness(performance_of(read_outcome(file, 0), h.policies.size(), h.replicates, h.points), {.resamples = 100});
    });
    words_of([&] { repeat_sweep(read_sweep_result(file), file, one_thread()); });
    words_of([&] { report::text_of(difference_of(file, other), file, other), report::text_of(difference_of(other, file), other, file); });
    words_of([&] { compare_sweeps(pair_sweeps(other, file)); });
    words_of([&] {
        const ReplaySource source = replay_source(file, read_sweep_result(file), "no deals", 5);
        replay_run(source, 1, choose_kernel("double"), one_thread(), file);
        source.failed();
    });
}

const store::VariableText& row_of(const std::string& name)
{
    return *std::ranges::find_if(store::variables(), [&](const store::VariableText& v) { return name == fmt::format("{}/{}", v.group, v.name); });
}

/// Whether the change is one of storage or shape, which no variable may have. Texts neither lie outside nor are views: they are made empty instead.
bool is_refused(const store::VariableText& variable, Change change)
{
    if (variable.type == store::Type::text && (change == Change::outside || change == Change::views)) return false;
    return change != Change::removed && change != Change::ones && change != Change::extremes && change != Change::zeros && change != Change::no_numbers && change != Change::crumbs;
}

TEST_F(Files, OfRunsAreReadOrRefusedInWords)
{
    each(honest("run.h5"), [&](const std::string& variable, Change change, const std::string& file) {
        const std::string said = words_of([&] { read_result(file); });
        if (is_refused(row_of(variable), change)) { EXPECT_TRUE(said.starts_with(file)) << said; }
        if (said.empty() && !store::is_label(row_of(variable))) use_run(file, honest("run.h5"));
    });
}

TEST_F(Files, OfSweepsAreReadOrRefusedInWords)
{
    each(honest("sweep.h5"), [&](const std::string& variable, Change change, const std::string& file) {
        const std::string said = words_of([&] { read_sweep_result(file); });
        if (is_refused(row_of(variable), change)) { EXPECT_TRUE(said.starts_with(file)) << said; }
        if (said.empty()) use_sweep(file, honest("sweep.h5"));
    });
}

// Every variable of data: what is read without a word is found by its runs, or named as not compared.
TEST_F(Files, AreHeldToTheirRuns)
{
    const std::string file = honest("run.h5");
    EXPECT_FALSE(repeat(read_result(file), file, one_thread()).departure);
    for (const std::string& name : hostile::variables_of(file)) {
        const store::VariableText& row = row_of(name);
        if (std::string_view(row.group) == "provenance" || store::is_label(row) || test_scale() < 1) continue;
        const std::string forged = changed(file, name, Change::extremes);
        const std::string said = words_of([&] {
            const Repeated again = repeat(read_result(forged), forged, one_thread());
            EXPECT_TRUE(again.departure || std::ranges::count(again.not_compared, name) == 1) << name;
            if (again.departure) { EXPECT_NE(report::text_of(*again.departure), "") << name; }
        });
        if (!said.empty()) { EXPECT_TRUE(said.starts_with(forged)) << said; }
    }
}

/// A result of a summary that is none, with a checksum that is right.
std::string forged(const std::string& path, const std::function<void(Summary&, Provenance&)>& forge, const StoredResult& honest)
{
    const Scenario scenario = tiny_scenario();
    StoredResult r = honest;
    forge(r.summary, r.provenance);
    r.provenance.keep = "none";
    ResultWriter(path, scenario, r.provenance, Keep::none).finish(r.summary, 1, true);
    return words_of([&] { read_result(path); });
}

TEST_F(Files, WhoseNumbersCannotBeAreDamaged)
{
    const StoredResult honest = read_result(Files::honest("run.h5"));
    const std::string path = *folder / "forged.h5";
    EXPECT_EQ(forged(
                  path, [](Summary&, Provenance&) {}, honest),
              "");
    const auto faults = {
        forged(
            path, [](Summary& s, Provenance&) { s.runs = 4'000'000'000; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.failed = 13; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.failed = 1; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.start = 4'000'000'000; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { std::swap(s.code_count[31], *std::ranges::max_element(s.code_count.begin(), s.code_count.begin() + 31)); }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.code_count[5] = 12; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.event_count[3] = 13; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.mean[3] = std::nan(""); }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.mean[3] = s.most[3] + 1; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.least[3] = s.mean[3] + 1; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.sd[3] = -1e-9; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.quantile[3] = HUGE_VALF; }, honest),
        forged(
            path, [](Summary& s, Provenance&) { s.attribution_quarter = 30000; }, honest),
        forged(
            path, [](Summary&, Provenance& p) { p.runs = 11; }, honest),
        forged(
            path, [](Summary&, Provenance& p) { p.precision = "triple"; }, honest),
        forged(
            path, [](Summary&, Provenance& p) { p.engine_version = "\x1b[2J"; }, honest),
    };
    for (const std::string& fault : faults) EXPECT_TRUE(fault.starts_with(path + ": is damaged: ")) << fault;
}

// What HDF5 would search for long, or what would be read many times over.
TEST_F(Files, WhoseVariablesAreOneOrInCrumbsAreRefused)
{
    const auto said = [](const char* variable, Change change) { return words_of([&] { read_result(changed(Files::honest("run.h5"), variable, change)); }); };
    EXPECT_TRUE(said("summary/sd", Change::named_twice).ends_with("is damaged: 'summary/sd' is another variable too"));
    EXPECT_THROW(read_result(*folder / "changed.h5"), DamagedFile);
    EXPECT_TRUE(said("summary/quantile", Change::crumbs).ends_with("cannot read 'summary/quantile': its chunks are too small"));
}

TEST_F(Files, WhoseTextsAreTooLongAreRefused)
{
    const std::string path = *folder / "long.h5";
    EXPECT_TRUE(forged(
                    path, [](Summary&, Provenance& p) { p.command_line.assign((4 << 20) + 1, 'x'); }, read_result(Files::honest("run.h5")))
                    .ends_with("its texts are damaged"));
}

// A result's scenario may say any number of runs; all at once they would take more than any machine has.
TEST_F(Files, WhoseRunsTakeTooMuchMemoryAreNotSimulatedAgain)
{
    Scenario s = tiny_scenario();
    s.runs = 1'000'000'000;
    const std::vector<Quantity> many(1000, parse_quantity("mean trust at 2025Q4"));
    EXPECT_TRUE(words_of([&] { sample(s, many, one_thread()); }).starts_with("1000000000 runs need 8"));
}

TEST_F(Files, OfExpectationsThatAreNoneAreDamaged)
{
    StoredResult r = read_result(Files::honest("run.h5"));
    r.provenance.scenario_resolved += "\n[[expect]]\nquantity = \"nonsense\"\nleast = 0\n";
    EXPECT_EQ(words_of([&] { expected_of(r, "r.h5"); }), "r.h5: is damaged: it expects 'nonsense', which is no quantity");
}

TEST_F(Files, ThatNameOtherFilesReadNone)
{
    const StoredResult honest = read_result(Files::honest("run.h5"));
    const std::string path = *folder / "forged.h5", other = write_file(*folder / "other.toml", "title = \"Other\"\nassumes = \"nothing\"\n");
    StoredResult r = honest;
    r.provenance.scenario_resolved = "extends = \"" + other + "\"\n" + r.provenance.scenario_resolved;
    EXPECT_TRUE(words_of([&] { repeat(r, path, one_thread()); }).ends_with("a result's scenario is whole and extends nothing"));
    r.provenance.scenario_resolved += "\n[[expect]]\nquantity = \"succession by 2025Q2\"\nleast = 0\n";
    EXPECT_TRUE(words_of([&] { expected_of(r, path); }).ends_with("a result's scenario is whole and extends nothing"));
    StoredSweep s = read_sweep_result(Files::honest("sweep.h5"));
    s.head.provenance.scenario_resolved = "";
    EXPECT_EQ(words_of([&] { experiment_of(s, path); }), path + ": is damaged: its sweep has no scenario");
}

TEST_F(Files, WhoseEstimatesCannotBeAreDamaged)
{
    const StoredSweep honest = read_sweep_result(Files::honest("sweep.h5"));
    const auto fault = [&](const std::function<void(SweepHead&, SweepEstimates&)>& forge) {
        StoredSweep s = honest;
        forge(s.head, s.estimates);
        return store::fault_of(s.head, s.estimates);
    };
    EXPECT_EQ(fault([](SweepHead&, SweepEstimates&) {}), "");
    EXPECT_NE(fault([](SweepHead&, SweepEstimates& e) { e.estimate[0] = e.high[0] = HUGE_VAL; }), "");
    EXPECT_NE(fault([](SweepHead&, SweepEstimates& e) { e.estimate[0] = 1, e.low[0] = 2, e.high[0] = 3; }), "");
    EXPECT_NE(fault([](SweepHead&, SweepEstimates& e) { e.estimate[0] = 1, e.low[0] = 0, e.high[0] = std::nan(""); }), "");
    EXPECT_NE(fault([](SweepHead&, SweepEstimates& e) { e.estimate[0] = 1, e.low[0] = -1e31; }), "");
    EXPECT_NE(fault([](SweepHead& h, SweepEstimates&) { h.values[0] = -HUGE_VAL; }), "");
}

TEST_F(Files, ThatSayAWideIntervalIsNarrowEnoughAreDamaged)
{
    StopReport stop{.enough = true, .replicates = 512, .most = 1024, .least = 256, .known = {{.outcome = "x", .interval = {.estimate = 1, .low = 0, .high = 2, .used = 512}, .half_width = 1}}};
    EXPECT_EQ(store::fault_of(stop), "");
    stop.known[0].interval.high = HUGE_VAL;
    EXPECT_NE(store::fault_of(stop), "");
    stop.enough = false;
    EXPECT_EQ(store::fault_of(stop), "");
}

// What a file says twice, it must say alike.
TEST_F(Files, OfSweepsThatContradictTheirTextAreDamaged)
{
    const StoredSweep honest = read_sweep_result(Files::honest("sweep.h5"));
    const auto said = [&](const std::function<void(SweepHead&)>& forge) {
        StoredSweep s = honest;
        forge(s.head);
        return words_of([&] { experiment_of(s, "s.h5"); });
    };
    EXPECT_EQ(said([](SweepHead&) {}), "");
    EXPECT_NE(said([](SweepHead& h) { h.policies.push_back("third"); }), "");
    EXPECT_NE(said([](SweepHead& h) { h.policies[0] = "other"; }), "");
    EXPECT_NE(said([](SweepHead& h) { h.outcomes.pop_back(); }), "");
    EXPECT_NE(said([](SweepHead& h) { h.factors.pop_back(); }), "");
    EXPECT_NE(said([](SweepHead& h) { h.points = 1'000'000; }), "");
    EXPECT_NE(said([](SweepHead& h) { h.replicates = 0; }), "");
    EXPECT_NE(said([](SweepHead& h) { h.replicates = 4'000'000'000; }), "");
    EXPECT_NE(said([](SweepHead& h) { h.quarters = 7; }), "");
    for (const double value : {-1.0, 0.5, 3.0, 1e300, std::nan("")}) EXPECT_NE(said([&](SweepHead& h) { h.values[1] = h.values[2] = value; }), "") << value; // of the two choices
}

} // namespace
} // namespace entente
