/** Slots as tiles. */
import type { NetworkMapView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { slotTiles } from "./slotTiles.ts";

function mapOf(...slots: readonly unknown[]): NetworkMapView {
  const devices = slots.map((slot, index) => ({
    ...{ device: `d${index}`, account: "a", name: index === 0 ? "node 1" : null, isSelf: index === 1, slot },
  }));
  return { devices } as unknown as NetworkMapView;
}

const slot = (index: number, phase: string, progress: unknown = null) => ({ index, steps: 50, phase, progress });

test("devices with a slot come in its order, with how far they are", () => {
  const progress = { stepsDone: 20, stepsOf: 50, tokensPerSecond: 1234.5, loss: null };
  const tiles = slotTiles(mapOf(slot(1, "training", progress), slot(0, "committed"), null, slot(2, "training")));
  expect(tiles.map(({ title, share, text }) => [title, share, text])).toEqual([
    ["Slot 0 (this node)", 1, "handed in its work"],
    ["Slot 1, node 1", 0.4, "40 % of 50 steps, 1,235 tokens/s"],
    ["Slot 2", undefined, "trains 50 steps"],
  ]);
});
