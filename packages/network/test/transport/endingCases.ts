/** Streams that end before all has been said: never as if it had been. */
import { expect, test } from "vitest";
import { answerOf, bytesOf, type TransportPair } from "./transportPair.ts";

export function endingCases(pairOf: () => TransportPair): void {
  test("an aborted stream fails on both sides, reads and writes alike", async () => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const answer = answerOf(async (stream) => {
      await stream.read();
      await stream.read();
    });
    const stream = await openStream(answer.handler);
    await stream.write(bytesOf("half of it"));
    await bench.rest();
    stream.abort(new Error("enough"));
    await expect(bench.settle(answer.promise)).rejects.toMatchObject({ code: "UNREACHABLE" });
    await expect(stream.read()).rejects.toThrow();
    await expect(stream.write(bytesOf("more"))).rejects.toThrow();
  });

  test("a handler can refuse by ending the stream at once", async () => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const stream = await openStream((refused) => refused.abort(new Error("no")));
    await expect(bench.settle(stream.read())).rejects.toMatchObject({ code: "UNREACHABLE" });
  });

  test("a lost connection is no end of a stream: reads and writes that wait fail", async () => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const waiting = answerOf(async (stream) => {
      const parts = [await stream.read(), await stream.read()];
      return parts;
    });
    const stream = await openStream(waiting.handler);
    await stream.write(bytesOf("half of it"));
    await bench.rest();
    const reading = stream.read();
    reading.catch(() => {});
    await bench.settle(far.disconnect(near.device, 0));
    await expect(bench.settle(reading)).rejects.toMatchObject({ code: "UNREACHABLE" });
    await expect(bench.settle(waiting.promise)).rejects.toMatchObject({ code: "UNREACHABLE" });
  });

  test("stops while streams are open, and the other side's fail", async () => {
    const { bench, near, far, connect, openStream } = pairOf();
    await connect(near, far);
    const waiting = answerOf((stream) => stream.read());
    const stream = await openStream(waiting.handler);
    const reading = stream.read();
    reading.catch(() => {});
    await bench.settle(far.stop());
    await expect(bench.settle(reading)).rejects.toMatchObject({ code: "UNREACHABLE" });
    await bench.until(() => near.connected().length === 0);
    await expect(bench.settle(near.dial(far.addresses[0] ?? bench.emptyAddress))).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
  });
}
