// The model's pages as text: what stands at their heads, what they read, and the numbers of their code.
#pragma once
#include "core/text.hpp"
#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

inline std::string without_comments(const std::string& text)
{
    std::string out;
    for (const std::string& line : split(text, '\n')) out += line.substr(0, line.find("//")) + "\n";
    return out;
}
/// Code without includes, comments, quoted text and the rows of its tables: what is left computes.
inline std::string computing(const std::string& text)
{
    std::string out;
    bool in_row = false;
    for (const std::string& line : split(without_comments(text), '\n')) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first == std::string::npos || line[first] == '#') continue;
        in_row = in_row || (line.compare(first, 6, "Value ") == 0 && line.find('=') != std::string::npos);
        if (!in_row) out += line + "\n";
        else if (line.back() == ';') in_row = false;
    }
    static const std::regex quoted(R"("[^"]*")");
    return std::regex_replace(out, quoted, "");
}

/// The same without the functions `begin` and `muted`, which chapter 3 of ODD.md describes.
inline std::string acting(std::string code)
{
    static const std::regex function(R"(\n    static void (begin|muted)\()");
    for (std::smatch m; std::regex_search(code, m, function);) {
        const std::size_t begin = static_cast<std::size_t>(m.position()), line = code.find('\n', begin + 1), block = code.find("\n    }\n", begin);
        const bool on_one_line = code.substr(begin, line - begin).find('}') != std::string::npos;
        code.erase(begin, (on_one_line ? line : block + 6) - begin);
    }
    return code;
}

/// Numbers as equations and code write them: `.35`, `0.35`, `120`, `1e-6`; not the digits of names and dates.
struct Number {
    std::size_t at, length;
    double value;
};
inline std::vector<Number> numbers(std::string_view text)
{
    const auto is_digit = [&](std::size_t i) { return i < text.size() && text[i] >= '0' && text[i] <= '9'; };
    const auto in_word = [&](std::size_t i) { return is_digit(i) || (i < text.size() && (std::isalpha(static_cast<unsigned char>(text[i])) || text[i] == '_')); };
    std::vector<Number> all;
    for (std::size_t i = 0; i < text.size();) {
        if (!is_digit(i) && !(text[i] == '.' && is_digit(i + 1))) {
            ++i;
            continue;
        }
        const bool a_bound = i > 1 && text[i - 1] == '_' && text[i - 2] == ']'; // [z]_0^2
        const bool begins = i == 0 || a_bound || !(in_word(i - 1) || text[i - 1] == '.');
        std::size_t end = i;
        while (is_digit(end)) ++end;
        if (end < text.size() && text[end] == '.') ++end;
        while (is_digit(end)) ++end;
        if (end + 2 < text.size() && text[end] == 'e' && (is_digit(end + 1) || (text[end + 1] == '-' && is_digit(end + 2)))) {
            for (end += 2; is_digit(end);) ++end;
        }
        if (begins && !in_word(end)) all.push_back({i, end - i, std::stod(std::string(text.substr(i, end - i)))});
        while (in_word(end)) ++end;
        i = end;
    }
    return all;
}

struct PageText {
    std::string file, name, head, code, claims;
    std::set<std::string> reads;    ///< parameters: members of `p`
    std::map<double, int> literals; ///< numbers of its code and of the headers that are its own, and how often they stand there
    std::set<double> must_show;     ///< those with a point: whole numbers may be indices and sizes, and chapter 3 has those of `begin` and `muted`
};

inline std::string model_file(const std::string& name) { return read_file(SOURCE_DIR "/engine/model/" + name); }
inline std::string head_of(const std::string& text) { return text.substr(0, text.find("#pragma once")); }
inline std::vector<std::string> model_headers()
{
    std::vector<std::string> all;
    for (const auto& entry : std::filesystem::directory_iterator(SOURCE_DIR "/engine/model"))
        if (entry.path().extension() == ".hpp") all.push_back(entry.path().filename().string());
    std::sort(all.begin(), all.end());
    return all;
}
inline bool is_page(const std::string& text) { return std::regex_search(text, std::regex(": Page<\\w+> \\{")); }

/// Members that are arrays of rows: `faction_alarm` is siloviki_alarm, technocrats_alarm, regional_alarm.
inline std::map<std::string, std::vector<std::string>> arrays_of_rows(const std::string& text)
{
    static const std::regex member(R"(Value (\w+)\[\w+\] = \{)"), row(R"re(fixed\("(\w+)")re");
    std::map<std::string, std::vector<std::string>> all;
    for (std::sregex_iterator m(text.begin(), text.end(), member), end; m != end; ++m) {
        const std::size_t begin = static_cast<std::size_t>(m->position()), close = text.find("};", begin);
        const std::string rows = text.substr(begin, close - begin);
        for (std::sregex_iterator r(rows.begin(), rows.end(), row); r != end; ++r) all[(*m)[1]].push_back((*r)[1]);
    }
    return all;
}

inline PageText page_text(const std::string& file)
{
    static const std::regex own_header(R"re(#include "(\w+\.hpp)")re"), member(R"(\bp\.(\w+))"), named(R"re(\bname = "(\w+)")re"), claimed(R"re(\bclaims = "([^"]*)")re");
    const std::string text = model_file(file);
    PageText page{file, "", head_of(text), computing(text), "", {}, {}, {}};
    std::smatch m;
    if (std::regex_search(text, m, named)) page.name = m[1];
    if (std::regex_search(text, m, claimed)) page.claims = m[1];
    for (std::sregex_iterator i(text.begin(), text.end(), own_header), end; i != end; ++i) {
        const std::string header = (*i)[1], inside = model_file(header);
        if (!is_page(inside) && header != "mechanism.hpp" && header != "states.hpp") page.code += computing(inside);
    }
    const auto arrays = arrays_of_rows(text);
    for (std::sregex_iterator r(page.code.begin(), page.code.end(), member), end; r != end; ++r) {
        const auto array = arrays.find((*r)[1]);
        if (array == arrays.end()) page.reads.insert((*r)[1]);
        else page.reads.insert(array->second.begin(), array->second.end());
    }
    for (const Number& n : numbers(page.code)) ++page.literals[n.value];
    for (const Number& n : numbers(acting(page.code)))
        if (n.value != std::floor(n.value)) page.must_show.insert(n.value);
    return page;
}
inline const std::vector<PageText>& pages()
{
    static const std::vector<PageText> all = [] {
        std::vector<PageText> found;
        for (const std::string& file : model_headers())
            if (is_page(model_file(file))) found.push_back(page_text(file));
        return found;
    }();
    return all;
}

/// A section of ODD.md: `## 4.12 dependence`.
struct OddSection {
    std::string number, page, text;
};
/// Those of chapter 4, with the name of the page whose equations they hold.
inline std::vector<OddSection> sections_of(const std::string& document)
{
    static const std::map<std::string, std::string> others = {{"Derived quantities", "derived"}, {"Outcome classes and events", "outcome"}};
    static const std::regex heading(R"(## (4\.[0-9]+) ([^\n(]*[^\n( ])( \(N[0-9]+\))?)");
    std::vector<OddSection> all;
    bool inside = false;
    for (const std::string& line : split(document, '\n')) {
        std::smatch m;
        if (line.starts_with("#")) {
            inside = std::regex_match(line, m, heading);
            if (!inside) continue;
            const auto other = others.find(m[2]);
            all.push_back({m[1], other == others.end() ? std::string(m[2]) : other->second, ""});
        } else if (inside) {
            all.back().text += line + "\n";
        }
    }
    return all;
}

} // namespace entente
