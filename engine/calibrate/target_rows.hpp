// Cells of the tables that speak of targets, as their several readers read them. What is wrong is said of the sheet's cell.
#pragma once
#include "sheet.hpp"
#include "targets.hpp"

namespace entente {

struct Window {
    int from, to; ///< quarters, inclusive
};
/// Nothing after a fault, to which `more` is added if the date lies outside.
std::optional<Window> read_window(const CsvSheet& sheet, std::size_t row, const char* column, int first, int last, const std::string& more = "");
/// The measurement table. Throws ScenarioErrors if nothing is left of it.
std::vector<Measurement> read_measurements(const CsvFile& file, int first, int last, Problems& problems);
/// Value, unit and error, and the texts beside them, of what is observed by this measurement.
void read_figure(const CsvSheet& sheet, std::size_t row, const Measurement& measurement, Observation& observation);
/// What of a run stands for each observation, once all cells are without fault.
void find_quantities(Targets& targets);

} // namespace entente
