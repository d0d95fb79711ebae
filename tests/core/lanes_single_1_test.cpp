#define ENTENTE_KERNEL test_single_1
#define ENTENTE_REAL float
#define ENTENTE_WIDTH 1
#define SUITE LanesSingle1
#include "core/lanes_checks.hpp"
#include "core/draws_checks.hpp"
