#define ENTENTE_KERNEL test_single_8_in_two
#define ENTENTE_REAL float
#define ENTENTE_WIDTH 8
#define ENTENTE_REGISTERS 2
#define SUITE LanesSingle8InTwo
#include "core/lanes_checks.hpp"
#include "core/draws_checks.hpp"
