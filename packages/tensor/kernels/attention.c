/*
 * Causal grouped-query attention, forward. Vaswani et al. 2017 (section 3.2.1), Ainslie et al. 2023.
 * Blocks of query rows; no T x T matrix is kept: the backward pass recomputes the weights from two statistics a row.
 */
#include "attention.h"
#include "softmax.h"

Attention read_attention(Team *team, Operands o) {
  enum { Q, K, V, OUTPUT, STATISTICS, Q_ROW, K_ROW, V_ROW, OUTPUT_ROW, SEQUENCES, ROWS, KEY_ROWS, HEADS, KEY_HEADS, KEY_SIZE, VALUE_SIZE, SCALE, FLAGS };
  return (Attention){tensor_at(team, o[Q]), tensor_at(team, o[K]), tensor_at(team, o[V]),
                     (size_t)o[Q_ROW], (size_t)o[K_ROW], (size_t)o[V_ROW], (size_t)o[OUTPUT_ROW],
                     tensor_at(team, o[OUTPUT]), tensor_at(team, o[STATISTICS]),
                     (int)o[SEQUENCES], (int)o[ROWS], (int)o[KEY_ROWS], (int)o[HEADS], (int)o[KEY_HEADS],
                     (int)o[KEY_SIZE], (int)o[VALUE_SIZE], (float)o[SCALE], (int)o[FLAGS]};
}

AttentionScratch prepare_keys(Team *team, const Attention *a, int sequence, int keyHead) {
  AttentionScratch s;
  s.keysForScores = team->threadScratch;
  const float *k = a->k + (size_t)sequence * a->keyRows * a->kRow + keyHead * a->keySize;
  s.scores = pack_columns_of(&(PackedColumns){k, 1, a->kRow, a->keySize, a->rows, a->flags}, s.keysForScores);
  s.scoreRow = (a->rows + 15) / 16 * 16;
  s.free = s.scores + ATTENTION_ROWS * s.scoreRow;
  return s;
}

void score_block(const Attention *a, const AttentionScratch *s, const float *q, int rows, int keys) {
  block_product(&(BlockProduct){q, a->qRow, 1, s->keysForScores, a->keySize, s->scores, s->scoreRow, 0, rows, keys, a->keySize,
                                0, a->flags, s->free, COLUMNS_ARE_KEYS, keys - rows + 1});
}

static void attend_block(const Attention *a, const AttentionScratch *s, const float *packedValues, int sequence, const int at[2]) {
  int head = at[0], row = at[1], rows = min_int(ATTENTION_ROWS, a->rows - row);
  size_t first = (size_t)sequence * a->rows + row;
  int keys = row + rows;
  score_block(a, s, a->q + first * a->qRow + head * a->keySize, rows, keys);
  for (int r = 0; r < rows; r++)
    softmax_row(s->scores + r * s->scoreRow, keys - rows + r + 1, (keys + 15) / 16 * 16, a->scale,
                a->statistics + ((first + r) * a->heads + head) * 2);
  block_product(&(BlockProduct){s->scores, s->scoreRow, 1, packedValues, a->rows, a->output + first * a->outputRow + head * a->valueSize,
                                a->outputRow, 0, rows, a->valueSize, keys, 0, a->flags, s->free, DEPTH_IS_KEYS, keys - rows + 1});
}

void attention(Team *team, Operands operand) {
  Attention a = read_attention(team, operand);
  int group = a.heads / a.keyHeads;
  size_t items = (size_t)a.sequences * a.keyHeads;
  for (size_t item; (item = claim(team, 0, 1, items)) < items;) {
    int sequence = (int)item / a.keyHeads, keyHead = (int)item % a.keyHeads;
    AttentionScratch s = prepare_keys(team, &a, sequence, keyHead);
    const float *values = a.v + (size_t)sequence * a.keyRows * a.vRow + keyHead * a.valueSize;
    float *packedValues = s.free;
    s.free = pack_columns_of(&(PackedColumns){values, a.vRow, 1, a.rows, a.valueSize, a.flags}, packedValues);
    for (int head = keyHead * group; head < (keyHead + 1) * group; head++)
      for (int row = 0; row < a.rows; row += ATTENTION_ROWS)
        attend_block(&a, &s, packedValues, sequence, (int[2]){head, row});
  }
}
