#!/usr/bin/env node
/** The `neuroshard` command. The only file that acts when it is loaded. */
import process from "node:process";
import { explainFailure } from "./explainFailure.ts";
import { createProgram } from "./program.ts";
import { createSurface, type Surface } from "./terminal/surface.ts";

async function run(surface: Surface): Promise<number> {
  try {
    await createProgram(surface).parseAsync(process.argv.slice(2), { from: "user" });
    // Work can come to its end although its output was lost; that is no success.
    if (surface.interruption.reason?.message !== undefined) throw surface.interruption.interrupted();
    return 0;
  } catch (error) {
    const { exitCode, text, isStuck } = explainFailure(error);
    if (text !== undefined) surface.stderr.write(text);
    if (isStuck) process.exit(exitCode);
    return exitCode;
  }
}

process.on("uncaughtException", (error) => {
  process.stderr.write(explainFailure(error).text ?? "");
  process.exit(1);
});

process.exitCode = await run(createSurface(process));
