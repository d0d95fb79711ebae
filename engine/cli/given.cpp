#include "given.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente::cli {

std::vector<Given> conditions_from(const char* command, const boost::program_options::variables_map& given, int start, int horizon)
{
    std::vector<Given> all;
    if (given.count("given") == 0) return all;
    std::vector<std::string> faults;
    for (const std::string& text : given["given"].as<std::vector<std::string>>()) {
        try {
            all.push_back(parse_given(text));
            if (const std::string fault = fault_of_date(all.back().quantity, start, horizon); !fault.empty())
                faults.push_back(fmt::format("entente {}: --given: {}", command, fault));
        } catch (const std::invalid_argument& e) {
            faults.push_back(fmt::format("entente {}: --given: {}", command, e.what()));
        }
    }
    if (!faults.empty()) throw UsageError(fmt::format("{}", fmt::join(faults, "\n")));
    return all;
}

} // namespace entente::cli
