#include "core/csv.hpp"
#include "design/design.hpp"
#include "experiment/made_runs.hpp"
#include "targets.hpp"
#include <algorithm>
#include <stdexcept>

// A table: its cells come back when they are written, and as a design's points, and parted by an empty line as runs of another simulator,
// it is read or refused.
void entente::fuzz::csv(std::string_view bytes)
{
    const Csv read = csv_of(bytes);
    std::string written = "\xEF\xBB\xBF"; // passed over once: a first cell may begin with another
    for (const CsvRow& row : read.rows) {
        require(!row.empty(), "a row has a cell");
        for (std::size_t i = 0; i < row.size(); ++i) written += (i > 0 ? "," : "") + csv_cell(row[i].text);
        written += "\n";
    }
    const Csv again = csv_of(written);
    require(again.rows.size() == read.rows.size() && !again.open_quote, "a table that is written is the same");
    for (std::size_t r = 0; r < read.rows.size(); ++r) {
        require(again.rows[r].size() == read.rows[r].size(), "a row that is written is the same");
        for (std::size_t c = 0; c < read.rows[r].size(); ++c) require(again.rows[r][c].text == read.rows[r][c].text, "a cell that is written is the same");
    }
    try {
        static_cast<void>(parse_csv(bytes));
    } catch (const std::runtime_error&) {
    }
    Factor share, date, choice;
    share.name = "share", share.low = 0, share.high = 1;
    date.name = "date", date.kind = Factor::Kind::date, date.low = 44, date.high = 143;
    choice.name = "choice", choice.kind = Factor::Kind::choice, choice.choices = {"one", "two, or more"};
    const std::vector<Factor> factors = {share, date, choice};
    try {
        const Design design = read_table(bytes, "fuzzed.csv", factors).design;
        require(design.points > 0 && design.value.size() == design.points * factors.size(), "a table has a value for each factor");
    } catch (const ScenarioErrors& refused) {
        require(!refused.problems.empty(), "what is refused has a problem");
    }
    const std::size_t parted = std::min(bytes.find("\n\n"), bytes.size());
    try {
        const OutsideRuns runs = outside_runs(bytes.substr(0, parted), "x.csv", bytes.substr(std::min(parted + 2, bytes.size())), "y.csv");
        require(runs.value.size() > 1 && !runs.inputs.empty(), "runs have rows and inputs");
        for (const InputColumn& column : runs.inputs) require(column.value.size() == runs.value.size(), "an input has a value in each row");
    } catch (const ScenarioErrors& refused) {
        require(!refused.problems.empty(), "what is refused has a problem");
    }
}
