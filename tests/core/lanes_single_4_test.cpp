#define ENTENTE_KERNEL test_single_4
#define ENTENTE_REAL float
#define ENTENTE_WIDTH 4
#define SUITE LanesSingle4
#include "core/lanes_checks.hpp"
#include "core/draws_checks.hpp"
