/*
 * Matrix product C = A B (+ addend), batched, any strides. Rules A1 and A3.
 * Tall: all threads pack B once, each then packs and multiplies its own rows of A.
 * Wide (few rows, as in decoding): threads share columns, and B is read in place where it needs no rounding.
 */
#include "kernels.h"
#include "product.h"
#include "round.h"

#define BLOCK_K 512
#define BLOCK_N 2048
#define BLOCK_ROWS 48 /* a multiple of every TILE_ROWS; larger items read B less often but let threads finish less evenly */
#define MOST_PANELS_PER_ITEM 8
#define WIDE_ROWS 16

/* Columns, and k from and to, that the tiles of one panel of rows need. */
typedef struct {
  int columns, fromK, toK;
} Extent;

static Extent extent_of(const BlockProduct *p, int row) {
  int seen = p->visible + row + TILE_ROWS - 1; /* by the last row of the panel */
  switch (p->triangle) {
    case COLUMNS_ARE_KEYS: return (Extent){min_int(p->columns, seen), 0, p->k};
    case DEPTH_IS_KEYS: return (Extent){p->columns, 0, min_int(p->k, seen)};
    case ROWS_ARE_KEYS: return (Extent){p->columns, row < p->visible ? 0 : min_int(p->k, row - p->visible + 1), p->k};
    case WHOLE: break;
  }
  return (Extent){p->columns, 0, p->k};
}

void block_product(const BlockProduct *p) {
  pack_panels(&(Panels){p->a, p->aRow, p->aK, p->rows, p->k, TILE_ROWS, p->flags & FLAG_ROUND_A}, p->scratch);
  for (int j = 0; j < p->columns; j += TILE_COLUMNS)
    for (int r = 0; r < p->rows; r += TILE_ROWS) {
      Extent e = extent_of(p, r);
      if (j >= e.columns) continue;
      size_t at = r * p->cRow + j;
      tile_product(&(Tile){p->scratch + (size_t)r * p->k + (size_t)e.fromK * TILE_ROWS,
                           p->packedB + j * p->panelLength + (size_t)e.fromK * TILE_COLUMNS, TILE_COLUMNS, p->c + at, p->cRow,
                           p->addend ? p->addend + at : 0, e.toK - e.fromK, p->continues,
                           min_int(TILE_ROWS, p->rows - r), min_int(TILE_COLUMNS, p->columns - j)},
                   p->flags & FLAG_FUSED);
    }
}

typedef struct {
  const float *a, *b, *addend;
  float *c;
  int rows, columns, k;
  size_t aRow, aK, bK, bColumn, cRow;
  int flags;
} Product;

static void tall_block(Team *team, const Product *p, int fromColumn, int fromK, float *packedB) {
  int columns = min_int(BLOCK_N, p->columns - fromColumn), k = min_int(BLOCK_K, p->k - fromK);
  /* Few large items read memory better, several per thread share the work better. */
  int panels = (columns + TILE_COLUMNS - 1) / TILE_COLUMNS, share = panels / (4 * (int)team->threads);
  int itemColumns = (share < 1 ? 1 : min_int(share, MOST_PANELS_PER_ITEM)) * TILE_COLUMNS;
  for (int j; (j = (int)claim(team, 0, itemColumns, columns)) < columns;)
    pack_columns_of(&(PackedColumns){p->b + fromK * p->bK + (fromColumn + j) * p->bColumn, p->bK, p->bColumn, k,
                                     min_int(itemColumns, columns - j), p->flags},
                    packedB + (size_t)j * k);
  team_barrier(team);
  int isLast = fromK + k == p->k;
  for (int row; (row = (int)claim(team, 1, BLOCK_ROWS, p->rows)) < p->rows;) {
    size_t at = row * p->cRow + fromColumn;
    block_product(&(BlockProduct){p->a + row * p->aRow + fromK * p->aK, p->aRow, p->aK, packedB, k, p->c + at, p->cRow,
                                  p->addend && isLast ? p->addend + at : 0, min_int(BLOCK_ROWS, p->rows - row), columns, k,
                                  fromK > 0, p->flags, team->threadScratch, WHOLE, 0});
  }
}

static void product_tall(Team *team, const Product *p) {
  int buffer = 0;
  for (int fromColumn = 0; fromColumn < p->columns; fromColumn += BLOCK_N)
    for (int fromK = 0; fromK < p->k; fromK += BLOCK_K, buffer ^= 1)
      /* Two buffers: the next block of B may be packed while slower threads still read this one. */
      tall_block(team, p, fromColumn, fromK, team->sharedScratch + (size_t)buffer * (BLOCK_N + TILE_COLUMNS) * BLOCK_K);
}

#if LANES == 16
#define WIDE_VECTORS 8
#else
#define WIDE_VECTORS 4
#endif
#define WIDE_COLUMNS (WIDE_VECTORS * LANES)

/* One row of A (contiguous, rounded already) against WIDE_COLUMNS columns of a B that is read in place. */
static void wide_row(const Product *p, const float *a, const float *b, float *c, const float *addend) {
  fv sum[WIDE_VECTORS];
  UNROLL for (int v = 0; v < WIDE_VECTORS; v++) sum[v] = (fv){0};
  for (int k = 0; k < p->k; k++, b += p->bK) {
    UNROLL for (int v = 0; v < WIDE_VECTORS; v++) sum[v] = sum[v] + a[k] * load_fv(b + v * LANES);
  }
  UNROLL for (int v = 0; v < WIDE_VECTORS; v++)
    store_fv(c + v * LANES, addend ? sum[v] + load_fv(addend + v * LANES) : sum[v]);
}

static void wide_columns(const Product *p, int column, const float *rowsOfA, float *scratch) {
  int columns = min_int(WIDE_COLUMNS, p->columns - column);
  const float *b = p->b + column * p->bColumn;
  int inPlace = p->bColumn == 1 && !(p->flags & FLAG_ROUND_B) && columns == WIDE_COLUMNS;
  if (inPlace && p->rows <= 4) {
    for (int r = 0; r < p->rows; r++) {
      size_t at = r * p->cRow + column;
      wide_row(p, rowsOfA + (size_t)r * p->k, b, p->c + at, p->addend ? p->addend + at : 0);
    }
    return;
  }
  float *packedB = scratch + (size_t)(WIDE_ROWS + TILE_ROWS) * p->k;
  pack_columns_of(&(PackedColumns){b, p->bK, p->bColumn, p->k, columns, p->flags}, packedB);
  block_product(&(BlockProduct){rowsOfA, p->k, 1, packedB, p->k, p->c + column, p->cRow, p->addend ? p->addend + column : 0,
                                p->rows, columns, p->k, 0, p->flags & ~FLAG_ROUND_A, scratch, WHOLE, 0});
}

static void product_wide(Team *team, const Product *p) {
  float *rowsOfA = team->threadScratch;
  for (int r = 0; r < p->rows; r++)
    for (int k = 0; k < p->k; k++) {
      float x = p->a[r * p->aRow + k * p->aK];
      rowsOfA[(size_t)r * p->k + k] = p->flags & FLAG_ROUND_A ? round_operand(x) : x;
    }
  for (int column; (column = (int)claim(team, 0, WIDE_COLUMNS, p->columns)) < p->columns;)
    wide_columns(p, column, rowsOfA, rowsOfA + (size_t)WIDE_ROWS * p->k);
}

static int fits_wide(const Product *p) {
  size_t floats = ((size_t)2 * WIDE_ROWS + TILE_ROWS + WIDE_COLUMNS) * p->k;
  return p->rows <= WIDE_ROWS && floats * sizeof(float) <= THREAD_SCRATCH_BYTES;
}

void product(Team *team, Operands o) {
  enum { A, B, ADDEND, C, ROWS, COLUMNS, K, A_ROW, A_K, B_K, B_COLUMN, C_ROW, BATCH, A_BATCH, B_BATCH, C_BATCH, FLAGS };
  Product p = {0, 0, 0, 0, (int)o[ROWS], (int)o[COLUMNS], (int)o[K], (size_t)o[A_ROW], (size_t)o[A_K],
               (size_t)o[B_K], (size_t)o[B_COLUMN], (size_t)o[C_ROW], (int)o[FLAGS]};
  for (int i = 0; i < (int)o[BATCH]; i++) {
    if (i > 0) team_barrier(team);
    p.a = tensor_at(team, o[A]) + i * (size_t)o[A_BATCH];
    p.b = tensor_at(team, o[B]) + i * (size_t)o[B_BATCH];
    p.c = tensor_at(team, o[C]) + i * (size_t)o[C_BATCH];
    p.addend = o[ADDEND] == 0 ? 0 : tensor_at(team, o[ADDEND]) + i * (size_t)o[C_BATCH];
    (fits_wide(&p) ? product_wide : product_tall)(team, &p);
  }
}
