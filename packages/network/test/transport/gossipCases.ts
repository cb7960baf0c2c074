/** Gossip: along a line, once to each, and only what was accepted. */
import { expect, test } from "vitest";
import { bytesOf, type TransportPair, text } from "./transportPair.ts";

export function gossipCases(pairOf: () => TransportPair): void {
  test("gossip goes down a line of four, once to each, and comes from the neighbour", async () => {
    const { bench, near, far, connect } = pairOf();
    const nodes = [near, far, await bench.open(), await bench.open()];
    const heard = nodes.map((): string[] => []);
    for (const [index, node] of nodes.entries()) {
      node.subscribe("news", async (bytes, from) => {
        heard[index]!.push(`${text(bytes)} from ${nodes.findIndex(({ device }) => device === from)}`);
        return "accept";
      });
    }
    for (let index = 0; index < 3; index++) await connect(nodes[index]!, nodes[index + 1]!);
    // Until all know who listens to what, the first ones may not arrive.
    let sent = 0;
    await bench.until(() => {
      if (heard[3]!.length === 0) void nodes[0]!.publish("news", bytesOf(`message ${sent++}`));
      return heard[3]!.length > 0;
    });
    await nodes[0]!.publish("news", bytesOf("last"));
    await bench.until(() => heard[3]!.includes("last from 2"));
    await bench.rest();
    expect(heard[0]).toEqual([]);
    for (let index = 1; index < 4; index++) {
      expect(heard[index]!.filter((line) => line === `last from ${index - 1}`)).toHaveLength(1);
      expect(new Set(heard[index]!).size).toBe(heard[index]!.length);
    }
  });

  test.each(["ignore", "reject"] as const)("what a node answers with %s goes no further", async (verdict) => {
    const { bench, near, far, connect } = pairOf();
    const last = await bench.open();
    const heard: string[] = [];
    const judged: string[] = [];
    near.subscribe("news", async () => "accept");
    far.subscribe("news", async (bytes) => {
      judged.push(text(bytes));
      return text(bytes).startsWith("good") ? "accept" : verdict;
    });
    last.subscribe("news", async (bytes) => {
      heard.push(text(bytes));
      return "accept";
    });
    await connect(near, far);
    await connect(far, last);
    let sent = 0;
    await bench.until(() => {
      if (heard.length === 0) void near.publish("news", bytesOf(`good ${sent++}`));
      return heard.length > 0;
    });
    await near.publish("news", bytesOf("bad"));
    await near.publish("news", bytesOf("good at last"));
    await bench.until(() => heard.includes("good at last"));
    await bench.rest();
    expect(judged).toContain("bad");
    expect(heard).not.toContain("bad");
  });
}
