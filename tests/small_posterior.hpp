// A posterior of four draws, as TOML to be laid over a scenario.
#pragma once

namespace entente {

/// Two parameters that rise together, and one that stands still.
inline constexpr const char* small_posterior = "[posterior]\nkappa = \"0.2 0.25 0.3 0.35\"\npsi_C = \"0.24 0.28 0.32 0.36\"\neta_S = \"2 2 2 2\"\n";

} // namespace entente
