#include "kernels.h"

static const Kernel kernels[] = {
#define ENTRY(name) name,
    KERNELS(ENTRY)
#undef ENTRY
};

void run_program(Team *team, const double *program) {
  while (program[0] >= 0) {
    kernels[(int)program[0]](team, program + 2);
    team_barrier(team);
    program += 2 + (int)program[1];
  }
}
