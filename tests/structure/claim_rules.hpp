// What must hold between the table of claims and the tables of tests; each rule answers with a line for each row that breaks it.
#pragma once
#include "core/csv.hpp"
#include "core/text.hpp"
#include "directional/table.hpp"
#include "model/kernel.hpp"
#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <map>
#include <string>
#include <vector>

namespace entente {

/// A row of engine/model/claims.csv.
struct Claim {
    std::string id, kind, whose, note;
    std::vector<std::string> where, tests;

    bool carried() const { return kind != "left_out"; }
    long names(const std::string& test) const { return std::count(tests.begin(), tests.end(), test); }
};
/// What a directional test or a pattern says of itself. Of a pattern nobody says whose it is: the data answer it.
struct TestOf {
    std::string claim, whose;
};
using Tests = std::map<std::string, TestOf>; ///< by id
using Faults = std::vector<std::string>;

/// How the note of a carried claim begins that has no test, or none of which it is the claim.
inline constexpr std::string_view untested = "no test, because ", borrowing = "no test of its own, because ";

inline std::vector<std::string> words(const std::string& text)
{
    std::vector<std::string> all = split(text, ' ');
    std::erase(all, "");
    return all;
}
inline std::vector<Claim> claims_of(const Table& table)
{
    std::vector<Claim> all;
    for (const auto& row : table.rows) {
        const auto cell = [&](const char* column) { return row[table.column(column)]; };
        all.push_back({cell("id"), cell("kind"), cell("whose"), cell("note"), words(cell("where")), words(cell("test"))});
    }
    return all;
}
inline const Claim* claim_of(const std::vector<Claim>& claims, const std::string& id)
{
    const auto at = std::find_if(claims.begin(), claims.end(), [&](const Claim& c) { return c.id == id; });
    return at == claims.end() ? nullptr : &*at;
}

/// Claims C01 to C`count`, each once and in order.
inline Faults out_of_order(const std::vector<Claim>& claims, std::size_t count)
{
    Faults faults;
    for (std::size_t i = 0; i < std::max(count, claims.size()); ++i) {
        const std::string wanted = i < count ? fmt::format("C{:02}", i + 1) : "no more rows", is = i < claims.size() ? claims[i].id : "no row";
        if (is != wanted) faults.push_back(fmt::format("row {}: {}, expected {}", i + 1, is, wanted));
    }
    return faults;
}

/// `mechanism:trust`, `structure:dep=pawn`, `scenario:pawn.toml`, `history:mutiny`
inline bool is_in_the_model(const std::string& word)
{
    const std::size_t colon = word.find(':'), equals = word.find('=');
    if (colon == std::string::npos) return false;
    const std::string kind = word.substr(0, colon), name = word.substr(colon + 1);
    const Description& d = describe();
    if (kind == "mechanism") return d.mechanism(name) != Description::npos;
    if (kind == "scenario") return !name.empty() && std::filesystem::exists(fmt::format("{}/scenarios/{}", SOURCE_DIR, name));
    if (kind == "history") {
        const Table history = parse_csv(read_file(SOURCE_DIR "/engine/model/history.csv"));
        return std::any_of(history.rows.begin(), history.rows.end(), [&](const auto& row) { return row[history.column("variable")] == name; });
    }
    if (kind == "structure") {
        if (equals == std::string::npos) return false;
        const std::size_t at = Description::find(d.structures, word.substr(colon + 1, equals - colon - 1));
        if (at == Description::npos) return false;
        const std::vector<std::string> choices = split(d.structures[at].choices, '|');
        return std::find(choices.begin(), choices.end(), word.substr(equals + 1)) != choices.end();
    }
    for (const auto& [of, rows] : {std::pair{"parameter", &d.parameters}, {"variable", &d.variables}, {"switch", &d.switches}, {"lever", &d.levers}, {"event", &d.forced}})
        if (kind == of) return Description::find(*rows, name) != Description::npos;
    return false;
}
/// What a claim says to be its place exists; what is carried has one, and what is left out a reason.
inline Faults misplaced(const std::vector<Claim>& claims)
{
    Faults faults;
    for (const Claim& c : claims) {
        for (const std::string& word : c.where)
            if (!is_in_the_model(word)) faults.push_back(fmt::format("{}: {} does not exist", c.id, word));
        if (c.carried() && c.where.empty()) faults.push_back(c.id + " is nowhere");
        if (!c.carried() && c.note.empty()) faults.push_back(c.id + " is left out without a reason");
    }
    return faults;
}

/// A carried claim has tests, of one of which it is the claim, or says why not; one that is left out has none.
inline Faults untested_or_borrowed(const std::vector<Claim>& claims, const Tests& tests)
{
    Faults faults;
    for (const Claim& c : claims) {
        const bool says_untested = c.note.starts_with(untested), says_borrowed = c.note.starts_with(borrowing);
        const bool own = std::any_of(c.tests.begin(), c.tests.end(), [&](const std::string& t) { return tests.contains(t) && tests.at(t).claim == c.id; });
        for (const std::string& t : c.tests)
            if (!tests.contains(t)) faults.push_back(fmt::format("{}: no test {} in directional.toml", c.id, t));
        if (!c.carried() && !c.tests.empty()) faults.push_back(c.id + " is left out, and has a test");
        if (c.carried() && c.tests.empty() && !says_untested) faults.push_back(fmt::format("{} has no test, and its note does not begin '{}'", c.id, untested));
        if (c.carried() && !c.tests.empty() && !own && !says_borrowed) faults.push_back(fmt::format("{} only borrows tests, and its note does not begin '{}'", c.id, borrowing));
        if (!c.tests.empty() && (says_untested || (own && says_borrowed))) faults.push_back(c.id + " has a test, and says that it has none");
    }
    return faults;
}

/// Both tables name each other, and agree on whose a claim is: an article's exactly if an article or the data ask for one of its tests.
inline Faults at_odds(const std::vector<Claim>& claims, const Tests& tests)
{
    Faults faults;
    for (const auto& [name, t] : tests) {
        if (t.whose != "article" && t.whose != "modeller" && t.whose != "pattern") faults.push_back(fmt::format("{}: whose = \"{}\"", name, t.whose));
        if (t.claim.empty()) {
            if (t.whose == "article") faults.push_back(name + " is an article's, but of no claim");
            continue;
        }
        const Claim* const c = claim_of(claims, t.claim);
        if (c == nullptr) {
            faults.push_back(fmt::format("{}: claims.csv has no {}", name, t.claim));
            continue;
        }
        if (c->names(name) != 1) faults.push_back(fmt::format("{} tests {}, and claims.csv names it there {} times", name, t.claim, c->names(name)));
        if (t.whose == "article" && c->whose != "article") faults.push_back(fmt::format("{} is an article's, {} the modeller's", name, t.claim));
    }
    for (const Claim& c : claims) {
        const bool asked = std::any_of(c.tests.begin(), c.tests.end(), [&](const std::string& t) { return tests.contains(t) && tests.at(t).whose != "modeller"; });
        if (c.whose != "article" && c.whose != "modeller") faults.push_back(fmt::format("{}: whose = \"{}\"", c.id, c.whose));
        if (!c.tests.empty() && asked != (c.whose == "article")) faults.push_back(fmt::format("{}: whose = {}, its tests say otherwise", c.id, c.whose));
    }
    return faults;
}

} // namespace entente
