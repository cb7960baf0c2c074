import { join } from "node:path";
import {
  bytesToHex,
  type DeviceKey,
  type Digest,
  deviceAcceptanceHash,
  type TransactionBody,
} from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { NEURO, person, signed } from "../../test/chain/people.ts";
import { openNode, type TestNode, temporaryFolder } from "../../test/chain/testNetwork.ts";
import { initHome } from "../chain/homeFiles.ts";
import { createDeviceSubmitter, type DeviceSubmitterOptions } from "./deviceSubmitter.ts";
import type { WorkBody } from "./roundPorts.ts";

const DEVICE = person("ada's device");
const DEVICE_KEY = bytesToHex(DEVICE.publicKey) as DeviceKey;

/** Ada validates with one device; it is registered, and the chain is in its third epoch. */
async function openValidator(): Promise<TestNode> {
  const home = join(await temporaryFolder(), "home");
  const { account } = person("ada");
  const validators = [{ account, power: 100n * NEURO }];
  const allocations = [{ account, amount: 10_000n * NEURO }];
  await initHome({ home, name: "test", preset: "minimal", createdAtMs: 0, allocations, validators });
  const node = await openNode(home);
  const { chain } = node;
  const deviceSignature = chain.scheme.sign(deviceAcceptanceHash(chain.networkId, account), DEVICE.privateKey);
  const body: TransactionBody = {
    kind: "registerDevice",
    device: DEVICE_KEY,
    deviceSignature,
    facts: {
      roles: ["trainer", "validator"],
      memoryMb: 4000,
      speed: 100,
      numericClass: "11".repeat(32) as Digest,
      softwareVersion: "1.0.0",
      features: [],
    },
  };
  expect(chain.submit(signed(chain, { from: "ada", nonce: 0, body }))).toMatchObject({ kind: "pending" });
  for (let height = 1; height <= 8; height++) node.engine.produceBlock();
  return node;
}

function submitterOf(node: TestNode, options: Partial<DeviceSubmitterOptions> = {}) {
  const { chain } = node;
  return createDeviceSubmitter({
    ...{ networkId: chain.networkId, scheme: chain.scheme, key: DEVICE, state: () => chain.state },
    subscribe: (listener) => chain.subscribe(listener),
    send: (bytes) => chain.submit(bytes),
    onRefusal: (kind, code) => expect.fail(`${kind} ${code}`),
    ...options,
  });
}

function seen(epoch: number): WorkBody {
  return { kind: "attestLiveness", epoch, devices: [DEVICE_KEY] };
}

function nonceOf({ chain }: TestNode): number {
  return chain.state.tables.accounts.get(DEVICE.account)?.nonce ?? 0;
}

function reportedBy({ chain }: TestNode): number | undefined {
  return chain.state.tables.livenessReports.get(person("ada").account)?.epoch;
}

test("several statements of one device are in one block, in order, each with its nonce", async () => {
  const node = await openValidator();
  const submitter = submitterOf(node);
  submitter.submit(seen(1));
  submitter.submit(seen(2));
  node.engine.produceBlock();
  expect([nonceOf(node), reportedBy(node)]).toEqual([2, 2]);
});

test("what is asked for again while it is under way is sent once", async () => {
  const node = await openValidator();
  const sent = new Set<string>();
  const submitter = submitterOf(node, {
    send(bytes) {
      sent.add(bytesToHex(bytes));
      return node.chain.submit(bytes);
    },
  });
  for (let time = 0; time < 3; time++) submitter.submit(seen(2));
  expect([sent.size, node.chain.mempool.size]).toEqual([1, 1]);
});

test("what was lost on the way is sent again after each block, until it is in one", async () => {
  const node = await openValidator();
  let isLost = true;
  const submitter = submitterOf(node, {
    send(bytes) {
      if (!isLost) return node.chain.submit(bytes);
      return { kind: "pending", transactionId: node.chain.networkId, isKnown: false };
    },
  });
  submitter.submit(seen(2));
  node.engine.produceBlock();
  expect(reportedBy(node)).toBeUndefined();
  isLost = false;
  node.engine.produceBlock();
  node.engine.produceBlock();
  expect(reportedBy(node)).toBe(2);
});

test("after a restart it goes on with the nonces that the chain knows, beside what is still pending", async () => {
  const node = await openValidator();
  const before = submitterOf(node);
  before.submit(seen(1));
  before.stop();
  const after = submitterOf(node);
  // The pool has another one with this nonce; whoever owes it asks again after the block.
  after.submit(seen(2));
  node.engine.produceBlock();
  expect(reportedBy(node)).toBe(1);
  after.submit(seen(2));
  node.engine.produceBlock();
  expect([nonceOf(node), reportedBy(node)]).toEqual([2, 2]);
});

test("one that has become pointless does not hold up those after it", async () => {
  const node = await openValidator();
  let isLost = true;
  const submitter = submitterOf(node, {
    send(bytes) {
      if (!isLost) return node.chain.submit(bytes);
      return { kind: "pending", transactionId: node.chain.networkId, isKnown: false };
    },
  });
  submitter.submit(seen(1));
  submitter.submit(seen(3));
  while (node.chain.head().height < 12) node.engine.produceBlock();
  isLost = false;
  node.engine.produceBlock();
  node.engine.produceBlock();
  // Epoch 1 is closed.
  expect([nonceOf(node), reportedBy(node)]).toEqual([1, 3]);
});

test("a refusal that time does not change is told", async () => {
  const node = await openValidator();
  const told: string[] = [];
  const submitter = submitterOf(node, {
    key: person("a stranger's device"),
    onRefusal: (kind, code) => told.push(`${kind} ${code}`),
  });
  submitter.submit({ kind: "auditReveal", round: 1, slot: 0, answer: { kind: "unavailable" } });
  expect(told).toEqual([]);
  const strange = submitterOf(node, {
    networkId: "22".repeat(32) as Digest,
    onRefusal: (kind, code) => told.push(`${kind} ${code}`),
  });
  strange.submit(seen(2));
  expect(told).toEqual(["attestLiveness WRONG_NETWORK"]);
});
