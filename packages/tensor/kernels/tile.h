/*
 * The register tile of a product: TILE_ROWS x TILE_COLUMNS outputs, one accumulator each, over k in ascending order (rule A1).
 * Vector lanes run across columns, never across k. Tile shapes were chosen by measurement, see docs/adr/0003-product-tiles.md.
 */
#ifndef NEUROSHARD_TILE_H
#define NEUROSHARD_TILE_H
#include <stddef.h>
#include "vector.h"

#if defined(__AVX512F__)
#define TILE_ROWS 24
#define TILE_VECTORS 1
#elif defined(__AVX__)
#define TILE_ROWS 6
#define TILE_VECTORS 2
#elif defined(__aarch64__)
#define TILE_ROWS 8
#define TILE_VECTORS 2
#else
#define TILE_ROWS 4
#define TILE_VECTORS 2
#endif
#define TILE_COLUMNS (TILE_VECTORS * LANES)

/* How one tile meets its surroundings. Strides are in elements. */
typedef struct {
  const float *a;      /* packed panel: for each k, TILE_ROWS values */
  const float *b;      /* for each k, TILE_COLUMNS values, rows bStride apart */
  size_t bStride;
  float *c;            /* result, rows cStride apart */
  size_t cStride;
  const float *addend; /* null, or added to the finished sum; laid out like c */
  int k;
  int continues;       /* accumulators start from c instead of zero */
  int rows, columns;   /* how much of the tile exists */
} Tile;

void tile_product(const Tile *tile, int fused);

#endif
