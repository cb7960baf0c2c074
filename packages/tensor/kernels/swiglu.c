/* SwiGLU on a fused pair of projections: row = [gate | up], output = gate * sigmoid(gate) * up. Shazeer 2020. */
#include "kernels.h"
#include "exponential.h"
#include "product.h"

#define ROWS_PER_ITEM 4

static inline f16 sigmoid16(f16 x) { return 1.0f / (1.0f + exp16(-x)); }

static inline f16 gated(f16 gate, f16 up) { return (gate * sigmoid16(gate)) * up; }

void swiglu(Team *team, Operands o) {
  enum { X, OUTPUT, ROWS, WIDTH };
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      const float *gate = tensor_at(team, o[X]) + (size_t)r * 2 * width, *up = gate + width;
      float *output = tensor_at(team, o[OUTPUT]) + (size_t)r * width;
      int c = 0;
      for (; c + 16 <= width; c += 16) store16(output + c, gated(load16(gate + c), load16(up + c)));
      if (c < width)
        store_part16(output + c, width - c, gated(load_part16(gate + c, width - c, 0), load_part16(up + c, width - c, 0)));
    }
}

typedef struct {
  f16 dGate, dUp;
} GateGradient;

static inline GateGradient gate_gradient(f16 gate, f16 up, f16 dOutput) {
  f16 s = sigmoid16(gate), silu = gate * s;
  return (GateGradient){(dOutput * up) * (s + silu * (1.0f - s)), dOutput * silu};
}

void swiglu_backward(Team *team, Operands o) {
  enum { D_OUTPUT, X, D_X, ROWS, WIDTH };
  int rows = (int)o[ROWS], width = (int)o[WIDTH];
  for (int from; (from = (int)claim(team, 0, ROWS_PER_ITEM, rows)) < rows;)
    for (int r = from; r < min_int(from + ROWS_PER_ITEM, rows); r++) {
      const float *gate = tensor_at(team, o[X]) + (size_t)r * 2 * width, *up = gate + width;
      const float *dOutput = tensor_at(team, o[D_OUTPUT]) + (size_t)r * width;
      float *dGate = tensor_at(team, o[D_X]) + (size_t)r * 2 * width, *dUp = dGate + width;
      int c = 0;
      for (; c + 16 <= width; c += 16) {
        GateGradient g = gate_gradient(load16(gate + c), load16(up + c), load16(dOutput + c));
        store16(dGate + c, g.dGate);
        store16(dUp + c, g.dUp);
      }
      if (c < width) {
        int rest = width - c;
        GateGradient g = gate_gradient(load_part16(gate + c, rest, 0), load_part16(up + c, rest, 0), load_part16(dOutput + c, rest, 0));
        store_part16(dGate + c, rest, g.dGate);
        store_part16(dUp + c, rest, g.dUp);
      }
    }
}
