// A result held to its runs made again: every variable that the file keeps of single runs, to the bit.
#pragma once
#include "store.hpp"
#include <optional>

namespace entente {

/// Where a file first differs.
struct OtherVariable {
    std::string name; ///< "agents/value"
    std::uint64_t run = 0;
};
/// Whether runs of a result may have been given up: that runs made again know nothing of.
enum class GivenUp : std::uint8_t { none, some };
/// Compares runs as they are made.
class HeldRuns {
public:
    /// Of a plain result. Throws as read_result().
    HeldRuns(const std::string& path, const Scenario& scenario, Keep keep, GivenUp given_up);
    ~HeldRuns();
    HeldRuns(const HeldRuns&) = delete;
    HeldRuns& operator=(const HeldRuns&) = delete;
    /// Of runs that failed, what came after that is not compared.
    std::optional<OtherVariable> first_other(const FinishedBlock& block) const;

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace entente
