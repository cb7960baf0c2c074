/* WebAssembly entry. The host lays out memory and gives every thread its own stack before it calls `run`. */
#include "kernels.h"

__attribute__((export_name("run"))) void run(char *sync, char *sharedScratch, char *threadScratch, uint32_t thread, uint32_t threads,
                                             const double *program) {
  Team team = {0, (Sync *)sync, (float *)sharedScratch, (float *)threadScratch, thread, threads};
  run_program(&team, program);
}
