// Ids of claims, additions and tests, as texts name them: C07, C16-C19, N3, T71, D22, V05, P03.
#pragma once
#include <fmt/format.h>
#include <regex>
#include <set>
#include <string>

namespace entente {

/// Of one kind, ranges written out. A letter inside a word begins no id.
inline std::set<std::string> ids_in(const std::string& text, const char* kind)
{
    const std::regex id(fmt::format(R"(\b{0}([0-9]{{1,3}})(-{0}([0-9]{{1,3}}))?\b)", kind));
    std::set<std::string> all;
    for (std::sregex_iterator m(text.begin(), text.end(), id), end; m != end; ++m) {
        const std::string first = (*m)[1], last = (*m)[3].matched ? (*m)[3] : (*m)[1];
        for (int i = std::stoi(first); i <= std::stoi(last); ++i) all.insert(fmt::format("{}{:0{}}", kind, i, first.size()));
    }
    return all;
}
inline std::set<std::string> claims_in(const std::string& text) { return ids_in(text, "C"); }

} // namespace entente
