// An answer made by hand: 1,200 futures asked for, 1,000 simulated, two dates; and what it may hold besides.
#pragma once
#include "analysis/answer.hpp"
#include "model/drivers.hpp"

namespace entente {

constexpr Share made_of(std::uint32_t count, double low, double high) { return {.count = count, .runs = 1000, .share = count / 1000.0, .low = low, .high = high}; }

inline Answer made_answer()
{
    const Share none = made_of(0, 0, 0.0025), all = made_of(1000, 0.9975, 1), quarter = made_of(250, 0.224, 0.2776), most = made_of(750, 0.7224, 0.776);
    return {
        .scenario = "made",
        .title = "Made by hand",
        .runs = 1000,
        .asked = 1200,
        .failed = 3,
        .start = 44,    // 2025Q1
        .horizon = 124, // 2045Q1
        .dates = {64, 124},
        .classes = {{none, none, quarter, most, none}, {none, none, none, none, all}},
        .orientations = {{quarter, none, most}, {none, none, all}},
        .course = std::vector<std::vector<double>>(125, {0, 0, 0.25, 0.75, 0}),
        .events = {{.name = "leader_ousted", .meaning = "the leader is ousted", .seen = quarter, .median = {}},
                   {.name = "seldom", .meaning = "what few see", .seen = made_of(10, 0.005, 0.0175), .median = {}},
                   {.name = "war_state", .meaning = "the war goes on", .seen = all, .median = 50}},
        .indicators = {{.name = "trust", .label = "how they rely on each other", .median = {0.5, -0.61}, .low = {0.4, -1}, .high = {0.6, 12.5}, .course = {0, 9, 9, 9, 9, 9, 9, 9, 1, 9, 9, 9, 9, 9, 9, 9, 2}}},
        .by_parameters = 0.25,
        .by_structures = 0.125,
        .attribution_used = 1000,
        .attribution_quarter = 124};
}

/// Of 120 readings: a quarter lies outside its range in 2030Q1, all within theirs.
inline Readings made_readings(const Answer& a)
{
    const auto bands = [](const std::vector<std::vector<Share>>& shares) {
        std::vector<std::vector<Band>> all;
        for (const auto& date : shares) all.emplace_back(date.size(), Band{0.305, 1});
        return all;
    };
    return {.readings = 120,
            .futures = 100,
            .classes = bands(a.classes),
            .orientations = bands(a.orientations),
            .events = std::vector<Band>(a.events.size(), Band{0.05, 0.4}),
            .statements = {{.text = "alliance is the likeliest", .holds = 120}, {.text = "rupture is rare", .holds = 97}, {.text = "few turn west", .holds = 120}}};
}

/// Every effect is k hundredths of the index and k points of each share, k one more from dial to dial; its interval is as wide to either side.
inline DriverEffects made_effects(double size = 0.01)
{
    DriverEffects all{.futures = 200, .quarter = 124, .drivers = {}};
    double k = 0;
    const auto end = [&](double dial) {
        k += size;
        const Effect e{.mean = k, .low = 0.5 * k, .high = 1.5 * k}, opposite{.mean = -k, .low = -1.5 * k, .high = -0.5 * k}, none{};
        return DialEffect{.dial = dial, .alignment_index = e, .classes = {none, e, opposite, none, none}, .orientations = {none, e, opposite}, .variable = 0.25 + 0.5 * dial};
    };
    for (const Driver& d : drivers)
        all.drivers.push_back({.name = std::string(d.name), .label = std::string(d.label), .variable = std::string(d.variable), .dial = 0.5, .level = 0.512, .low = end(0), .high = end(1)});
    return all;
}

/// Of 1,664 pairs, at both dates: the posterior has 5 points more alignment and 4 fewer transactions, and 1 point of vassals more; the rest is chance.
inline PriorEffects made_prior_effects()
{
    const auto effect = [](double posterior, double priors, double half) {
        const double difference = posterior - priors;
        return PriorEffect{.posterior = {.share = posterior}, .priors = {.share = priors}, .difference = {.mean = difference, .low = difference - half, .high = difference + half}};
    };
    const std::vector<PriorEffect> classes = {effect(0.02, 0.025, 0.01), effect(0.048, 0.053, 0.01), effect(0.55, 0.59, 0.02), effect(0.372, 0.322, 0.021), effect(0.01, 0.01, 0.002)};
    const std::vector<PriorEffect> turns = {effect(0.6, 0.605, 0.02), effect(0.11, 0.1, 0.008), effect(0.29, 0.295, 0.02)};
    return {.futures = 1664, .pairs = 1664, .dates = {64, 124}, .classes = {classes, classes}, .orientations = {turns, turns}};
}

} // namespace entente
