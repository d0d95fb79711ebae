#include "quantity.hpp"
#include "../core/number.hpp"
#include "../core/quarter.hpp"
#include "../core/text.hpp"
#include "../model/names.hpp"
#include "answer.hpp"
#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <limits>
#include <set>
#include <stdexcept>

namespace entente {
namespace {

struct Word {
    std::string text;
    std::size_t at;
};
std::vector<Word> words_of(const std::string& text)
{
    std::vector<Word> words;
    std::size_t i = 0;
    while (i < text.size()) {
        if (text[i] == ' ') {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        if (text[i] == '+' || text[i] == '-' || text[i] == '*') ++i;
        else
            while (i < text.size() && text[i] != ' ' && text[i] != '+' && text[i] != '-' && text[i] != '*') ++i;
        words.push_back({text.substr(begin, i - begin), begin});
    }
    return words;
}

class Parser {
public:
    explicit Parser(const std::string& text) : text_(text), words_(words_of(text)) {}

    Quantity parse()
    {
        Quantity q;
        q.text = text_;
        const auto form = std::ranges::find_if(forms, [head = peek()](const Form& f) { return f.begins ? f.begins(head) : head == f.shown; });
        if (form != std::end(forms)) (this->*form->read)(q);
        else seen(q);
        if (next_ < words_.size()) fail("nothing more");
        return q;
    }

private:
    /// How a quantity begins; one that begins otherwise names an event.
    struct Form {
        std::string_view shown; ///< in messages; without `begins` it is the word itself
        bool (*begins)(std::string_view head);
        void (Parser::*read)(Quantity& q);
    };
    static const Form forms[6];

    void mean(Quantity& q)
    {
        ++next_;
        variables_or_class(q);
        q.kind = q.terms.empty() ? Quantity::Kind::share : Quantity::Kind::mean;
        window(q, true);
    }
    void quantile(Quantity& q)
    {
        const bool median = peek() == "median";
        q.level = median ? 0.5 : percentage();
        ++next_;
        if (!median) expect("of");
        expression(q);
        window(q, true);
    }
    void change(Quantity& q)
    {
        ++next_;
        q.kind = Quantity::Kind::change;
        variables_or_class(q);
        window(q, false);
    }
    void first(Quantity& q)
    {
        ++next_;
        q.kind = Quantity::Kind::first;
        event(q);
    }
    void share(Quantity& q)
    {
        q.kind = Quantity::Kind::share;
        of_class(q);
        window(q, true);
    }
    void seen(Quantity& q)
    {
        q.kind = Quantity::Kind::seen;
        event(q);
    }

    std::string peek() const { return next_ < words_.size() ? words_[next_].text : ""; }
    [[noreturn]] void fail(const std::string& wanted, const std::vector<std::string>& candidates = {}) const
    {
        const std::size_t at = next_ < words_.size() ? words_[next_].at : text_.size();
        const std::string got = next_ < words_.size() ? fmt::format("'{}'", peek()) : "nothing more";
        throw std::invalid_argument(fmt::format("quantity: {} expected, got {}{}\n  {}\n  {:>{}}", wanted, got, candidates.empty() ? "" : hint(candidates), text_, "^", at + 1));
    }
    /// What was meant where a name is unknown: what the answer calls so, what else bears that name and how it is asked for, or a name that is near.
    std::string hint(const std::vector<std::string>& candidates) const
    {
        const std::string word = peek();
        if (next_ >= words_.size()) return "";
        std::string rest = text_.substr(words_[next_].at);
        for (const char* end : {" at ", " from ", " by ", " to "}) rest = rest.substr(0, rest.find(end));
        const std::string called = name_of_label(rest);
        if (std::ranges::find(candidates, called) != candidates.end()) return fmt::format("; did you mean '{}'?", called);
        const bool is_class = std::ranges::count(class_names, word) + std::ranges::count(orientation_names, word) > 0;
        const bool is_variable = Description::find(describe().variables, word) != Description::npos, is_event = Description::find(describe().events, word) != Description::npos;
        const std::vector<std::string> all = is_variable ? std::vector<std::string>{"a variable"} : bearers(word);
        std::string found = all.empty() ? "" : fmt::format(", which is {}", fmt::join(all, " and "));
        if (is_class) found += fmt::format("; its share is 'share_{}'", word) + (with_all_words(word, candidates).empty() ? "" : did_you_mean(word, candidates));
        if (is_event) found += fmt::format("; when it is seen, '{} by DATE'", word);
        if (is_variable) found += fmt::format("; did you mean 'mean {}'?", word);
        else if (Description::find(describe().variables, called) != Description::npos) found += fmt::format("; did you mean 'mean {}'?", called);
        return found.empty() ? did_you_mean(word, candidates) : found;
    }
    static std::vector<std::string> names(const std::vector<Row>& rows)
    {
        std::vector<std::string> all;
        for (const Row& r : rows) all.emplace_back(r.name);
        return all;
    }
    double percentage() const
    {
        const std::string word = peek();
        const auto percent = number_in<double>(std::string_view(word).substr(0, word.size() - 1)); // it ends with %
        if (!percent || *percent <= 0 || *percent >= 100) fail("a percentage between 0 and 100");
        return *percent / 100;
    }
    int date()
    {
        const std::string word = peek();
        const bool year = word.size() == 4 && word.find_first_not_of("0123456789") == std::string::npos;
        const auto quarter = parse_quarter(year ? word + "Q1" : word);
        if (!quarter) fail("a date from 2014Q1 on, such as 2045Q1,");
        ++next_;
        return *quarter;
    }
    void expect(const char* word)
    {
        if (peek() != word) fail(fmt::format("'{}'", word));
        ++next_;
    }
    void window(Quantity& q, bool may_be_point)
    {
        if (may_be_point && peek() == "at") {
            ++next_;
            q.from = q.to = date();
            return;
        }
        if (peek() != "from") fail(may_be_point ? "'at' or 'from'" : "'from'");
        ++next_;
        q.from = date();
        expect("to");
        q.to = date();
        if (q.to >= q.from) return;
        --next_;
        fail(fmt::format("a date from {} on", quarter_name(q.from)));
    }
    void expression(Quantity& q)
    {
        double sign = 1;
        while (true) {
            double factor = sign;
            if (const auto number = number_in<double>(peek())) {
                factor *= *number;
                ++next_;
                expect("*");
            }
            const std::size_t variable = Description::find(describe().variables, peek());
            if (variable == Description::npos) fail("a variable", names(describe().variables));
            q.terms.push_back({factor, variable});
            ++next_;
            if (peek() != "+" && peek() != "-") return;
            sign = peek() == "+" ? 1 : -1;
            ++next_;
        }
    }
    void variables_or_class(Quantity& q)
    {
        if (peek().starts_with("share_") && Description::find(describe().variables, peek()) == Description::npos) of_class(q);
        else expression(q);
    }
    void of_class(Quantity& q)
    {
        const std::string name = peek().substr(6);
        const auto in_class = std::find(std::begin(class_names), std::end(class_names), name);
        const auto in_orientation = std::find(std::begin(orientation_names), std::end(orientation_names), name);
        if (in_class != std::end(class_names)) q.code = static_cast<int>(in_class - std::begin(class_names));
        else if (in_orientation != std::end(orientation_names)) q.code = 8 + static_cast<int>(in_orientation - std::begin(orientation_names));
        else {
            std::vector<std::string> all;
            for (const int c : class_order) all.push_back("share_" + std::string(class_names[c]));
            for (const int o : orientation_order) all.push_back("share_" + std::string(orientation_names[o]));
            fail("share_ and a class or orientation", all);
        }
        ++next_;
    }
    void event(Quantity& q)
    {
        q.event = Description::find(describe().events, peek());
        if (q.event == Description::npos) {
            std::vector<std::string> all = names(describe().events);
            std::string shown;
            for (const Form& form : forms) {
                shown += fmt::format("{}'{}'", shown.empty() ? "" : ", ", form.shown);
                if (!form.begins) all.emplace_back(form.shown);
            }
            fail(shown + " or an event", all);
        }
        ++next_;
        expect("by");
        q.from = q.to = date();
    }

    const std::string& text_;
    std::vector<Word> words_;
    std::size_t next_ = 0;
};
constinit const Parser::Form Parser::forms[6] = {
    {"mean", {}, &Parser::mean},     {"median", {}, &Parser::quantile}, {"NN% of", [](std::string_view head) { return head.ends_with('%'); }, &Parser::quantile},
    {"change", {}, &Parser::change}, {"first", {}, &Parser::first},     {"share_...", [](std::string_view head) { return head.starts_with("share_"); }, &Parser::share}};

/// One run, as a quantity looks at it.
struct Seen {
    const Quantity& q;
    const BlockResult& block;
    std::size_t run, runs;

    bool in_class(int quarter) const
    {
        const std::uint8_t code = block.outcome[static_cast<std::size_t>(quarter) * runs + run];
        return q.code >= 8 ? orientation_of(code) == q.code - 8 : class_of(code) == q.code;
    }
    double at(int quarter) const
    {
        if (q.terms.empty()) return in_class(quarter) ? 1. : 0.;
        double sum = 0;
        for (const Quantity::Term& term : q.terms) sum += term.factor * static_cast<double>(block.value(static_cast<std::size_t>(quarter), term.variable, run));
        return sum;
    }
    /// The quarter of the event, -1 if it was not seen by the date.
    int event() const
    {
        const int quarter = block.first_event[q.event * runs + run];
        return quarter <= q.to ? quarter : -1;
    }
};

double mean_of(const Seen& s)
{
    double sum = 0;
    for (int quarter = s.q.from; quarter <= s.q.to; ++quarter) sum += s.at(quarter);
    return sum / (s.q.to - s.q.from + 1);
}
double change_of(const Seen& s) { return s.at(s.q.to) - s.at(s.q.from); }
double seen_of(const Seen& s) { return s.event() >= 0 ? 1 : 0; }
double first_of(const Seen& s) { return s.event() >= 0 ? s.event() : s.q.to; }

/// A variable's or a sum's, by what the variables are.
std::string about_terms(const Quantity& q)
{
    std::string text;
    for (const Quantity::Term& term : q.terms)
        text += fmt::format("{}{}{}", text.empty() ? "" : " + ", term.factor == 1 ? "" : fmt::format("{} * ", term.factor), describe().variables[term.variable].meaning);
    return text;
}
std::string window_of(const Quantity& q) { return q.from == q.to ? "at " + quarter_name(q.to) : fmt::format("from {} to {}", quarter_name(q.from), quarter_name(q.to)); }
std::string class_text(const Quantity& q) { return fmt::format("{} {}", q.code >= 8 ? "orientation" : "class", q.code >= 8 ? orientation_names[q.code - 8] : class_names[q.code]); }
std::string meaning_of_mean(const Quantity& q)
{
    const std::string quantile = q.level ? fmt::format("; asked for: the {}% quantile over runs", 100 * *q.level) : "";
    return fmt::format("{}: {}{}{}", about_terms(q), q.from == q.to ? "" : "mean ", window_of(q), quantile);
}
std::string meaning_of_change(const Quantity& q)
{
    return fmt::format("{}: change {}", q.terms.empty() ? fmt::format("1 in {}, 0 elsewhere", class_text(q)) : about_terms(q), window_of(q));
}
std::string meaning_of_share(const Quantity& q)
{
    return fmt::format("{} in {} {}", q.from == q.to ? "1 if the run is" : "share of the quarters that the run is", class_text(q), window_of(q));
}
std::string meaning_of_seen(const Quantity& q) { return fmt::format("1 if the run has seen it by {}: {}", quarter_name(q.to), describe().events[q.event].meaning); }
std::string meaning_of_first(const Quantity& q)
{
    return fmt::format("quarter that first sees it, {} if none has by then: {}", quarter_name(q.to), describe().events[q.event].meaning);
}

/// What tells the kinds apart.
struct Nature {
    double (*of)(const Seen&);                     ///< a run's value
    enum Range : std::uint8_t { any, part } range; ///< part: from 0 to 1
    enum About : std::uint8_t { states, event } about;
    std::string (*meaning)(const Quantity&);
    std::string_view unit = {}; ///< empty: that of its variables
};
/// In the order of Quantity::Kind.
constexpr Nature natures[] = {{mean_of, Nature::any, Nature::states, meaning_of_mean},
                              {change_of, Nature::any, Nature::states, meaning_of_change},
                              {mean_of, Nature::part, Nature::states, meaning_of_share},
                              {seen_of, Nature::part, Nature::event, meaning_of_seen},
                              {first_of, Nature::any, Nature::event, meaning_of_first, "quarters since 2014Q1"}};
const Nature& nature_of(const Quantity& quantity) { return natures[static_cast<std::size_t>(quantity.kind)]; }

} // namespace

Quantity parse_quantity(const std::string& text) { return Parser(text).parse(); }

double evaluate(const Quantity& quantity, const BlockResult& block, std::size_t run, std::size_t runs) { return nature_of(quantity).of({quantity, block, run, runs}); }

bool is_part(const Quantity& quantity) { return nature_of(quantity).range == Nature::part; }

std::string fault_of_share(double share, double least)
{
    if (share >= least && share <= 1) return "";
    return fmt::format("a share from {} to 1, got {}{}", least, share, share > 1 && share <= 100 ? fmt::format("; {:.6g} is {} %", share / 100, share) : "");
}
std::string fault_of_share(const Quantity& quantity, double share) { return is_part(quantity) ? fault_of_share(share) : ""; }

bool is_share(const Quantity& quantity) { return !quantity.level && is_part(quantity) && quantity.from == quantity.to; }

std::string unit_of(const Quantity& quantity)
{
    if (!nature_of(quantity).unit.empty()) return std::string(nature_of(quantity).unit);
    std::string_view unit;
    for (const Quantity::Term& term : quantity.terms) {
        const std::string_view own = describe().variables[term.variable].unit;
        if (own == "index" || own == "share" || own == "0/1" || (!unit.empty() && own != unit)) return "";
        unit = own;
    }
    return std::string(unit);
}

std::string meaning_of(const Quantity& quantity) { return nature_of(quantity).meaning(quantity); }

std::string heading_of(const Quantity& quantity)
{
    const std::string unit = unit_of(quantity);
    return unit.empty() ? quantity.text : fmt::format("{} ({})", quantity.text, unit);
}

std::string fault_of_date(const Quantity& q, int start, int horizon)
{
    if (q.to > horizon) return fmt::format("'{}' asks for {}, but the scenario ends in {}", q.text, quarter_name(q.to), quarter_name(horizon));
    if (nature_of(q).about == Nature::event && q.to < start)
        return fmt::format("'{}' asks for {}, but events are counted from start on, {}", q.text, quarter_name(q.to), quarter_name(start));
    return "";
}

std::vector<std::uint32_t> variables_of(const std::vector<Quantity>& quantities)
{
    std::set<std::uint32_t> all;
    for (const Quantity& q : quantities)
        for (const Quantity::Term& term : q.terms) all.insert(static_cast<std::uint32_t>(term.variable));
    return {all.begin(), all.end()};
}

} // namespace entente
