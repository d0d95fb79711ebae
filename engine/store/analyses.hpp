// What was worked out of a result, kept in it: JSON documents by name, beside the data and none of them.
#pragma once
#include <string>
#include <vector>

namespace entente {

struct Analysis {
    std::string name;     ///< of the command, "sensitivity"
    std::string document; ///< JSON, as the command prints it
};
/// Of a run's or a sweep's result. Throws as read_result().
std::vector<Analysis> read_analyses(const std::string& path);
/// Adds one, in place of an older one of its name: the whole new file or the old one. Throws std::runtime_error if the machine fails.
void save_analysis(const std::string& path, const Analysis& analysis);

} // namespace entente
