/*
 * Packing of product operands into panels: for each k, `width` neighbouring values of the other dimension, zero beyond `count`.
 * Rounds to bfloat16 on the way when asked (rule A3).
 */
#ifndef NEUROSHARD_PACK_H
#define NEUROSHARD_PACK_H
#include <stddef.h>

/*
 * source[i * stride + k * kStride], i < count, k < length, goes to panel i / width: panels follow one another,
 * each (length, width).
 */
typedef struct {
  const float *source;
  size_t stride, kStride;
  int count, length, width;
  int round;
} Panels;

/* Returns the end of the packed data. */
float *pack_panels(const Panels *panels, float *target);

#endif
