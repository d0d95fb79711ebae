// What the program writes into the documents is what it would write today. ENTENTE_UPDATE=1 writes it anew.
#include "calibrate/observed.hpp"
#include "core/csv.hpp"
#include "core/temporary_folder.hpp"
#include "core/text.hpp"
#include "model/drivers.hpp"
#include "model/meanings.hpp"
#include "shell.hpp"
#include "report/documents.hpp"
#include "store/store.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <functional>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <regex>

using namespace entente;

namespace {

bool update() { return std::getenv("ENTENTE_UPDATE") != nullptr; }

std::string output_of(const std::string& arguments, const std::string& folder = ".")
{
    const Ran ran = shell(fmt::format("cd '{}' && LC_ALL=C.UTF-8 '{}' {}", folder, PROGRAM, arguments));
    EXPECT_EQ(ran.code, 0) << arguments << ": " << ran.output;
    return ran.code == 0 ? ran.output : "";
}

std::string first_difference(const std::string& is, const std::string& should)
{
    const std::vector<std::string> a = split(is, '\n'), b = split(should, '\n');
    std::size_t i = 0;
    while (i < a.size() && i < b.size() && a[i] == b[i]) ++i;
    return fmt::format("line {}:\n  is     {}\n  should {}\nENTENTE_UPDATE=1 ./entente test -R Generated writes it anew", i + 1, i < a.size() ? a[i] : "(end)", i < b.size() ? b[i] : "(end)");
}

std::string_view trim_lines(std::string_view text)
{
    while (!text.empty() && text.front() == '\n') text.remove_prefix(1);
    while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
    return text;
}

TEST(Generated, TablesInTheModelsDescription)
{
    const std::string path = SOURCE_DIR "/engine/model/ODD.md", mark = "<!-- generated: ", close = " -->\n", end_mark = "<!-- end -->";
    std::string text = read_file(path);
    std::size_t blocks = 0;
    for (std::size_t at = 0; (at = text.find(mark, at)) != std::string::npos; ++blocks) {
        const std::size_t name_at = at + mark.size(), name_end = text.find(close, name_at), begin = name_end + close.size(), end = text.find(end_mark, begin);
        ASSERT_NE(end, std::string::npos) << "a block without an end";
        const std::string name = text.substr(name_at, name_end - name_at), is = text.substr(begin, end - begin), should = output_of("describe model --block " + name);
        ASSERT_FALSE(should.empty()) << name;
        if (update()) {
            text.replace(begin, end - begin, should);
        } else {
            EXPECT_TRUE(is == should) << "ODD.md, block " << name << ", " << first_difference(is, should);
        }
        at = begin;
    }
    EXPECT_GT(blocks, 0u);
    if (update()) write_file(path, text);
}

/// Mechanisms: derived quantities and outcomes are pages, but none.
TEST(Generated, NumbersInTheReadme)
{
    const std::string path = SOURCE_DIR "/README.md";
    std::string text = read_file(path);
    static const std::regex numbers(R"(with \d+ mechanisms that carry \d+ of \d+ claims)");
    std::smatch found;
    ASSERT_TRUE(std::regex_search(text, found, numbers));
    const Table claims = parse_csv(read_file(SOURCE_DIR "/engine/model/claims.csv"));
    const auto left_out = std::ranges::count_if(claims.rows, [&](const auto& row) { return row[claims.column("kind")] == "left_out"; });
    const std::string is = found.str(), should = fmt::format("with {} mechanisms that carry {} of {} claims", describe().mechanisms.size() - 2,
                                                             static_cast<long>(claims.rows.size()) - left_out, claims.rows.size());
    if (update()) {
        text.replace(static_cast<std::size_t>(found.position()), is.size(), should);
        write_file(path, text);
    } else {
        EXPECT_EQ(is, should);
    }
}

/// Holds what stands in README.md between a mark and the next end to what should, or writes it.
void hold_readme(const std::string& mark, const std::string& should)
{
    const std::string path = SOURCE_DIR "/README.md", begin_mark = "<!-- " + mark + " -->\n", end_mark = "<!-- end -->";
    std::string text = read_file(path);
    const std::size_t at = text.find(begin_mark), begin = at + begin_mark.size(), end = text.find(end_mark, begin);
    ASSERT_NE(at, std::string::npos) << mark;
    ASSERT_NE(end, std::string::npos) << mark;
    const std::string is = text.substr(begin, end - begin);
    if (update()) {
        text.replace(begin, end - begin, should);
        write_file(path, text);
    } else {
        EXPECT_TRUE(is == should) << "README.md, " << first_difference(is, should);
    }
}

std::string classes_text()
{
    std::string text = "| class | what it means |\n|---|---|\n";
    for (const int c : class_order) text += fmt::format("| {} | {} |\n", class_names[c], class_meanings[c]);
    return text;
}

/// "+0.021 (+0.015 to +0.027)", shares in points.
std::string effect_text(const nlohmann::json& effect, double scale, int digits)
{
    const auto number = [&](const char* key) { return fmt::format("{:+.{}f}", scale * effect[key].get<double>(), digits); };
    return fmt::format("{} ({} to {})", number("mean"), number("low"), number("high"));
}

/// Of each driver its dial, its variable and what its ends change, as far as the answer has it.
std::string drivers_text(const nlohmann::json& answer)
{
    const nlohmann::json& effects = answer["drivers"];
    std::string text = "| driver | dial | shown by |", under = "|---|---|---|";
    if (!effects.is_null()) {
        text += fmt::format(" alignment index at {} | vassal, points | western turn, points |", effects["at"].get<std::string>());
        under += "---|---|---|";
    }
    text += "\n" + under + "\n";
    for (const Driver& d : drivers) {
        text += fmt::format("| {} | `drivers.{}` | `{}` |", d.label, d.name, d.variable);
        if (!effects.is_null()) {
            const nlohmann::json& ends = effects["effects"][std::string(d.name)]["ends"];
            const auto cell = [&](double scale, int digits, const std::function<const nlohmann::json&(const nlohmann::json&)>& of) {
                return fmt::format(" low {}<br>high {} |", effect_text(of(ends["low"]), scale, digits), effect_text(of(ends["high"]), scale, digits));
            };
            text += cell(1, 3, [](const nlohmann::json& end) -> const nlohmann::json& { return end["alignment_index"]; });
            text += cell(100, 1, [](const nlohmann::json& end) -> const nlohmann::json& { return end["orientations"]["vassal"]; });
            text += cell(100, 1, [](const nlohmann::json& end) -> const nlohmann::json& { return end["orientations"]["western_turn"]; });
        }
        text += "\n";
    }
    if (effects.is_null()) return text;
    return text
           + fmt::format("\nWhat a dial at its low and its high end changes in the baseline scenario: paired differences over {} futures, with 95 % intervals.\n",
                         effects["futures"].get<int>());
}

/// The figure holds the script that it was drawn from: that of today, or gnuplot draws it anew.
void hold_figure(const std::string& name, const std::string& script, const std::string& result)
{
    const std::string path = SOURCE_DIR "/" + name;
    if (update()) output_of(fmt::format("plot '{}' --out '{}' --force", result, path));
    std::string holds = read_file(path);
    const std::string_view begin = "<metadata>\n", end = "</metadata>";
    const std::size_t at = holds.find(begin);
    ASSERT_NE(at, std::string::npos) << name;
    holds = holds.substr(at + begin.size(), holds.find(end) - at - begin.size());
    for (const auto& [entity, sign] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        for (std::size_t place = 0; (place = holds.find(entity, place)) != std::string::npos; ++place) holds.replace(place, std::string_view(entity).size(), sign);
    EXPECT_TRUE(holds == script) << name << " is out of date, " << first_difference(holds, script);
}

TEST(Generated, AnswerInTheReadme)
{
    const TemporaryFolder folder;
    const std::string result = folder / "results/baseline.h5", answer = output_of("run '" SOURCE_DIR "/scenarios/baseline.toml'", folder.path.string());
    hold_readme("answer", "```\n" + std::string(trim_lines(answer)) + "\n```\n");
    const nlohmann::json json = nlohmann::json::parse(output_of("show --json '" + result + "'"));
    std::string sentences(trim_lines(std::string_view(answer).substr(0, answer.find("\nShare of futures"))));
    for (std::size_t at = 0; (at = sentences.find('\n', at)) != std::string::npos; at += 4)
        sentences.replace(at, sentences[at + 1] == '\n' ? 2 : 1, sentences[at + 1] == '\n' ? "\n>\n> " : " ");
    hold_readme("short answer", "> " + sentences + "\n");
    hold_readme("classes", classes_text());
    hold_readme("drivers", drivers_text(json));
    hold_figure("scenarios/baseline.svg", output_of("plot --script '" + result + "'"), result);
}

TEST(Generated, ProgramInTheReadme) { hold_readme("program", "```cpp\n" + read_file(SOURCE_DIR "/tests/consumer/ensemble.cpp") + "```\n"); }

void hold_page(const std::string& name, const std::string& should)
{
    const std::string path = SOURCE_DIR "/" + name;
    if (update()) write_file(path, should);
    const std::string is = read_file(path);
    EXPECT_TRUE(is == should) << name << ", " << first_difference(is, should);
}
TEST(Generated, DescriptionOfResultFiles) { hold_page("results/README.md", results_readme()); }
TEST(Generated, DescriptionOfJson) { hold_page("results/JSON.md", report::documents_page()); }
TEST(Generated, TemplateOfWhatIsObserved) { hold_page("calibration/observed_template.csv", new_observed()); }

} // namespace
