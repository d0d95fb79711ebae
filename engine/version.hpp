// What this program is: filled in by the build.
#pragma once

/// \mainpage The engine as a library
/// A scenario in, futures and what they tell out: entente::read_scenario(), entente::run_ensemble(), entente::answer(). What a command of the program does is a function of experiment/, what it prints one
/// of report/. Folders from what knows least: core, model, scenario, design, ensemble, store, analysis, calibrate, experiment, report; each includes only those before it. Two programs that use it are in
/// tests/consumer, the model itself in engine/model/ODD.md.

/// All of the engine.
namespace entente {

struct Build {
    const char *version, *commit, *sources; ///< version of the project; git commit with "-dirty" if so; hash of all source files
    const char *compiler, *flags, *libraries;
    const char* released; ///< the day of the version's release, 2026-11-30
};
/// Of this program.
const Build& build();

} // namespace entente
