/* Elementwise sums and products, strided copies, and rows appended to a key or value cache. */
#include "kernels.h"
#include "product.h"
#include "round.h"

#define VALUES_PER_ITEM 16384
#define ROWS_PER_ITEM 16

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

/* output[r * outputRow + c] = x[r * xRow + c * xColumn], rounded to bfloat16 if asked. */
void copy_matrix(Team *team, Operands o) {
  enum { X, OUTPUT, ROWS, COLUMNS, X_ROW, X_COLUMN, OUTPUT_ROW, ROUND };
  const float *x = tensor_at(team, o[X]);
  float *output = tensor_at(team, o[OUTPUT]);
  size_t rows = (size_t)o[ROWS], columns = (size_t)o[COLUMNS], xRow = (size_t)o[X_ROW], xColumn = (size_t)o[X_COLUMN];
  for (size_t from; (from = claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (size_t r = from; r < from + ROWS_PER_ITEM && r < rows; r++)
      for (size_t c = 0; c < columns; c++) {
        float value = x[r * xRow + c * xColumn];
        output[r * (size_t)o[OUTPUT_ROW] + c] = o[ROUND] != 0 ? round_operand(value) : value;
      }
}

/*
 * Row t of sequence s goes to row past[s] + t of slot slots[s] (absent: s; -1: nowhere) of a cache (slots, capacity, width),
 * or, where it lies across, (slots, width, capacity). Rounded to bfloat16 if asked.
 */
void cache_write(Team *team, Operands o) {
  enum { X, CACHE, PAST, SLOTS, SEQUENCES, ROWS, CAPACITY, WIDTH, X_ROW, ACROSS, ROUND };
  const int32_t *past = integers_at(team, o[PAST]), *slots = integers_at(team, o[SLOTS]);
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  int total = (int)o[SEQUENCES] * rows;
  size_t capacity = (size_t)o[CAPACITY], rowStep = o[ACROSS] != 0 ? 1 : width, columnStep = o[ACROSS] != 0 ? capacity : 1;
  for (int row; (row = (int)claim(team, 0, 1, total)) < total;) {
    int sequence = row / rows, slot = slots ? slots[sequence] : sequence;
    if (slot < 0) continue;
    const float *x = tensor_at(team, o[X]) + row * (size_t)o[X_ROW];
    float *target = tensor_at(team, o[CACHE]) + slot * capacity * width + (past[sequence] + row % rows) * rowStep;
    for (int c = 0; c < width; c++) target[c * columnStep] = o[ROUND] != 0 ? round_operand(x[c]) : x[c];
  }
}
