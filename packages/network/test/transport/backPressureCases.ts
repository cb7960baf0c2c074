/** Writers that wait for readers. */
import { expect, test } from "vitest";
import { answerOf, readAll, type TransportPair } from "./transportPair.ts";

const PURPOSES = ["small", "bulk"] as const;
const PART_BYTES = 1 << 20;

export function backPressureCases(pairOf: () => TransportPair): void {
  test.each(PURPOSES)("makes the writer of a %s stream wait for a reader that does not read", async (purpose) => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const release = Promise.withResolvers<void>();
    const answer = answerOf(async (stream) => {
      await release.promise;
      return await readAll(stream);
    });
    const stream = await openStream(answer.handler, purpose);
    const parts = Math.ceil(bench.mostAheadBytes / PART_BYTES) + 8;
    let written = 0;
    const writing = (async () => {
      for (; written < parts; written++) await stream.write(new Uint8Array(PART_BYTES));
      await stream.closeWrite();
    })();
    for (let before = -1; written > before; await bench.rest()) before = written;
    expect(written).toBeGreaterThan(0);
    expect(written * PART_BYTES).toBeLessThanOrEqual(bench.mostAheadBytes);
    release.resolve();
    await bench.settle(writing);
    expect(await bench.settle(answer.promise)).toBe(parts * PART_BYTES);
  });
}
