/*
 * Rounding to bfloat16 for the operands of products: to nearest, ties to even, on integers; magnitudes below 2^-67 become zero,
 * magnitudes of 2^63 and more become infinite, NaN stays NaN. Then the product of two operands neither underflows nor overflows
 * and is exact in float32, subnormal results included, so a fused and an unfused multiply-add give the same bits.
 * Proof: spec/arithmetic.md#R3.
 */
#ifndef NEUROSHARD_ROUND_H
#define NEUROSHARD_ROUND_H
#include "vector.h"

#define SMALLEST_OPERAND_BITS ((127 - 67) << 23)
#define TOO_LARGE_BITS ((127 + 63) << 23)

#define DEFINE_ROUND(suffix, F, I, U)                                              \
  static inline F round_operand##suffix(F x) {                                     \
    U bits = (U)x;                                                                 \
    U rounded = (bits + 0x7fffu + ((bits >> 16) & 1u)) & 0xffff0000u;              \
    I keep = (I)(rounded & 0x7fffffffu) >= SMALLEST_OPERAND_BITS;                  \
    I isTooLarge = (I)(bits & 0x7fffffffu) >= TOO_LARGE_BITS;                      \
    I infinite = (I)(x * __builtin_inff()); /* or NaN */                           \
    return (F)(((I)rounded & keep & ~isTooLarge) | (infinite & isTooLarge));       \
  }
DEFINE_ROUND(4, f4, i4, u4)
DEFINE_ROUND(_fv, fv, iv, uv)

static inline f16 round_operand16(f16 x) {
  Registers r = {x};
  UNROLL for (int v = 0; v < 16 / LANES; v++) r.parts[v] = round_operand_fv(r.parts[v]);
  return r.whole;
}

static inline float round_operand(float x) { return round_operand4((f4){x, x, x, x})[0]; }

#endif
