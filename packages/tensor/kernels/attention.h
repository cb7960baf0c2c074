/* What the forward and the backward pass of causal grouped-query attention share. */
#ifndef NEUROSHARD_ATTENTION_H
#define NEUROSHARD_ATTENTION_H
#include "kernels.h"
#include "product.h"

#define ATTENTION_ROWS 96 /* query rows handled together: a multiple of every TILE_ROWS */

/* Row strides in elements. Query row t of a sequence sees the keys 0 .. t. */
typedef struct {
  const float *q, *k, *v;
  size_t qRow, kRow, vRow, outputRow;
  float *output;     /* (sequences * rows, heads * valueSize) */
  float *statistics; /* (sequences * rows, heads, 2): largest score and 1 / sum of exponentials */
  int sequences, rows, keyRows; /* keyRows: rows of k and v from one sequence to the next */
  int heads, keyHeads, keySize, valueSize;
  float scale;
  int flags;
} Attention;

Attention read_attention(Team *team, Operands operand);

/* Scratch of one thread for one sequence and key head. */
typedef struct {
  float *keysForScores; /* packed K transposed: k runs over keySize */
  float *scores;        /* (ATTENTION_ROWS, scoreRow) */
  size_t scoreRow;
  float *free;          /* the rest */
} AttentionScratch;

AttentionScratch prepare_keys(Team *team, const Attention *a, int sequence, int keyHead);

/* scores = q k^T for the rows of one block, the last of which sees `keys` keys. */
void score_block(const Attention *a, const AttentionScratch *scratch, const float *q, int rows, int keys);

#endif
