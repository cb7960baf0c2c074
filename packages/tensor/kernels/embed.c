/* Rows of a table by id, and the sum of gradients per id (rows in ascending order). */
#include "kernels.h"
#include "product.h"

#define ROWS_PER_ITEM 32
#define COLUMNS_PER_ITEM 64

void embed(Team *team, Operands o) {
  enum { IDS, TABLE, OUTPUT, ROWS, WIDTH };
  const int32_t *ids = integers_at(team, o[IDS]);
  const float *table = tensor_at(team, o[TABLE]);
  float *output = tensor_at(team, o[OUTPUT]);
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++)
      for (int c = 0; c < width; c++) output[(size_t)r * width + c] = table[(size_t)ids[r] * width + c];
}

void embed_backward(Team *team, Operands o) {
  enum { IDS, D_OUTPUT, ADDEND, D_TABLE, ROWS, WIDTH, ENTRIES };
  const int32_t *ids = integers_at(team, o[IDS]);
  const float *dOutput = tensor_at(team, o[D_OUTPUT]), *addend = tensor_at(team, o[ADDEND]);
  float *dTable = tensor_at(team, o[D_TABLE]);
  int rows = (int)o[ROWS], entries = (int)o[ENTRIES];
  size_t width = (size_t)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, COLUMNS_PER_ITEM, width)) < (int)width;) {
    int to = min_int(from + COLUMNS_PER_ITEM, (int)width);
    for (int e = 0; e < entries; e++)
      for (int c = from; c < to; c++) dTable[e * width + c] = 0;
    for (int r = 0; r < rows; r++) {
      float *target = dTable + ids[r] * width;
      for (int c = from; c < to; c++) target[c] = target[c] + dOutput[r * width + c];
    }
    if (addend)
      for (int e = 0; e < entries; e++)
        for (int c = from; c < to; c++) dTable[e * width + c] = dTable[e * width + c] + addend[e * width + c];
  }
}
