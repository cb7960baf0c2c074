/** The op table: every operation that a model can be built from. Gradients of each are tested against finite differences. */
import { attentionOp } from "./ops/attention.ts";
import { attentionCachedOp } from "./ops/attentionCached.ts";
import { cacheWriteOp } from "./ops/cacheWrite.ts";
import { crossEntropyOp } from "./ops/crossEntropy.ts";
import { embedOp } from "./ops/embed.ts";
import { productInt8Op, quantizeOp } from "./ops/int8.ts";
import { productOp } from "./ops/product.ts";
import { packWeightOp, productPackedOp } from "./ops/productPacked.ts";
import { rmsNormOp } from "./ops/rmsNorm.ts";
import { ropeOp } from "./ops/rope.ts";
import { scaledOp } from "./ops/scaled.ts";
import { sumOp } from "./ops/sum.ts";
import { swigluOp } from "./ops/swiglu.ts";

export const operations = {
  embed: embedOp,
  product: productOp,
  rmsNorm: rmsNormOp,
  rope: ropeOp,
  attention: attentionOp,
  attentionCached: attentionCachedOp,
  swiglu: swigluOp,
  crossEntropy: crossEntropyOp,
  sum: sumOp,
  scaled: scaledOp,
  cacheWrite: cacheWriteOp,
  packWeight: packWeightOp,
  productPacked: productPackedOp,
  quantize: quantizeOp,
  productInt8: productInt8Op,
} as const satisfies Readonly<Record<string, { readonly name: string }>>;

export type OperationName = keyof typeof operations;
