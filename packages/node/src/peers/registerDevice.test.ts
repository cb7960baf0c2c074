import type { Digest } from "@neuroshard/protocol";
import { expect, onTestFinished, test } from "vitest";
import { NEURO, person, signed } from "../../test/chain/people.ts";
import { openNode, type TestNode, temporaryFolder, testHome } from "../../test/chain/testNetwork.ts";
import { type DeviceIdentity, openDeviceKey } from "./deviceKeyFile.ts";
import { type DeviceFacts, keepRegistered } from "./registerDevice.ts";

interface Registered {
  readonly node: TestNode;
  readonly identity: DeviceIdentity;
  readonly troubles: readonly string[];
  readonly sent: () => number;
  /** Those of the device from now on. */
  change(facts: Partial<DeviceFacts>): void;
  onChain(): DeviceFacts | undefined;
}

async function keeping(first: Partial<DeviceFacts> = {}): Promise<Registered> {
  const node = await openNode(await testHome());
  const identity = await openDeviceKey(await temporaryFolder());
  const numericClass = "ab".repeat(32) as Digest;
  const usual = { roles: ["trainer"] as const, memoryMb: 8000, speed: 1000, numericClass, softwareVersion: "1.0.0" };
  let facts: DeviceFacts = { ...usual, features: [], ...first };
  const troubles: string[] = [];
  let sent = 0;
  const stop = keepRegistered({
    ...{ chain: node.chain, identity, account: person("ada"), facts: () => facts },
    submit(bytes) {
      sent++;
      return node.chain.submit(bytes);
    },
    onTrouble: (message) => troubles.push(message),
  });
  onTestFinished(stop);
  return {
    ...{ node, identity, troubles, sent: () => sent },
    change(changed) {
      facts = { ...facts, ...changed };
    },
    onChain: () => node.chain.state.tables.devices.get(identity.device)?.facts,
  };
}

function blocks({ engine }: TestNode, count: number): void {
  for (let made = 0; made < count; made++) engine.produceBlock();
}

test("a device that the chain does not know is registered, once", async () => {
  const { node, onChain, sent, troubles } = await keeping();
  blocks(node, 30);
  expect(onChain()).toMatchObject({ roles: ["trainer"], speed: 1000 });
  expect([sent(), troubles]).toEqual([1, []]);
});

test("a speed that differs by more than a quarter is registered, a smaller difference is not", async () => {
  const { node, onChain, change, sent } = await keeping();
  blocks(node, 1);
  change({ speed: 1250 });
  blocks(node, 30);
  expect(onChain()!.speed).toBe(1000);
  change({ speed: 740 });
  blocks(node, 30);
  expect(onChain()!.speed).toBe(740);
  expect(sent()).toBe(2);
});

test("another version or other roles are registered", async () => {
  const { node, onChain, change } = await keeping();
  blocks(node, 1);
  change({ softwareVersion: "1.1.0" });
  blocks(node, 15);
  change({ roles: ["trainer", "observer"] });
  blocks(node, 15);
  expect(onChain()).toMatchObject({ softwareVersion: "1.1.0", roles: ["trainer", "observer"] });
});

test("without the stake to validate it does the rest, and validates when the stake is there", async () => {
  const { node, onChain, troubles } = await keeping({ roles: ["trainer", "validator"] });
  // Others validate already, so that it takes a stake.
  blocks(node, 12);
  const isAllowed = onChain()!.roles.includes("validator");
  if (!isAllowed) {
    expect(troubles).toHaveLength(1);
    expect(troubles[0]).toContain("stake");
    const { nonce } = node.chain.state.tables.accounts.get(person("ada").account)!;
    const body = { kind: "stake", amount: 500n * NEURO, lockDays: 30 } as const;
    node.chain.submit(signed(node.chain, { from: "ada", nonce, body }));
    blocks(node, 30);
  }
  expect(onChain()!.roles).toEqual(["trainer", "validator"]);
});

test("what the chain refuses is told once, and tried again", async () => {
  const { node, onChain, change, troubles } = await keeping({ roles: [] });
  blocks(node, 30);
  expect(onChain()).toBeUndefined();
  expect(troubles).toHaveLength(1);
  expect(troubles[0]).toContain("DEVICE_ROLES");
  change({ roles: ["observer"] });
  blocks(node, 15);
  expect(onChain()!.roles).toEqual(["observer"]);
});
