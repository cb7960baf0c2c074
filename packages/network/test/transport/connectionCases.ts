/** Connections: that both sides know of them, and of each other. */
import type { DeviceKey } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import type { TransportPair } from "./transportPair.ts";

export function connectionCases(pairOf: () => TransportPair): void {
  test("tells both sides of a connection and of its end", async () => {
    const { bench, near, far, connect } = pairOf();
    const changes: string[] = [];
    const note = (side: string) => (device: DeviceKey, isConnected: boolean) => {
      changes.push(`${side} ${device === near.device ? "near" : "far"} ${isConnected}`);
    };
    near.onConnection(note("at near:"));
    const end = far.onConnection(note("at far:"));
    await connect(near, far);
    expect(near.connected()).toEqual([far.device]);
    expect(changes.toSorted()).toEqual(["at far: near true", "at near: far true"]);
    end();
    await bench.settle(far.disconnect(near.device, 0));
    await bench.until(() => near.connected().length === 0 && changes.length === 3);
    expect(far.connected()).toEqual([]);
    expect(changes[2]).toBe("at near: far false");
    await connect(near, far);
  });

  test("dialling somebody who is connected already changes nothing", async () => {
    const { near, far, connect } = pairOf();
    await connect(near, far);
    await connect(near, far);
    expect(near.connected()).toEqual([far.device]);
  });

  test("knows where both sides of a connection can be called", async () => {
    const { bench, near, far, connect } = pairOf();
    await connect(near, far);
    await bench.until(() => far.addressesOf(near.device).length > 0);
    expect(near.addressesOf(far.device)).toContain(far.addresses[0]);
    expect(far.addressesOf(near.device)).toContain(near.addresses[0]);
  });
}
