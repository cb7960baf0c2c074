/*
 * Causal grouped-query attention, backward: recomputes the weights P of each block of query rows from the saved statistics.
 * dP = dO V^T, dS = P * (dP - rowsum(dO * O)) * scale, dQ = dS K, dK = dS^T Q, dV = P^T dO (Dao et al. 2022, appendix B.2).
 * dK and dV are summed over heads of the group, then query rows, in ascending order.
 */
#include "attention.h"
#include "exponential.h"
#include "rowwise.h"

typedef struct {
  Attention forward;
  const float *dOutput;
  float *dQ, *dK, *dV;
  size_t dQRow, dKRow, dVRow;
} Backward;

typedef struct {
  AttentionScratch keys;
  float *valuesForWeights; /* packed V transposed: k runs over valueSize */
  float *keysForQueries;   /* packed K: k runs over keys */
  float *dWeights;         /* (ATTENTION_ROWS, scoreRow) */
  float *rowsAsB;          /* q or dO of this block, packed: k runs over query rows */
  float *free;
} BackwardScratch;

static BackwardScratch prepare(Team *team, const Attention *a, int sequence, int keyHead) {
  BackwardScratch s;
  s.keys = prepare_keys(team, a, sequence, keyHead);
  const float *k = a->k + (size_t)sequence * a->keyRows * a->kRow + keyHead * a->keySize;
  const float *v = a->v + (size_t)sequence * a->keyRows * a->vRow + keyHead * a->valueSize;
  s.valuesForWeights = s.keys.free;
  s.keysForQueries = pack_columns_of(&(PackedColumns){v, 1, a->vRow, a->valueSize, a->rows, a->flags}, s.valuesForWeights);
  s.dWeights = pack_columns_of(&(PackedColumns){k, a->kRow, 1, a->rows, a->keySize, a->flags}, s.keysForQueries);
  s.rowsAsB = s.dWeights + ATTENTION_ROWS * s.keys.scoreRow;
  int widest = a->keySize > a->valueSize ? a->keySize : a->valueSize;
  s.free = s.rowsAsB + (size_t)ATTENTION_ROWS * (widest + TILE_COLUMNS);
  s.keys.free = s.free;
  return s;
}

/* scores -> P, dWeights -> dS; both zero beyond the keys that a row sees. */
static void weights_row(float *scores, float *dWeights, const int lengths[2], const float statistics[2], float delta, float scale) {
  int length = lengths[0], columns = lengths[1];
  for (int j = length; j < columns; j++) scores[j] = -__builtin_inff(), dWeights[j] = 0;
  for (int j = 0; j < columns; j += 16) {
    f16 p = exp16(load16(scores + j) * scale - statistics[0]) * statistics[1];
    store16(scores + j, p);
    store16(dWeights + j, p * (load16(dWeights + j) - delta) * scale);
  }
}

/* target += left^T right over the block's query rows; left is P or dS, right is dO or Q. */
static void add_to_keys(const Attention *a, const BackwardScratch *s, const float *left, const float *right, size_t rightRow, int size,
                        float *target, size_t targetRow, int rows, int keys) {
  pack_columns_of(&(PackedColumns){right, rightRow, 1, rows, size, a->flags}, s->rowsAsB);
  block_product(&(BlockProduct){left, 1, s->keys.scoreRow, s->rowsAsB, rows, target, targetRow, 0, keys, size, rows, 1, a->flags, s->free,
                                ROWS_ARE_KEYS, keys - rows + 1});
}

static void backward_block(const Backward *b, const BackwardScratch *s, int sequence, int head, int row) {
  const Attention *a = &b->forward;
  int rows = min_int(ATTENTION_ROWS, a->rows - row), keys = row + rows, keyHead = head / (a->heads / a->keyHeads);
  size_t first = (size_t)sequence * a->rows + row, firstKey = (size_t)sequence * a->keyRows, scoreRow = s->keys.scoreRow;
  const float *q = a->q + first * a->qRow + head * a->keySize;
  const float *output = a->output + first * a->outputRow + head * a->valueSize;
  const float *dOutput = b->dOutput + first * a->outputRow + head * a->valueSize;
  score_block(a, &s->keys, q, rows, keys);
  block_product(&(BlockProduct){dOutput, a->outputRow, 1, s->valuesForWeights, a->valueSize, s->dWeights, scoreRow, 0, rows, keys,
                                a->valueSize, 0, a->flags, s->free, COLUMNS_ARE_KEYS, row + 1});
  for (int r = 0; r < rows; r++) {
    float delta = sum_products_of(dOutput + r * a->outputRow, output + r * a->outputRow, a->valueSize);
    weights_row(s->keys.scores + r * scoreRow, s->dWeights + r * scoreRow, (int[2]){row + r + 1, (keys + 15) / 16 * 16},
                a->statistics + ((first + r) * a->heads + head) * 2, delta, a->scale);
  }
  block_product(&(BlockProduct){s->dWeights, scoreRow, 1, s->keysForQueries, a->rows, b->dQ + first * b->dQRow + head * a->keySize,
                                b->dQRow, 0, rows, a->keySize, keys, 0, a->flags, s->free, DEPTH_IS_KEYS, row + 1});
  add_to_keys(a, s, s->dWeights, q, a->qRow, a->keySize, b->dK + firstKey * b->dKRow + keyHead * a->keySize, b->dKRow, rows, keys);
  add_to_keys(a, s, s->keys.scores, dOutput, a->outputRow, a->valueSize, b->dV + firstKey * b->dVRow + keyHead * a->valueSize, b->dVRow,
              rows, keys);
}

static void clear_columns(float *x, size_t xRow, int rows, int columns) {
  for (int r = 0; r < rows; r++)
    for (int c = 0; c < columns; c++) x[r * xRow + c] = 0;
}

void attention_backward(Team *team, Operands o) {
  enum { D_OUTPUT = 18, D_Q, D_K, D_V, D_Q_ROW, D_K_ROW, D_V_ROW };
  Backward b = {read_attention(team, o), tensor_at(team, o[D_OUTPUT]), tensor_at(team, o[D_Q]), tensor_at(team, o[D_K]),
                tensor_at(team, o[D_V]), (size_t)o[D_Q_ROW], (size_t)o[D_K_ROW], (size_t)o[D_V_ROW]};
  const Attention *a = &b.forward;
  int group = a->heads / a->keyHeads;
  size_t items = (size_t)a->sequences * a->keyHeads;
  for (size_t item; (item = claim(team, 0, 1, items)) < items;) {
    int sequence = (int)item / a->keyHeads, keyHead = (int)item % a->keyHeads;
    size_t firstKey = (size_t)sequence * a->keyRows;
    clear_columns(b.dK + firstKey * b.dKRow + keyHead * a->keySize, b.dKRow, a->rows, a->keySize);
    clear_columns(b.dV + firstKey * b.dVRow + keyHead * a->valueSize, b.dVRow, a->rows, a->valueSize);
    BackwardScratch s = prepare(team, a, sequence, keyHead);
    for (int head = keyHead * group; head < (keyHead + 1) * group; head++)
      for (int row = 0; row < a->rows; row += ATTENTION_ROWS) backward_block(&b, &s, sequence, head, row);
  }
}
