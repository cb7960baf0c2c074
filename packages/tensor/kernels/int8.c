/*
 * Products of 8-bit integers for serving: exact by nature (rule A6).
 * A row is quantized as q = round(x / step), step = largest magnitude / 127; a row below SMALLEST_ROW counts as zero.
 */
#include "kernels.h"
#include "product.h"
#include "rowwise.h"

#define ROWS_PER_ITEM 8
#define OUTPUTS_PER_ITEM 32
#define SMALLEST_ROW 0x1p-100f /* 127 / magnitude must not overflow */

/* To nearest, ties to even, for |x| <= 127: adding 1.5 * 2^23 leaves the integer in the low bits. NaN gives some integer, no trap. */
static inline int8_t nearest(float x) {
  float shifted = x + 12582912.0f;
  int32_t bits;
  __builtin_memcpy(&bits, &shifted, 4);
  return (int8_t)bits;
}

/* x: (rows, width) with strides -> q: int8 (rows, width), steps: (rows). */
void quantize_rows(Team *team, Operands o) {
  enum { X, Q, STEPS, ROWS, WIDTH, X_ROW, X_COLUMN };
  const float *x = tensor_at(team, o[X]);
  int8_t *q = (int8_t *)tensor_at(team, o[Q]);
  float *steps = tensor_at(team, o[STEPS]);
  size_t rows = (size_t)o[ROWS], width = (size_t)o[WIDTH], xRow = (size_t)o[X_ROW], xColumn = (size_t)o[X_COLUMN];
  for (size_t from; (from = claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (size_t r = from; r < from + ROWS_PER_ITEM && r < rows; r++) {
      float largest = 0;
      for (size_t c = 0; c < width; c++) {
        float magnitude = __builtin_fabsf(x[r * xRow + c * xColumn]);
        largest = magnitude > largest ? magnitude : largest;
      }
      steps[r] = largest < SMALLEST_ROW ? 0 : largest / 127.0f;
      float inverse = largest < SMALLEST_ROW ? 0 : 127.0f / largest;
      for (size_t c = 0; c < width; c++) q[r * width + c] = nearest(x[r * xRow + c * xColumn] * inverse);
    }
}

static int32_t dot(const int8_t *a, const int8_t *b, size_t k) {
  int32_t sum = 0;
  for (size_t i = 0; i < k; i++) sum += (int32_t)a[i] * (int32_t)b[i];
  return sum;
}

/* c[r, j] = (a_r . b_j) * (aStep_r * bStep_j): both int8 operands are stored by rows along k. */
void product_int8(Team *team, Operands o) {
  enum { A, A_STEPS, B, B_STEPS, ADDEND, C, ROWS, COLUMNS, K };
  const int8_t *a = (const int8_t *)tensor_at(team, o[A]), *b = (const int8_t *)tensor_at(team, o[B]);
  const float *aSteps = tensor_at(team, o[A_STEPS]), *bSteps = tensor_at(team, o[B_STEPS]), *addend = tensor_at(team, o[ADDEND]);
  float *c = tensor_at(team, o[C]);
  int rows = (int)o[ROWS], columns = (int)o[COLUMNS];
  size_t k = (size_t)o[K];
  for (int from; (from = (int)claim(team, 0, OUTPUTS_PER_ITEM, columns)) < columns;)
    for (int j = from; j < min_int(from + OUTPUTS_PER_ITEM, columns); j++)
      for (int r = 0; r < rows; r++) {
        size_t at = (size_t)r * columns + j;
        float value = (float)dot(a + r * k, b + j * k, k) * (aSteps[r] * bSteps[j]);
        c[at] = addend ? value + addend[at] : value;
      }
}
