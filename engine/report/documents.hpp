// JSON documents: what every one begins with, and what the keys of each mean.
#pragma once
#include "../store/store.hpp"
#include <nlohmann/json.hpp>
#include <optional>
#include <span>

namespace entente::report {

inline constexpr int document_format_version = 1;

/// What a document is, and whose numbers it holds.
struct Document {
    const char* name;                      ///< one of documents()
    std::string engine_version, commit;    ///< of the program that computed the numbers
    std::optional<std::uint64_t> seed{};   ///< none: nothing was simulated
    std::optional<std::string> scenario{}; ///< its name, or that of the sweep
};
/// Of this program, without a simulation.
Document document(const char* name);
/// Of a scenario that this program simulated or read.
Document document(const char* name, const Scenario& scenario);
/// Of a result.
Document document(const char* name, const Provenance& provenance);

/// `body` with what every document begins with before it; indented, with a line break at the end. NaN and infinite numbers are null.
std::string printed(const Document& document, const nlohmann::ordered_json& body);

/// A document: what prints it, and what it is.
struct DocumentText {
    const char* name;
    const char* commands; ///< that print it with --json
    const char* meaning;
};
/// All of them.
std::span<const DocumentText> documents();
/// Keys of a document and what their values are. `*` stands for a name or date that is itself a key, [] for each item of a list, a|b for several keys.
struct KeyText {
    const char* document; ///< "": of every one
    const char* keys;     ///< "dates.*.classes.*.share|low|high"
    const char* meaning;
};
/// Of all documents.
std::span<const KeyText> document_keys();
/// The text of results/JSON.md.
std::string documents_page();

} // namespace entente::report
