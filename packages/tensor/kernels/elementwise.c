/* Elementwise sums and products. */
#include "kernels.h"

#define VALUES_PER_ITEM 16384

/* output = a + b */
void add(Team *team, Operands o) {
  enum { A, B, OUTPUT, COUNT };
  const float *a = tensor_at(team, o[A]), *b = tensor_at(team, o[B]);
  float *output = tensor_at(team, o[OUTPUT]);
  size_t count = (size_t)o[COUNT];
  for (size_t from; (from = claim(team, 0, VALUES_PER_ITEM, count)) < count;)
    for (size_t i = from; i < from + VALUES_PER_ITEM && i < count; i++) output[i] = a[i] + b[i];
}

/* output = x * factor[0] */
void scale(Team *team, Operands o) {
  enum { X, FACTOR, OUTPUT, COUNT };
  const float *x = tensor_at(team, o[X]);
  float *output = tensor_at(team, o[OUTPUT]), factor = tensor_at(team, o[FACTOR])[0];
  size_t count = (size_t)o[COUNT];
  for (size_t from; (from = claim(team, 0, VALUES_PER_ITEM, count)) < count;)
    for (size_t i = from; i < from + VALUES_PER_ITEM && i < count; i++) output[i] = x[i] * factor;
}
