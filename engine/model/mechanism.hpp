// What a mechanism is. A page is a struct, derived from Page<itself> for what it leaves out, that declares
//   name, title, claims   its address in the random streams and in scenario files; one line; whose idea it is
//   group                 which of mechanism_groups it belongs to, if it owns what a policy moves
//   Parameters<Value>     one row per parameter: every replicate may have its own value
//   Shared<Value>         the variables that it owns: others read them a quarter later, nobody else can write them (the types see to it)
//   Agents<Value>         its private columns, updated in place: no one else can name them
//   blocks                random addresses per agent and quarter
//   begin                 the state before the first quarter, where rows do not say it (optional)
//   act                   world(t) -> its own part of world(t+1), which holds its own part of world(t) on entry
//   muted                 what it publishes while muted, if that is not "as it was, and no events" (optional)
#pragma once
#include "../core/draws.hpp"
#include "inputs.hpp"
#include <vector>

namespace entente {
inline namespace ENTENTE_KERNEL {

/// A column of an agent population: one Lanes per agent.
struct Column : std::vector<Lanes> {
    Column() = default;
    Column(const Row&) {}
};

/// What a page keeps for the work of one quarter: two uniforms for each of its agents, drawn before the agents act, which keeps the machine busier.
struct Drawn {
    std::vector<Pair> drawn;
    /// For so many agents, who draw two by two.
    void make_room(std::size_t agents) { drawn.resize((agents + 1) / 2 * 2); }
};

template <class Self> struct Page {
    template <class Value> struct Parameters {
    };
    template <class Value> struct Shared {
    };
    template <class Value> struct Agents {
    };
    static constexpr std::string_view agents = ""; ///< what one agent is called, if there are any
    static constexpr std::string_view group = "";
    static constexpr std::uint32_t blocks = 1;
    static constexpr bool history_never_muted = false; ///< its history is data: muting begins with the free world
};

/// Agents of a page that keeps a workspace: it comes before the columns, and there is none where only the table is meant.
struct Nothing {};
template <class Workspace, class Value> using With = std::conditional_t<std::is_same_v<Value, Column>, Workspace, Nothing>;

/// A struct of rows seen as a list; Struct is one of the templates above over Value.
template <template <class> class Struct, class Value> constexpr std::size_t count_rows = std::is_empty_v<Struct<Value>> ? 0 : sizeof(Struct<Value>) / sizeof(Value);

struct World;

/// The sum of some pages: their parameters, variables and agents. Two pages that own a variable of the same name do not compile where it is read.
template <class... Pages> struct Catalogue {
    template <class Value> struct Parameters : Pages::template Parameters<Value>... {
    };
    template <class Value> struct Variables : Pages::template Shared<Value>... {
    };
    struct Agents : Pages::template Agents<Column>... {};
    static constexpr std::size_t size = sizeof...(Pages);
};

} // namespace ENTENTE_KERNEL
} // namespace entente
