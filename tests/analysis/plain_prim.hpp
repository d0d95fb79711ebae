// PRIM as slowly and plainly as it can be written: every candidate's rows are gone through anew. What the fast one is held to where no reference trajectory reaches.
#pragma once
#include "analysis/prim.hpp"
#include <algorithm>
#include <cmath>
#include <optional>

namespace entente {

class PlainPrim {
public:
    PlainPrim(const Cases& cases, std::vector<std::uint32_t> rows, PrimOptions options)
        : cases_(cases), rows_(std::move(rows)), options_(options), start_(whole_box(cases)), box_(start_)
    {
        for (const auto& kinds : {std::vector{Factor::Kind::number}, {Factor::Kind::whole, Factor::Kind::date}, {Factor::Kind::choice}})
            for (std::size_t c = 0; c < cases.columns.size(); ++c)
                if (std::ranges::find(kinds, cases.columns[c].kind) != kinds.end()) order_.push_back(c);
        boxes.push_back(box_), sizes.push_back(rows_.size());
        while (peel()) note();
        peels = boxes.size() - 1;
        while (paste()) note();
    }
    std::vector<Box> boxes;
    std::vector<std::size_t> sizes;
    std::size_t peels = 0;

private:
    using Rows = std::vector<std::uint32_t>;
    struct Candidate {
        Box box;
        Rows rows;
        double score;
        std::size_t free;
    };
    void note() { boxes.push_back(box_), sizes.push_back(inside(box_).size()); }
    Rows inside(const Box& box) const { return rows_in(cases_, box, rows_); }
    double x(std::size_t c, std::uint32_t r) const { return cases_.columns[c].value[r]; }
    double mean(const Rows& rows) const { return tally_of(cases_, rows).density(); }
    static double quantile(std::vector<double> v, double q)
    {
        std::ranges::sort(v);
        const double p = static_cast<double>(v.size() - 1) * q;
        auto a = static_cast<std::size_t>(std::floor(p)), b = static_cast<std::size_t>(std::ceil(p));
        if (q > 0.5)
            while (v[a] == v[b] && a > 0) --a;
        else
            while (v[a] == v[b] && b < v.size() - 1) ++b;
        return (v[a] + v[b]) / 2;
    }
    Candidate rated(Box box, Rows rows) const
    {
        const Rows old = inside(box_);
        Candidate c{.box = std::move(box), .rows = std::move(rows), .score = 0, .free = 0};
        const double before = mean(old), after = c.rows.empty() ? 0 : mean(c.rows);
        if (before != after && old.size() != c.rows.size()) c.score = (after - before) / std::abs(static_cast<double>(old.size()) - static_cast<double>(c.rows.size()));
        for (std::size_t k = 0; k < c.box.size(); ++k) c.free += c.box[k] == start_[k];
        return c;
    }
    static std::optional<Candidate> best(std::vector<Candidate> all)
    {
        std::stable_sort(all.begin(), all.end(), [](const Candidate& a, const Candidate& b) { return a.score != b.score ? a.score > b.score : a.free > b.free; });
        return all.empty() ? std::nullopt : std::optional(all[0]);
    }
    bool is_heavy(const Rows& rows) const { return static_cast<double>(rows.size()) / static_cast<double>(cases_.rows()) >= options_.least_mass; }
    bool peel()
    {
        const Rows old = inside(box_);
        std::vector<Candidate> all;
        for (const std::size_t c : order_) {
            if (cases_.columns[c].kind == Factor::Kind::choice) {
                if (std::ranges::count(box_[c].inside, true) < 2) continue;
                for (std::size_t k = 0; k < box_[c].inside.size(); ++k) {
                    if (!box_[c].inside[k]) continue;
                    Box box = box_;
                    box[c].inside[k] = false;
                    all.push_back(rated(box, inside(box)));
                }
                continue;
            }
            std::vector<double> v;
            for (const std::uint32_t r : old) v.push_back(x(c, r));
            for (const bool upper : {true, false}) {
                Box box = box_;
                double limit = quantile(v, upper ? 1 - options_.peel : options_.peel);
                Rows kept;
                if (cases_.columns[c].kind == Factor::Kind::number) {
                    for (const std::uint32_t r : old)
                        if (upper ? x(c, r) <= limit : x(c, r) >= limit) kept.push_back(r);
                } else {
                    limit = std::trunc(limit);
                    const bool strict = limit == (upper ? box_[c].high : box_[c].low);
                    for (const std::uint32_t r : old)
                        if (upper ? (strict ? x(c, r) < limit : x(c, r) <= limit) : (strict ? x(c, r) > limit : x(c, r) >= limit)) kept.push_back(r);
                    std::vector<double> of;
                    for (const std::uint32_t r : kept.empty() ? old : kept) of.push_back(x(c, r));
                    limit = upper ? std::ranges::max(of) : std::ranges::min(of);
                }
                (upper ? box[c].high : box[c].low) = limit;
                all.push_back(rated(box, kept));
            }
        }
        const auto found = best(std::move(all));
        if (!found || !is_heavy(found->rows) || found->rows.size() >= old.size() || !(found->score > 0)) return false;
        box_ = found->box;
        return true;
    }
    bool paste()
    {
        std::vector<Candidate> all;
        bool real = false;
        for (const std::size_t c : order_) {
            if (box_[c] == start_[c]) continue;
            real = real || cases_.columns[c].kind == Factor::Kind::number;
            if (!real) return false;
            if (cases_.columns[c].kind == Factor::Kind::choice) {
                for (std::size_t k = 0; k < box_[c].inside.size(); ++k) {
                    if (box_[c].inside[k] || !start_[c].inside[k]) continue;
                    Box box = box_;
                    box[c].inside[k] = true;
                    all.push_back(rated(box, inside(box)));
                }
                continue;
            }
            for (const bool upper : {false, true}) {
                Box slab = box_, box = box_;
                if (upper) slab[c].low = box_[c].high, slab[c].high = start_[c].high;
                else slab[c].high = box_[c].low, slab[c].low = start_[c].low;
                std::vector<double> v;
                for (const std::uint32_t r : inside(slab)) v.push_back(x(c, r));
                double limit = v.empty() ? (upper ? start_[c].high : start_[c].low) : quantile(v, upper ? options_.paste : 1 - options_.paste);
                if (cases_.columns[c].kind != Factor::Kind::number) limit = std::trunc(limit);
                (upper ? box[c].high : box[c].low) = limit;
                all.push_back(rated(box, inside(box)));
            }
        }
        const auto found = best(std::move(all));
        const Rows old = inside(box_);
        if (!found || found->rows.size() <= old.size() || !is_heavy(found->rows) || !(found->score > 0) || !(mean(found->rows) > mean(old))) return false;
        box_ = found->box;
        return true;
    }
    const Cases& cases_;
    Rows rows_;
    PrimOptions options_;
    Box start_, box_;
    std::vector<std::size_t> order_;
};

} // namespace entente
