#include "signposts.hpp"
#include "order_statistics.hpp"
#include "given_answer.hpp"
#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace entente {
namespace {

/// Some of the runs, and what came in them.
struct Half {
    std::vector<std::size_t> run{};
    std::vector<std::uint8_t> came{};
    std::uint32_t with() const { return static_cast<std::uint32_t>(std::ranges::count(came, 1)); }
    std::uint32_t without() const { return static_cast<std::uint32_t>(came.size()) - with(); }
    std::vector<double> of(const SeenSign& sign) const
    {
        std::vector<double> values;
        for (const std::size_t r : run) values.push_back(sign.value[r]);
        return values;
    }
};

/// The line that parts best.
double line_of(const std::vector<double>& value, const Half& half, bool above)
{
    std::vector<std::size_t> order(value.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t i) { return value[i]; });
    const double with = half.with(), without = half.without();
    double below_with = 0, below_without = 0, best = -1, line = value[order.back()];
    for (std::size_t i = 0; i + 1 < order.size(); ++i) {
        (half.came[order[i]] != 0 ? below_with : below_without) += 1;
        const double here = value[order[i]], next = value[order[i + 1]];
        if (here == next) continue;
        const double parted = (below_without / without - below_with / with) * (above ? 1 : -1);
        if (parted > best) best = parted, line = here + (next - here) / 2;
    }
    return line;
}

/// What is said of each run of a half, set against what came.
JudgedRule judge(const std::vector<std::uint8_t>& said, const Half& half, std::span<const double> quarters)
{
    std::uint32_t hits = 0, alarms = 0;
    std::vector<double> leads;
    for (std::size_t i = 0; i < said.size(); ++i) {
        if (said[i] == 0) continue;
        (half.came[i] != 0 ? hits : alarms) += 1;
        if (half.came[i] != 0 && !quarters.empty()) leads.push_back(quarters[half.run[i]]);
    }
    const std::uint32_t with = half.with(), without = half.without();
    JudgedRule j{share_of(hits, with), share_of(alarms, without), share_of(hits, hits + alarms), share_of(with - hits, with + without - hits - alarms), {}};
    if (!leads.empty()) j.lead = interpolated_quantile(leads, 0.5);
    return j;
}
std::vector<std::uint8_t> said_by(const SignRule& rule, const std::vector<double>& value)
{
    std::vector<std::uint8_t> said;
    for (const double v : value) said.push_back(rule.says(v) ? 1 : 0);
    return said;
}
std::vector<std::uint8_t> joined(std::vector<std::uint8_t> a, const std::vector<std::uint8_t>& b, bool both)
{
    for (std::size_t i = 0; i < a.size(); ++i) a[i] = both ? a[i] & b[i] : a[i] | b[i];
    return a;
}
double youden(const std::vector<std::uint8_t>& said, const Half& half)
{
    double hits = 0, alarms = 0;
    for (std::size_t i = 0; i < said.size(); ++i) (half.came[i] != 0 ? hits : alarms) += said[i];
    return hits / half.with() - alarms / half.without();
}

/// One answer's hit rate less false-alarm rate, less another's, of the same runs.
Interval gain_of(const std::vector<std::uint8_t>& said, const std::vector<std::uint8_t>& before, const Half& half)
{
    double sum[2] = {0, 0}, squares[2] = {0, 0};
    for (std::size_t i = 0; i < said.size(); ++i) {
        const double d = static_cast<double>(said[i]) - before[i];
        sum[half.came[i]] += d, squares[half.came[i]] += d * d;
    }
    const double n[2] = {static_cast<double>(half.without()), static_cast<double>(half.with())};
    double variance = 0;
    for (const int k : {0, 1}) variance += (squares[k] - sum[k] * sum[k] / n[k]) / (n[k] - 1) / n[k];
    const double gain = sum[1] / n[1] - sum[0] / n[0], width = beyond_chance(0.05) * std::sqrt(variance);
    return {gain, gain - width, gain + width, said.size(), 0};
}

/// Lines at the tenths of a sign's values, each once.
std::vector<double> tenths(std::vector<double> values)
{
    const auto [least, most] = std::ranges::minmax(values);
    std::vector<double> lines;
    for (int tenth = 1; tenth < 10; ++tenth) lines.push_back(interpolated_quantile(values, tenth / 10.0));
    if (least < most) lines.push_back(least + (most - least) / 2); // of a sign with two values
    std::ranges::sort(lines);
    lines.erase(std::unique(lines.begin(), lines.end()), lines.end());
    return lines;
}

std::optional<SignPair> best_pair(std::span<const SeenSign> signs, const std::vector<Signpost>& posts, const Half& choose, const Half& judging, std::span<const double> quarters)
{
    std::vector<const Signpost*> able;
    for (const Signpost& post : posts)
        if (post.stands && able.size() < signs_paired) able.push_back(&post);
    if (able.size() < 2) return std::nullopt;
    struct Said {
        SignRule rule;
        std::vector<std::uint8_t> said;
    };
    std::vector<std::vector<Said>> all;
    for (const Signpost* post : able) {
        all.emplace_back();
        const std::vector<double> values = choose.of(signs[post->rule.sign]);
        for (const double line : tenths(values)) {
            const SignRule rule{post->rule.sign, post->rule.above, line};
            all.back().push_back({rule, said_by(rule, values)});
        }
    }
    SignPair best;
    double most = -1;
    for (std::size_t i = 0; i < all.size(); ++i)
        for (std::size_t j = i + 1; j < all.size(); ++j)
            for (const Said& a : all[i])
                for (const Said& b : all[j])
                    for (const bool both : {true, false})
                        if (const double parted = youden(joined(a.said, b.said, both), choose); parted > most) most = parted, best.a = a.rule, best.b = b.rule, best.both = both;
    const auto said_of = [&](const SignRule& rule) { return said_by(rule, judging.of(signs[rule.sign])); };
    const std::vector<std::uint8_t> said = joined(said_of(best.a), said_of(best.b), best.both);
    best.judged = judge(said, judging, quarters);
    best.gain = gain_of(said, said_of(able[0]->rule), judging);
    return best;
}

} // namespace

Signposts signposts(std::span<const SeenSign> signs, std::span<const double> comes, std::span<const std::uint8_t> there, std::span<const double> quarters)
{
    const bool fits = there.size() == comes.size() && (quarters.empty() || quarters.size() == comes.size())
                      && std::ranges::all_of(signs, [&](const SeenSign& s) { return s.value.size() == comes.size(); });
    if (!fits) throw std::invalid_argument("signs, outcomes and dates are not of as many runs");
    Signposts all{.runs = static_cast<std::uint32_t>(comes.size())};
    Half choose, judging;
    for (std::size_t run = 0; run < comes.size(); ++run) {
        if (std::isnan(comes[run])) ++all.failed;
        else if (there[run] != 0) ++all.already;
        else {
            Half& half = choose.run.size() == judging.run.size() ? choose : judging;
            half.run.push_back(run), half.came.push_back(comes[run] == 1 ? 1 : 0);
        }
    }
    all.chosen_on = static_cast<std::uint32_t>(choose.run.size()), all.judged_on = static_cast<std::uint32_t>(judging.run.size());
    const std::uint32_t with = choose.with() + judging.with(), left = all.chosen_on + all.judged_on;
    all.base = share_of(with, left);
    using Found = Signposts::Found;
    if (with == 0 || with == left) {
        all.found = left > 0 && with == left ? Found::always : Found::never;
        return all;
    }
    if (std::min({choose.with(), choose.without(), judging.with(), judging.without()}) < few_outcomes) {
        all.found = Found::too_few;
        return all;
    }
    for (std::size_t s = 0; s < signs.size(); ++s) {
        const std::vector<double> chosen = choose.of(signs[s]), judged = judging.of(signs[s]);
        const auto [least, most] = std::ranges::minmax(chosen);
        const auto is_none = [](double v) { return std::isnan(v); };
        if (std::ranges::any_of(chosen, is_none) || std::ranges::any_of(judged, is_none) || least == most) {
            all.constant.push_back(s);
            continue;
        }
        Signpost post;
        post.rule.sign = s;
        const double auc = ranked(chosen, choose.came).auc.estimate;
        post.rule.above = auc >= 0.5, post.found_auc = std::max(auc, 1 - auc);
        post.rule.line = line_of(chosen, choose, post.rule.above);
        post.ranked = ranked(judged, judging.came);
        if (!post.rule.above) {
            Interval& a = post.ranked.auc;
            a.estimate = 1 - a.estimate, post.ranked.z = -post.ranked.z;
            const double low = 1 - a.high;
            a.high = 1 - a.low, a.low = low;
        }
        post.judged = judge(said_by(post.rule, judged), judging, quarters);
        all.signs.push_back(post);
    }
    for (Signpost& post : all.signs) post.stands = post.ranked.z > beyond_chance(alpha_signposts, all.signs.size());
    std::ranges::stable_sort(all.signs, std::greater<>(), &Signpost::found_auc);
    all.found = std::ranges::any_of(all.signs, &Signpost::stands) ? Found::some : Found::none;
    all.pair = best_pair(signs, all.signs, choose, judging, quarters);
    return all;
}

} // namespace entente
