// What may stand in a LaTeX file: no sign of a stranger's text is one of TeX's.
#include "../../core/text.hpp"
#include "table.hpp"
#include <algorithm>
#include <fmt/format.h>
#include <utility>

namespace entente::report {
namespace {

constexpr std::pair<char32_t, const char*> signs[] = {{U'\\', "\\textbackslash{}"},
                                                      {U'{', "\\{"},
                                                      {U'}', "\\}"},
                                                      {U'$', "\\$"},
                                                      {U'&', "\\&"},
                                                      {U'#', "\\#"},
                                                      {U'_', "\\_\\allowbreak{}"},
                                                      {U'%', "\\%"},
                                                      {U'~', "\\textasciitilde{}"},
                                                      {U'^', "\\textasciicircum{}"},
                                                      {U'<', "\\textless{}"},
                                                      {U'>', "\\textgreater{}"},
                                                      {U'|', "\\textbar{}"},
                                                      {U'"', "\\char34{}"},
                                                      {U'[', "{[}"},
                                                      {U']', "{]}"},
                                                      {U'*', "{*}"},
                                                      {U'`', "\\textasciigrave{}"},
                                                      {U'\u00a0', "~"},
                                                      {U'±', "$\\pm$"},
                                                      {U'×', "$\\times$"},
                                                      {U'÷', "$\\div$"},
                                                      {U'µ', "$\\mu$"},
                                                      {U'·', "$\\cdot$"},
                                                      {U'°', "$^\\circ$"},
                                                      {U'²', "$^2$"},
                                                      {U'³', "$^3$"},
                                                      {U'≤', "$\\le$"},
                                                      {U'≥', "$\\ge$"},
                                                      {U'−', "$-$"},
                                                      {U'≈', "$\\approx$"},
                                                      {U'–', "--"},
                                                      {U'—', "---"},
                                                      {U'‘', "`"},
                                                      {U'’', "'"},
                                                      {U'“', "``"},
                                                      {U'”', "''"},
                                                      {U'…', "\\ldots{}"},
                                                      {U'«', "\\guillemotleft{}"},
                                                      {U'»', "\\guillemotright{}"},
                                                      {U'„', "\\quotedblbase{}"},
                                                      {U'‚', "\\quotesinglbase{}"},
                                                      {U'→', "$\\to$"}};
/// Which LaTeX knows in its own encoding of fonts, T1: all that stands between U+00C0 and U+017E but these.
constexpr char32_t unknown_letters[] = {U'\u00d7', U'\u00f7', U'\u0108', U'\u0109', U'\u010a', U'\u010b', U'\u0126',
                                        U'\u0127', U'\u0138', U'\u013f', U'\u0140', U'\u0149', U'\u0166', U'\u0167'};

std::string sign_in_latex(char32_t sign, std::string_view bytes)
{
    for (const auto& [of, latex] : signs)
        if (of == sign) return latex;
    if (sign < 0x7f) return std::string(bytes);
    const bool letter = sign >= 0xc0 && sign <= 0x17e && std::find(std::begin(unknown_letters), std::end(unknown_letters), sign) == std::end(unknown_letters);
    return letter ? std::string(bytes) : fmt::format("[U+{:04X}]\\allowbreak{{}}", static_cast<std::uint32_t>(sign));
}

} // namespace

char32_t decoded(std::string_view sign)
{
    const auto byte = [&](std::size_t i) { return static_cast<char32_t>(static_cast<unsigned char>(sign[i])); };
    switch (sign.size()) {
    case 2: return (byte(0) & 0x1f) << 6 | (byte(1) & 0x3f);
    case 3: return (byte(0) & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    case 4: return (byte(0) & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
    default: return byte(0);
    }
}

std::string latex_text(const std::string& text)
{
    const std::string clean = printable_name(text);
    std::string out;
    for (std::size_t at = 0; at < clean.size();) {
        const std::size_t length = std::max<std::size_t>(1, utf8_length(std::string_view(clean).substr(at)));
        const std::string_view bytes = std::string_view(clean).substr(at, length);
        if (at > 0 && length == 1 && bytes[0] == clean[at - 1] && std::string_view("-',").find(bytes[0]) != std::string_view::npos)
            out += "{}"; // two of them would be one other sign
        out += sign_in_latex(decoded(bytes), bytes);
        at += length;
    }
    return out;
}

} // namespace entente::report
