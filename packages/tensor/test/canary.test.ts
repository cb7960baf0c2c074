/** The class digest: one number that says whether an engine computes what all others compute. */
import { afterAll, describe, expect, test } from "vitest";
import { classDigest, expectedClassDigest } from "../src/canary.ts";
import type { Engine } from "../src/engine.ts";
import { buildNative } from "../src/node/buildNative.ts";
import { NativeEngine } from "../src/node/nativeEngine.ts";
import { openEngine } from "../src/node/openEngine.ts";
import { openWasmTeam } from "../src/node/wasmTeam.ts";
import { ReferenceEngine } from "../src/reference/referenceEngine.ts";

const opened: Engine[] = [];
afterAll(() => {
  for (const engine of opened) engine.close();
});

function keep(engine: Engine): Engine {
  opened.push(engine);
  return engine;
}

const build = buildNative();
const wasm = (threads: number, memory64: boolean) => () => openWasmTeam({ threads, memory64 });
const engines: Readonly<Record<string, () => Engine | Promise<Engine>>> = {
  reference: () => new ReferenceEngine(),
  "wasm, 1 thread": wasm(1, false),
  "wasm, 2 threads": wasm(2, false),
  "wasm with 64-bit addresses, 1 thread": wasm(1, true),
  "wasm with 64-bit addresses, 2 threads": wasm(2, true),
  ...(build.status !== "unavailable" && {
    "native, 1 thread": () => new NativeEngine(build.path, 1),
    "native, 2 threads": () => new NativeEngine(build.path, 2),
    "native, 3 threads": () => new NativeEngine(build.path, 3),
  }),
};

test.each(Object.entries(engines))("the digest of %s is that of the exact class", async (_, open) => {
  const engine = keep(await open());
  expect(await classDigest(engine)).toBe(expectedClassDigest);
});

test("a second run on the same engine gives the same digest", async () => {
  const engine = keep(await openWasmTeam({ threads: 2, memory64: false }));
  const first = await classDigest(engine);
  expect(await classDigest(engine)).toBe(first);
});

test("an engine whose norm has an epsilon of 1.1e-6 instead of 1e-6 has another digest", async () => {
  const engine = keep(await openWasmTeam({ threads: 1, memory64: false }));
  const load = engine.load.bind(engine);
  engine.load = (program) => load(program.map((word) => (word === 1e-6 ? 1.1e-6 : word)));
  expect(await classDigest(engine)).not.toBe(expectedClassDigest);
});

describe("opening an engine", () => {
  test("gives the kind and the number of threads that were asked for", async () => {
    const engine = keep(await openEngine({ kind: "wasm", threads: 2 }));
    expect([engine.kind, engine.threads]).toEqual(["wasm", 2]);
  });

  test("without a wish takes the native engine where one can be built, else wasm", async () => {
    const { kind } = keep(await openEngine({ threads: 1 }));
    expect(kind).toBe(build.status === "unavailable" ? "wasm" : "native");
  });
});
