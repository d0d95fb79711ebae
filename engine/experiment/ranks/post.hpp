// A rank's letters, sent and received by one thread for all of its others.
#pragma once
#include "wire.hpp"
#include <condition_variable>
#include <deque>
#include <mutex>
#include <utility>

namespace entente {

class Post {
public:
    /// `wire` must outlive it.
    explicit Post(const Wire& wire) : wire_(wire) {}
    /// By any thread; it does not wait.
    void send(unsigned to, std::string text);
    /// Sends, and gives `take` what comes, until end(); calls `tick` a thousand times a second or more. On the thread to which the wire belongs.
    void work(const std::function<void(Letter)>& take, const std::function<void()>& tick = {});
    /// By any thread: work() returns, once it has sent what there is by then.
    void end();

private:
    const Wire& wire_;
    std::mutex lock_;
    std::condition_variable more_;
    std::deque<std::pair<unsigned, std::string>> leaving_;
    bool ended_ = false;
};

} // namespace entente
