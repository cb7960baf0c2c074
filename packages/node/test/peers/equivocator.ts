/** A network in whose first round Eve's device has the only slot, and what it can sign for it. */
import { join } from "node:path";
import {
  bytesToHex,
  type DeviceKey,
  type Digest,
  deviceAcceptanceHash,
  paramsAt,
  roundKey,
  segmentDigest,
  sha256,
  type TrainingGenesis,
  type TransactionBody,
  type WorkCommit,
} from "@neuroshard/protocol";
import { expect } from "vitest";
import type { Chain } from "../../src/chain/chain.ts";
import { initHome } from "../../src/chain/homeFiles.ts";
import { NEURO, person, signed } from "../chain/people.ts";
import { openNode, type TestNode, temporaryFolder } from "../chain/testNetwork.ts";

const STAKE = 100n * NEURO;

const deviceOf = (owner: string): string => `${owner}'s device`;
const digestOf = (text: string): Digest => bytesToHex(sha256(new TextEncoder().encode(text))) as Digest;
const NO_BLOB = { digest: digestOf("nothing"), bytes: 1 };
const TRAINING: TrainingGenesis = {
  ...{ preset: "tiny", vocabularySize: 320, seed: 1, mode: "f32", batch: 4, context: 1 },
  ...{ learningRateNano: 1, schedule: "constant", warmUpSteps: 0, scheduledSteps: 0 },
  ...{ tokenizer: NO_BLOB, trainTokens: NO_BLOB, validationTokens: NO_BLOB, tokenBytes: 2 },
  ...{ model: { weights: digestOf("weights"), momentum: digestOf("momentum") }, parameters: 64 },
};

/** Ada and Ben can report her; Eve has staked, and her slot is open. */
export async function openRound(): Promise<TestNode> {
  const home = join(await temporaryFolder(), "home");
  const accounts = ["ada", "ben", "eve"].map((name) => person(name).account);
  const validators = [{ account: person("ada").account, power: 100n * NEURO }];
  const allocations = accounts.map((account) => ({ account, amount: 1000n * NEURO }));
  const network = { name: "test", preset: "minimal", createdAtMs: 0, training: TRAINING } as const;
  await initHome({ home, allocations, validators, ...network });
  const node = await openNode(home);
  const { chain, engine } = node;
  const sent = [
    signed(chain, { from: "eve", nonce: 0, body: { kind: "stake", amount: STAKE, lockDays: 1 } }),
    signed(chain, { from: "eve", nonce: 1, body: registration(chain, "eve", "trainer") }),
    signed(chain, { from: "ada", nonce: 0, body: registration(chain, "ada", "validator") }),
  ];
  for (const bytes of sent) expect(chain.submit(bytes)).toMatchObject({ kind: "pending" });
  for (let blocks = 0; blocks < 2; blocks++) engine.produceBlock();
  expect(chain.state.cells.training.round).toBe(1);
  return node;
}

function registration({ scheme, networkId }: Chain, owner: string, role: "trainer" | "validator"): TransactionBody {
  const { publicKey, privateKey } = person(deviceOf(owner));
  return {
    kind: "registerDevice",
    device: bytesToHex(publicKey) as DeviceKey,
    deviceSignature: scheme.sign(deviceAcceptanceHash(networkId, person(owner).account), privateKey),
    facts: {
      ...{ roles: [role], memoryMb: 4000, speed: 1000, numericClass: digestOf("class") },
      ...{ softwareVersion: "1.0.0", features: [] },
    },
  };
}

/** Good for the slot as far as the chain can see; `what` tells one from another. */
function workFor({ state }: Chain, what: string): WorkCommit {
  const { round: number } = state.cells.training;
  const { baseModel, slots, openedAt } = state.tables.rounds.get(roundKey(number))!;
  const { steps } = slots[0]!;
  const count = Math.ceil(steps / paramsAt(state, openedAt).get("training.diloco.SEGMENT_STEPS"));
  const [endWeights, endOptimizer] = [digestOf(`${what} weights`), digestOf(`${what} optimizer`)];
  const segments = Array.from({ length: count }, (_, index) => digestOf(`${what} ${index}`));
  return {
    ...{ round: number, slot: 0, baseModel, startOptimizer: null, startResidual: null, endWeights, endOptimizer },
    segments: segments.with(-1, segmentDigest(endWeights, endOptimizer)),
    ...{ endResidual: digestOf(`${what} residual`), delta: digestOf(`${what} delta`), deltaBytes: 100, steps },
    ...{ samples: steps * TRAINING.batch, firstLoss: 0, lastLoss: 0 },
  };
}

export interface SignedHow {
  readonly from?: string;
  readonly nonce?: number;
  readonly lastHeight?: number;
}

/** Signed by Eve's device unless said otherwise. */
export function signedWork(chain: Chain, what: string, how: SignedHow = {}): Uint8Array {
  const body = { kind: "commitWork", commit: workFor(chain, what) } as const;
  return signed(chain, { from: deviceOf("eve"), nonce: 0, body, ...how });
}

export function stakeOfEve({ state }: Chain): bigint {
  const lots = state.tables.stakes.get(person("eve").account)?.lots ?? [];
  return lots.reduce((sum, { amount }) => sum + amount, 0n);
}

/** SLASH_AMOUNT less than she staked. */
export const SLASHED_STAKE = STAKE - 10n * NEURO;
