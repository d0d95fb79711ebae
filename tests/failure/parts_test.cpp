// Folders of parts from anywhere: what they say of themselves is held to their experiment before anything is allocated for it, and nothing outside them is opened.
#include "core/text.hpp"
#include "experiment/consolidate.hpp"
#include "experiment/estimates.hpp"
#include "experiment/merge.hpp"
#include "experiment/small.hpp"
#include "failure/hostile.hpp"
#include "property/jobs.hpp"
#include "write_file.hpp"
#include <cstring>
#include <sys/resource.h>
#include <sys/stat.h>

namespace entente {
namespace {

namespace fs = std::filesystem;
using hostile::words_of;

template <class T> void put(std::string& to, T number) { to.append(reinterpret_cast<const char*>(&number), sizeof number); }
template <class T> T take(std::string_view& from)
{
    T number;
    std::memcpy(&number, from.data(), sizeof number);
    from.remove_prefix(sizeof number);
    return number;
}
void put_texts(std::string& to, const Identity& texts)
{
    for (const auto& [name, text] : texts)
        for (const std::string* s : {&name, &text}) put(to, std::uint64_t{s->size()}), to += *s;
}

/// What a folder's file `experiment` says.
struct Said {
    std::uint32_t number = 0, of = 0;
    std::uint64_t first = 0, end = 0;
    Identity identity, about;
    std::uint64_t more = 0; ///< texts than there are

    explicit Said(const std::string& folder)
    {
        const std::string bytes = read_whole(folder + "/experiment", 0);
        std::string_view from = bytes;
        number = take<std::uint32_t>(from), of = take<std::uint32_t>(from), first = take<std::uint64_t>(from), end = take<std::uint64_t>(from);
        const auto text = [&] {
            const auto n = take<std::uint64_t>(from);
            std::string some(from.substr(0, n));
            from.remove_prefix(n);
            return some;
        };
        for (Identity* texts : {&identity, &about})
            for (auto n = take<std::uint64_t>(from); n > 0; --n) {
                std::string name = text();
                texts->emplace_back(std::move(name), text());
            }
    }
    void write(const std::string& folder) const
    {
        std::string bytes;
        put(bytes, number), put(bytes, of), put(bytes, first), put(bytes, end);
        for (const Identity* texts : {&identity, &about}) put(bytes, texts->size() + more), put_texts(bytes, *texts);
        write_whole(folder + "/experiment", {bytes}, 0, false);
    }
    Key key() const
    {
        std::string bytes;
        put_texts(bytes, identity);
        return key_of(bytes);
    }
};

/// Of many ways to forge, each in turn under a sanitizer only for every eleventh call.
bool is_tried()
{
    static int calls = 0;
    return test_scale() >= 1 || calls++ % 11 == 0;
}

/// What `show` reads of parts.
std::string shown(const std::string& folder)
{
    return words_of([&] {
        Parts parts(folder);
        const Experiment e = experiment_of(parts);
        if (e.sweep) {
            estimate_of(parts, e);
            return;
        }
        Summaries summaries(e, parts);
        summary_so_far(e, parts, summaries);
        estimate_of(parts, e);
    });
}

struct PartsFromAnywhere : testing::Test {
    static TemporaryFolder* folder;
    static std::vector<std::string> runs, sweeps; ///< shards 1 and 2 of 2
    static void SetUpTestSuite()
    {
        folder = new TemporaryFolder;
        Scenario s = scenario("baseline", "horizon = \"2025Q1\"\nagents = { firms = 2, banks = 1, elites = 8 }\n");
        s.runs = 260;
        const Experiment run = plain_experiment(s, one_thread()), sweep = sweep_experiment(parse_sweep(small_sweep, "small.toml"), one_thread(), 2);
        for (const std::uint32_t number : {1u, 2u}) {
            runs.push_back(carry_out(run, {.out = *folder / "run.h5", .shard = number, .shards = 2}).path);
            sweeps.push_back(carry_out(sweep, {.out = *folder / "sweep.h5", .shard = number, .shards = 2}).path);
        }
    }
    static void TearDownTestSuite() { delete folder; }
    static std::string copy(const std::string& from)
    {
        const std::string to = *folder / "copy.parts";
        fs::remove_all(to);
        fs::copy(from, to, fs::copy_options::recursive);
        return to;
    }
    static std::string merged(const std::string& first, const std::string& second)
    {
        return words_of([&] { merge(open_parts({first, second}), *folder / fmt::format("merged{}.h5", ++merges)); });
    }
    static int merges;
};
TemporaryFolder* PartsFromAnywhere::folder = nullptr;
std::vector<std::string> PartsFromAnywhere::runs, PartsFromAnywhere::sweeps;
int PartsFromAnywhere::merges = 0;

TEST_F(PartsFromAnywhere, AreWhatTheyWereIfNobodyChangedThem)
{
    for (const auto* shards : {&runs, &sweeps}) {
        EXPECT_EQ(shown(copy((*shards)[1])), "");
        EXPECT_EQ(merged((*shards)[0], copy((*shards)[1])), "");
    }
}

TEST_F(PartsFromAnywhere, WhoseShardIsNoneAreDamaged)
{
    for (const auto* shards : {&runs, &sweeps})
        for (const std::uint64_t forged : {std::uint64_t{0}, std::uint64_t{2}, std::uint64_t{1} << 31, std::uint64_t{1} << 40, ~std::uint64_t{0}})
            for (const char* field : {"number", "of", "first", "end", "texts"}) {
                if (!is_tried()) continue;
                const std::string there = copy((*shards)[1]), what = field;
                Said said(there);
                if (what == "number") said.number = static_cast<std::uint32_t>(forged);
                if (what == "of") said.of = static_cast<std::uint32_t>(forged);
                if (what == "first") said.first = forged;
                if (what == "end") said.end = forged;
                if (what == "texts") said.more = std::max<std::uint64_t>(forged, 1);
                said.write(there);
                const bool honest = said.more == 0 && ((what == "number" && said.number == 2) || (what == "of" && said.of == 2) || (what == "end" && said.end == 2));
                EXPECT_EQ(shown(there).empty(), honest) << field << " " << forged;
                EXPECT_EQ(merged((*shards)[0], there).empty(), honest) << field << " " << forged;
            }
}

TEST_F(PartsFromAnywhere, WhoseTextsContradictEachOtherAreRefusedInWords)
{
    for (const auto* shards : {&runs, &sweeps}) {
        const std::size_t texts = Said((*shards)[1]).about.size();
        for (std::size_t i = 0; i < texts; ++i)
            for (const char* forged : {"", "-1", "4000000000", "99999999999999999999", "\x1b[31m\n", "extends = \"/dev/zero\""}) {
                if (!is_tried()) continue;
                const std::string there = copy((*shards)[1]);
                Said said(there);
                said.about[i].second = forged;
                said.write(there);
                const std::string words = shown(there), &name = said.about[i].first;
                if (name == "seed" || name == "runs" || name == "replicates" || name == "scenario_resolved" || name == "precision" || name == "keep") {
                    EXPECT_TRUE(!words.empty() || (name == "seed" && std::string(forged) == "4000000000") || (shards == &sweeps && name != "scenario_resolved")) << name << " " << forged;
                }
            }
    }
}

// What it says of its experiment, and what it goes by, are one.
TEST_F(PartsFromAnywhere, ThatShowAnotherScenarioThanTheirOwnAreDamaged)
{
    const auto text_of = [](Said& said, const char* name) -> std::string& { return std::ranges::find(said.about, name, &std::pair<std::string, std::string>::first)->second; };
    for (const auto* shards : {&runs, &sweeps})
        for (const char* engine : {"", "another"}) { // of a sweep it knows no other's way to write policies
            if (shards == &sweeps && *engine != '\0') continue;
            const std::string there = copy((*shards)[0]);
            Said said(there);
            std::string& text = text_of(said, "scenario_resolved");
            const std::size_t at = text.find("\nkappa = ");
            ASSERT_NE(at, std::string::npos);
            text.replace(at, text.find('\n', at + 1) - at, "\nkappa = 0.4321");
            if (*engine != '\0') text_of(said, "engine_sources") = std::ranges::find(said.identity, "engine", &std::pair<std::string, std::string>::first)->second = engine;
            said.write(there);
            EXPECT_NE(shown(there).find("is damaged: what it says of its experiment contradicts itself"), std::string::npos) << shown(there);
            EXPECT_NE(merged(there, (*shards)[1]), "");
        }
}

// The limit is an option, of which only the identity tells.
TEST_F(PartsFromAnywhere, OfLimitedRunsAreShownAndMerged)
{
    Scenario s = scenario("baseline", "horizon = \"2025Q1\"\nagents = { firms = 2, banks = 1, elites = 8 }\n");
    s.runs = 260;
    EnsembleOptions options = one_thread();
    options.run_limit_s = 60;
    const Experiment run = plain_experiment(s, options);
    std::vector<std::string> shards;
    for (const std::uint32_t number : {1u, 2u}) shards.push_back(carry_out(run, {.out = *folder / "limited.h5", .shard = number, .shards = 2}).path);
    EXPECT_EQ(shown(shards[0]), "");
    EXPECT_EQ(merged(shards[0], shards[1]), "");
}

/// Bytes of memory that a program has held at most.
long peak()
{
    struct rusage used = {};
    getrusage(RUSAGE_SELF, &used);
    return used.ru_maxrss * 1024;
}

// A file may say any length, and hold little.
TEST_F(PartsFromAnywhere, ThatAreLongAreNotHeldInMemory)
{
    const std::string there = copy(runs[1]), mark = read_file(there + "/state").substr(0, 15);
    const long before = peak();
    for (const char* name : {"/0000000007.part", "/state"}) {
        write_file(there + name, mark);
        fs::resize_file(there + name, std::uintmax_t{1} << 30);
    }
    const Parts parts(there);
    EXPECT_EQ(parts.damaged(), std::vector<std::string>{there + "/0000000007.part"});
    EXPECT_TRUE(parts.has_damaged_state());
    EXPECT_EQ(parts.finished(), Parts(copy(runs[1])).finished());
    EXPECT_LT(peak() - before, 128 << 20);
}

/// Each count of a piece, and all bytes of what is counted, made others; under a hash that is right.
TEST_F(PartsFromAnywhere, WhosePiecesAreForgedAreRefusedInWords)
{
    for (const auto* shards : {&runs, &sweeps}) {
        const Key key = Said((*shards)[1]).key();
        const std::string file = fs::directory_iterator(copy((*shards)[1]))->path().parent_path().string();
        std::string part;
        for (const fs::directory_entry& entry : fs::directory_iterator(file))
            if (entry.path().extension() == ".part") part = entry.path().string();
        const Frame frame = read_frames(part, key).whole.at(0);
        const std::string honest = read_file(part).substr(frame.offset, frame.size);
        const auto forge = [&](const std::string& bytes, std::uint64_t number) {
            GrowingFile made(part, key);
            made.append(number, bytes);
            made.finish(false);
            return shown(file) + merged((*shards)[0], file);
        };
        EXPECT_EQ(forge(honest, frame.number), "");
        // outcomes, quarters, kept, codes, events, failed quarters, variables and values, trajectories, agents, fingerprint
        std::size_t at = 0;
        for (const std::size_t size : {8, 0, 4, 1, 2, 2, 2, 4, 4, 4, 8}) {
            std::uint64_t n = 0;
            std::memcpy(&n, honest.data() + at, sizeof n);
            for (const std::uint64_t other : {std::uint64_t{0}, n + 1, std::uint64_t{1} << 32, ~std::uint64_t{0}, ~std::uint64_t{0} / 8 + 1}) {
                if (other == n || !is_tried()) continue;
                std::string bytes = honest;
                std::memcpy(bytes.data() + at, &other, sizeof other);
                EXPECT_NE(forge(bytes, frame.number), "") << at << " " << other;
            }
            at += 8;
            for (const char filled : {'\x7f', '\xff', '\x00'}) {
                if (!is_tried()) continue;
                std::string bytes = honest;
                std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), n * size, filled);
                const std::string words = forge(bytes, frame.number);
                if (filled == '\x7f' && size == 2 && n > 0) { EXPECT_NE(words, "") << at; }
            }
            at += n * size;
        }
        EXPECT_NE(forge(honest.substr(0, honest.size() - 1), frame.number), "");
        EXPECT_NE(forge("", frame.number), "");
        EXPECT_NE(forge(honest, ~std::uint64_t{0}), "");
    }
}

TEST_F(PartsFromAnywhere, WhoseStateIsForgedCountForNothingOrAreDamaged)
{
    const std::string there = copy(runs[1]);
    const Key key = Said(there).key();
    const std::string honest = read_whole(there + "/state", key);
    ASSERT_GT(honest.size(), 100u);
    for (std::size_t at = 0; at < 80; at += 4)
        for (const std::uint32_t forged : {0u, 1u, 0x7fffffffu, 0xffffffffu}) {
            std::string bytes = honest;
            std::memcpy(bytes.data() + at, &forged, sizeof forged);
            if (bytes == honest || !is_tried()) continue;
            write_whole(there + "/state", {bytes}, key, false);
            shown(there), merged(runs[0], there); // neither crashes, nor has no memory
        }
    for (const std::string& bytes :
         {std::string(), honest.substr(0, 7), honest.substr(0, 8), honest.substr(0, honest.size() / 2), std::string(honest.size(), '\xff'), std::string(honest.size(), '\x7f')}) {
        write_whole(there + "/state", {bytes}, key, false);
        EXPECT_NE(merged(runs[0], there), "");
    }
}

TEST_F(PartsFromAnywhere, LeadNowhereElse)
{
    const std::string there = copy(runs[1]), victim = write_file(*folder / "victim", "mine");
    const Said said(there);
    fs::create_symlink(victim, there + "/0000000007.part");
    fs::create_symlink(victim, there + "/0000000008.part.writing");
    ASSERT_EQ(::mkfifo((there + "/0000000009.part").c_str(), 0600), 0);
    EXPECT_EQ(Parts(there).damaged().size(), 2u);
    fs::remove(there + "/state"), fs::create_symlink(victim, there + "/state");
    EXPECT_EQ(Parts(there).read_state(), "");
    EXPECT_TRUE(words_of([&] { GrowingFile(there + "/0000000008.part", 1); }).ends_with("is there and is no regular file"));
    EXPECT_TRUE(words_of([&] { write_whole(there + "/0000000008.part", {"x"}, 1, false); }).ends_with("is there and is no regular file"));
    fs::create_symlink(victim, *folder / "result.h5.writing");
    EXPECT_TRUE(words_of([&] { ResultWriter(*folder / "result.h5", small_scenario(1), {}, Keep::none); }).ends_with("is there and is no regular file"));
    EXPECT_EQ(read_file(victim), "mine");
}

} // namespace
} // namespace entente
