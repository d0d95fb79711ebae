// Options that several commands take.
#pragma once
#include "../calibrate/calibration.hpp"
#include "../experiment/place.hpp"
#include "command.hpp"

namespace entente::cli {

inline constexpr const char* isa_meaning = "instruction set (scalar, v2, v3, v4; on Arm scalar, native); the widest of this machine if not given";
inline constexpr const char* threads_meaning = "threads; 0: all cores";
std::uint32_t threads_from(const boost::program_options::variables_map& given);
/// --precision, --isa, --threads, --keep, as far as a command takes them.
boost::program_options::options_description ensemble_options(bool with_keep);
EnsembleOptions ensemble_from(const boost::program_options::variables_map& given);
/// --seed, --parameters, --set, as an overlay over a scenario file.
boost::program_options::options_description setting_options();
/// The same with --runs.
boost::program_options::options_description overlay_options();
Overlay overlay_from(const boost::program_options::variables_map& given);
/// --drivers, --readings, --priors: what is made beside the shares of a run.
boost::program_options::options_description beside_options();
/// `file`: of the scenario, for messages.
BesideAsked beside_from(const boost::program_options::variables_map& given, const Scenario& scenario, const std::string& file);
/// --fit-to, --method.
boost::program_options::options_description calibration_options();
/// The file's, with these and --seed.
Calibration calibration_from(const std::string& file, const boost::program_options::variables_map& given);
/// --resume, --force, --shard, --out, --run-limit.
boost::program_options::options_description experiment_options();
/// What --out says. Throws UsageError if it is "-": results do not go to standard output.
std::string file_from(const boost::program_options::variables_map& given);
/// `name`: of the result, if --out is not given.
Place place_from(const boost::program_options::variables_map& given, const std::string& name);

/// Throws UsageError if a table may not be written there: something is there that is not to be replaced, or a result, which never is.
void throw_if_text_is_kept_from(const std::string& option, const std::string& path, bool force);
/// Throws std::runtime_error if it cannot be written.
void write_file(const std::string& path, const std::string& text);

} // namespace entente::cli
