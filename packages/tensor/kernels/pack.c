#include "pack.h"
#include "round.h"

static inline float take(const Panel *p, int i, int k) {
  float x = p->source[i * p->stride + k * p->kStride];
  return p->round ? round_operand(x) : x;
}

static void pack_any(const Panel *p, float *target, int fromK) {
  for (int k = fromK; k < p->length; k++)
    for (int i = 0; i < p->width; i++) target[k * p->width + i] = i < p->count ? take(p, i, k) : 0;
}

/* Values of one k are neighbours in memory: copy rows. */
static void pack_rows(const Panel *p, float *target) {
  for (int k = 0; k < p->length; k++) {
    const float *source = p->source + k * p->kStride;
    int i = 0;
    if (p->round)
      for (; i + 4 <= p->count; i += 4) store4(target + i, round_operand4(load4(source + i)));
    else
      for (; i + 4 <= p->count; i += 4) store4(target + i, load4(source + i));
    for (; i < p->width; i++) target[i] = i < p->count ? take(p, i, k) : 0;
    target += p->width;
  }
}

/* Values along k are neighbours in memory: transpose 4 x 4 blocks in registers. */
static void pack_columns(const Panel *p, float *target) {
  int wholeK = p->length & ~3;
  for (int i = 0; i < p->width; i += 4) {
    if (i + 4 > p->count) {
      for (int k = 0; k < wholeK; k++)
        for (int j = i; j < i + 4; j++) target[k * p->width + j] = j < p->count ? take(p, j, k) : 0;
      continue;
    }
    const float *source = p->source + i * p->stride;
    for (int k = 0; k < wholeK; k += 4) {
      f4 r0 = load4(source + k), r1 = load4(source + p->stride + k);
      f4 r2 = load4(source + 2 * p->stride + k), r3 = load4(source + 3 * p->stride + k);
      if (p->round) r0 = round_operand4(r0), r1 = round_operand4(r1), r2 = round_operand4(r2), r3 = round_operand4(r3);
      f4 a = __builtin_shufflevector(r0, r1, 0, 4, 1, 5), b = __builtin_shufflevector(r2, r3, 0, 4, 1, 5);
      f4 c = __builtin_shufflevector(r0, r1, 2, 6, 3, 7), d = __builtin_shufflevector(r2, r3, 2, 6, 3, 7);
      float *out = target + k * p->width + i;
      store4(out, __builtin_shufflevector(a, b, 0, 1, 4, 5));
      store4(out + p->width, __builtin_shufflevector(a, b, 2, 3, 6, 7));
      store4(out + 2 * p->width, __builtin_shufflevector(c, d, 0, 1, 4, 5));
      store4(out + 3 * p->width, __builtin_shufflevector(c, d, 2, 3, 6, 7));
    }
  }
  pack_any(p, target, wholeK);
}

void pack_panel(const Panel *p, float *target) {
  if (p->stride == 1) pack_rows(p, target);
  else if (p->kStride == 1) pack_columns(p, target);
  else pack_any(p, target, 0);
}
