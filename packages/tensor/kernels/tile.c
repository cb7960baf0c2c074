#include "tile.h"
#if defined(__AVX512F__) || (defined(__AVX2__) && defined(__FMA__))
#include <immintrin.h>
#endif

/* Fusing is allowed only here and only for operands rounded to bfloat16, where it cannot change the result. */
#if defined(__AVX512F__)
#define MULTIPLY_ADD_FUSED(a, b, c) ((fv)_mm512_fmadd_ps((__m512)(a), (__m512)(b), (__m512)(c)))
#elif defined(__AVX2__) && defined(__FMA__)
#define MULTIPLY_ADD_FUSED(a, b, c) ((fv)_mm256_fmadd_ps((__m256)(a), (__m256)(b), (__m256)(c)))
#elif defined(__aarch64__)
#include <arm_neon.h>
#define MULTIPLY_ADD_FUSED(a, b, c) ((fv)vfmaq_f32((float32x4_t)(c), (float32x4_t)(a), (float32x4_t)(b)))
#endif
#define MULTIPLY_ADD_UNFUSED(a, b, c) ((c) + (a) * (b))

#if LANES == 16
#define SPLAT(x) ((fv){x, x, x, x, x, x, x, x, x, x, x, x, x, x, x, x})
#elif LANES == 8
#define SPLAT(x) ((fv){x, x, x, x, x, x, x, x})
#else
#define SPLAT(x) ((fv){x, x, x, x})
#endif

#define DEFINE_TILE(name, MULTIPLY_ADD)                                                                     \
  static void name(const float *a, const float *b, size_t bStride, float *c, size_t cStride, int k, int continues) { \
    fv sum[TILE_ROWS][TILE_VECTORS];                                                                        \
    /* The result's lines arrive while the sums are made. */                                                \
    UNROLL for (int r = 0; r < TILE_ROWS; r++) __builtin_prefetch(c + r * cStride, 1);                      \
    if (continues) {                                                                                        \
      UNROLL for (int r = 0; r < TILE_ROWS; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)              \
        sum[r][v] = load_fv(c + r * cStride + v * LANES);                                                   \
    } else {                                                                                                \
      UNROLL for (int r = 0; r < TILE_ROWS; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)              \
        sum[r][v] = (fv){0};                                                                                \
    }                                                                                                       \
    for (int i = 0; i < k; i++) {                                                                           \
      fv right[TILE_VECTORS];                                                                               \
      UNROLL for (int v = 0; v < TILE_VECTORS; v++) right[v] = load_fv(b + v * LANES);                      \
      UNROLL for (int r = 0; r < TILE_ROWS; r++) {                                                          \
        fv left = SPLAT(a[r]);                                                                              \
        UNROLL for (int v = 0; v < TILE_VECTORS; v++) sum[r][v] = MULTIPLY_ADD(left, right[v], sum[r][v]);  \
      }                                                                                                     \
      a += TILE_ROWS;                                                                                       \
      b += bStride;                                                                                         \
    }                                                                                                       \
    UNROLL for (int r = 0; r < TILE_ROWS; r++) UNROLL for (int v = 0; v < TILE_VECTORS; v++)                \
      store_fv(c + r * cStride + v * LANES, sum[r][v]);                                                     \
  }

DEFINE_TILE(tile_unfused, MULTIPLY_ADD_UNFUSED)
#ifdef MULTIPLY_ADD_FUSED
DEFINE_TILE(tile_fused, MULTIPLY_ADD_FUSED)
#else
#define tile_fused tile_unfused
#endif

static void add_rows(const Tile *t) {
  for (int r = 0; r < t->rows; r++) {
    float *c = t->c + r * t->cStride;
    const float *addend = t->addend + r * t->cStride;
    for (int j = 0; j < t->columns; j++) c[j] = c[j] + addend[j];
  }
}

void tile_product(const Tile *t, int fused) {
  if (t->rows == TILE_ROWS && t->columns == TILE_COLUMNS) {
    (fused ? tile_fused : tile_unfused)(t->a, t->b, t->bStride, t->c, t->cStride, t->k, t->continues);
  } else {
    float edge[TILE_ROWS * TILE_COLUMNS] __attribute__((aligned(64)));
    if (t->continues)
      for (int r = 0; r < t->rows; r++)
        for (int j = 0; j < t->columns; j++) edge[r * TILE_COLUMNS + j] = t->c[r * t->cStride + j];
    (fused ? tile_fused : tile_unfused)(t->a, t->b, t->bStride, edge, TILE_COLUMNS, t->k, t->continues);
    for (int r = 0; r < t->rows; r++)
      for (int j = 0; j < t->columns; j++) t->c[r * t->cStride + j] = edge[r * TILE_COLUMNS + j];
  }
  if (t->addend) add_rows(t);
}
