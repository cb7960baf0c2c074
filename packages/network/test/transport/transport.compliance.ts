/** What every transport has to do, whatever carries its bytes. A bench makes nodes and lets their time pass. */
import { afterEach, beforeEach, describe } from "vitest";
import { backPressureCases } from "./backPressureCases.ts";
import { connectionCases } from "./connectionCases.ts";
import { endingCases } from "./endingCases.ts";
import { gossipCases } from "./gossipCases.ts";
import { refusalCases } from "./refusalCases.ts";
import { streamCases } from "./streamCases.ts";
import { openPair, type TransportBench, type TransportPair } from "./transportPair.ts";

export function describeTransport(name: string, createBench: () => TransportBench): void {
  describe(name, () => {
    let pair: TransportPair;
    const pairOf = (): TransportPair => pair;

    beforeEach(async () => {
      pair = await openPair(createBench());
    });

    afterEach(() => pair.bench.stop());

    describe("connections", () => connectionCases(pairOf));
    describe("refusals", () => refusalCases(pairOf));
    describe("streams", () => streamCases(pairOf));
    describe("back-pressure", () => backPressureCases(pairOf));
    describe("streams that are cut short", () => endingCases(pairOf));
    describe("gossip", () => gossipCases(pairOf));
  });
}
