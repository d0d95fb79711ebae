// What this program is: filled in by the build.
#pragma once

namespace entente {

struct Build {
    const char *version, *commit, *sources; ///< version of the project; git commit with "-dirty" if so; hash of all source files
    const char *compiler, *flags, *libraries;
};
const Build& build();

} // namespace entente
