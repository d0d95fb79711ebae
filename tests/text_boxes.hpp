// Boxes of the texts in an SVG of gnuplot's, by the size of the font and the number of signs: what overlaps, and what lies outside.
#pragma once
#include "report/words.hpp"
#include <fmt/format.h>
#include <regex>
#include <string>
#include <vector>

namespace entente {

struct TextBox {
    std::string text;
    double left, right, top, bottom; ///< in the SVG's units, downwards
};
struct SvgTexts {
    double width = 0, height = 0;
    std::vector<TextBox> boxes;
};

inline SvgTexts texts_in(const std::string& svg)
{
    constexpr double sign = 0.56, above = 0.72, below = 0.2; ///< of the font's size
    SvgTexts all;
    std::smatch m;
    if (std::regex_search(svg, m, std::regex(R"re(viewBox="0 0 ([0-9.]+) ([0-9.]+)")re"))) all.width = std::stod(m[1]), all.height = std::stod(m[2]);
    static const std::regex pattern(R"re(translate\(([-0-9.]+),([-0-9.]+)\)( rotate\(([-0-9.]+)\))?"[^>]*font-size="([0-9.]+)"[^>]*text-anchor="([a-z]+)">\s*<text>(.*?)</text>)re");
    for (std::sregex_iterator at(svg.begin(), svg.end(), pattern), end; at != end; ++at) {
        std::string text = (*at)[7];
        for (const auto& [entity, letter] : {std::pair{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&#160;", " "}})
            for (std::size_t place = 0; (place = text.find(entity, place)) != std::string::npos;) text.replace(place, std::string_view(entity).size(), letter);
        text.erase(0, text.find_first_not_of(' ') == std::string::npos ? text.size() : text.find_first_not_of(' '));
        if (text.empty()) continue;
        const double x = std::stod((*at)[1]), y = std::stod((*at)[2]), size = std::stod((*at)[5]), width = sign * size * static_cast<double>(report::columns(text));
        const std::string anchor = (*at)[6];
        const double back = anchor == "middle" ? width / 2 : anchor == "end" ? width : 0; ///< from where it is anchored to its first sign
        if ((*at)[3].matched && std::stod((*at)[4]) != 0) all.boxes.push_back({text, x - above * size, x + below * size, y + back - width, y + back}); // upwards
        else all.boxes.push_back({text, x - back, x - back + width, y - above * size, y + below * size});
    }
    return all;
}

/// A line for each text that leaves the picture, or lies over another.
inline std::vector<std::string> faults_of(const SvgTexts& texts)
{
    constexpr double slack = 1;
    std::vector<std::string> faults;
    for (std::size_t i = 0; i < texts.boxes.size(); ++i) {
        const TextBox& a = texts.boxes[i];
        if (a.left < -slack || a.top < -slack || a.right > texts.width + slack || a.bottom > texts.height + slack) faults.push_back(fmt::format("'{}' leaves the picture", a.text));
        for (std::size_t j = 0; j < i; ++j) {
            const TextBox& b = texts.boxes[j];
            if (std::min(a.right, b.right) - std::max(a.left, b.left) > slack && std::min(a.bottom, b.bottom) - std::max(a.top, b.top) > slack)
                faults.push_back(fmt::format("'{}' lies over '{}'", a.text, b.text));
        }
    }
    return faults;
}

} // namespace entente
