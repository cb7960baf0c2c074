/* The product of one thread, shared by the product kernel and by attention. */
#ifndef NEUROSHARD_PRODUCT_H
#define NEUROSHARD_PRODUCT_H
#include <stddef.h>
#include "pack.h"
#include "tile.h"

#define FLAG_FUSED 1   /* both operands are bfloat16 values: multiply-add may be fused */
#define FLAG_ROUND_A 2 /* round A to bfloat16 while packing */
#define FLAG_ROUND_B 4
#define FLAGS_BFLOAT16 (FLAG_FUSED | FLAG_ROUND_A | FLAG_ROUND_B)

/*
 * Which part of a causal product can be other than zero. Query row i sees the keys below `visible + i`; what no row of a tile
 * sees is left out: its products are exact zeros, so the bits do not change.
 */
typedef enum {
  WHOLE,
  COLUMNS_ARE_KEYS, /* rows of A are query rows, columns of B are keys: unseen results are not written */
  DEPTH_IS_KEYS,    /* rows of A are query rows, k runs over keys */
  ROWS_ARE_KEYS     /* rows of A are keys, k runs over query rows */
} Triangle;

/* c = a b (+ c if it continues, + addend when finished); b is packed in panels of TILE_COLUMNS with room for panelLength values of k each. */
typedef struct {
  const float *a;
  size_t aRow, aK;
  const float *packedB;
  size_t panelLength;
  float *c;
  size_t cRow;
  const float *addend;
  int rows, columns, k;
  int continues, flags;
  float *scratch; /* rows rounded up to TILE_ROWS, times k */
  Triangle triangle;
  int visible;
} BlockProduct;

void block_product(const BlockProduct *product);

/* Packs all columns of b[k, column] = source[k * kStride + column * columnStride]; returns the end of the packed data. */
typedef struct {
  const float *source;
  size_t kStride, columnStride;
  int k, columns, flags;
} PackedColumns;

static inline float *pack_columns_of(const PackedColumns *p, float *target) {
  return pack_panels(&(Panels){p->source, p->columnStride, p->kStride, p->columns, p->k, TILE_COLUMNS, p->flags & FLAG_ROUND_B}, target);
}

static inline int min_int(int a, int b) { return a < b ? a : b; }

#endif
