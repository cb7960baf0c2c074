/*
 * Vector types and the few operations that C has no operator for.
 * `f16` is sixteen float32: the width of rule A2's interleaved partial results; the compiler splits it where registers are narrower.
 * `fv` is one hardware register, used by the product tile alone.
 */
#ifndef NEUROSHARD_VECTOR_H
#define NEUROSHARD_VECTOR_H
#include <stdint.h>

typedef float f4 __attribute__((vector_size(16)));
typedef float f16 __attribute__((vector_size(64)));
typedef int32_t i4 __attribute__((vector_size(16)));
typedef uint32_t u4 __attribute__((vector_size(16)));

#if defined(__AVX512F__)
#define LANES 16
#elif defined(__AVX__)
#define LANES 8
#else
#define LANES 4
#endif
typedef float fv __attribute__((vector_size(LANES * 4)));
typedef int32_t iv __attribute__((vector_size(LANES * 4)));
typedef uint32_t uv __attribute__((vector_size(LANES * 4)));

/* Loops over registers must unroll completely, or the registers become memory (50 times slower). */
#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 32")
#endif

/* Unaligned access with the aliasing and alignment that callers need. */
typedef float f4_unaligned __attribute__((vector_size(16), aligned(4), may_alias));
typedef float f16_unaligned __attribute__((vector_size(64), aligned(4), may_alias));
typedef float fv_unaligned __attribute__((vector_size(LANES * 4), aligned(4), may_alias));

static inline f4 load4(const float *p) { return *(const f4_unaligned *)p; }
static inline void store4(float *p, f4 v) { *(f4_unaligned *)p = v; }
static inline f16 load16(const float *p) { return *(const f16_unaligned *)p; }
static inline void store16(float *p, f16 v) { *(f16_unaligned *)p = v; }
static inline fv load_fv(const float *p) { return *(const fv_unaligned *)p; }
static inline void store_fv(float *p, fv v) { *(fv_unaligned *)p = v; }

static inline f16 splat16(float x) { return (f16){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x}; }

/* What compares is done register by register: gcc takes comparisons of wider vectors apart into single values. */
typedef union {
  f16 whole;
  fv parts[16 / LANES];
} Registers;

/* mask lanes are all ones or all zeros */
static inline fv select_fv(iv mask, fv yes, fv no) { return (fv)((mask & (iv)yes) | (~mask & (iv)no)); }

static inline f16 max16(f16 a, f16 b) {
  Registers x = {a}, y = {b};
  UNROLL for (int v = 0; v < 16 / LANES; v++) x.parts[v] = select_fv(x.parts[v] > y.parts[v], x.parts[v], y.parts[v]);
  return x.whole;
}

/* Loads 1 to 15 values, the other lanes hold `fill`. */
static inline f16 load_part16(const float *p, int count, float fill) {
  f16 v = splat16(fill);
  for (int i = 0; i < count; i++) v[i] = p[i];
  return v;
}
static inline void store_part16(float *p, int count, f16 v) {
  for (int i = 0; i < count; i++) p[i] = v[i];
}

/* Rule A2: the tree 8-4-2-1 over sixteen interleaved partial results. */
static inline float tree_sum16(f16 v) {
  float s[16];
  store16(s, v);
  for (int width = 8; width > 0; width >>= 1)
    for (int i = 0; i < width; i++) s[i] = s[i] + s[i + width];
  return s[0];
}
static inline float tree_max16(f16 v) {
  float s[16];
  store16(s, v);
  for (int width = 8; width > 0; width >>= 1)
    for (int i = 0; i < width; i++) s[i] = s[i] > s[i + width] ? s[i] : s[i + width];
  return s[0];
}

#endif
