/*
 * Causal grouped-query attention of single query rows over caches of keys and values, as in decoding. Row r stands at position
 * past[r] of the text in slot slots[r] and sees its keys 0 .. past[r]; a row of slot -1 is left out.
 * The keys of a head lie in panels, lanes across keys; its values in rows, lanes across the head: all is read from start to end.
 * Both are operands of products already, rounded when they were written.
 */
#include "kernels.h"
#include "panels.h"
#include "product.h"
#include "round.h"
#include "softmax.h"

#define BLOCK_VECTORS (LANES == 16 ? 2 : 4)
#define BLOCK_COLUMNS (BLOCK_VECTORS * LANES)

typedef struct {
  const float *q, *keys, *values;
  float *output;
  const int32_t *past, *slots;
  size_t qRow, outputRow;
  int rows, capacity, heads, keyHeads, keySize, valueSize;
  float scale;
  int flags;
} CachedAttention;

/* output[c] = sum over j < keys of weights[j] * values[j * size + c]: rule A1, lanes across c. */
static void weigh_values(const float *weights, const float *values, int keys, int size, float *output) {
  int c = 0;
  for (; c + BLOCK_COLUMNS <= size; c += BLOCK_COLUMNS) {
    fv sum[BLOCK_VECTORS];
    UNROLL for (int v = 0; v < BLOCK_VECTORS; v++) sum[v] = (fv){0};
    for (int j = 0; j < keys; j++) {
      float weight = weights[j];
      UNROLL for (int v = 0; v < BLOCK_VECTORS; v++) sum[v] = sum[v] + weight * load_fv(values + (size_t)j * size + c + v * LANES);
    }
    UNROLL for (int v = 0; v < BLOCK_VECTORS; v++) store_fv(output + c + v * LANES, sum[v]);
  }
  for (int rest = c; rest < size; rest++) output[rest] = 0;
  for (int j = 0; c < size && j < keys; j++)
    for (int rest = c; rest < size; rest++) output[rest] = output[rest] + weights[j] * values[(size_t)j * size + rest];
}

/* Up to the next multiple of 16, what lies there is never read. */
static void round_left(float *left, int length, int flags) {
  if (flags & FLAG_ROUND_A)
    for (int i = 0; i < length; i += 16) store16(left + i, round_operand16(load16(left + i)));
}

static void attend_row(const CachedAttention *a, float *scratch, int row, int head) {
  int keyHead = head / (a->heads / a->keyHeads), keys = a->past[row] + 1, panels = (keys + PANEL_COLUMNS - 1) / PANEL_COLUMNS;
  size_t part = (size_t)a->slots[row] * a->keyHeads + keyHead;
  size_t panelCapacity = (size_t)(a->capacity + PANEL_COLUMNS - 1) / PANEL_COLUMNS * PANEL_COLUMNS;
  float *query = scratch, *scores = scratch + (a->keySize + 15) / 16 * 16;
  for (int i = 0; i < a->keySize; i++) query[i] = a->q[row * a->qRow + head * a->keySize + i];
  round_left(query, a->keySize, a->flags);
  row_times_panels(query, a->keys + part * panelCapacity * a->keySize, a->keySize, panels, scores);
  softmax_row(scores, keys, panels * PANEL_COLUMNS, a->scale, (float[2]){0});
  round_left(scores, keys, a->flags);
  weigh_values(scores, a->values + part * a->capacity * a->valueSize, keys, a->valueSize,
               a->output + row * a->outputRow + head * a->valueSize);
}

void attention_cached(Team *team, Operands o) {
  enum { Q, KEYS, VALUES, OUTPUT, PAST, SLOTS, Q_ROW, OUTPUT_ROW, ROWS, CAPACITY, HEADS, KEY_HEADS, KEY_SIZE, VALUE_SIZE, SCALE, FLAGS };
  CachedAttention a = {tensor_at(team, o[Q]), tensor_at(team, o[KEYS]), tensor_at(team, o[VALUES]), tensor_at(team, o[OUTPUT]),
                       integers_at(team, o[PAST]), integers_at(team, o[SLOTS]), (size_t)o[Q_ROW], (size_t)o[OUTPUT_ROW],
                       (int)o[ROWS], (int)o[CAPACITY], (int)o[HEADS], (int)o[KEY_HEADS], (int)o[KEY_SIZE], (int)o[VALUE_SIZE],
                       (float)o[SCALE], (int)o[FLAGS]};
  /* Rows of one text follow one another: they find its keys in the processor's cache. */
  size_t items = (size_t)a.heads * a.rows;
  for (size_t item; (item = claim(team, 0, 1, items)) < items;)
    if (a.slots[item % a.rows] >= 0) attend_row(&a, team->threadScratch, (int)(item % a.rows), (int)(item / a.rows));
}
