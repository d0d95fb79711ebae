// The four drivers that a user turns: what each is and which variable shows it.
#pragma once
#include <array>
#include <string_view>

namespace entente {

struct Driver {
    std::string_view name, label, variable; ///< "taiwan_window"; in words; the recorded variable that shows it
};
inline constexpr std::array<Driver, 4> drivers{{{"dependence", "dependence of Russia on China", "dependence_index"},
                                                {"sanctions_pressure", "sanctions pressure", "sanctions_total"},
                                                {"central_asia", "contest in Central Asia", "central_asia_contest"},
                                                {"taiwan_window", "window for Taiwan", "taiwan_hazard"}}};

} // namespace entente
