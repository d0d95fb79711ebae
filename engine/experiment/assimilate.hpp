// A result's runs weighed by what was observed since, and its answer with these weights beside the one without. The runs are simulated again, since a file may keep too little of them.
#pragma once
#include "../analysis/share.hpp"
#include "../calibrate/assimilation.hpp"
#include "again.hpp"

namespace entente {

struct UpdatedShare {
    Share before, after;          ///< after: of weighted runs, as share_of_weighted()
    double change = 0, error = 0; ///< after - before, and its standard error: both are of the same runs; not less than that of after alone where hardly any run, or all but any, is in it
};
/// An indicator before and after.
struct UpdatedIndicator {
    std::string name, label;
    std::vector<OverRuns> before, after; ///< [date]
};
/// The answer before and after.
struct Assimilated {
    Weighing weighing;
    std::uint32_t runs = 0, failed = 0;
    int start = 0, horizon = 0;
    std::vector<int> dates;                              ///< report_dates()
    std::vector<std::vector<UpdatedShare>> classes;      ///< [date][class]
    std::vector<std::vector<UpdatedShare>> orientations; ///< [date][orientation]
    std::vector<UpdatedShare> events;                    ///< by the horizon
    std::vector<UpdatedIndicator> indicators;
};
/// Of a plain result; `file` names it. `options`: kernel and threads; precision is the result's. Nothing if it was stopped.
/// Throws ScenarioErrors with the rows that no run comes near, and Refused if fewer than least_effective runs are left, or if the runs made again are not those of the file.
std::optional<Assimilated> assimilate(const std::string& file, const ReplaySource& source, const Observed& observed, EnsembleOptions options, const Listener& listener = {},
                                      const std::atomic<bool>* stop = nullptr);

} // namespace entente
