// results/SCALE.md is right in itself: each number that follows from others is worked out again, and each table of a schedule is printed again; what is measured is not.
// Comments in the page, which no reader sees, stand after a number: <!-- NAME --> names it, <!-- = EXPRESSION --> says what it comes to. <!-- held --> stands before a command
// whose output the page shows. ENTENTE_UPDATE=1 shows it anew.
#include "core/number.hpp"
#include "core/text.hpp"
#include "fenced.hpp"
#include "workplace.hpp"
#include "write_file.hpp"
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <map>
#include <regex>
#include <stdexcept>

namespace entente {
namespace {

const std::string page_path = SOURCE_DIR "/results/SCALE.md";
using Names = std::map<std::string, double>;

/// Sums, products and brackets of numbers and names. Throws std::invalid_argument if it is nothing else.
class Arithmetic {
public:
    Arithmetic(std::string_view text, const Names& names) : rest_(text), names_(names) {}
    double value()
    {
        const double x = sum();
        if (!rest_.empty()) throw std::invalid_argument("left over: " + std::string(rest_));
        return x;
    }

private:
    char next()
    {
        rest_.remove_prefix(std::min(rest_.size(), rest_.find_first_not_of(' ')));
        return rest_.empty() ? '\0' : rest_.front();
    }
    double sum()
    {
        double x = product();
        for (char sign; (sign = next()) == '+' || sign == '-';) rest_.remove_prefix(1), x += (sign == '+' ? 1 : -1) * product();
        return x;
    }
    double product()
    {
        double x = one();
        for (char sign; (sign = next()) == '*' || sign == '/';) {
            rest_.remove_prefix(1);
            const double y = one();
            x = sign == '*' ? x * y : x / y;
        }
        return x;
    }
    double one()
    {
        if (next() == '(') {
            rest_.remove_prefix(1);
            const double x = sum();
            if (next() != ')') throw std::invalid_argument("no closing bracket");
            rest_.remove_prefix(1);
            return x;
        }
        const std::size_t end = std::min(rest_.size(), rest_.find_first_of(" +-*/()"));
        const std::string word(rest_.substr(0, end));
        rest_.remove_prefix(end);
        if (const auto number = number_in<double>(word)) return *number;
        const auto named = names_.find(word);
        if (named == names_.end()) throw std::invalid_argument("nothing is named '" + word + "'");
        return named->second;
    }

    std::string_view rest_;
    const Names& names_;
};

/// Half of the last place that is not a nought, but 3 % of the number at most.
double rounding_of(const std::string& number)
{
    const std::size_t point = number.find('.'), last = number.find_last_not_of(".0");
    const double places = point == std::string::npos ? static_cast<double>(last) + 1 - static_cast<double>(number.size())
                                                     : static_cast<double>(last) - static_cast<double>(point) + (last < point ? 1 : 0);
    return std::min(0.5 * std::pow(10.0, -places), 0.03 * std::stod(number)) * (1 + 1e-9);
}

/// What is wrong with the numbers of a page, one a line; how many were worked out.
struct Worked {
    std::string faults;
    std::size_t numbers = 0;
};
Worked work_out(const std::string& page)
{
    static const std::regex noted(R"((\d[\d,]*\.?\d*)([^\d<]*)<!-- (= )?(.*?) -->)");
    Worked worked;
    Names names;
    for (std::sregex_iterator at(page.begin(), page.end(), noted), end; at != end; ++at) {
        if (at->str(4) == "held") continue;
        std::string shown = at->str(1);
        std::erase(shown, ',');
        if (at->str(3).empty()) {
            names[at->str(4)] = std::stod(shown);
            continue;
        }
        ++worked.numbers;
        try {
            const double comes_to = Arithmetic(at->str(4), names).value();
            if (!(std::abs(std::stod(shown) - comes_to) <= rounding_of(shown))) worked.faults += fmt::format("{}{}: {} is {}\n", at->str(1), at->str(2), at->str(4), comes_to);
        } catch (const std::invalid_argument& e) {
            worked.faults += fmt::format("{}: {}\n", at->str(4), e.what());
        }
    }
    return worked;
}

TEST(ScalePage, NoticesNumbersThatDoNotFollow)
{
    EXPECT_EQ(work_out("3,400 runs <!-- rate --> a second: 82 core-hours <!-- = 1e9 / rate / 3600 -->; 1.5 <!-- = (1 + 2) * 2 / 4 - 0 -->").faults, "");
    EXPECT_EQ(work_out("2 <!-- a -->, 83 h <!-- = 40 * a + 2 -->").faults, "83 h : 40 * a + 2 is 82\n");
    EXPECT_EQ(work_out("2 <!-- a -->, 5 <!-- = 2 * b -->").faults, "2 * b: nothing is named 'b'\n");
    EXPECT_EQ(work_out("5 <!-- = 2 * (2 -->").faults, "2 * (2: no closing bracket\n");
    EXPECT_DOUBLE_EQ(rounding_of("1200"), 36 * (1 + 1e-9)) << "3 %, which is less than 50";
    EXPECT_DOUBLE_EQ(rounding_of("82"), 0.5 * (1 + 1e-9));
    EXPECT_DOUBLE_EQ(rounding_of("13.25"), 0.005 * (1 + 1e-9));
}

TEST(ScalePage, IsRightInItself)
{
    const Worked worked = work_out(read_file(page_path));
    EXPECT_EQ(worked.faults, "");
    EXPECT_GE(worked.numbers, 10u);
}

TEST(Generated, SchedulesInThePageOnScale)
{
    const bool update = std::getenv("ENTENTE_UPDATE") != nullptr;
    std::string page = read_file(page_path), output;
    const Workplace place;
    std::size_t shown = 0;
    std::ptrdiff_t moved = 0;
    for (const Fenced& box : boxes_of(page)) {
        if (box.language == "sh") {
            output.clear();
            if (box.before.find("<!-- held -->") == std::string::npos) continue;
            const Ran ran = place.run(box.text);
            EXPECT_EQ(ran.code, 0) << ran.output;
            output = ran.output.substr(std::min(ran.output.size(), ran.output.find_first_not_of('\n')));
        } else if (!output.empty()) {
            if (update) page.replace(static_cast<std::size_t>(static_cast<std::ptrdiff_t>(box.begin) + moved), box.text.size(), output);
            else EXPECT_EQ(box.text, output) << "results/SCALE.md; ENTENTE_UPDATE=1 ./entente test -R Generated writes it anew";
            moved += static_cast<std::ptrdiff_t>(output.size()) - static_cast<std::ptrdiff_t>(box.text.size());
            ++shown, output.clear();
        }
    }
    EXPECT_GE(shown, 1u);
    if (update) write_file(page_path, page);
}

} // namespace
} // namespace entente
