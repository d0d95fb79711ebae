// The result of a plain run, and what came of doing it again.
#pragma once
#include "../experiment/again.hpp"
#include "../experiment/again_sweep.hpp"
#include "answer.hpp"

namespace entente::report {

/// From what the file holds; nothing is simulated.
Answer answer_of(const StoredResult& result);
/// The answer, no line but that of a place wider than asked for; of a run that ends with the history also the model beside the data; then where it lies, a file or a folder of parts.
std::string text_of(const StoredResult& result, const std::string& path, const Looks& looks);
nlohmann::ordered_json json_of(const StoredResult& result, const std::string& path);
/// Whether the bits are identical, and else the first difference.
std::string text_of(const Repeated& again, const std::string& path);
nlohmann::ordered_json json_of(const Repeated& again, const std::string& path);
/// The same of a sweep.
std::string text_of(const RepeatedSweep& again, const std::string& path);
nlohmann::ordered_json json_of(const RepeatedSweep& again, const std::string& path);

} // namespace entente::report
