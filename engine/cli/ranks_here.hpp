// The ranks of this program, if it was started as several.
#pragma once

namespace entente {

class Ranks;

namespace cli {

/// That this process leads; null if it works alone.
Ranks* ranks();

} // namespace cli

} // namespace entente
