#include "ranks.hpp"
#include "../../core/packing.hpp"
#include "../../version.hpp"
#include "../refusal.hpp"
#include <algorithm>
#include <chrono>
#include <cmath>
#include <exception>
#include <fmt/format.h>
#include <stdexcept>
#include <unistd.h>

namespace entente {
namespace {

enum class What : std::uint8_t { hello, order, request, answer, fault, stop, end, sign };

/// What it is stands at its end: a long text is copied neither before it leaves nor when it has come.
std::string letter_of(What what, std::uint32_t hand = 0, std::string text = "")
{
    Packing end;
    end.number(what), end.number(hand);
    return std::move(text.append(end.bytes));
}
struct Opened {
    What what = What::end;
    std::uint32_t hand = 0;
    std::string text;
};
Opened opened(Letter letter)
{
    constexpr std::size_t end = sizeof(What) + sizeof(std::uint32_t);
    if (letter.text.size() < end) throw std::runtime_error(fmt::format("rank {} sent what is no letter", letter.from));
    Opened o;
    Unpacking from(std::string_view(letter.text).substr(letter.text.size() - end));
    from.number(o.what), from.number(o.hand);
    letter.text.resize(letter.text.size() - end);
    o.text = std::move(letter.text);
    return o;
}

RankIs this_rank(const Wire& wire)
{
    char host[256] = "unknown";
    gethostname(host, sizeof host - 1);
    const Build& b = build();
    return {host, b.version, b.commit, b.sources, wire.cores};
}
std::string bytes_of(const RankIs& is)
{
    Packing bytes;
    bytes.text(is.host), bytes.text(is.version), bytes.text(is.commit), bytes.text(is.sources), bytes.number(is.cores);
    return std::move(bytes.bytes);
}
RankIs rank_in(std::string_view bytes)
{
    RankIs is;
    Unpacking from(bytes);
    from.text(is.host), from.text(is.version), from.text(is.commit), from.text(is.sources), from.number(is.cores);
    return is;
}
std::string name_of(const RankIs& is) { return fmt::format("entente {} ({}, sources {})", is.version, is.commit, is.sources); }

struct Order {
    By by = By::rank;
    unsigned threads = 0;
    std::string_view text;
};
unsigned threads_of(unsigned asked, unsigned cores) { return asked != 0 ? asked : std::max(1u, cores); }

/// Requests that wait for one of a rank's threads.
class Desk {
public:
    Desk(Post& post, const Workshop& workshop, const Order& order, unsigned cores) : post_(post)
    {
        const unsigned threads = threads_of(order.threads, cores);
        // by a thread of its own: letters are answered meanwhile
        prepare_ = [this, &workshop, text = std::string(order.text), own = order.by == By::rank ? threads : 1] {
            try {
                answering_ = workshop(text, own, stop_);
            } catch (const std::exception& e) {
                fault_ = e.what();
            }
        };
        for (unsigned t = 0; t < (order.by == By::rank ? 1 : threads); ++t) threads_.emplace_back([this] { work(); });
    }
    ~Desk()
    {
        stop_ = true;
        {
            const std::scoped_lock lock(lock_);
            ended_ = true;
        }
        more_.notify_all();
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;
    void take(std::uint32_t hand, std::string request)
    {
        {
            const std::scoped_lock lock(lock_);
            requests_.emplace_back(hand, std::move(request));
        }
        more_.notify_one();
    }
    void stop() { stop_ = true; }

private:
    void work()
    {
        std::call_once(prepared_, prepare_);
        while (true) {
            std::pair<std::uint32_t, std::string> request;
            {
                std::unique_lock lock(lock_);
                more_.wait(lock, [this] { return ended_ || !requests_.empty(); });
                if (requests_.empty()) return;
                request = std::move(requests_.front());
                requests_.pop_front();
            }
            post_.send(0, answer_to(request.first, request.second));
        }
    }
    std::string answer_to(std::uint32_t hand, std::string_view request)
    {
        if (!fault_.empty()) return letter_of(What::fault, hand, fault_);
        try {
            return letter_of(What::answer, hand, answering_(request));
        } catch (const std::exception& e) {
            return letter_of(What::fault, hand, e.what());
        }
    }

    Post& post_;
    std::function<void()> prepare_;
    std::once_flag prepared_;
    Answering answering_;
    std::string fault_; ///< why there is none
    std::atomic<bool> stop_{false};
    std::mutex lock_;
    std::condition_variable more_;
    std::deque<std::pair<std::uint32_t, std::string>> requests_;
    bool ended_ = false;
    std::vector<std::jthread> threads_; ///< last: they use all of the others
};

} // namespace

double Silence::grows()
{
    const auto now = std::chrono::steady_clock::now();
    seconds_ += std::min(0.5, std::chrono::duration<double>(now - last_).count());
    last_ = now;
    return seconds_;
}

Ranks::Ranks(Wire wire, Workshop workshop, double longest_silence_s)
    : wire_(std::move(wire)), workshop_(std::move(workshop)), longest_silence_s_(longest_silence_s), ranks_(wire_.ranks), post_(wire_), asked_(nullptr)
{
    ranks_[0] = this_rank(wire_);
    silence_.resize(wire_.ranks);
    unsigned heard = 1;
    post_.work([&](Letter letter) {
        const unsigned from = letter.from;
        ranks_[from] = rank_in(opened(std::move(letter)).text);
        if (++heard == wire_.ranks) post_.end();
    });
    for (unsigned rank = 1; rank < wire_.ranks; ++rank)
        if (ranks_[rank].sources != ranks_[0].sources) {
            for (unsigned other = 1; other < wire_.ranks; ++other) wire_.send(other, letter_of(What::end));
            throw Refused(refusal::MixedRanks{ranks_[0].host, name_of(ranks_[0]), rank, ranks_[rank].host, name_of(ranks_[rank])});
        }
    thread_ = std::jthread([this] {
        try {
            post_.work([this](Letter letter) { take(std::move(letter)); }, [this] { tell_of_stop(), look_after_all(); });
        } catch (const std::exception& e) {
            const std::scoped_lock lock(lock_);
            fault_ = e.what();
            answered_.notify_all();
        }
    });
}

Ranks::~Ranks()
{
    if (const std::scoped_lock lock(lock_); lost_ && wire_.give_up) wire_.give_up();
    for (unsigned rank = 1; rank < wire_.ranks; ++rank) post_.send(rank, letter_of(What::end));
    post_.end();
}

void Ranks::begin(const std::string& order, By by, unsigned threads, const std::atomic<bool>* stop)
{
    Packing whole;
    whole.number(by), whole.number(threads), whole.text(order);
    asked_ = stop;
    if (whole.bytes == order_) return;
    order_ = std::move(whole.bytes);
    stop_ = false;
    hands_.clear();
    for (unsigned rank = 0; rank < wire_.ranks; ++rank) {
        const unsigned own = threads_of(threads, ranks_[rank].cores);
        // a second request for each thread of another rank is under way while it is at the first
        const unsigned hands = by == By::rank ? 1 : rank == 0 ? own : 2 * own;
        hands_.insert(hands_.end(), hands, {rank, by == By::rank ? own : 1});
        if (rank != 0) post_.send(rank, letter_of(What::order, 0, order_));
    }
    own_ = workshop_(order, by == By::rank ? hands_[0].threads : 1, stop_);
    const std::scoped_lock lock(lock_);
    waiting_.assign(hands_.size(), {});
    busy_.assign(hands_.size(), false);
}

void Ranks::tell_of_stop()
{
    const std::atomic<bool>* const asked = asked_;
    if (asked == nullptr || !*asked || stop_.exchange(true)) return;
    for (unsigned rank = 1; rank < wire_.ranks; ++rank) post_.send(rank, letter_of(What::stop));
}

/// Asks each rank for a sign of life now and then.
void Ranks::look_after_all()
{
    const auto now = std::chrono::steady_clock::now();
    if (now - looked_ < std::chrono::milliseconds(100)) return;
    looked_ = now;
    const std::scoped_lock lock(lock_);
    for (unsigned rank = 1; rank < wire_.ranks; ++rank) {
        const double before = silence_[rank].seconds(), after = silence_[rank].grows();
        if (std::floor(after) > std::floor(before)) post_.send(rank, letter_of(What::sign));
    }
}

void Ranks::take(Letter letter)
{
    {
        const std::scoped_lock lock(lock_);
        silence_[letter.from].broken();
    }
    Opened o = opened(std::move(letter));
    if (o.what != What::answer && o.what != What::fault) return;
    {
        const std::scoped_lock lock(lock_);
        if (o.hand >= waiting_.size()) return;
        waiting_[o.hand].answer = std::move(o.text), waiting_[o.hand].fault = o.what == What::fault;
    }
    answered_.notify_all();
}

std::optional<std::string> Ranks::ask(std::size_t hand, std::string_view request)
{
    const unsigned rank = hands_.at(hand).rank;
    if (rank == 0) return own_(request);
    post_.send(rank, letter_of(What::request, static_cast<std::uint32_t>(hand), std::string(request)));
    std::unique_lock lock(lock_);
    for (int silent = 0; !answered_.wait_for(lock, std::chrono::milliseconds(100), [&] { return waiting_[hand].answer || !fault_.empty(); });)
        if (stop_ && ++silent > 4) {
            lost_ = true;
            return std::nullopt;
        } else if (silence_[rank].seconds() > longest_silence_s_) {
            lost_ = true;
            throw std::runtime_error(fmt::format("rank {} on {} gives no sign of life: it has died, or its machine cannot be reached", rank, ranks_[rank].host));
        }
    if (!waiting_[hand].answer) throw std::runtime_error(fault_);
    std::string answer = std::move(*waiting_[hand].answer);
    waiting_[hand].answer.reset();
    if (waiting_[hand].fault) throw std::runtime_error(fmt::format("rank {} on {}: {}", rank, ranks_[rank].host, answer));
    return answer;
}

std::optional<std::string> Ranks::ask(std::string_view request)
{
    std::size_t hand = 0;
    const auto free_hand = [&] { return (hand = static_cast<std::size_t>(std::ranges::find(busy_, false) - busy_.begin())) < busy_.size(); };
    {
        std::unique_lock lock(lock_);
        freed_.wait(lock, free_hand);
        busy_[hand] = true;
    }
    const auto give_back = [&] {
        {
            const std::scoped_lock lock(lock_);
            busy_[hand] = false;
        }
        freed_.notify_one();
    };
    try {
        std::optional<std::string> answer = ask(hand, request);
        give_back();
        return answer;
    } catch (...) {
        give_back();
        throw;
    }
}

void serve(const Wire& wire, const Workshop& workshop)
{
    Post post(wire);
    std::optional<Desk> desk;
    post.send(0, letter_of(What::hello, 0, bytes_of(this_rank(wire))));
    Silence silence;
    bool met = false; // before, rank 0 waits for all others to start
    const auto take = [&](Letter letter) {
        silence.broken();
        met = true;
        Opened o = opened(std::move(letter));
        if (o.what == What::end) {
            desk.reset();
            post.end();
        } else if (o.what == What::stop && desk) desk->stop();
        else if (o.what == What::request && desk) desk->take(o.hand, std::move(o.text));
        else if (o.what == What::order) {
            Order order;
            Unpacking from(o.text);
            from.number(order.by), from.number(order.threads), from.text(order.text);
            desk.reset();
            desk.emplace(post, workshop, order, wire.cores);
        } else if (o.what == What::sign) post.send(0, letter_of(What::sign));
    };
    post.work(take, [&] {
        if (!met || silence.grows() < usual_silence_s) return;
        if (wire.give_up) wire.give_up();
        throw std::runtime_error("rank 0 gives no sign of life");
    });
}

} // namespace entente
