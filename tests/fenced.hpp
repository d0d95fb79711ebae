// The boxes of code in a page in Markdown: what a reader is shown, and a test runs.
#pragma once
#include <iostream>
#include <optional>
#include <string>
#include <vector>

namespace entente {

struct Fenced {
    std::string language, text;
    std::string before;    ///< what stands between it and the box above it, or the page's beginning
    std::size_t begin = 0; ///< where its text begins in the page
};

inline std::vector<Fenced> boxes_of(const std::string& page)
{
    std::vector<Fenced> boxes;
    std::size_t after = 0;
    for (std::size_t open; (open = page.find("```", after)) != std::string::npos;) {
        const std::size_t begin = page.find('\n', open) + 1, close = page.find("```", begin), end = page.find('\n', close);
        if (begin == 0 || close == std::string::npos) break;
        boxes.push_back({page.substr(open + 3, begin - open - 4), page.substr(begin, close - begin), page.substr(after, open - after), begin});
        after = end == std::string::npos ? page.size() : end + 1;
    }
    return boxes;
}

/// What a comment "<!-- KEY ... -->" says that stands before a box; nobody who reads the page sees it.
inline std::optional<std::string> comment(const std::string& before, const std::string& key)
{
    const std::string open = "<!-- " + key;
    const std::size_t at = before.rfind(open), begin = at + open.size(), end = before.find(" -->", at);
    if (at == std::string::npos || end == std::string::npos) return std::nullopt;
    return before.substr(begin, end - begin);
}

/// Says it where nobody overlooks it, also in a run whose tests all pass.
inline bool skip_loudly(const std::string& what, const std::string& missing)
{
    std::cerr << "SKIPPED LOUDLY: " << what << " was not run, because this machine lacks " << missing << "\n";
    return true;
}

} // namespace entente
