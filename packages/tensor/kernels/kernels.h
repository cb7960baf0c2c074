/*
 * Every kernel of the engine. The order of KERNELS is the order of opcodes; src/kernels.ts names each kernel's operands
 * in the order of the enum that opens the kernel's function. src/reference/ holds the readable version of each.
 */
#ifndef NEUROSHARD_KERNELS_H
#define NEUROSHARD_KERNELS_H
#include "team.h"

#define KERNELS(X)                                                                     \
  X(product) X(embed) X(embed_backward) X(rms_norm) X(rms_norm_backward)               \
  X(rms_norm_gain_backward) X(rope) X(attention) X(attention_backward) X(swiglu)       \
  X(swiglu_backward) X(cross_entropy) X(cross_entropy_mean) X(add) X(scale)            \
  X(pack_weight) X(cache_write) X(sum_squares) X(adamw) X(quantize_rows) X(product_int8) \
  X(attention_cached) X(product_packed)

#define DECLARE(name) void name(Team *team, Operands operand);
KERNELS(DECLARE)
#undef DECLARE

/* Runs a program: words [opcode, operand count, operands ...] until opcode -1. All threads of a team call it. */
void run_program(Team *team, const double *program);

#endif
