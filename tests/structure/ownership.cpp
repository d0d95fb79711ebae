// Compiled four times by ctest; only the harmless one may succeed.
#include "model/mechanism.hpp"
using namespace entente;
struct Weather : Page<Weather> {
    static constexpr std::string_view name = "weather";
    template <class Value> struct Shared {
        Value rain = variable("rain", "mm", 0, 0, 1, "", "");
    };
    template <class Value> struct Agents {
        Value clouds = column("clouds", "1", "");
    };
    static void act(const auto&, Shared<Lanes>& next, Agents<Column>&, const auto&, const Draws& draw) { next.rain = draw().a; }
};
struct Harvest : Page<Harvest> {
    static constexpr std::string_view name = "harvest";
    template <class Value> struct Shared {
        Value grain = variable("grain", "t", 0, 0, 1, "", "");
    };
    static void act(const auto& now, Shared<Lanes>& next, [[maybe_unused]] Agents<Column>& mine, const auto&, const Draws&)
    {
        next.grain = now.rain * 2;
#ifdef WRITES_OTHERS
        next.rain = 0;
#endif
#ifdef WRITES_NOW
        now.rain = 0;
#endif
#ifdef READS_PRIVATE
        next.grain = mine.clouds[0];
#endif
    }
};
using Village = Catalogue<Weather, Harvest>;
int main()
{
    Village::Variables<Lanes> now, next;
    Village::Agents agents;
    const Village::Parameters<Lanes> p;
    const std::uint32_t replicates[width] = {};
    const Draws draws(1, replicates, 0);
    Weather::act(now, next, agents, p, draws);
    Harvest::act(now, next, agents, p, draws);
}
