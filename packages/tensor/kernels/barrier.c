#include "team.h"
#if !defined(SINGLE_THREADED) && !defined(__wasm__)
#include <sched.h>
#endif

static void restore_shares(Team *team) {
  for (uint32_t i = 0; i < team->threads; i++) team->sync->shares[i].claimed[0] = team->sync->shares[i].claimed[1] = 0;
}

#ifdef SINGLE_THREADED
void team_barrier(Team *team) { restore_shares(team); }
#else

#define SPINS_BEFORE_SLEEP 4000

#ifdef __wasm__
static void sleep_while(uint32_t *word, uint32_t value) { __builtin_wasm_memory_atomic_wait32((int *)word, (int)value, 1000000); }
static void wake_all(uint32_t *word) { __builtin_wasm_memory_atomic_notify((int *)word, 1u << 20); }
#else
/* Where another process holds the core, the waiting thread must give its own core away rather than spin. */
static void sleep_while(uint32_t *word, uint32_t value) {
  (void)word, (void)value;
  sched_yield();
}
static void wake_all(uint32_t *word) { (void)word; }
#endif

void team_barrier(Team *team) {
  Sync *sync = team->sync;
  uint32_t generation = __atomic_load_n(&sync->generation, __ATOMIC_ACQUIRE);
  if (__atomic_add_fetch(&sync->arrived, 1, __ATOMIC_ACQ_REL) == team->threads) {
    restore_shares(team);
    sync->arrived = 0;
    __atomic_store_n(&sync->generation, generation + 1, __ATOMIC_RELEASE);
    if (team->threads > 1) wake_all(&sync->generation);
    return;
  }
  for (int spins = 0; __atomic_load_n(&sync->generation, __ATOMIC_ACQUIRE) == generation; spins++) {
    if (spins < SPINS_BEFORE_SLEEP) pause_briefly();
    else sleep_while(&sync->generation, generation);
  }
}
#endif
