/** The NeuroShard SDK: what a program or a page needs to talk with the network and to write proposals. */
export { formatNepMarkdown } from "./nep/formatNepMarkdown.ts";
export { lintNepMarkdown } from "./nep/lintNepMarkdown.ts";
export { newNepMarkdown } from "./nep/newNepMarkdown.ts";
export { parseNepMarkdown } from "./nep/parseNepMarkdown.ts";
export type { NepProblem, NepProblemCode } from "./nep/problem.ts";
export type { NepMetadata } from "./nep/readNep.ts";
export { type KnownParameter, type KnownParameters, registryParameters } from "./nep/registryParameters.ts";
