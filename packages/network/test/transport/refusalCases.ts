/** Who is refused, and that what is not there is named. */
import { expect, test } from "vitest";
import type { TransportPair } from "./transportPair.ts";

export function refusalCases(pairOf: () => TransportPair): void {
  test("refuses a protocol that nobody handles, and stays connected", async () => {
    const { bench, near, far, connect } = pairOf();
    await connect(near, far);
    await expect(bench.settle(near.openStream(far.device, "/none/1", "small"))).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
    expect(near.connected()).toEqual([far.device]);
  });

  test("names a peer that nobody knows, an address where nobody is, and one that is none", async () => {
    const { bench, near } = pairOf();
    await expect(bench.settle(near.openStream(bench.stranger, "/test/1", "small"))).rejects.toMatchObject({
      code: "UNREACHABLE",
    });
    await expect(bench.settle(near.dial(bench.emptyAddress))).rejects.toMatchObject({ code: "UNREACHABLE" });
    await expect(bench.settle(near.dial("nowhere"))).rejects.toMatchObject({ code: "BAD_ADDRESS" });
  });

  test("who was sent away can neither call nor be called", async () => {
    const { bench, near, far, connect } = pairOf();
    await connect(near, far);
    await bench.settle(far.disconnect(near.device, 600_000));
    await bench.until(() => near.connected().length === 0);
    await expect(bench.settle(far.dial(near.addresses[0]!))).rejects.toMatchObject({ code: "UNREACHABLE" });
    // The caller may only learn afterwards that it was not let in.
    await bench.settle(near.dial(far.addresses[0]!).catch(() => undefined));
    await bench.until(() => near.connected().length === 0);
    expect(far.connected()).toEqual([]);
  });
}
