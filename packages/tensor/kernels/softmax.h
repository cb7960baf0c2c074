/* The softmax of one row of scores (rules A2 and A4), shared by the kernels of attention. */
#ifndef NEUROSHARD_SOFTMAX_H
#define NEUROSHARD_SOFTMAX_H
#include "exponential.h"
#include "rowwise.h"

/* scores[0 .. length) -> softmax(scale * scores); columns up to `columns`, a multiple of 16, become zero. */
static inline void softmax_row(float *scores, int length, int columns, float scale, float statistics[2]) {
  for (int j = 0; j < length; j++) scores[j] = scores[j] * scale;
  float largest = max_of(scores, length);
  for (int j = length; j < columns; j++) scores[j] = -__builtin_inff();
  f16 partial = {0};
  for (int j = 0; j < columns; j += 16) {
    f16 e = exp16(load16(scores + j) - largest);
    store16(scores + j, e);
    partial = partial + e;
  }
  float inverse = 1.0f / tree_sum16(partial);
  for (int j = 0; j < columns; j += 16) store16(scores + j, load16(scores + j) * inverse);
  statistics[0] = largest;
  statistics[1] = inverse;
}

#endif
