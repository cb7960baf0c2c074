/* AdamW with decoupled weight decay and clipping by the global gradient norm. Loshchilov and Hutter 2019. */
#include "kernels.h"
#include "product.h"
#include "rowwise.h"

#define BLOCK 4096

/* partial[i] = sum of squares of block i of 4096 values (rule A2 inside a block). */
void sum_squares(Team *team, Operands o) {
  enum { X, PARTIAL, COUNT };
  const float *x = tensor_at(team, o[X]);
  float *partial = tensor_at(team, o[PARTIAL]);
  size_t count = (size_t)o[COUNT];
  for (size_t from; (from = claim(team, 0, BLOCK, count)) < count;)
    partial[from / BLOCK] = sum_squares_of(x + from, from + BLOCK <= count ? BLOCK : (int)(count - from));
}

static float sum_of(const float *x, int length) {
  f16 partial = {0};
  int i = 0;
  for (; i + 16 <= length; i += 16) partial = partial + load16(x + i);
  if (i < length) partial = partial + load_part16(x + i, length - i, 0);
  return tree_sum16(partial);
}

/*
 * settings: learning rate, beta1, beta2, epsilon, weight decay, clip norm, 1 - beta1^t, 1 - beta2^t.
 * squares: the partial sums of all gradients; norm[0] receives the gradient norm before clipping.
 * The first `decayed` values decay, the others do not.
 */
void adamw(Team *team, Operands o) {
  enum { WEIGHT, GRADIENT, FIRST, SECOND, SETTINGS, SQUARES, NORM, COUNT, DECAYED };
  float *restrict weight = tensor_at(team, o[WEIGHT]);
  float *restrict first = tensor_at(team, o[FIRST]), *restrict second = tensor_at(team, o[SECOND]);
  const float *restrict gradient = tensor_at(team, o[GRADIENT]), *s = tensor_at(team, o[SETTINGS]);
  size_t count = (size_t)o[COUNT], decayed = (size_t)o[DECAYED];
  float norm = __builtin_sqrtf(sum_of(tensor_at(team, o[SQUARES]), (int)((count + BLOCK - 1) / BLOCK)));
  float rate = s[0], beta1 = s[1], beta2 = s[2], epsilon = s[3], shrink = 1.0f - rate * s[4];
  float clip = norm > s[5] ? s[5] / (norm + 1e-6f) : 1.0f, stepSize = rate / s[6], root2 = __builtin_sqrtf(s[7]);
  if (team->thread == 0) tensor_at(team, o[NORM])[0] = norm;
  for (size_t from; (from = claim(team, 0, BLOCK, count)) < count;)
    for (size_t i = from; i < from + BLOCK && i < count; i++) {
      float g = gradient[i] * clip;
      float m = beta1 * first[i] + (1.0f - beta1) * g;
      float v = beta2 * second[i] + (1.0f - beta2) * (g * g);
      float w = i < decayed ? weight[i] * shrink : weight[i];
      first[i] = m;
      second[i] = v;
      weight[i] = w - (stepSize * m) / (__builtin_sqrtf(v) / root2 + epsilon);
    }
}
