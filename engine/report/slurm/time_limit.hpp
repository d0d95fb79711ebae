// Time limits as Slurm writes them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace entente::report {

inline constexpr const char* slurm_time_forms = "MINUTES, MM:SS, HH:MM:SS, D-HH, D-HH:MM or D-HH:MM:SS";
inline constexpr std::uint64_t most_slurm_days = 3650;
/// Seconds; none if the text has none of these forms, or says more than ten years.
std::optional<std::uint64_t> slurm_seconds(std::string_view text);
/// "1-02:03:00", or "02:03:00" below a day.
std::string slurm_time(std::uint64_t seconds);

} // namespace entente::report
