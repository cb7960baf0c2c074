/* Sums and maxima over one row of float32: sixteen interleaved partial results, then the tree (rule A2). */
#ifndef NEUROSHARD_ROWWISE_H
#define NEUROSHARD_ROWWISE_H
#include "vector.h"

static inline float sum_squares_of(const float *x, int length) {
  f16 partial = {0};
  int i = 0;
  for (; i + 16 <= length; i += 16) {
    f16 v = load16(x + i);
    partial = partial + v * v;
  }
  if (i < length) {
    f16 v = load_part16(x + i, length - i, 0);
    partial = partial + v * v;
  }
  return tree_sum16(partial);
}

static inline float sum_products_of(const float *x, const float *y, int length) {
  f16 partial = {0};
  int i = 0;
  for (; i + 16 <= length; i += 16) partial = partial + load16(x + i) * load16(y + i);
  if (i < length) partial = partial + load_part16(x + i, length - i, 0) * load_part16(y + i, length - i, 0);
  return tree_sum16(partial);
}

static inline float max_of(const float *x, int length) {
  f16 partial = splat16(-__builtin_inff());
  int i = 0;
  for (; i + 16 <= length; i += 16) partial = max16(load16(x + i), partial);
  if (i < length) partial = max16(load_part16(x + i, length - i, -__builtin_inff()), partial);
  return tree_max16(partial);
}

#endif
