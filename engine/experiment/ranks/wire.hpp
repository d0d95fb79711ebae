// How letters go between processes that work as one, its ranks; by what means, one page knows (mpi.cpp).
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace entente {

struct Letter {
    unsigned from = 0; ///< rank
    std::string text;
};
/// One rank's end of it, for one thread at a time. Neither function waits for another rank; what they throw is the end of the wire.
struct Wire {
    unsigned rank = 0, ranks = 1;
    unsigned cores = 1; ///< that this rank may use, beside those of the other ranks on its machine
    std::function<void(unsigned to, std::string text)> send;
    std::function<std::optional<Letter>()> poll; ///< what has come, in the order in which one rank has sent it; nothing if nothing has
    std::function<void()> give_up{}; ///< it leads to a rank that has died: to close it would be to wait for that one, so it stays open until the process ends. None: nothing waits
    std::shared_ptr<void> open{};    ///< closes it with the last copy
};
/// The wire to all processes that were started together with this one. Nothing if it was started alone, or is a program that works alone.
std::optional<Wire> wire_here(int& argc, char**& argv);

} // namespace entente
