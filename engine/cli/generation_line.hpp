// How far a calibration has come, on a terminal.
#pragma once
#include "../experiment/calibrate.hpp"
#include <chrono>
#include <memory>
#include <string>

namespace entente::cli {

/// A line on stderr after each generation, if that is a terminal; it is wiped away at the end.
class GenerationLine {
public:
    explicit GenerationLine(std::string what);
    ~GenerationLine();
    GenerationLine(const GenerationLine&) = delete;
    GenerationLine& operator=(const GenerationLine&) = delete;
    void operator()(const CalibrationProgress& progress);

private:
    std::string what_;
    bool shown_;
    std::chrono::steady_clock::time_point begin_;
};
/// Shows progress on a line, which lives as long as the listener.
CalibrationListener listener_on(const std::shared_ptr<GenerationLine>& line);

} // namespace entente::cli
