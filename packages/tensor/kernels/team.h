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

#define MOST_THREADS 64
#define CACHE_LINE 64

/* Work items that a thread's own share has given away, one count for each of two phases. */
typedef struct {
  uint32_t claimed[2];
  char padding[CACHE_LINE - 2 * sizeof(uint32_t)];
} Share;

/* Lives in memory that all threads see; zeroed before the first run. */
typedef struct {
  uint32_t arrived;
  uint32_t generation;
  char padding[CACHE_LINE - 2 * sizeof(uint32_t)];
  Share shares[MOST_THREADS];
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

/* Waits for all threads; on return all shares are whole again. */
void team_barrier(Team *team);

#if defined(__wasm__) && !defined(__wasm_atomics__)
#define SINGLE_THREADED
#endif

#ifdef SINGLE_THREADED
static inline uint32_t fetch_and_increment(uint32_t *count) { return (*count)++; }
#else
static inline uint32_t fetch_and_increment(uint32_t *count) { return __atomic_fetch_add(count, 1, __ATOMIC_RELAXED); }
#endif

/*
 * The start of the next unclaimed item of `size` values out of `total`, or `total` when there is none.
 * A thread takes from its own share first, the same part of the rows in every kernel, so that it finds what it wrote in its
 * own cache; then it helps the others.
 */
static inline size_t claim(Team *team, int phase, size_t size, size_t total) {
  size_t items = (total + size - 1) / size;
  for (uint32_t i = 0; i < team->threads; i++) {
    uint32_t owner = (team->thread + i) % team->threads;
    size_t end = items * (owner + 1) / team->threads;
    size_t item = items * owner / team->threads + fetch_and_increment(&team->sync->shares[owner].claimed[phase]);
    if (item < end) return item * size;
  }
  return total;
}

/* One instruction's operands: float64 words that hold byte offsets, counts or scalars exactly. */
typedef const double *Operands;
typedef void (*Kernel)(Team *team, Operands operand);

static inline float *tensor_at(Team *team, double offset) { return offset == 0 ? 0 : (float *)(team->memory + (size_t)offset); }
static inline int32_t *integers_at(Team *team, double offset) { return (int32_t *)tensor_at(team, offset); }

#endif
