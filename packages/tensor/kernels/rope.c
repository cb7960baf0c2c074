/*
 * Rotary position embedding, rotate-half layout: pair (i, i + half) of a head is turned by position * theta^(-i / half).
 * Su et al. 2021. Columns beyond the rotated heads are copied. Input and output may be the same tensor.
 */
#include "kernels.h"
#include "product.h"
#include "vector.h"

#define ROWS_PER_ITEM 32

typedef struct {
  f16 first, second;
} Pair;

static inline Pair turned(f16 first, f16 second, f16 cosine, f16 sine) {
  return (Pair){first * cosine - second * sine, second * cosine + first * sine};
}

/* One head: `half` pairs, the first of a pair `half` before the second. */
static void turn_head(const float *x, float *output, const float *cosine, const float *sine, int half, float direction) {
  int i = 0;
  for (; i + 16 <= half; i += 16) {
    Pair p = turned(load16(x + i), load16(x + half + i), load16(cosine + i), load16(sine + i) * direction);
    store16(output + i, p.first);
    store16(output + half + i, p.second);
  }
  if (i < half) {
    int rest = half - i;
    Pair p = turned(load_part16(x + i, rest, 0), load_part16(x + half + i, rest, 0), load_part16(cosine + i, rest, 0),
                    load_part16(sine + i, rest, 0) * direction);
    store_part16(output + i, rest, p.first);
    store_part16(output + half + i, rest, p.second);
  }
}

void rope(Team *team, Operands o) {
  enum { X, OUTPUT, COSINES, SINES, PAST, ROWS, ROWS_PER_SEQUENCE, WIDTH, HEADS, HEAD_SIZE, DIRECTION };
  const int32_t *past = integers_at(team, o[PAST]);
  int rows = (int)o[ROWS], perSequence = (int)o[ROWS_PER_SEQUENCE], width = (int)o[WIDTH];
  int heads = (int)o[HEADS], size = (int)o[HEAD_SIZE], half = size / 2;
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      const float *x = tensor_at(team, o[X]) + (size_t)r * width;
      float *output = tensor_at(team, o[OUTPUT]) + (size_t)r * width;
      size_t position = r % perSequence + (past ? past[r / perSequence] : 0);
      const float *cosine = tensor_at(team, o[COSINES]) + position * half, *sine = tensor_at(team, o[SINES]) + position * half;
      for (int h = 0; h < heads; h++) turn_head(x + h * size, output + h * size, cosine, sine, half, (float)o[DIRECTION]);
      if (x != output)
        for (int c = heads * size; c < width; c++) output[c] = x[c];
    }
}
