/*
 * Node-API entry: an engine is a pool of threads; memory is handed out region by region as external ArrayBuffers.
 * Addresses are real ones (below 2^53, so a float64 word holds them exactly).
 */
#define NAPI_VERSION 8
#include <node_api.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include "kernels.h"

typedef struct {
  Sync *sync;
  Team teams[MOST_THREADS];
  pthread_t threads[MOST_THREADS];
  pthread_mutex_t mutex;
  pthread_cond_t start;
  uint64_t runs;
  const double *program; /* null asks the threads to end */
} Engine;

typedef struct {
  Engine *engine;
  Team *team;
} Member;

#define HUGE_PAGE ((size_t)2 << 20)

/* Large blocks ask for huge pages: packing walks down columns, one page per row otherwise. */
static void *allocate_aligned(size_t bytes) {
  void *memory = 0;
  size_t alignment = bytes >= HUGE_PAGE ? HUGE_PAGE : 4096, rounded = (bytes + alignment - 1) / alignment * alignment;
  if (posix_memalign(&memory, alignment, rounded)) return 0;
#ifdef MADV_HUGEPAGE
  if (alignment == HUGE_PAGE) madvise(memory, rounded, MADV_HUGEPAGE);
#endif
  return memory;
}

static void *allocate_zeroed(size_t bytes) {
  void *memory = allocate_aligned(bytes);
  if (memory) memset(memory, 0, bytes);
  return memory;
}

/* Short runs follow one another closely, as in decoding: waking a sleeping thread would take longer than the pause. */
#define SPINS_BEFORE_SLEEP 8000

static void spin_while(const uint64_t *word, uint64_t value) {
  for (int i = 0; i < SPINS_BEFORE_SLEEP && __atomic_load_n(word, __ATOMIC_RELAXED) == value; i++) pause_briefly();
}

static void *member_loop(void *argument) {
  Member member = *(Member *)argument;
  free(argument);
  for (uint64_t done = 0;; done++) {
    spin_while(&member.engine->runs, done);
    pthread_mutex_lock(&member.engine->mutex);
    while (member.engine->runs == done) pthread_cond_wait(&member.engine->start, &member.engine->mutex);
    const double *program = member.engine->program;
    pthread_mutex_unlock(&member.engine->mutex);
    if (!program) return 0;
    run_program(member.team, program);
  }
}

static void start_run(Engine *engine, const double *program) {
  pthread_mutex_lock(&engine->mutex);
  engine->program = program;
  __atomic_add_fetch(&engine->runs, 1, __ATOMIC_RELAXED);
  pthread_cond_broadcast(&engine->start);
  pthread_mutex_unlock(&engine->mutex);
}

static napi_value fail(napi_env env, const char *message) {
  napi_throw_error(env, 0, message);
  return 0;
}

static void close_engine(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  Engine *engine = data;
  start_run(engine, 0);
  for (uint32_t i = 1; i < engine->teams[0].threads; i++) pthread_join(engine->threads[i], 0);
  for (uint32_t i = 0; i < engine->teams[0].threads; i++) free(engine->teams[i].threadScratch);
  free(engine->teams[0].sharedScratch);
  free(engine->sync);
  free(engine);
}

/* Scratch is not cleared: kernels write before they read, and untouched pages stay unused. */
static int give_memory(Engine *engine, uint32_t threads) {
  engine->sync = allocate_zeroed(sizeof(Sync));
  float *shared = allocate_aligned(SHARED_SCRATCH_BYTES);
  if (!engine->sync || !shared) return 0;
  for (uint32_t i = 0; i < threads; i++) {
    float *own = allocate_aligned(THREAD_SCRATCH_BYTES);
    if (!own) return 0;
    engine->teams[i] = (Team){0, engine->sync, shared, own, i, threads};
  }
  return 1;
}

static napi_value create(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, result;
  uint32_t threads = 0;
  napi_get_cb_info(env, info, &count, &argument, 0, 0);
  napi_get_value_uint32(env, argument, &threads);
  if (threads < 1 || threads > MOST_THREADS) return fail(env, "internal: thread count out of range");
  Engine *engine = calloc(1, sizeof(Engine));
  if (!engine || !give_memory(engine, threads)) return fail(env, "out of memory");
  pthread_mutex_init(&engine->mutex, 0);
  pthread_cond_init(&engine->start, 0);
  for (uint32_t i = 1; i < threads; i++) {
    Member *member = malloc(sizeof(Member));
    if (!member) return fail(env, "out of memory");
    *member = (Member){engine, &engine->teams[i]};
    if (pthread_create(&engine->threads[i], 0, member_loop, member)) return fail(env, "could not start a thread");
  }
  napi_create_external(env, engine, close_engine, 0, &result);
  return result;
}

static napi_value run(napi_env env, napi_callback_info info) {
  size_t count = 2;
  napi_value arguments[2];
  void *engine;
  double address;
  napi_get_cb_info(env, info, &count, arguments, 0, 0);
  if (napi_get_value_external(env, arguments[0], &engine) != napi_ok) return fail(env, "internal: not an engine");
  if (napi_get_value_double(env, arguments[1], &address) != napi_ok) return fail(env, "internal: not an address");
  const double *program = (const double *)(uintptr_t)address;
  start_run(engine, program);
  run_program(&((Engine *)engine)->teams[0], program);
  return 0;
}

static void free_region(napi_env env, void *data, void *hint) {
  (void)env, (void)hint;
  free(data);
}

/* (bytes) -> { address, buffer } */
static napi_value allocate(napi_env env, napi_callback_info info) {
  size_t count = 1;
  napi_value argument, buffer, address, result;
  double bytes = 0;
  napi_get_cb_info(env, info, &count, &argument, 0, 0);
  napi_get_value_double(env, argument, &bytes);
  void *memory = allocate_zeroed((size_t)bytes);
  if (!memory) return fail(env, "out of memory");
  if (napi_create_external_arraybuffer(env, memory, (size_t)bytes, free_region, 0, &buffer) != napi_ok) {
    free(memory);
    return fail(env, "the runtime refused an external buffer");
  }
  napi_create_double(env, (double)(uintptr_t)memory, &address);
  napi_create_object(env, &result);
  napi_set_named_property(env, result, "address", address);
  napi_set_named_property(env, result, "buffer", buffer);
  return result;
}

NAPI_MODULE_INIT() {
  const struct {
    const char *name;
    napi_callback call;
  } functions[] = {{"create", create}, {"run", run}, {"allocate", allocate}};
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    napi_value value;
    napi_create_function(env, functions[i].name, NAPI_AUTO_LENGTH, functions[i].call, 0, &value);
    napi_set_named_property(env, exports, functions[i].name, value);
  }
  return exports;
}
