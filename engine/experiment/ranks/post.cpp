#include "post.hpp"
#include <algorithm>
#include <chrono>

namespace entente {

void Post::send(unsigned to, std::string text)
{
    {
        const std::scoped_lock lock(lock_);
        leaving_.emplace_back(to, std::move(text));
    }
    more_.notify_one();
}

void Post::end()
{
    {
        const std::scoped_lock lock(lock_);
        ended_ = true;
    }
    more_.notify_one();
}

void Post::work(const std::function<void(Letter)>& take, const std::function<void()>& tick)
{
    using Clock = std::chrono::steady_clock;
    // What comes is not announced, so it is looked for: often while letters go to and fro, seldom where work takes long.
    constexpr Clock::duration soonest = std::chrono::microseconds(20), latest = std::chrono::milliseconds(1);
    constexpr int part = 32; // of the silence so far: so much later than it comes, a letter is seen
    Clock::time_point last = Clock::now();
    while (true) {
        std::deque<std::pair<unsigned, std::string>> some;
        bool ended = false;
        {
            std::unique_lock lock(lock_);
            more_.wait_for(lock, std::clamp((Clock::now() - last) / part, soonest, latest), [&] { return ended_ || !leaving_.empty(); });
            some.swap(leaving_);
            ended = std::exchange(ended_, false);
        }
        for (auto& [to, text] : some) wire_.send(to, std::move(text));
        if (ended) return;
        while (auto letter = wire_.poll()) {
            take(std::move(*letter));
            last = Clock::now();
        }
        if (!some.empty()) last = Clock::now();
        if (tick) tick();
    }
}

} // namespace entente
