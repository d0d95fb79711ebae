// Chinese banks decide whether they take payments for Russia; the large ones have more to lose in the West and learn to fear enforcement.
// C20, C35, C36. Equations: ODD.md, 4.9.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct ChineseBanks : Page<ChineseBanks> {
    static constexpr std::string_view name = "chinese_banks", title = "payment compliance of Chinese banks", group = "trade, money and dependence", claims = "C20 C35 C36";
    static constexpr std::string_view agents = "bank";

    template <class Value> struct Parameters {
        Value lam_p = parameter("lam_p", "1/quarter", 0.35, 0.15, 0.6, Mark::weak, "speed at which banks and firms learn enforcement", "C20 C35");
        Value c_bank = parameter("c_bank", "utility", 1.0, 0.5, 2, Mark::calibrated, "banks' aversion to risk", "C20 C35");
        Value bank_yuan_shelter = fixed("bank_yuan_shelter", "share", 0.15, "enforcement that yuan settlement keeps off", "C36");
        Value bank_rails_shelter = fixed("bank_rails_shelter", "share", 0.75, "enforcement that insulated rails keep off", "C36 C37");
        Value bank_sanctions_risk = fixed("bank_sanctions_risk", "index", 0.05, "risk in sanctions alone", "C20");
        Value bank_noise = fixed("bank_noise", "index", 0.10, "sd of what a bank hears of enforcement", "");
        Value bank_tolerance = fixed("bank_tolerance", "utility", 0.34, "expected loss at which half of the banks refuse", "C20");
        Value bank_precision = fixed("bank_precision", "1/utility", 10, "precision of banks' choices", "");
        Value bank_large_volume = fixed("bank_large_volume", "share", 0.6, "volume of payments at the large banks", "C20");
    };

    template <class Value> struct Shared {
        Value bank_acceptance = variable("bank_acceptance", "share", 0.96, 0, 1, "payments for Russia that Chinese banks take, by volume (B)", "equilibrium of 2014");
        Value small_bank_acceptance = variable("small_bank_acceptance", "share", 0.97, 0, 1, "smaller banks that take payments for Russia", "equilibrium of 2014");
    };

    template <class Value> struct Agents : With<Drawn, Value> {
        Value bank_exposure = column("bank_exposure", "index", "what the bank has to lose in the West");
        Value bank_risk = column("bank_risk", "probability", "punishment that the bank expects");
    };

    /// The first third of the banks is large.
    static std::size_t large(const Agents<Column>& own) { return own.bank_risk.size() / 3; }

    static void begin(Shared<Lanes>&, Agents<Column>& own, const auto&, const Draws& draw, const Counts& counts, const Switches<Lanes>& on)
    {
        own.make_room(counts.banks);
        own.bank_exposure.resize(counts.banks);
        own.bank_risk.assign(counts.banks, Lanes(0.03));
        const bool one_by_one = any(holds(on.use_single_banks));
        for (std::uint32_t b = 0; b < counts.banks; ++b) {
            const Lanes u = one_by_one ? draw(b).a : Lanes(0.5);
            own.bank_exposure[b] = b < large(own) ? 0.60 + 0.35 * u : 0.05 + 0.45 * u;
        }
    }

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>& own, const auto& p, const Draws& draw)
    {
        const Lanes enforcement = clip(now.secondary_enforcement + now.bank_enforcement_push);
        const Lanes theta = clip(enforcement * (1 - p.bank_yuan_shelter * now.yuan_settlement) * (1 - p.bank_rails_shelter * now.insulated_rails) + p.bank_sanctions_risk * now.sanctions_in_force);
        const Lanes aversion = p.c_bank * now.china_western_exposure;
        Lanes large_accept = 0, small_accept = 0;
        const std::size_t n = own.bank_risk.size(), n_large = large(own);
        if (any(holds(now.use_single_banks))) {
            draw.fill(own.drawn);
            for (std::size_t b = 0; b < n; ++b) {
                const auto& [noise, choice] = own.drawn[b];
                own.bank_risk[b] += p.lam_p * (clip(theta + p.bank_noise * bell(noise)) - own.bank_risk[b]);
                const Lanes accepts = when(happens(choice, p.bank_precision * (p.bank_tolerance - aversion * own.bank_exposure[b] * own.bank_risk[b])));
                (b < n_large ? large_accept : small_accept) += accepts;
            }
        }
        if (any(!holds(now.use_single_banks))) { // a bank of mean exposure, who hears without noise, and whose choice is its probability
            for (std::size_t b = 0; b < n; ++b) {
                own.bank_risk[b] += p.lam_p * (theta - own.bank_risk[b]);
                (b < n_large ? large_accept : small_accept) += logistic(p.bank_precision * (p.bank_tolerance - aversion * own.bank_exposure[b] * own.bank_risk[b]));
            }
        }
        next.small_bank_acceptance = small_accept / double(n - n_large);
        next.bank_acceptance = n_large == 0 ? next.small_bank_acceptance : p.bank_large_volume * large_accept / double(n_large) + (1 - p.bank_large_volume) * next.small_bank_acceptance;
    }

    /// Without compliance every bank takes every payment.
    static void muted(const auto&, Shared<Lanes>& next) { next.bank_acceptance = next.small_bank_acceptance = 1; }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
