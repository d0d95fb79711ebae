// Processes that work as one: rank 0 asks, the others answer. What is asked, who calls this knows.
#pragma once
#include "post.hpp"
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace entente {

/// Which program a rank is.
struct RankIs {
    std::string host, version, commit, sources;
    unsigned cores = 1;
};

/// What answers requests, of whatever was ordered.
using Answering = std::function<std::string(std::string_view request)>;
/// Makes it of an order, on as many threads as are said; once `stop` is true, answers are to come soon, as far as they are. May throw.
using Workshop = std::function<Answering(std::string_view order, unsigned threads, const std::atomic<bool>& stop)>;

/// How an order is shared out.
enum class By : std::uint8_t {
    rank,  ///< a rank has one request at a time, and all of its threads for it
    thread ///< each thread of a rank has its own
};

/// One of those that answer.
struct Hand {
    unsigned rank = 0, threads = 1;
};

/// Seconds without a word, not even that it lives, after which a rank counts as dead.
inline constexpr double usual_silence_s = 15;

/// How long another rank has been silent. A process that does not run for a while, with all of its threads, does not count that.
class Silence {
public:
    /// A letter has come.
    void broken() { seconds_ = 0; }
    double seconds() const { return seconds_; }
    /// To be called often. Returns the seconds by now.
    double grows();

private:
    double seconds_ = 0;
    std::chrono::steady_clock::time_point last_ = std::chrono::steady_clock::now();
};

/// The other ranks, and rank 0's own work among them.
class Ranks {
public:
    /// Waits until all ranks have said what they are. Throws Refused if one is of another build, with both named. `longest_silence_s`: after which a rank counts as dead that says nothing, not even that it lives.
    Ranks(Wire wire, Workshop workshop, double longest_silence_s = usual_silence_s);
    /// The others end.
    ~Ranks();
    Ranks(const Ranks&) = delete;
    Ranks& operator=(const Ranks&) = delete;

    unsigned count() const { return wire_.ranks; }
    /// What is to be done from now on. `threads`: of each rank; 0: as many as it has cores. While nothing is asked.
    void begin(const std::string& order, By by, unsigned threads, const std::atomic<bool>* stop);
    const std::vector<Hand>& hands() const { return hands_; }
    /// What a hand answers; nothing if it was asked to stop and is silent for half a second, as one that has died is. By any thread, but one at a time of each hand. Throws std::runtime_error with rank and
    /// host if it could not, or if the rank gives no sign of life.
    std::optional<std::string> ask(std::size_t hand, std::string_view request);
    /// The same of any hand that is free.
    std::optional<std::string> ask(std::string_view request);

private:
    struct Waiting {
        std::optional<std::string> answer;
        bool fault = false;
    };
    void take(Letter letter);
    void tell_of_stop();
    void look_after_all();

    Wire wire_;
    Workshop workshop_;
    double longest_silence_s_;
    std::vector<RankIs> ranks_; ///< [rank]
    std::string order_;         ///< the last, whole
    Answering own_;
    std::vector<Hand> hands_;
    Post post_;
    std::atomic<bool> stop_{false};               ///< rank 0's own work is to end
    std::atomic<const std::atomic<bool>*> asked_; ///< to stop, by whom begin() was called
    std::mutex lock_;
    std::condition_variable answered_, freed_;
    std::vector<Waiting> waiting_; ///< [hand]
    std::vector<Silence> silence_; ///< [rank]
    bool lost_ = false;            ///< a rank has died
    std::chrono::steady_clock::time_point looked_{};
    std::vector<bool> busy_; ///< [hand], of those that take what comes
    std::string fault_;      ///< the wire's
    std::jthread thread_;    ///< last: it uses all of the others
};

/// The work of every rank but rank 0, until it is told to end. Throws std::runtime_error if rank 0 gives no sign of life.
void serve(const Wire& wire, const Workshop& workshop);

} // namespace entente
