/*
 * Rotary position embedding, rotate-half layout: pair (i, i + half) of a head is turned by position * theta^(-i / half).
 * Su et al. 2021. Columns beyond the rotated heads are copied. Input and output may be the same tensor.
 */
#include "kernels.h"
#include "product.h"

#define ROWS_PER_ITEM 32

void rope(Team *team, Operands o) {
  enum { X, OUTPUT, COSINES, SINES, PAST, ROWS, ROWS_PER_SEQUENCE, WIDTH, HEADS, HEAD_SIZE, DIRECTION };
  const int32_t *past = integers_at(team, o[PAST]);
  int rows = (int)o[ROWS], perSequence = (int)o[ROWS_PER_SEQUENCE], width = (int)o[WIDTH];
  int heads = (int)o[HEADS], size = (int)o[HEAD_SIZE], half = size / 2;
  float direction = (float)o[DIRECTION];
  for (int from; (from = (int)claim(team, 0) * ROWS_PER_ITEM) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      const float *x = tensor_at(team, o[X]) + (size_t)r * width;
      float *output = tensor_at(team, o[OUTPUT]) + (size_t)r * width;
      size_t position = r % perSequence + (past ? past[r / perSequence] : 0);
      const float *cosine = tensor_at(team, o[COSINES]) + position * half, *sine = tensor_at(team, o[SINES]) + position * half;
      for (int h = 0; h < heads; h++)
        for (int i = 0; i < half; i++) {
          float a = x[h * size + i], b = x[h * size + half + i], turn = sine[i] * direction;
          output[h * size + i] = a * cosine[i] - b * turn;
          output[h * size + half + i] = b * cosine[i] + a * turn;
        }
      if (x != output)
        for (int c = heads * size; c < width; c++) output[c] = x[c];
    }
}
