/*
 * The team of threads that runs one program: what a kernel may know of its surroundings.
 * Every thread calls every kernel; kernels share work by `claim` and meet at `team_barrier`.
 * Which thread computes an element never changes how it is computed (spec/arithmetic.md#R6).
 */
#ifndef NEUROSHARD_TEAM_H
#define NEUROSHARD_TEAM_H
#include <stddef.h>
#include <stdint.h>

#define SHARED_SCRATCH_BYTES (12u << 20)
#define THREAD_SCRATCH_BYTES (16u << 20)

/* Lives in memory that all threads see; zeroed before the first run. */
typedef struct {
  uint32_t arrived;
  uint32_t generation;
  uint32_t claimed[2];
  uint32_t padding[12];
} Sync;

typedef struct {
  char *memory;          /* start of the engine's memory: operands are byte offsets into it */
  Sync *sync;
  float *sharedScratch;  /* SHARED_SCRATCH_BYTES, the same for all threads */
  float *threadScratch;  /* THREAD_SCRATCH_BYTES, this thread's own */
  uint32_t thread;
  uint32_t threads;
} Team;

/* Tells the processor that this thread only waits. */
static inline void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

/* Waits for all threads; on return both claim counters start again at zero. */
void team_barrier(Team *team);

#if defined(__wasm__) && !defined(__wasm_atomics__)
#define SINGLE_THREADED
#endif

#ifdef SINGLE_THREADED
static inline uint32_t claim(Team *team, int counter) { return team->sync->claimed[counter]++; }
#else
/* The next unclaimed work item of the current phase. */
static inline uint32_t claim(Team *team, int counter) {
  return __atomic_fetch_add(&team->sync->claimed[counter], 1, __ATOMIC_RELAXED);
}
#endif

/* One instruction's operands: float64 words that hold byte offsets, counts or scalars exactly. */
typedef const double *Operands;
typedef void (*Kernel)(Team *team, Operands operand);

static inline float *tensor_at(Team *team, double offset) { return offset == 0 ? 0 : (float *)(team->memory + (size_t)offset); }
static inline int32_t *integers_at(Team *team, double offset) { return (int32_t *)tensor_at(team, offset); }

#endif
