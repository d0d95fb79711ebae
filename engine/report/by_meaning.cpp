#include "by_meaning.hpp"
#include "../core/text.hpp"
#include "model.hpp"
#include <algorithm>
#include <cctype>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <vector>

namespace entente::report {
namespace {

/// " offer of integration that the west makes to russia": words of small letters, each after one space.
std::string plain(const std::string& text)
{
    std::string out = " ";
    for (const char c : text) {
        const auto letter = static_cast<unsigned char>(c);
        if (std::isalnum(letter) != 0 || letter >= 128) out += static_cast<char>(std::tolower(letter));
        else if (out.back() != ' ') out += ' ';
    }
    return out;
}

/// The words that are looked for, each with the space before it and without the s of a plural.
std::vector<std::string> stems_of(const std::string& words)
{
    std::vector<std::string> stems;
    for (std::string word : split(plain(words), ' ')) {
        if (word.size() < 3 || word == "the" || word == "and" || word == "for") continue;
        if (word.size() > 4 && word.back() == 's') word.pop_back();
        stems.push_back(" " + word);
    }
    return stems;
}

} // namespace

std::string text_of_meant(const std::string& words)
{
    constexpr std::size_t most = 8;
    const std::vector<std::string> stems = stems_of(words);
    if (stems.empty()) return "";
    const nlohmann::ordered_json model = json_of_model();
    std::string text;
    std::size_t found = 0;
    for (const auto& [table, key] :
         {std::pair{"levers", "lever"}, {"forced", "forced event"}, {"drivers", "driver"}, {"events", "event"}, {"derived", "quantity"}, {"variables", "variable"}, {"structures", "structure"}, {"parameters", "parameter"}})
        for (const auto& row : model.at(table)) {
            const auto name = row.at(key).get<std::string>(), meaning = row.at("meaning").get<std::string>(), all = plain(fmt::format("{} {}", name, meaning));
            if (!std::ranges::all_of(stems, [&](const std::string& stem) { return all.find(stem) != std::string::npos; })) continue;
            if (++found <= most) text += fmt::format("\n  {}: {}, {}", name, key, meaning);
        }
    if (found > most) text += fmt::format("\n  and {} more: entente describe model", found - most);
    return text;
}

} // namespace entente::report
