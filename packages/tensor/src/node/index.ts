/** Engines for Node: what needs files, threads and a compiler. */
export { type OpenOptions, openEngine } from "./openEngine.ts";
