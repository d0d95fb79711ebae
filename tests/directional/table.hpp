// The table of directional tests as values, and what it takes to run one.
#pragma once
#include "analysis/sample.hpp"
#include "core/text.hpp"
#include "scenario/toml.hpp"
#include "scenarios.hpp"
#include <cstdlib>
#include <map>
#include <ostream>
#include <string>
#include <vector>

namespace entente {

struct DirectionalTest {
    std::string id, claim, whose, text, base, with, against_base, against_with, quantity, sign, muted, twin, special;
    std::uint32_t runs = 1000;
    double within = 0, least = 0;
};
inline void PrintTo(const DirectionalTest& test, std::ostream* to) { *to << test.id << " " << test.text; }

struct PatternTest {
    std::string id, claim, text, quantity, frozen;
    double low = 0, high = 0;
};
inline void PrintTo(const PatternTest& test, std::ostream* to) { *to << test.id << " " << test.text; }

inline std::string text_of(const TomlValue& table, const char* key)
{
    const TomlEntry* const e = table.find(key);
    return e == nullptr ? "" : e->value.text;
}
inline double number_of(const TomlValue& table, const char* key, double otherwise)
{
    const TomlEntry* const e = table.find(key);
    return e == nullptr ? otherwise : e->value.number;
}
inline const TomlValue& directional_toml()
{
    static const TomlValue tree = parse_toml(read_file(SOURCE_DIR "/tests/directional/directional.toml"));
    return tree;
}
inline std::vector<DirectionalTest> directional_tests()
{
    std::vector<DirectionalTest> all;
    for (const TomlValue& t : directional_toml().find("test")->value.items)
        all.push_back({.id = text_of(t, "id"),
                       .claim = text_of(t, "claim"),
                       .whose = text_of(t, "whose"),
                       .text = text_of(t, "text"),
                       .base = text_of(t, "base"),
                       .with = text_of(t, "with"),
                       .against_base = text_of(t, "against_base"),
                       .against_with = text_of(t, "against_with"),
                       .quantity = text_of(t, "quantity"),
                       .sign = text_of(t, "sign"),
                       .muted = text_of(t, "muted"),
                       .twin = text_of(t, "twin"),
                       .special = text_of(t, "special"),
                       .runs = static_cast<std::uint32_t>(number_of(t, "runs", 1000)),
                       .within = number_of(t, "within", 0),
                       .least = number_of(t, "least", 0)});
    return all;
}
inline std::vector<PatternTest> pattern_tests()
{
    std::vector<PatternTest> all;
    for (const TomlValue& t : directional_toml().find("pattern")->value.items)
        all.push_back({text_of(t, "id"), text_of(t, "claim"), text_of(t, "text"), text_of(t, "quantity"), text_of(t, "frozen"), number_of(t, "low", 0), number_of(t, "high", 0)});
    return all;
}

/// baseline.toml under an overlay, one number per run.
inline std::vector<double> arm(const std::string& overlay, const std::string& quantity, std::uint32_t runs)
{
    Scenario given = scenario("baseline", overlay);
    given.runs = runs;
    return sample(given, {parse_quantity(quantity)}, {.threads = 1})[0];
}
/// The difference that a test asks for, with `overlay` laid over every arm.
inline PairedDifference difference_of(const DirectionalTest& test, const std::string& overlay)
{
    const auto of = [&](const std::string& own) { return arm(own + "\n" + overlay, test.quantity, test.runs); };
    std::vector<double> base = of(test.base), with = of(test.with);
    if (!test.against_with.empty() || !test.against_base.empty()) {
        const std::vector<double> against_base = of(test.against_base), against_with = of(test.against_with);
        for (std::size_t r = 0; r < with.size(); ++r) with[r] -= against_with[r] - against_base[r];
    }
    return paired_difference(base, with);
}

} // namespace entente
