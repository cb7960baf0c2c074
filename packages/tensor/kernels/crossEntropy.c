/*
 * Softmax cross entropy, fused: each row's loss and the gradient of the mean loss with respect to the logits.
 * A target of -1 is ignored; the mean is over the other rows.
 */
#include "kernels.h"
#include "exponential.h"
#include "product.h"
#include "rowwise.h"

#define ROWS_PER_ITEM 8

static int counted(const int32_t *targets, int rows) {
  int count = 0;
  for (int r = 0; r < rows; r++) count += targets[r] >= 0;
  return count;
}

/* exponentials = exp(logits - largest), lanes beyond `classes` padded with 0; returns their sum. */
static float exponentials_of(const float *logits, float *exponentials, int classes, float largest) {
  f16 partial = {0};
  int j = 0;
  for (; j + 16 <= classes; j += 16) {
    f16 e = exp16(load16(logits + j) - largest);
    store16(exponentials + j, e);
    partial = partial + e;
  }
  if (j < classes) {
    f16 e = exp16(load_part16(logits + j, classes - j, -__builtin_inff()) - largest);
    store_part16(exponentials + j, classes - j, e);
    partial = partial + e;
  }
  return tree_sum16(partial);
}

void cross_entropy(Team *team, Operands o) {
  enum { LOGITS, TARGETS, LOSSES, D_LOGITS, ROWS, CLASSES };
  const int32_t *targets = integers_at(team, o[TARGETS]);
  float *losses = tensor_at(team, o[LOSSES]);
  int rows = (int)o[ROWS], classes = (int)o[CLASSES];
  float share = 1.0f / (float)counted(targets, rows);
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      const float *logits = tensor_at(team, o[LOGITS]) + (size_t)r * classes;
      float *dLogits = tensor_at(team, o[D_LOGITS]) + (size_t)r * classes;
      int target = targets[r];
      if (target < 0) {
        losses[r] = 0;
        for (int j = 0; j < classes; j++) dLogits[j] = 0;
        continue;
      }
      float largest = max_of(logits, classes), own = logits[target];
      float sum = exponentials_of(logits, dLogits, classes, largest);
      losses[r] = log_of(sum) - (own - largest);
      float factor = (1.0f / sum) * share;
      for (int j = 0; j < classes; j++) dLogits[j] = dLogits[j] * factor;
      dLogits[target] = dLogits[target] - share;
    }
}

/* mean[0] = sum of losses / number of counted rows, mean[1] = that number. */
void cross_entropy_mean(Team *team, Operands o) {
  enum { LOSSES, TARGETS, MEAN, ROWS };
  if (team->thread != 0) return;
  const float *losses = tensor_at(team, o[LOSSES]);
  float *mean = tensor_at(team, o[MEAN]);
  int rows = (int)o[ROWS], r = 0;
  float count = (float)counted(integers_at(team, o[TARGETS]), rows);
  f16 partial = {0};
  for (; r + 16 <= rows; r += 16) partial = partial + load16(losses + r);
  if (r < rows) partial = partial + load_part16(losses + r, rows - r, 0);
  mean[0] = tree_sum16(partial) / count;
  mean[1] = count;
}
