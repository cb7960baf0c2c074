#include "pack.h"
#include "round.h"

static inline float take(const Panels *p, int i, int k) {
  if (i >= p->count) return 0;
  float x = p->source[i * p->stride + k * p->kStride];
  return p->round ? round_operand(x) : x;
}

/* Panel `first / width`, values of k from fromK on, for any strides. */
static void pack_any(const Panels *p, float *target, int first, int fromK) {
  for (int k = fromK; k < p->length; k++)
    for (int i = 0; i < p->width; i++) target[(size_t)k * p->width + i] = take(p, first + i, k);
}

#define PREFETCH_ROWS 8

/* Values of one k are neighbours in memory: each row of the source is read once, across all panels. */
static void pack_rows(const Panels *p, float *target) {
  size_t panelSize = (size_t)p->width * p->length;
  for (int k = 0; k < p->length; k++) {
    const float *source = p->source + k * p->kStride;
    float *row = target + (size_t)k * p->width;
    for (int first = 0; first < p->count; first += p->width, row += panelSize) {
      int exist = p->count - first < p->width ? p->count - first : p->width, i = 0;
      /* Rows lie far apart, where the hardware does not foresee the next one. */
      __builtin_prefetch(source + first + PREFETCH_ROWS * p->kStride);
      if (p->width > 16) __builtin_prefetch(source + first + 16 + PREFETCH_ROWS * p->kStride);
      for (; i + 16 <= exist; i += 16) store16(row + i, p->round ? round_operand16(load16(source + first + i)) : load16(source + first + i));
      for (; i + 4 <= exist; i += 4) store4(row + i, p->round ? round_operand4(load4(source + first + i)) : load4(source + first + i));
      for (; i < p->width; i++) row[i] = take(p, first + i, k);
    }
  }
}

#if LANES == 16
#define BLOCK 16
typedef f16 Row;
#define LOAD_ROW load16
#define STORE_ROW store16
#define ROUND_ROW round_operand16

/* r[i][k] -> r[k][i], by exchanging halves, quarters, eighths and single values. */
static inline void transpose(f16 r[16]) {
#define EXCHANGE(distance, LOW, HIGH)                                         \
  UNROLL for (int i = 0; i < 16; i++) if (!(i & distance)) {                  \
    f16 a = r[i], b = r[i + distance];                                        \
    r[i] = __builtin_shufflevector(a, b, LOW);                                \
    r[i + distance] = __builtin_shufflevector(a, b, HIGH);                    \
  }
#define LIST(...) __VA_ARGS__
  EXCHANGE(8, LIST(0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23), LIST(8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31))
  EXCHANGE(4, LIST(0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27), LIST(4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31))
  EXCHANGE(2, LIST(0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29), LIST(2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31))
  EXCHANGE(1, LIST(0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30), LIST(1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31))
}
#else
#define BLOCK 4
typedef f4 Row;
#define LOAD_ROW load4
#define STORE_ROW store4
#define ROUND_ROW round_operand4

static inline void transpose(f4 r[4]) {
  f4 a = __builtin_shufflevector(r[0], r[1], 0, 4, 1, 5), b = __builtin_shufflevector(r[2], r[3], 0, 4, 1, 5);
  f4 c = __builtin_shufflevector(r[0], r[1], 2, 6, 3, 7), d = __builtin_shufflevector(r[2], r[3], 2, 6, 3, 7);
  r[0] = __builtin_shufflevector(a, b, 0, 1, 4, 5);
  r[1] = __builtin_shufflevector(a, b, 2, 3, 6, 7);
  r[2] = __builtin_shufflevector(c, d, 0, 1, 4, 5);
  r[3] = __builtin_shufflevector(c, d, 2, 3, 6, 7);
}
#endif

/* The first `kept` values of each of BLOCK transposed rows, to rows `width` apart. */
static inline void store_block(const Row r[BLOCK], float *target, int width, int kept) {
  UNROLL for (int k = 0; k < BLOCK; k++) {
    float *row = target + (size_t)k * width;
    if (kept == BLOCK) {
      STORE_ROW(row, r[k]);
      continue;
    }
    int i = 0;
    for (; i + 4 <= kept; i += 4) store4(row + i, (f4){r[k][i], r[k][i + 1], r[k][i + 2], r[k][i + 3]});
    for (; i < kept; i++) row[i] = r[k][i];
  }
}

/* Values along k are neighbours in memory: transpose blocks in registers. */
static void pack_columns(const Panels *p, float *target, int first) {
  int wholeK = p->length / BLOCK * BLOCK;
  for (int i = 0; i < p->width; i += BLOCK) {
    int kept = p->width - i < BLOCK ? p->width - i : BLOCK, exist = p->count - first - i < kept ? p->count - first - i : kept;
    const float *source = p->source + (first + i) * p->stride;
    for (int k = 0; k < wholeK; k += BLOCK) {
      Row r[BLOCK];
      UNROLL for (int j = 0; j < BLOCK; j++) {
        __builtin_prefetch(source + j * p->stride + k + 2 * BLOCK);
        r[j] = j < exist ? LOAD_ROW(source + j * p->stride + k) : (Row){0};
      }
      if (p->round) {
        UNROLL for (int j = 0; j < BLOCK; j++) r[j] = ROUND_ROW(r[j]);
      }
      transpose(r);
      store_block(r, target + (size_t)k * p->width + i, p->width, kept);
    }
  }
  pack_any(p, target, first, wholeK);
}

float *pack_panels(const Panels *p, float *target) {
  int panels = (p->count + p->width - 1) / p->width;
  size_t panelSize = (size_t)p->width * p->length;
  if (p->stride == 1) {
    pack_rows(p, target);
  } else {
    for (int i = 0; i < panels; i++) {
      if (p->kStride == 1) pack_columns(p, target + i * panelSize, i * p->width);
      else pack_any(p, target + i * panelSize, i * p->width, 0);
    }
  }
  return target + panels * panelSize;
}
