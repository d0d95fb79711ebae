#include "predictions.hpp"
#include "two_groups.hpp"
#include <algorithm>
#include <cmath>
#include <functional>
#include <stdexcept>

namespace entente {

using Arm = PredictionArm;

static constexpr Prediction table[] = {
    {"twenty_year_choice", "E", "C98", "within twenty years Russia has turned to the West or become a vassal", Arm::own, "not share_autonomous at 2043Q2", "", true, 0.5},
    {"ends_as_pawn", "F", "C65", "Moscow ends as a pawn: a vassal at some time by 2045", Arm::own, "vassalage by 2045Q1", "", true, 0.5},
    {"dependence_no_vassalage", "E", "C66 C67", "who depends is no vassal: of the dependent (index .6 or more in 2045) few are", Arm::own, "share_vassal at 2045Q1",
     "mean dependence_index at 2045Q1 >= 0.6", false, 0.25},
    {"transaction", "E F", "C08 C122", "the tie is a transaction and little more, in 2045 too", Arm::own, "share_transactional at 2045Q1", "", true, 0.5},
    {"no_fortress", "E", "C139", "fortress Eurasia has no substance: an alliance in 2045 is rare", Arm::own, "share_alliance at 2045Q1", "", false, 0.05},
    {"no_alliance_without_war", "E", "C53 C111", "no alliance without a joint war: without war over Taiwan hardly any by 2045", Arm::own, "alliance by 2045Q1",
     "not taiwan_war by 2045Q1", false, 0.05},
    {"arms_only_near_collapse", "E", "C25 C26", "no open military help unless the Russian army collapses: else hardly any by 2035", Arm::own, "overt_support by 2035Q1",
     "not military_collapse by 2035Q1", false, 0.05},
    {"turn_to_china", "K", "C61 C155", "the turn of trade is complete: in 2035 China has more of it than the West", Arm::own,
     "mean trade_share_china - trade_share_west at 2035Q1 > 0", "", true, 0.9},
    {"closeness_collides", "A", "C81 C82", "closeness makes interests collide: more friction in 2035 than in 2025", Arm::own, "change friction from 2025Q1 to 2035Q1 > 0", "", true, 0.5},
    {"distrust_remains", "B F", "C150", "working together does not make them trust: less trust in 2045 than in 2025", Arm::own, "change trust from 2025Q1 to 2045Q1 < 0", "", true, 0.5},
    {"peace_changes_little", "A", "C102 C103", "peace alone turns hardly any to the West", Arm::peace, "share_western_turn at 2045Q1", "", false, 0.05},
    {"no_lure_without_change", "A", "C99 C152", "an offer lures few away without change inside Russia", Arm::offer, "share_western_turn at 2045Q1", "not pro_west_leader by 2045Q1", false, 0.05},
    {"change_turns", "E A", "C96 C99", "after a change inside it is easy to imagine that Russia turns", Arm::change, "share_western_turn at 2045Q1", "", true, 0.25},
    {"change_and_offer_turn", "A", "C100 C101", "a change and an offer together turn most", Arm::change_and_offer, "share_western_turn at 2045Q1", "", true, 0.5},
};
std::span<const Prediction> predictions() { return table; }

Standing held(const Prediction& p, const Share& s)
{
    if (s.runs == 0) return Standing::unknown;
    const bool above = s.low >= p.bound, below = s.high <= p.bound;
    if (above == below) return Standing::open;
    return above == p.at_least ? Standing::holds : Standing::fails;
}

ByAnswer by_answer(std::span<const double> counts, const Answers& answers, std::span<const std::size_t> choices)
{
    if (answers.size() != choices.size()) throw std::invalid_argument("structures and their answers are not as many");
    ByAnswer all;
    const auto share = [&](auto has) {
        std::uint32_t count = 0, runs = 0;
        for (std::size_t run = 0; run < counts.size(); ++run)
            if (!std::isnan(counts[run]) && has(run)) ++runs, count += counts[run] == 1 ? 1 : 0;
        return share_of(count, runs);
    };
    all.all = share([](std::size_t) { return true; });
    for (std::size_t s = 0; s < answers.size(); ++s) {
        if (answers[s].size() != counts.size()) throw std::invalid_argument("runs and their answers are not as many");
        all.of.emplace_back();
        for (std::size_t a = 0; a < choices[s]; ++a) all.of.back().push_back(share([&](std::size_t run) { return answers[s][run] == a; }));
    }
    return all;
}

std::vector<Dispute> disputes_of(const ByAnswer& shares)
{
    std::size_t pairs = 0;
    for (const std::vector<Share>& of : shares.of) pairs += of.size() * (of.size() - 1) / 2;
    std::vector<Dispute> all;
    for (std::size_t s = 0; s < shares.of.size(); ++s) {
        Dispute most;
        for (std::size_t a = 0; a < shares.of[s].size(); ++a)
            for (std::size_t b = a + 1; b < shares.of[s].size(); ++b) {
                const Share &x = shares.of[s][a], &y = shares.of[s][b];
                if (x.runs == 0 || y.runs == 0) continue;
                const Interval d = share_difference({y.count, y.runs}, {x.count, x.runs}, 1 - alpha_dispute / static_cast<double>(pairs));
                const bool beyond = d.low > 0 || d.high < 0;
                if (beyond && std::abs(d.estimate) > most.difference) most = {s, d.estimate > 0 ? a : b, d.estimate > 0 ? b : a, std::abs(d.estimate)};
            }
        if (most.difference > 0) all.push_back(most);
    }
    std::ranges::stable_sort(all, std::greater<>(), &Dispute::difference);
    return all;
}

} // namespace entente
