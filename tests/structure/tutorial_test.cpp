// scenarios/TUTORIAL.md is carried out: its files are written, its commands run, and what they print is what it shows. ENTENTE_UPDATE=1 shows it anew.
// Comments in the page, which no reader sees, say which file a box is (<!-- file: NAME -->), which lines of an output are shown (<!-- of it: "FROM" to "TO"; ... -->,
// from the first that holds FROM to the next that holds TO, or to a blank one) and which command is meant to be refused (<!-- refused -->).
#include "core/text.hpp"
#include "fenced.hpp"
#include "workplace.hpp"
#include "write_file.hpp"
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <gtest/gtest.h>
#include <optional>
#include <regex>
#include <set>

namespace entente {
namespace {

const std::string page_path = SOURCE_DIR "/scenarios/TUTORIAL.md";
const std::string left_out = "[...]\n";
enum class Mode : std::uint8_t { compare, write };

/// The lines of an output that a page shows of it, and a mark where some are left out.
std::string shown(const std::string& output, const std::optional<std::string>& stretches)
{
    std::vector<std::string> lines = split(output, '\n');
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    lines.erase(lines.begin(), std::ranges::find_if(lines, [](const std::string& line) { return !line.empty(); }));
    std::string text;
    if (!stretches) {
        for (const std::string& line : lines) text += line + "\n";
        return text;
    }
    std::size_t next = 0;
    static const std::regex stretch(R"re("([^"]*)" to "([^"]*)")re");
    for (std::sregex_iterator at(stretches->begin(), stretches->end(), stretch), end; at != end; ++at) {
        const auto holding = [&](const std::string& words, std::size_t from) {
            while (from < lines.size() && (words.empty() ? !lines[from].empty() : lines[from].find(words) == std::string::npos)) ++from;
            return from;
        };
        const std::size_t from = holding((*at)[1], next), to = holding((*at)[2], from);
        if (to == lines.size()) {
            ADD_FAILURE() << "no lines " << at->str() << " in\n" << output;
            return text;
        }
        if (from > next) text += left_out;
        for (next = from; next <= to; ++next) text += lines[next] + "\n";
    }
    return next < lines.size() ? text + left_out : text;
}

TEST(Tutorial, ShowsLinesAndWhatIsLeftOut)
{
    EXPECT_EQ(shown("a\nb\nc\nd\ne\nf\n", R"("b" to "c"; "e" to "f")"), "[...]\nb\nc\n[...]\ne\nf\n");
    EXPECT_EQ(shown("a\nb\nc\n", R"("a" to "a")"), "a\n[...]\n");
    EXPECT_EQ(shown("a\nb\n\nc\n", R"("a" to "")"), "a\nb\n\n[...]\n");
}

/// Numbers with a fraction, a thousand's comma, an error or a percent sign that stand in the prose and that no command printed.
std::set<std::string> made_up(std::string prose, std::string printed)
{
    static const std::regex code("`[^`]*`"), comments("<!--[^]*?-->"), spaces(" *± *"), number(R"([+-]?\d+(,\d{3})*(\.\d+)?(±\d+(\.\d+)?)?( %)?)");
    prose = std::regex_replace(std::regex_replace(std::regex_replace(prose, comments, ""), code, ""), spaces, "±");
    printed = std::regex_replace(printed, spaces, "±");
    std::set<std::string> unseen;
    for (std::sregex_iterator at(prose.begin(), prose.end(), number), end; at != end; ++at) {
        std::string words = at->str();
        if (words.find_first_of(".±%") == std::string::npos && words.find(',') == std::string::npos) continue;
        if (words.ends_with(" %")) words.resize(words.size() - 2);
        bool seen = false;
        for (std::size_t place = 0; !seen && (place = printed.find(words, place)) != std::string::npos; ++place) {
            const std::size_t after = place + words.size();
            const bool begins = place == 0 || (std::isdigit(static_cast<unsigned char>(printed[place - 1])) == 0 && printed[place - 1] != '.' && printed[place - 1] != ',');
            seen = begins && (after == printed.size() || (std::isdigit(static_cast<unsigned char>(printed[after])) == 0 && printed[after] != '.'));
        }
        if (!seen) unseen.insert(words);
    }
    return unseen;
}

/// A page without its boxes.
std::string prose_of(const std::string& page)
{
    std::string prose;
    std::size_t after = 0;
    for (const Fenced& box : boxes_of(page)) prose += box.before, after = page.find("```", box.begin + box.text.size()) + 3;
    return prose + page.substr(after);
}

TEST(Tutorial, NoticesNumbersThatNothingPrinted)
{
    EXPECT_EQ(made_up(prose_of("7.5 `a`\n```sh\n1.5\n```\nb 2.5\n```text\n7.5\n```\nc `d` 3.5 `e` 4.5\n"), "7.5\n"), (std::set<std::string>{"2.5", "3.5", "4.5"}));
    EXPECT_EQ(made_up("In 2045 it is 11.5 ± 1.0 %, of 4,000; `0.3`", "11.5 ±1.0 of 4,000\n"), std::set<std::string>{});
    EXPECT_EQ(made_up("it is 1.5 %, or 7 % of 40,000, -0.2 ± 0.1", "11.5 17 4,000 -0.2 ±0.3"), (std::set<std::string>{"1.5", "7", "40,000", "-0.2±0.1"}));
}

/// What an SVG of this program was drawn from.
std::string script_in(const std::string& path)
{
    const std::string svg = read_file(path);
    const std::size_t at = svg.find("<metadata>"), end = svg.find("</metadata>");
    return at == std::string::npos || end == std::string::npos ? "" : svg.substr(at, end - at);
}

/// Figures in the page are those that its commands drew.
void hold_figures(const std::string& page, const Workplace& place, Mode mode)
{
    static const std::regex figure(R"(\]\((\w+\.svg)\))");
    for (std::sregex_iterator at(page.begin(), page.end(), figure), end; at != end; ++at) {
        const std::string name = "scenarios/" + at->str(1), drawn = place.folder / name, kept = SOURCE_DIR "/" + name;
        if (mode == Mode::write) std::filesystem::copy_file(drawn, kept, std::filesystem::copy_options::overwrite_existing);
        EXPECT_NE(script_in(drawn), "") << name;
        EXPECT_TRUE(script_in(kept) == script_in(drawn)) << name << " is out of date: ENTENTE_UPDATE=1 ./entente test -R Generated draws it anew";
    }
}

TEST(Generated, OutputsInTheTutorial)
{
    const bool update = std::getenv("ENTENTE_UPDATE") != nullptr, draws = shell("command -v gnuplot").code == 0;
    std::string page = read_file(page_path), printed, output;
    const Workplace place;
    std::size_t commands = 0, outputs = 0;
    std::ptrdiff_t moved = 0; // what was written into the page above, less what stood there
    std::string marks;        // of the command whose output comes next
    for (const Fenced& box : boxes_of(page)) {
        if (box.language == "sh") {
            output.clear();
            marks = box.before;
            for (const std::string& command : split(box.text, '\n')) {
                if (command.empty()) continue;
                if (!draws && command.find(" plot ") != std::string::npos) {
                    skip_loudly(command, "gnuplot: apt-get install gnuplot-nox");
                    continue;
                }
                const Ran ran = place.run(command);
                EXPECT_EQ(ran.code, comment(marks, "refused") ? 2 : 0) << command << "\n" << ran.output;
                output += ran.output;
                ++commands;
            }
        } else if (box.language == "text") {
            const std::optional<std::string> stretches = comment(marks, "of it: ");
            const std::string should = shown(output, stretches);
            printed += should;
            if (update) page.replace(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(box.begin) + moved), box.text.size(), should);
            else EXPECT_EQ(box.text, should) << "scenarios/TUTORIAL.md, after" << marks << "\nENTENTE_UPDATE=1 ./entente test -R Generated writes it anew";
            moved += static_cast<std::ptrdiff_t>(should.size()) - static_cast<std::ptrdiff_t>(box.text.size());
            ++outputs;
        } else {
            const std::optional<std::string> name = comment(box.before, "file: ");
            ASSERT_TRUE(name) << "no name for the file\n" << box.text;
            write_file(place.folder / *name, box.text);
        }
    }
    EXPECT_GE(commands, 10u);
    EXPECT_GE(outputs, 8u);
    if (update) write_file(page_path, page);
    if (draws) hold_figures(page, place, update ? Mode::write : Mode::compare);
    for (const std::string& number : made_up(prose_of(page), printed)) ADD_FAILURE() << "scenarios/TUTORIAL.md says " << number << ", which no command on it prints";
}

} // namespace
} // namespace entente
