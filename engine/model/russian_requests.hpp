// Russia asks China for arms, loans and the pipeline, and mostly does not get them (N14). C24, C131. Answers act elsewhere: on expected support,
// and a loan on output and concessions. Equations: ODD.md, 4.30.
#pragma once
#include "mechanism.hpp"
#include "states.hpp"

namespace entente {
inline namespace ENTENTE_KERNEL {

struct RussianRequests : Page<RussianRequests> {
    static constexpr std::string_view name = "russian_requests", title = "what Russia asks of China", group = "Russia's course to the West", claims = "C24 C131";

    template <class Value> struct Parameters {
        Value p_req = parameter("p_req", "1/quarter", 0.5, 0.1, 0.8, Mark::prior, "how readily Russia asks", "C24 C131");
        Value budget_on_loans = parameter("budget_on_loans", "1", 0.5, 0, 2, Mark::prior, "wish for a loan when oil income fails", "C24 C157");
        Value request_brink = fixed("request_brink", "index", 0.47, "strength below which Russia asks for arms", "C131");
        Value request_brink_width = fixed("request_brink_width", "index", 0.04, "width of that brink", "C131");
        Value request_loan_stagnation = fixed("request_loan_stagnation", "1", 2, "stagnation in the wish for a loan", "C24");
        Value request_loan_base = fixed("request_loan_base", "1", 0.05, "wish for a loan without stagnation", "C24");
        Value request_loan_limit = fixed("request_loan_limit", "1", 0.6, "the most that a loan is wished for", "C24");
        Value request_pipeline = fixed("request_pipeline", "1", 0.25, "wish for the pipeline at full sanctions", "C24");
        Value request_loan_ease = fixed("request_loan_ease", "logit", 12, "sharpness of China's answer on loans", "C24");
        Value request_loan_trust = fixed("request_loan_trust", "1", 0.5, "weight of support in that answer without fear of failure", "C24");
        Value request_loan_bar = fixed("request_loan_bar", "index", 0.60, "bar of that answer", "C24");
    };

    template <class Value> struct Shared {
        Value request_made = event("request_made", "0/1/2/3", 0, 3, "Russia asks for arms (1), a loan (2) or the pipeline (3)");
        Value request_granted = event("request_granted", "China grants what Russia asked for a quarter ago");
        Value request_refused = event("request_refused", "China refuses what Russia asked for a quarter ago");
        Value loan_granted = event("loan_granted", "China grants a loan");
    };

    static void act(const auto& now, Shared<Lanes>& next, Agents<Column>&, const auto& p, const Draws& draw)
    {
        const Four u = draw();
        const Lanes want_arms = logistic((p.request_brink - now.russian_strength) / p.request_brink_width) * when(now.war_state == war::full);
        const Lanes want_loan = min(p.request_loan_stagnation * now.stagnation + p.request_loan_base + p.budget_on_loans * positive_part(-now.budget), p.request_loan_limit);
        const Lanes want_pipeline = p.request_pipeline * now.sanctions_total * (1 - now.pipeline_signed), sum = want_arms + want_loan + want_pipeline;
        const Lanes point = u.b * sum, kind = select(point < want_arms, request::arms, select(point < want_arms + want_loan, request::loan, request::pipeline));
        next.request_made = when(u.a < p.p_req * clip(sum)) * kind;

        const Lanes asked = now.request_made;
        const Mask lends = (asked == request::loan) & happens(u.c, p.request_loan_ease * (now.china_support * (p.request_loan_trust + now.failure_belief) - p.request_loan_bar));
        const Mask granted = ((asked == request::arms) & (now.overt_support > 0)) | lends | ((asked == request::pipeline) & holds(now.pipeline_signed));
        next.loan_granted = when(lends);
        next.request_granted = when(granted);
        next.request_refused = when((asked > request::none) & !granted);
    }
};

} // namespace ENTENTE_KERNEL
} // namespace entente
