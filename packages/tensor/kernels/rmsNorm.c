/* Root-mean-square norm over rows with a gain: y = x / sqrt(mean(x^2) + epsilon) * gain. Zhang and Sennrich 2019. */
#include "kernels.h"
#include "product.h"
#include "rowwise.h"

#define ROWS_PER_ITEM 8
#define COLUMNS_PER_ITEM 16

void rms_norm(Team *team, Operands o) {
  enum { X, GAIN, OUTPUT, INVERSE, ROWS, WIDTH, EPSILON };
  const float *gain = tensor_at(team, o[GAIN]);
  float *inverse = tensor_at(team, o[INVERSE]);
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      const float *x = tensor_at(team, o[X]) + (size_t)r * width;
      float *output = tensor_at(team, o[OUTPUT]) + (size_t)r * width;
      float mean = sum_squares_of(x, width) / (float)width;
      float scale = 1.0f / __builtin_sqrtf(mean + (float)o[EPSILON]);
      for (int c = 0; c < width; c++) output[c] = (x[c] * scale) * gain[c];
      inverse[r] = scale;
    }
}

/* sum over c of (dOutput * gain) * x */
static float sum_scaled(const float *dOutput, const float *gain, const float *x, int width) {
  f16 partial = {0};
  int c = 0;
  for (; c + 16 <= width; c += 16) partial = partial + (load16(dOutput + c) * load16(gain + c)) * load16(x + c);
  if (c < width)
    partial = partial + (load_part16(dOutput + c, width - c, 0) * load_part16(gain + c, width - c, 0)) * load_part16(x + c, width - c, 0);
  return tree_sum16(partial);
}

void rms_norm_backward(Team *team, Operands o) {
  enum { D_OUTPUT, X, GAIN, INVERSE, ADDEND, D_X, ROWS, WIDTH };
  const float *gain = tensor_at(team, o[GAIN]), *inverse = tensor_at(team, o[INVERSE]);
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      size_t at = (size_t)r * width;
      const float *dOutput = tensor_at(team, o[D_OUTPUT]) + at, *x = tensor_at(team, o[X]) + at;
      float *dX = tensor_at(team, o[D_X]) + at, scale = inverse[r];
      float slope = (scale * scale) * scale * (sum_scaled(dOutput, gain, x, width) / (float)width);
      if (o[ADDEND] == 0) {
        for (int c = 0; c < width; c++) dX[c] = (dOutput[c] * gain[c]) * scale - x[c] * slope;
      } else {
        const float *addend = tensor_at(team, o[ADDEND]) + at;
        for (int c = 0; c < width; c++) dX[c] = ((dOutput[c] * gain[c]) * scale - x[c] * slope) + addend[c];
      }
    }
}

/* dGain[c] = sum over rows of dOutput * (x * inverse): partial results by row mod 16, lanes across columns. */
void rms_norm_gain_backward(Team *team, Operands o) {
  enum { D_OUTPUT, X, INVERSE, D_GAIN, ROWS, WIDTH };
  const float *dOutput = tensor_at(team, o[D_OUTPUT]), *x = tensor_at(team, o[X]), *inverse = tensor_at(team, o[INVERSE]);
  float *dGain = tensor_at(team, o[D_GAIN]);
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, COLUMNS_PER_ITEM, width)) < width;) {
    int columns = min_int(COLUMNS_PER_ITEM, width - from);
    float partial[16][COLUMNS_PER_ITEM] = {{0}};
    for (int r = 0; r < rows; r++) {
      size_t at = (size_t)r * width + from;
      for (int c = 0; c < columns; c++) partial[r & 15][c] = partial[r & 15][c] + dOutput[at + c] * (x[at + c] * inverse[r]);
    }
    for (int half = 8; half > 0; half >>= 1)
      for (int i = 0; i < half; i++)
        for (int c = 0; c < columns; c++) partial[i][c] = partial[i][c] + partial[i + half][c];
    for (int c = 0; c < columns; c++) dGain[from + c] = partial[0][c];
  }
}
