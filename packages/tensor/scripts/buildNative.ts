/** Set-up step: builds the native kernels and says so in one line. Their absence is not an error. */
import { buildNative } from "../src/node/buildNative.ts";

const build = buildNative();
if (build.status === "built") console.log("native kernels built");
if (build.status === "unavailable") console.log(`native kernels not built, using WebAssembly: ${build.reason}`);
