#include "../core/quarter.hpp"
#include "../model/drivers.hpp"
#include "reading.hpp"
#include <algorithm>
#include <bit>
#include <filesystem>
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {
namespace {

bool same_bits(double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); }

/// A stretch of a course that one segment of the file can say.
struct Stretch {
    Imposition how = Imposition::set;
    int from = 0, to = 0;
    double first = 0, last = 0;
    bool ramp = false;
};

int end_of(const Course& c) { return static_cast<int>(c.how.size()) - 1; }
double level(const Course& c, int q) { return c.value[static_cast<std::size_t>(q)]; }

/// The longest stretch that begins at `from`, constant or along a straight line whose every value comes out to the bit.
Stretch stretch_from(const Course& c, int from)
{
    const auto alike = [&](int q) { return imposition(c, q) == imposition(c, from); };
    Stretch s{imposition(c, from), from, from, level(c, from), level(c, from)};
    while (s.to < end_of(c) && alike(s.to + 1) && same_bits(level(c, s.to + 1), s.first)) ++s.to;
    if (s.how != Imposition::set) return s;
    int reach = from;
    while (reach < end_of(c) && alike(reach + 1)) ++reach;
    for (int to = reach; to > s.to && to >= from + 2; --to) {
        bool straight = true;
        for (int q = from; q <= to && straight; ++q) straight = same_bits(level(c, q), linear(s.first, level(c, to), from, to, q));
        if (straight) return {s.how, from, to, s.first, level(c, to), true};
    }
    return s;
}

std::vector<Stretch> stretches(const Course& c)
{
    std::vector<Stretch> list;
    for (int q = 0; q <= end_of(c);) {
        if (imposition(c, q) == Imposition::none) {
            ++q;
            continue;
        }
        list.push_back(stretch_from(c, q));
        q = list.back().to + 1;
    }
    return list;
}

std::string dates(const Stretch& s) { return fmt::format("from = \"{}\", to = \"{}\"", quarter_name(s.from), quarter_name(s.to)); }

std::string in_brackets(const std::vector<std::string>& parts) { return parts.size() == 1 ? parts[0] : fmt::format("[{}]", fmt::join(parts, ", ")); }

std::string lever_text(const Course& c, int start, int horizon)
{
    const std::vector<Stretch> all = stretches(c);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const Stretch& s = all[i];
        if (s.ramp) { // in a lever it stays at its last value, so nothing else may follow
            const bool flat = i + 2 == all.size() && !all[i + 1].ramp && all[i + 1].from == s.to + 1 && same_bits(all[i + 1].first, s.last) && all[i + 1].to == horizon;
            if (flat || s.to == horizon) {
                parts.push_back(fmt::format("{{ ramp = [{}, {}], {} }}", number_text(s.first), number_text(s.last), dates(s)));
                break;
            }
            for (int q = s.from; q <= s.to; ++q) parts.push_back(fmt::format("{{ pulse = {}, {} }}", number_text(level(c, q)), dates({s.how, q, q})));
        } else if (s.from == start && s.to == horizon && c.waits.empty()) {
            return number_text(s.first);
        } else if (s.to == horizon) {
            parts.push_back(fmt::format("{{ step = {}, from = \"{}\" }}", number_text(s.first), quarter_name(s.from)));
        } else {
            parts.push_back(fmt::format("{{ pulse = {}, {} }}", number_text(s.first), dates(s)));
        }
    }
    for (const Wait& wait : c.waits) parts.push_back(fmt::format("{{ value = {}, {} }}", number_text(wait.value), wait_text(wait, start, horizon)));
    return in_brackets(parts);
}

std::string event_text(const Course& c, const Row& row, int start, int horizon)
{
    std::vector<std::string> parts;
    for (int q = 0; q <= end_of(c); ++q)
        if (imposition(c, q) != Imposition::none)
            parts.push_back(is_flag(row) ? toml_text(quarter_name(q)) : fmt::format("{{ at = \"{}\", size = {} }}", quarter_name(q), number_text(level(c, q))));
    for (Wait wait : c.waits) {
        const std::string size = is_flag(row) ? "" : fmt::format(", size = {}", number_text(wait.value));
        wait.lasts = 0; // an event has no length to be named
        parts.push_back(is_of_the_first(wait) ? fmt::format("{{ at = \"{}\", of = \"first\" }}", quarter_name(wait.from)) : fmt::format("{{ {}{} }}", wait_text(wait, start, horizon), size));
    }
    return in_brackets(parts);
}

std::string pin_text(const Course& c)
{
    std::vector<std::string> parts;
    for (const Stretch& s : stretches(c)) {
        if (s.ramp) parts.push_back(fmt::format("{{ set_ramp = [{}, {}], {} }}", number_text(s.first), number_text(s.last), dates(s)));
        else if (s.how == Imposition::hold) parts.push_back(fmt::format("{{ hold = true, {} }}", dates(s)));
        else parts.push_back(fmt::format("{{ {} = {}, {} }}", s.how == Imposition::add ? "add" : "set", number_text(s.first), dates(s)));
    }
    return in_brackets(parts);
}

/// What waits, in words; "" if nothing does.
std::string words_of(const Course& c, int start, int horizon)
{
    std::string text;
    for (const Wait& wait : c.waits) {
        const std::string level = c.target == Target::lever ? number_text(wait.value) + " " : "";
        const bool of_the_first = c.target == Target::forced && is_of_the_first(wait);
        text += fmt::format("; {}{}", level, of_the_first ? fmt::format("in {} if the first leader still rules", quarter_name(wait.from)) : wait_words(wait, start, horizon));
    }
    return text;
}

std::string numbers_text(const std::vector<double>& list)
{
    std::vector<std::string> texts;
    for (const double x : list) texts.push_back(number_text(x));
    return fmt::format("[{}]", fmt::join(texts, ", "));
}

class Sheet {
public:
    explicit Sheet(const Scenario& scenario) : scenario_(scenario), home_(std::filesystem::path(scenario.files.empty() ? "" : scenario.files[0]).parent_path()) {}

    void section(std::string_view name) { text_ += fmt::format("\n[{}]\n", name); }
    void line(std::string_view key, const std::string& value, const Origin& origin, const std::string& words = "")
    {
        const std::string setting = fmt::format("{} = {}", key, value);
        text_ += fmt::format("{:<56} # {}{}\n", setting, place(origin), words);
    }
    void top(const char* key, const std::string& value)
    {
        const auto at = scenario_.origins.find(key);
        line(key, value, at == scenario_.origins.end() ? Origin{} : at->second);
    }
    void dial(std::string_view driver, double value)
    {
        const auto at = scenario_.origins.find(fmt::format("drivers.{}", driver));
        line(driver, number_text(value), at == scenario_.origins.end() ? Origin{} : at->second);
    }
    void remark(const std::string& text) { text_ += fmt::format("# {}\n", text); }
    std::string place(const Origin& origin) const
    {
        if (origin.file.empty()) return "default";
        if (origin.line == 0 || origin.file.starts_with("--")) return origin.file;
        return fmt::format("{}:{}", near(origin.file), origin.line);
    }
    /// The draws of each parameter, by draw.
    void posterior()
    {
        const JointSetting& joint = scenario_.joint;
        if (joint.parameters.empty()) return;
        section("posterior");
        remark(fmt::format("each run takes one of {} draws for all of these: the first number of each, or the second, ...; {}{}", joint.draws.draws(), place(joint.origin),
                           joint.file.empty() ? "" : ", from " + near(joint.file)));
        const std::size_t names = joint.parameters.size();
        for (std::size_t name = 0; name < names; ++name) {
            std::string values;
            for (std::size_t draw = 0; draw < joint.draws.draws(); ++draw)
                fmt::format_to(std::back_inserter(values), "{}{}", draw == 0 ? "" : " ", static_cast<float>(joint.draws.values[draw * names + name]));
            text_ += fmt::format("{} = \"{}\"\n", joint.draws.names[name], values);
        }
    }
    void expectations()
    {
        for (const Expectation& e : scenario_.expectations) {
            text_ += "\n[[expect]]\n";
            line("quantity", toml_text(e.quantity), e.origin);
            if (e.of_difference()) line("sign", e.sign > 0 ? "\"+\"" : e.sign < 0 ? "\"-\"" : "\"report\"", e.origin);
            if (e.least) line("least", number_text(*e.least), e.origin);
            if (e.most) line("most", number_text(*e.most), e.origin);
        }
    }
    void mutes()
    {
        text_ += scenario_.mutes.empty() ? fmt::format("{:<56} # none\n", "mute = []") : "mute = [\n";
        for (const Mute& m : scenario_.mutes) text_ += fmt::format("{:<56} # {}\n", "    " + toml_text(m.name) + ",", place(m.origin));
        if (!scenario_.mutes.empty()) text_ += "]\n";
    }
    std::string text() && { return std::move(text_); }

private:
    /// As seen from the scenario's folder.
    std::string near(const std::string& file) const
    {
        const std::filesystem::path relative = std::filesystem::path(file).lexically_relative(home_.empty() ? "." : home_);
        std::string name = relative.empty() ? file : relative.string();
        for (char& c : name) c = c < 0x20 || c > 0x7e ? '?' : c; // a comment ends with its line
        return name;
    }

    const Scenario& scenario_;
    std::filesystem::path home_;
    std::string text_;
};

} // namespace

std::string toml_of(const Distribution& d)
{
    static constexpr const char* names[] = {"", "uniform", "log_uniform", "normal", "log_normal", "beta", "table"};
    if (d.shape == Shape::value) return number_text(d.a);
    if (d.shape == Shape::table) return fmt::format("{{ table = {}, weights = {} }}", numbers_text(d.values), numbers_text(d.weights));
    const std::string bounds = d.shape == Shape::beta ? "on" : d.cut == Cut::limit ? "limits" : d.cut == Cut::truncate ? "truncated" : "";
    const std::string cut = bounds.empty() ? "" : fmt::format(", {} = {}", bounds, numbers_text({d.low, d.high}));
    return fmt::format("{{ {} = {}{} }}", names[static_cast<std::size_t>(d.shape)], numbers_text({d.a, d.b}), cut);
}

std::string toml_of_mixture(const std::vector<double>& weights, std::size_t structure)
{
    const std::vector<std::string> names = alternatives(describe().structures[structure]);
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (weights[i] == 1) return toml_text(names[i]);
        if (weights[i] != 0) parts.push_back(fmt::format("{} = {}", names[i], number_text(weights[i])));
    }
    return fmt::format("{{ {} }}", fmt::join(parts, ", "));
}

std::string resolved_toml(const Scenario& s)
{
    const Description& d = describe();
    Sheet page(s);
    page.top("title", toml_text(s.title));
    page.top("assumes", toml_text(s.assumes));
    page.top("runs", fmt::format("{}", s.runs));
    page.top("seed", fmt::format("{}", s.seed));
    page.top("start", toml_text(quarter_name(s.start)));
    page.top("horizon", toml_text(quarter_name(s.horizon)));
    page.top("draw", !s.joint.parameters.empty() ? "\"posterior\"" : s.draw_priors ? "\"priors\"" : "\"defaults\"");
    page.mutes();
    page.section("agents");
    page.top("firms", fmt::format("{}", s.counts.firms));
    page.top("banks", fmt::format("{}", s.counts.banks));
    page.top("elites", fmt::format("{}", s.counts.elites));
    page.section("drivers");
    for (std::size_t i = 0; i < drivers.size(); ++i) page.dial(drivers[i].name, s.dials[i]);
    page.section("structures");
    for (std::size_t i = 0; i < d.structures.size(); ++i) page.line(d.structures[i].name, toml_of_mixture(s.structures[i].weights, i), s.structures[i].origin);

    const auto courses = [&](Target target, std::string_view section, auto text) {
        page.section(section);
        const std::vector<Row>& rows = target == Target::lever ? d.levers : target == Target::forced ? d.forced : d.variables;
        for (const CourseSetting& c : s.courses)
            if (!c.history && c.course.target == target) page.line(rows[c.course.index].name, text(c.course), c.origin, words_of(c.course, s.start, s.horizon));
    };
    courses(Target::lever, "levers", [&](const Course& c) { return lever_text(c, s.start, s.horizon); });
    for (std::size_t i = 0; i < d.levers.size(); ++i) {
        bool set = false;
        for (const CourseSetting& c : s.courses) set = set || (c.course.target == Target::lever && c.course.index == i);
        if (!set) page.remark(fmt::format("{} = {} # default", d.levers[i].name, number_text(d.levers[i].standard)));
    }
    courses(Target::forced, "events", [&](const Course& c) { return event_text(c, d.forced[c.index], s.start, s.horizon); });
    courses(Target::variable, "pins", [](const Course& c) { return pin_text(c); });

    std::vector<std::size_t> index;
    page.section("parameters");
    for (std::size_t i = 0; i < d.parameters.size(); ++i) {
        const MechanismText& m = d.mechanisms[d.owner_of_parameter(i)];
        if (m.name == "outcome") {
            index.push_back(i);
            continue;
        }
        if (i == m.first_parameter) page.remark(fmt::format("{}: {}", m.name, m.title));
        const bool above = std::ranges::find(s.joint.parameters, i) != s.joint.parameters.end();
        page.line(d.parameters[i].name, toml_of(s.parameters[i].distribution), s.parameters[i].origin, above ? draws_stand_above : "");
    }
    page.section("index");
    for (const std::size_t i : index) page.line(d.parameters[i].name, toml_of(s.parameters[i].distribution), s.parameters[i].origin);
    page.expectations();
    page.posterior();
    return std::move(page).text();
}

} // namespace entente
