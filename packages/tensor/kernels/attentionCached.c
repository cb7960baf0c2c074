/*
 * Causal grouped-query attention of single query rows over caches of keys and values, as in decoding. Row r stands at position
 * past[r] of the text in slot slots[r] and sees its keys 0 .. past[r]; a row of slot -1 is left out.
 * Keys lie across, (slots, keyHeads * keySize, capacity), so that lanes run over keys and nothing is packed; keys and values
 * are operands of products already, rounded when they were written.
 */
#include "exponential.h"
#include "kernels.h"
#include "product.h"
#include "round.h"
#include "rowwise.h"
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

/* result[c] = sum over k < depth of left[k] * right[k * rightRow + c]: rule A1, lanes across c. */
typedef struct {
  const float *left, *right;
  size_t rightRow;
  int depth, columns;
  float *result;
} RowProduct;

static void row_product(const RowProduct *p) {
  int c = 0;
  for (; c + BLOCK_COLUMNS <= p->columns; c += BLOCK_COLUMNS) {
    const float *right = p->right + c;
    fv sum[BLOCK_VECTORS];
    UNROLL for (int v = 0; v < BLOCK_VECTORS; v++) sum[v] = (fv){0};
    for (int k = 0; k < p->depth; k++, right += p->rightRow) {
      UNROLL for (int v = 0; v < BLOCK_VECTORS; v++) sum[v] = sum[v] + p->left[k] * load_fv(right + v * LANES);
    }
    UNROLL for (int v = 0; v < BLOCK_VECTORS; v++) store_fv(p->result + c + v * LANES, sum[v]);
  }
  for (int rest = c; rest < p->columns; rest++) p->result[rest] = 0;
  for (int k = 0; k < p->depth; k++)
    for (int rest = c; rest < p->columns; rest++) p->result[rest] = p->result[rest] + p->left[k] * p->right[k * p->rightRow + rest];
}

/* Up to the next multiple of 16, what lies there is never read. */
static void round_left(float *left, int length, int flags) {
  if (flags & FLAG_ROUND_A)
    for (int i = 0; i < length; i += 16) store16(left + i, round_operand16(load16(left + i)));
}

static void attend_row(const CachedAttention *a, float *scratch, int row, int head) {
  int keyHead = head / (a->heads / a->keyHeads), keys = a->past[row] + 1, slot = a->slots[row];
  int columns = min_int((keys + BLOCK_COLUMNS - 1) / BLOCK_COLUMNS * BLOCK_COLUMNS, a->capacity);
  float *query = scratch, *scores = scratch + (a->keySize + 15) / 16 * 16;
  for (int i = 0; i < a->keySize; i++) query[i] = a->q[row * a->qRow + head * a->keySize + i];
  round_left(query, a->keySize, a->flags);
  size_t firstKey = ((size_t)slot * a->keyHeads + keyHead) * a->keySize * a->capacity;
  row_product(&(RowProduct){query, a->keys + firstKey, a->capacity, a->keySize, columns, scores});
  softmax_row(scores, keys, (keys + 15) / 16 * 16, a->scale, (float[2]){0});
  round_left(scores, keys, a->flags);
  size_t valueRow = (size_t)a->keyHeads * a->valueSize;
  row_product(&(RowProduct){scores, a->values + slot * a->capacity * valueRow + keyHead * a->valueSize, valueRow, keys, a->valueSize,
                            a->output + row * a->outputRow + head * a->valueSize});
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
