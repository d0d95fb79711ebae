// Parameters that are drawn together, such as the draws of a posterior: each run takes all of them from one draw.
#pragma once
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace entente {

struct JointDraws {
    std::vector<std::string> names; ///< of parameters; none: nothing is drawn together
    std::vector<double> values;     ///< [draw][name]
    std::size_t draws() const { return names.empty() ? 0 : values.size() / names.size(); }
    friend bool operator==(const JointDraws&, const JointDraws&) = default;
};
inline constexpr std::size_t most_joint_draws = 100'000, most_joint_values = 1'000'000; ///< values: draws x names
/// What a resolved scenario says of a parameter's own distribution if the draws stand above it.
inline constexpr const char* draws_stand_above = "; runs take [posterior]";
/// Who opens the file that `[parameters] from` names. It throws what it throws, as text for the user, of a file that holds no draws.
using JointReader = std::function<JointDraws(const std::string& path)>;

} // namespace entente
