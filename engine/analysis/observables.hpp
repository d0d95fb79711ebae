// What of the model can be seen from outside while it happens: what statistics, lists and the news tell. What experts would have to judge (trust, friction, concessions, what leaders want) is left out.
#pragma once
#include "quantity.hpp"
#include <span>

namespace entente {

struct Observable {
    const char* name;    ///< of a variable, or of an event that is seen by then
    const char* words;   ///< "China's share of Russian trade"
    const char* seen_in; ///< where it is read
    bool event = false;
};
/// Variables first, then events.
std::span<const Observable> observables();
/// "mean NAME at DATE", or "NAME by DATE".
Quantity quantity_of(const Observable& observable, int quarter);

} // namespace entente
