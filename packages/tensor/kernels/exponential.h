/*
 * exp and log as our own polynomials (rule A3), unfused, the same operations in the same order as src/reference/exponential.ts.
 * Largest errors against float64: src/reference/exponential.test.ts.
 */
#ifndef NEUROSHARD_EXPONENTIAL_H
#define NEUROSHARD_EXPONENTIAL_H
#include "vector.h"

#define EXP_LOWEST -87.3f  /* below, the result is 0 (never a subnormal) */
#define EXP_HIGHEST 88.3f  /* above, the result stays exp(88.3), which is finite */
#define ROUNDING_SHIFT 12582912.0f /* 1.5 * 2^23: adding it leaves the nearest integer in the low bits */

/* exp(x) = 2^n exp(r), r = x - n ln 2, |r| <= 0.35; Taylor to degree 7. */
static inline fv exp_fv(fv x) {
  fv zero = {0};
  iv isZero = x < EXP_LOWEST;
  fv clamped = select_fv(x > EXP_HIGHEST, zero + EXP_HIGHEST, select_fv(isZero, zero + EXP_LOWEST, x));
  fv shifted = clamped * 1.44269502f + ROUNDING_SHIFT;
  fv n = shifted - ROUNDING_SHIFT;
  fv r = clamped - n * 0.693359375f; /* the two parts of ln 2: the first has 9 bits, so n times it is exact */
  r = r - n * -2.12194442e-4f;
  fv p = r * 1.98412701e-4f + 1.38888892e-3f;
  p = p * r + 8.33333377e-3f;
  p = p * r + 4.16666679e-2f;
  p = p * r + 1.66666672e-1f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  iv power = ((iv)shifted - 0x4b400000 + 127) << 23;
  return select_fv(isZero, zero, p * (fv)power);
}

static inline f16 exp16(f16 x) {
  Registers r = {x};
  UNROLL for (int v = 0; v < 16 / LANES; v++) r.parts[v] = exp_fv(r.parts[v]);
  return r.whole;
}

/* log(x) = e ln 2 + 2 artanh((m - 1) / (m + 1)), x = 2^e m, 0.707 < m < 1.415; x is positive and normal, or the result is NaN. */
static inline float log_of(float x) {
  int32_t bits;
  __builtin_memcpy(&bits, &x, 4);
  int32_t e = (bits - 0x3f3504f3) >> 23;
  bits -= (int32_t)((uint32_t)e << 23);
  float m;
  __builtin_memcpy(&m, &bits, 4);
  float s = (m - 1.0f) / (m + 1.0f), z = s * s;
  float p = z * 0.111111112f + 0.142857149f;
  p = p * z + 0.200000003f;
  p = p * z + 0.333333343f;
  p = p * z;
  float twice = s + s, n = (float)e;
  float low = twice * p + n * -2.12194442e-4f;
  float notFinite = x - x; /* 0, or NaN for NaN and infinity: the bits of those would pass for a number */
  return ((low + twice) + n * 0.693359375f) + notFinite;
}

#endif
