#include "../core/csv.hpp"
#include "../core/text.hpp"
#include "../model/drivers.hpp"
#include "sensitivity.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <map>
#include <set>
#include <stdexcept>

namespace entente {

std::string_view claims_csv();

namespace {

/// What an input sets: "parameters.zeta", of several things each.
std::vector<std::string> things_set(const InputColumn& input)
{
    std::vector<std::string> all;
    for (const std::string& one : split(input.sets, ',')) all.emplace_back(trim(one));
    return all;
}

/// A dial's inputs: the dial itself, and what it moves.
std::vector<InputGroup> driver_groups(const std::vector<InputColumn>& inputs)
{
    std::vector<InputGroup> groups;
    for (const Driver& driver : drivers) {
        std::set<std::string> moved = {fmt::format("drivers.{}", driver.name)};
        for (const DialRow& row : dial_rows)
            if (row.driver == driver.name) moved.insert(fmt::format("{}.{}", row.section, row.name));
        InputGroup& group = groups.emplace_back(InputGroup{std::string(driver.name), {}});
        for (std::size_t k = 0; k < inputs.size(); ++k)
            if (std::ranges::any_of(things_set(inputs[k]), [&](const std::string& thing) { return moved.contains(thing); })) group.inputs.push_back(k);
    }
    return groups;
}

/// Letters of the articles that make a claim, by the claim's id.
std::map<std::string, std::string> letters_of_claims()
{
    std::map<std::string, std::string> letters;
    const Table table = parse_csv(claims_csv());
    for (const auto& row : table.rows)
        for (const char c : row[table.column("sources")])
            if (c >= 'A' && c <= 'Z') letters[row[table.column("id")]] += c;
    return letters;
}

/// Claims that the row of the model cites which "parameters.zeta" names.
std::string_view source_of(const std::string& thing)
{
    const Description& d = describe();
    const std::size_t dot = thing.find('.');
    if (dot == std::string::npos) return {};
    const std::string section = thing.substr(0, dot), name = thing.substr(dot + 1);
    const std::vector<Row>* const rows = section == "parameters" ? &d.parameters : section == "structures" ? &d.structures : section == "levers" ? &d.levers : nullptr;
    if (section == "drivers")
        for (const Driver& driver : drivers)
            if (driver.name == name) return driver.claims;
    const std::size_t at = rows ? Description::find(*rows, name) : Description::npos;
    return at == Description::npos ? std::string_view() : (*rows)[at].source;
}

/// An article's inputs: those whose rows cite a claim of it. An input may be of several articles.
std::vector<InputGroup> article_groups(const std::vector<InputColumn>& inputs)
{
    const std::map<std::string, std::string> letters = letters_of_claims();
    std::map<char, InputGroup> groups;
    for (const auto& [claim, of] : letters)
        for (const char c : of) groups.try_emplace(c, InputGroup{fmt::format("article {}", c), {}});
    for (std::size_t k = 0; k < inputs.size(); ++k) {
        std::set<char> cited;
        for (const std::string& thing : things_set(inputs[k]))
            for (const std::string& claim : split(source_of(thing), ' '))
                if (const auto at = letters.find(claim); at != letters.end()) cited.insert(at->second.begin(), at->second.end());
        for (const char c : cited) groups[c].inputs.push_back(k);
    }
    std::vector<InputGroup> all;
    for (auto& [letter, group] : groups) all.push_back(std::move(group));
    return all;
}

} // namespace

std::vector<InputGroup> groups_of(const std::vector<std::string>& asked, const std::vector<InputColumn>& inputs)
{
    std::vector<InputGroup> all;
    std::vector<std::string> names, faults;
    for (const InputColumn& input : inputs) names.push_back(input.name);
    for (const std::string& text : asked) {
        const std::size_t equals = text.find('=');
        if (text == "drivers" || text == "articles") {
            const std::vector<InputGroup> some = text == "drivers" ? driver_groups(inputs) : article_groups(inputs);
            all.insert(all.end(), some.begin(), some.end());
        } else if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
            faults.push_back(fmt::format("groups: drivers, articles or NAME=a,b,c, got '{}'", text));
        } else {
            InputGroup group{text.substr(0, equals), {}};
            for (const std::string& part : split(text.substr(equals + 1), ',')) {
                const std::string name(trim(part));
                const auto at = std::ranges::find_if(inputs, [&](const InputColumn& input) { return input.name == name || input.sets == name; });
                if (at == inputs.end()) faults.push_back(fmt::format("group {}: no input '{}'{}", group.name, name, did_you_mean(name, names)));
                else if (std::ranges::find(group.inputs, static_cast<std::size_t>(at - inputs.begin())) == group.inputs.end())
                    group.inputs.push_back(static_cast<std::size_t>(at - inputs.begin()));
            }
            all.push_back(std::move(group));
        }
    }
    if (!faults.empty()) throw std::invalid_argument(fmt::format("{}", fmt::join(faults, "\n")));
    return all;
}

} // namespace entente
