// The four drivers that a user turns: what each is, which variable shows it, and what its dial moves. A dial stands in the middle where the model has it, low at
// one end and high at the other; it starts from what the scenario has. ODD.md, Drivers and their dials.
#pragma once
#include "../core/row.hpp"
#include <array>
#include <string_view>
#include <vector>

namespace entente {

struct Driver {
    std::string_view name, label, variable; ///< "taiwan_window"; in words; the recorded variable that shows it
    std::string_view low, high, claims;     ///< what the dial means at 0 and at 1
};
inline constexpr std::array<Driver, 4> drivers{{
    {"dependence", "dependence of Russia on China", "dependence_index", "Russia keeps other markets and suppliers, and China asks little of it",
     "China is the one great market and supplier that is left, and presses its demands", "C43 C60 C64 C66 C71"},
    {"sanctions_pressure", "sanctions pressure", "sanctions_pressure", "sanctions are eased, and third parties are left alone",
     "sanctions are tightened, and third parties are made to keep them", "C30 C35 C102"},
    {"central_asia", "contest in Central Asia", "central_asia_contest", "China holds back, and Russia keeps its place", "China pushes, and takes Russia's place", "C82 C88 C89 C90 C91"},
    {"taiwan_window", "window for Taiwan", "taiwan_hazard", "a crisis is unlikely, and the window closes early", "a crisis is likely, and the window stays open", "C50 C51 C52"},
}};

/// What a dial does to a parameter or lever: at 0 and at 1 it adds so much to it, or multiplies it by so much; at .5 nothing.
struct DialRow {
    enum class By : std::uint8_t { sum, product };
    std::string_view driver, section, name; ///< "taiwan_window", "parameters", "h_TW"
    By by;
    double low, high;
    std::string_view reason, claims;
};
inline constexpr DialRow dial_rows[] = {
    {"dependence", "levers", "reliance_push", DialRow::By::sum, -1, 1, "what Russia buys in China, or elsewhere: China's share of trade and of technology", "C63 C64"},
    {"dependence", "parameters", "p_dem", DialRow::By::product, 0.7, 1.5, "how often China turns dependence into demands", "C43 C66"},
    {"sanctions_pressure", "levers", "sanctions_push", DialRow::By::sum, -0.3, 0.3, "the announced half: sanctions of the West on Russia", "C102"},
    {"sanctions_pressure", "levers", "enforcement_push", DialRow::By::sum, -0.3, 0.3, "the secondary half: enforcement against third parties", "C30 C35"},
    {"central_asia", "levers", "central_asia_push", DialRow::By::sum, -0.6, 0.6, "China's push, or its restraint", "C82 C89"},
    {"central_asia", "parameters", "a_CN", DialRow::By::product, 0.85, 1.2, "how far Chinese growth reaches, from the first quarter on: the contest starts lower or higher", "C76 C88"},
    {"taiwan_window", "parameters", "h_TW", DialRow::By::product, 0.3, 2, "chance of a crisis in an open window", "C51"},
    {"taiwan_window", "parameters", "window_closes", DialRow::By::sum, -4, 8, "year in which the window is half closed, if it closes", "C51"},
    {"taiwan_window", "parameters", "assertive_base", DialRow::By::sum, -2, 2, "a status-quo or an assertive party wins Taiwan's elections", "C51"},
};

/// How far a dial is from its rest to its end, 0 to 1, times what the row adds there; of a row that adds.
double added(const DialRow& row, double dial);
/// The value at this dial of a parameter that stands at `value` in the scenario: inside the range of its row, unless `value` lies outside it. A value that is moved is of single
/// precision, as one that is drawn; at .5 it is `value` itself.
double moved(const DialRow& row, double dial, double value);
/// What the row of the model says of what is moved.
const Row& row_of(const DialRow& row);
/// The drivers as rows of a table of the model: a dial from 0 to 1 that stands at .5.
const std::vector<Row>& driver_rows();

} // namespace entente
