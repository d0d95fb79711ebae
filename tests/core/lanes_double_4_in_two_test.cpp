#define ENTENTE_KERNEL test_double_4_in_two
#define ENTENTE_REAL double
#define ENTENTE_WIDTH 4
#define ENTENTE_REGISTERS 2
#define SUITE LanesDouble4InTwo
#include "core/lanes_checks.hpp"
#include "core/draws_checks.hpp"
