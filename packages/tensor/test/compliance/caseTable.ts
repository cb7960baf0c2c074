/** The cases of every kernel: a kernel without an entry does not compile. */
import type { KernelName } from "../../src/kernels.ts";
import { attentionCachedCases } from "./attentionCachedCases.ts";
import { attentionBackwardCases, attentionCases } from "./attentionCases.ts";
import * as flat from "./flatCases.ts";
import type { KernelCase } from "./kernelCase.ts";
import { packWeightCases, productPackedCases } from "./packedCases.ts";
import { productCases } from "./productCases.ts";
import * as row from "./rowCases.ts";

export const caseTable: { readonly [K in KernelName]: readonly KernelCase<K>[] } = {
  product: productCases,
  embed: row.embedCases,
  embedBackward: row.embedBackwardCases,
  rmsNorm: row.rmsNormCases,
  rmsNormBackward: row.rmsNormBackwardCases,
  rmsNormGainBackward: row.rmsNormGainBackwardCases,
  rope: row.ropeCases,
  attention: attentionCases,
  attentionBackward: attentionBackwardCases,
  swiglu: row.swigluCases,
  swigluBackward: row.swigluBackwardCases,
  crossEntropy: row.crossEntropyCases,
  crossEntropyMean: row.crossEntropyMeanCases,
  add: flat.addCases,
  scale: flat.scaleCases,
  packWeight: packWeightCases,
  cacheWrite: flat.cacheWriteCases,
  sumSquares: flat.sumSquaresCases,
  adamw: flat.adamwCases,
  quantizeRows: flat.quantizeRowsCases,
  productInt8: flat.productInt8Cases,
  attentionCached: attentionCachedCases,
  productPacked: productPackedCases,
};
