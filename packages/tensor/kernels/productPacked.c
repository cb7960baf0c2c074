/* Products with weights that were packed beforehand, for serving: few rows, and weights that are read once per step. */
#include "kernels.h"
#include "panels.h"
#include "product.h"
#include "round.h"

/* Panels that a thread takes at a time where there are several rows. */
#define PANELS_PER_ITEM 2

/* x[i * xK + c * xColumn] -> panels[c / PANEL_COLUMNS][i][c % PANEL_COLUMNS], rounded to bfloat16 if asked. */
void pack_weight(Team *team, Operands o) {
  enum { X, PANELS, K, COLUMNS, X_K, X_COLUMN, ROUND };
  const float *x = tensor_at(team, o[X]);
  float *panels = tensor_at(team, o[PANELS]);
  int k = (int)o[K], columns = (int)o[COLUMNS];
  size_t column = (size_t)o[X_COLUMN];
  for (int from; (from = (int)claim(team, 0, PANEL_COLUMNS, columns)) < columns;)
    pack_panels(&(Panels){x + from * column, column, (size_t)o[X_K], min_int(PANEL_COLUMNS, columns - from), k, PANEL_COLUMNS, o[ROUND] != 0},
                panels + (size_t)from * k);
}

typedef struct {
  const float *a, *panels, *addend;
  float *c;
  int rows, columns, k, flags;
} PackedProduct;

static void round_row(const float *x, int k, int flags, float *target) {
  int i = 0;
  for (; i + 16 <= k; i += 16) store16(target + i, flags & FLAG_ROUND_A ? round_operand16(load16(x + i)) : load16(x + i));
  for (; i < k; i++) target[i] = flags & FLAG_ROUND_A ? round_operand(x[i]) : x[i];
}

static void one_row(const PackedProduct *p, const float *row, int column, int columns) {
  float result[PANELS_AT_ONCE * PANEL_COLUMNS] __attribute__((aligned(64)));
  row_times_panels(row, p->panels + (size_t)column * p->k, p->k, (columns + PANEL_COLUMNS - 1) / PANEL_COLUMNS, result);
  for (int j = 0; j < columns; j++) p->c[column + j] = p->addend ? result[j] + p->addend[column + j] : result[j];
}

static void some_rows(const PackedProduct *p, const float *packedA, int column, int columns) {
  for (int j = column; j < column + columns; j += TILE_COLUMNS) {
    const float *panel = p->panels + (size_t)(j / PANEL_COLUMNS * PANEL_COLUMNS) * p->k + j % PANEL_COLUMNS;
    for (int r = 0; r < p->rows; r += TILE_ROWS) {
      size_t at = (size_t)r * p->columns + j;
      tile_product(&(Tile){packedA + (size_t)r * p->k, panel, PANEL_COLUMNS, p->c + at, p->columns, p->addend ? p->addend + at : 0, p->k, 0,
                           min_int(TILE_ROWS, p->rows - r), min_int(TILE_COLUMNS, column + columns - j)},
                   p->flags & FLAG_FUSED);
    }
  }
}

/* Every thread packs all rows of A for itself: there are few, and it needs no barrier. */
void product_packed(Team *team, Operands o) {
  enum { A, PANELS, ADDEND, C, ROWS, COLUMNS, K, FLAGS };
  PackedProduct p = {tensor_at(team, o[A]), tensor_at(team, o[PANELS]), tensor_at(team, o[ADDEND]), tensor_at(team, o[C]),
                     (int)o[ROWS], (int)o[COLUMNS], (int)o[K], (int)o[FLAGS]};
  int isOne = p.rows == 1, itemColumns = (isOne ? PANELS_AT_ONCE : PANELS_PER_ITEM) * PANEL_COLUMNS;
  if (isOne) round_row(p.a, p.k, p.flags, team->threadScratch);
  else pack_panels(&(Panels){p.a, p.k, 1, p.rows, p.k, TILE_ROWS, p.flags & FLAG_ROUND_A}, team->threadScratch);
  for (int column; (column = (int)claim(team, 0, itemColumns, p.columns)) < p.columns;)
    (isOne ? one_row : some_rows)(&p, team->threadScratch, column, min_int(itemColumns, p.columns - column));
}
