/* Appends keys or values of new rows to a cache that lies as attentionCached reads it. */
#include "kernels.h"
#include "panels.h"
#include "product.h"
#include "round.h"

/*
 * Row t of sequence s goes to row past[s] + t of slot slots[s] (absent: s; -1: nowhere) of a cache (slots, heads, capacity, size)
 * or, in panels, (slots, heads, capacity / 16 rounded up, size, 16). Rounded to bfloat16 if asked.
 */
void cache_write(Team *team, Operands o) {
  enum { X, CACHE, PAST, SLOTS, SEQUENCES, ROWS, CAPACITY, HEADS, SIZE, X_ROW, IN_PANELS, ROUND };
  const int32_t *past = integers_at(team, o[PAST]), *slots = integers_at(team, o[SLOTS]);
  int rows = (int)o[ROWS], heads = (int)o[HEADS], size = (int)o[SIZE], inPanels = o[IN_PANELS] != 0, round = o[ROUND] != 0;
  int total = (int)o[SEQUENCES] * rows, capacity = (int)o[CAPACITY], step = inPanels ? PANEL_COLUMNS : 1;
  if (inPanels) capacity = (capacity + PANEL_COLUMNS - 1) / PANEL_COLUMNS * PANEL_COLUMNS;
  for (int row; (row = (int)claim(team, 0, 1, total)) < total;) {
    int sequence = row / rows, slot = slots ? slots[sequence] : sequence, position = past[sequence] + row % rows;
    if (slot < 0) continue;
    size_t place = inPanels ? (size_t)(position / PANEL_COLUMNS) * PANEL_COLUMNS * size + position % PANEL_COLUMNS : (size_t)position * size;
    for (int head = 0; head < heads; head++) {
      const float *x = tensor_at(team, o[X]) + row * (size_t)o[X_ROW] + head * size;
      float *target = tensor_at(team, o[CACHE]) + ((size_t)slot * heads + head) * capacity * size + place;
      for (int c = 0; c < size; c++) target[c * step] = round ? round_operand(x[c]) : x[c];
    }
  }
}
