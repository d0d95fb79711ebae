// Three judgements that are wrong, each with a lasting bias and an error that fades: Russia's of Chinese support, China's of Russian strength
// and tolerance, the West's of a Russian opening. C21, C125. Equations: ODD.md, 4.3.
#pragma once
#include "mechanism.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct Perception : Page<Perception> {
    static constexpr std::string_view name = "perception", title = "misjudgement between Russia, China and the West", group = "China's policy", claims = "C21 C125";
    static constexpr std::string_view agents = "judgement";

    template <class Value> struct Parameters {
        Value sig = parameter("sig", "index", 0.12, 0, 0.3, Mark::prior, "size of misjudgement", "C21 C125");
        Value perception_bias_share = fixed("perception_bias_share", "1", 0.5, "sd of the lasting bias, in units of sig", "C125");
        Value perception_persistence = fixed("perception_persistence", "share", 0.8, "error that is left after a quarter", "C125");
        Value perception_noise = fixed("perception_noise", "1", 0.6, "sd of a quarter's new error, in units of sig", "C125");
    };

    template <class Value> struct Shared {
        Value perception_russia_on_china = variable("perception_russia_on_china", "index", 0, -4, 4, "how far Russia overrates China's support", "definition");
        Value perception_china_on_russia = variable("perception_china_on_russia", "index", 0, -4, 4, "how far China overrates Russia's strength and tolerance", "definition");
        Value perception_west_on_russia = variable("perception_west_on_russia", "index", 0, -4, 4, "how far the West overrates Russia's opening", "definition");
    };

    template <class Value> struct Agents {
        Value judgement_bias = column("judgement_bias", "index", "lasting part of the misjudgement");
        Value judgement_error = column("judgement_error", "index", "part of the misjudgement that fades");
    };

    static void begin(Shared<Lanes>&, Agents<Column>& own, const auto& p, const Draws& draw, const Counts&)
    {
        const Four u = draw();
        const Lanes spread = p.perception_bias_share * p.sig;
        own.judgement_bias = {};
        for (const Lanes x : {u.a, u.b, u.c}) own.judgement_bias.push_back(spread * normal(x));
        own.judgement_error.assign(3, Lanes(0));
    }

    static void act(const auto&, Shared<Lanes>& next, Agents<Column>& own, const auto& p, const Draws& draw)
    {
        const Four u = draw();
        const Lanes spread = p.perception_noise * p.sig;
        const auto judge = [&](std::size_t i, Lanes uniform) {
            own.judgement_error[i] = p.perception_persistence * own.judgement_error[i] + spread * normal(uniform);
            return own.judgement_bias[i] + own.judgement_error[i];
        };
        next.perception_russia_on_china = judge(0, u.a);
        next.perception_china_on_russia = judge(1, u.b);
        next.perception_west_on_russia = judge(2, u.c);
    }

    /// Without misjudgement all see right.
    static void muted(const auto&, Shared<Lanes>& next) { next.perception_russia_on_china = next.perception_china_on_russia = next.perception_west_on_russia = 0; }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
