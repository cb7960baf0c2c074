/** The readable version of every kernel, by name. */
import type { KernelName } from "../kernels.ts";
import { adamw, sumSquares } from "./adamw.ts";
import { attention } from "./attention.ts";
import { attentionBackward } from "./attentionBackward.ts";
import { attentionCached } from "./attentionCached.ts";
import { cacheWrite } from "./cacheWrite.ts";
import { crossEntropy, crossEntropyMean } from "./crossEntropy.ts";
import { add, scale } from "./elementwise.ts";
import { embed, embedBackward } from "./embed.ts";
import { productInt8, quantizeRows } from "./int8.ts";
import { product } from "./product.ts";
import { packWeight, productPacked } from "./productPacked.ts";
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
  packWeight,
  cacheWrite,
  sumSquares,
  adamw,
  quantizeRows,
  productInt8,
  attentionCached,
  productPacked,
};
