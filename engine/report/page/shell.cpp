#include "shell.hpp"
#include <fmt/format.h>
#include <fmt/ranges.h>

namespace entente {

/// A file beside this one, as the program carries it.
std::string_view page_file(std::string_view name);

namespace report {

std::string_view page_style() { return page_file("style.css"); }

std::vector<std::string_view> chart_scripts() { return {page_file("marks.js"), page_file("chart.js"), page_file("over_time.js"), page_file("bars.js"), page_file("table.js")}; }

std::string json_in_html(const std::string& json)
{
    std::string out;
    out.reserve(json.size());
    for (std::size_t at = 0; at < json.size(); ++at) {
        const std::string_view rest = std::string_view(json).substr(at);
        if (json[at] == '<' || json[at] == '>' || json[at] == '&') out += fmt::format("\\u{:04x}", json[at]);
        else if (rest.starts_with("\xe2\x80\xa8") || rest.starts_with("\xe2\x80\xa9")) out += rest[2] == '\xa8' ? "\\u2028" : "\\u2029", at += 2; // ends a line in some scripts
        else out += json[at];
    }
    return out;
}

std::string text_in_html(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
        }
    }
    return out;
}

static std::string named_by_hash(std::string_view text) { return fmt::format("'sha256-{}'", base64_of(sha256_of(text))); }

std::string page_shell(const PageParts& parts)
{
    const std::string script = fmt::format("\"use strict\";\n{}", fmt::join(parts.scripts, "\n"));
    const std::string_view style = page_style();
    std::vector<std::string> sources = {named_by_hash(script)};
    sources.insert(sources.end(), parts.script_sources.begin(), parts.script_sources.end());
    std::vector<std::string> policy = {
        "default-src 'none'", fmt::format("script-src {}", fmt::join(sources, " ")), fmt::format("style-src {}", named_by_hash(style)), "connect-src 'none'", "base-uri 'none'",
        "form-action 'none'"};
    policy.insert(policy.end(), parts.allowed.begin(), parts.allowed.end());
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n<noscript><p>{}</p></noscript>\n",
        fmt::join(policy, "; "), text_in_html(parts.title), style, text_in_html(parts.without_scripts));
    for (const auto& [id, text] : parts.data) out += fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, text);
    return out + fmt::format("<script>{}</script>\n</body>\n</html>\n", script);
}

} // namespace report
} // namespace entente
