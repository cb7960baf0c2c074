/*
 * Matrices packed for good in panels of PANEL_COLUMNS columns, (panels, k, PANEL_COLUMNS), zero beyond the last column: weights
 * that are served, and keys in a cache. One row of values is multiplied with several panels at once, each read from start to end.
 */
#ifndef NEUROSHARD_PANELS_H
#define NEUROSHARD_PANELS_H
#include <stddef.h>
#include "vector.h"

#define PANEL_COLUMNS 16
#define PANEL_VECTORS (PANEL_COLUMNS / LANES)
#if LANES == 4
#define PANELS_AT_ONCE 2
#else
#define PANELS_AT_ONCE 4
#endif

/* result[p * PANEL_COLUMNS + c] = sum over i < k of row[i] * panels[p][i][c]: rule A1, lanes across c. */
#define DEFINE_ROW_TIMES_PANELS(name, COUNT)                                                                             \
  static inline void name(const float *row, const float *panels, int k, float *result) {                                 \
    fv sum[COUNT][PANEL_VECTORS];                                                                                        \
    UNROLL for (int p = 0; p < COUNT; p++) UNROLL for (int v = 0; v < PANEL_VECTORS; v++) sum[p][v] = (fv){0};           \
    for (int i = 0; i < k; i++, panels += PANEL_COLUMNS) {                                                               \
      float left = row[i];                                                                                               \
      UNROLL for (int p = 0; p < COUNT; p++) UNROLL for (int v = 0; v < PANEL_VECTORS; v++)                              \
        sum[p][v] = sum[p][v] + left * load_fv(panels + (size_t)p * k * PANEL_COLUMNS + v * LANES);                      \
    }                                                                                                                    \
    UNROLL for (int p = 0; p < COUNT; p++) UNROLL for (int v = 0; v < PANEL_VECTORS; v++)                                \
      store_fv(result + p * PANEL_COLUMNS + v * LANES, sum[p][v]);                                                       \
  }

DEFINE_ROW_TIMES_PANELS(row_times_one_panel, 1)
DEFINE_ROW_TIMES_PANELS(row_times_some_panels, PANELS_AT_ONCE)

static inline void row_times_panels(const float *row, const float *panels, int k, int count, float *result) {
  size_t size = (size_t)k * PANEL_COLUMNS;
  int p = 0;
  for (; p + PANELS_AT_ONCE <= count; p += PANELS_AT_ONCE) row_times_some_panels(row, panels + p * size, k, result + p * PANEL_COLUMNS);
  for (; p < count; p++) row_times_one_panel(row, panels + p * size, k, result + p * PANEL_COLUMNS);
}

#endif
