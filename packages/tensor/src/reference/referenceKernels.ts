/** The readable version of every kernel, by name. */
import type { KernelName } from "../kernels.ts";
import { adamw, sumSquares } from "./adamw.ts";
import { attention } from "./attention.ts";
import { attentionBackward } from "./attentionBackward.ts";
import { attentionCached } from "./attentionCached.ts";
import { crossEntropy, crossEntropyMean } from "./crossEntropy.ts";
import { add, cacheWrite, copyMatrix, scale } from "./elementwise.ts";
import { embed, embedBackward } from "./embed.ts";
import { productInt8, quantizeRows } from "./int8.ts";
import { product } from "./product.ts";
import type { ReferenceKernel } from "./referenceMemory.ts";
import { rmsNorm, rmsNormBackward, rmsNormGainBackward } from "./rmsNorm.ts";
import { rope } from "./rope.ts";
import { swiglu, swigluBackward } from "./swiglu.ts";

export const referenceKernels: { readonly [K in KernelName]: ReferenceKernel<K> } = {
  product,
  embed,
  embedBackward,
  rmsNorm,
  rmsNormBackward,
  rmsNormGainBackward,
  rope,
  attention,
  attentionBackward,
  swiglu,
  swigluBackward,
  crossEntropy,
  crossEntropyMean,
  add,
  scale,
  copyMatrix,
  cacheWrite,
  sumSquares,
  adamw,
  quantizeRows,
  productInt8,
  attentionCached,
};
