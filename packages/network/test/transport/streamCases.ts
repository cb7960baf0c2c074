/** Streams: order, and one side that ends before the other. */
import { expect, test } from "vitest";
import { answerOf, bytesOf, readAll, type TransportPair, text } from "./transportPair.ts";

const PURPOSES = ["small", "bulk"] as const;

export function streamCases(pairOf: () => TransportPair): void {
  test.each(PURPOSES)("carries %s streams both ways, one side ending before the other", async (purpose) => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const answer = answerOf(async (stream, from) => {
      const bytes = await readAll(stream);
      await stream.write(bytesOf(`${bytes} of ${from === near.device ? "near" : "somebody else"}`));
      await stream.closeWrite();
    });
    const stream = await openStream(answer.handler, purpose);
    const writing = (async () => {
      for (let part = 0; part < 5; part++) await stream.write(new Uint8Array(300_000));
      await stream.closeWrite();
    })();
    await bench.settle(writing);
    expect(text(await bench.settle(stream.read()))).toBe("1500000 of near");
    expect(await bench.settle(stream.read())).toBeUndefined();
    expect(await bench.settle(stream.read())).toBeUndefined();
    await bench.settle(answer.promise);
  });

  test("keeps the order of what is written, whatever the sizes", async () => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const answer = answerOf(async (stream) => {
      let next = 0;
      for (let part = await stream.read(); part !== undefined; part = await stream.read()) {
        for (const byte of part) if (byte !== next++ % 251) return "disorder";
      }
      return next;
    });
    const stream = await openStream(answer.handler);
    let written = 0;
    const writing = (async () => {
      for (const length of [1, 0, 65_536, 3, 70_001, 250_000, 2]) {
        await stream.write(Uint8Array.from({ length }, () => written++ % 251));
      }
      await stream.closeWrite();
    })();
    await bench.settle(writing);
    expect(await bench.settle(answer.promise)).toBe(written);
  });
}
