/** A network in memory whose trainers and validators do what they should, for tests: real transactions in real blocks. */
import { expect } from "vitest";
import { bytesToHex, sha256 } from "../../src/crypto/hash.ts";
import type { TrainingGenesis } from "../../src/genesis/trainingGenesis.ts";
import type { ParamOverrides } from "../../src/params/genesisValues.ts";
import { paramsAt } from "../../src/params/paramsOfState.ts";
import type { RoundRecord } from "../../src/rounds/roundRecord.ts";
import type { Receipt } from "../../src/transition/events.ts";
import type { DeviceKey, Digest } from "../../src/types/identifiers.ts";
import type { TransactionBody } from "../../src/types/transaction.ts";
import { type AuditAnswer, auditSeal } from "../../src/work/auditAnswer.ts";
import { committedToAudit, segmentDigest, type WorkCommit } from "../../src/work/workCommit.ts";
import { deviceOf, registration } from "../chain/devices.ts";
import { type Person, person, rejectionOf, TestChain } from "../chain/testChain.ts";

export function digestOf(text: string): Digest {
  return bytesToHex(sha256(new TextEncoder().encode(text))) as Digest;
}

const blob = (name: string) => ({ digest: digestOf(name), bytes: 1000 });

export const TRAINING: TrainingGenesis = {
  preset: "tiny",
  vocabularySize: 320,
  seed: 1,
  mode: "bf16",
  batch: 4,
  context: 32,
  learningRateNano: 3_000_000,
  schedule: "constant",
  warmUpSteps: 0,
  scheduledSteps: 0,
  tokenizer: blob("tokenizer"),
  trainTokens: blob("train"),
  validationTokens: blob("validation"),
  tokenBytes: 2,
  model: { weights: digestOf("weights 0"), momentum: digestOf("momentum 0") },
  parameters: 10_000,
};

/** Of honest work: the last one is the end state. */
export function segmentsOf(name: string, round: number, count: number): Digest[] {
  const end = segmentDigest(digestOf(`${name} ${round} weights`), digestOf(`${name} ${round} optimizer`));
  return Array.from({ length: count }, (_, index) =>
    index === count - 1 ? end : digestOf(`${name} ${round} segment ${index}`),
  );
}

export interface RoundNetworkOptions {
  /** Names; each has an account, validating power and one device that trains and validates. */
  readonly names: readonly string[];
  readonly params?: ParamOverrides;
  /** NEURO of each account. */
  readonly balance?: string;
  /** NEURO that each account stakes at the start. */
  readonly stake?: bigint;
}

/** Four steps in the four seconds that the preset aims at. */
const STEPS_PER_1000_S = 1000;

/** What a trainer does instead of working honestly, as the chain can see it. */
export type CommitChange = (commit: WorkCommit) => WorkCommit;

export class RoundNetwork {
  readonly chain: TestChain;
  readonly names: readonly string[];
  /** Devices that take part; the others are silent. */
  readonly awake: Set<string>;
  readonly changes = new Map<string, CommitChange>();
  /** What an auditor answers in place of the truth. */
  readonly answers = new Map<string, (truth: AuditAnswer) => AuditAnswer>();
  /** Auditors who seal and do not show what. */
  readonly shut = new Set<string>();
  readonly #segmentSteps: number;
  #epochReported = -1;
  #audited: string | undefined;

  constructor({ names, params = {}, balance = "1000", stake = 0n }: RoundNetworkOptions) {
    this.names = names;
    this.awake = new Set(names);
    this.chain = new TestChain({
      balances: Object.fromEntries(names.map((name) => [name, balance])),
      validators: names.map((name) => [name, "100"]),
      training: TRAINING,
      params,
    });
    const { chain } = this;
    this.#segmentSteps = paramsAt(chain.state, 0).get("training.diloco.SEGMENT_STEPS");
    chain.block(
      ...names.map((name) => {
        const owner = person(name);
        const body = registration(chain, owner, { device: 0, isValidator: true });
        return chain.signed({ from: owner, body: { ...body, facts: { ...body.facts, speed: STEPS_PER_1000_S } } });
      }),
    );
    if (stake === 0n) return;
    const body: TransactionBody = { kind: "stake", amount: stake, lockDays: 1 };
    chain.block(...names.map((name) => chain.signed({ from: person(name), body })));
  }

  device(name: string): Person {
    return deviceOf(person(name), 0);
  }

  deviceKey(name: string): DeviceKey {
    return bytesToHex(this.device(name).key.publicKey) as DeviceKey;
  }

  get round(): RoundRecord {
    const { round } = this.chain.state.cells.training;
    const record = this.chain.entry("rounds", String(round));
    if (record === undefined) throw new Error("there is no round yet");
    return record;
  }

  /** What the trainer of a slot commits to when it works honestly. */
  commitOf(name: string): WorkCommit {
    const { round } = this;
    const slot = round.slots.findIndex(({ device }) => device === this.deviceKey(name));
    const { steps } = round.slots[slot]!;
    const standing = this.chain.entry("standings", this.deviceKey(name));
    const at = (what: string): Digest => digestOf(`${name} ${round.number} ${what}`);
    const segments = segmentsOf(name, round.number, Math.ceil(steps / this.#segmentSteps));
    return {
      ...{ round: round.number, slot, baseModel: round.baseModel, segments, steps, samples: steps * TRAINING.batch },
      ...{ startOptimizer: standing?.optimizer ?? null, startResidual: standing?.residual ?? null },
      ...{ endWeights: at("weights"), endOptimizer: at("optimizer"), endResidual: at("residual") },
      ...{ delta: at("delta"), deltaBytes: 10_000, firstLoss: 5_000_000, lastLoss: 4_000_000 },
    };
  }

  /** What honest work would have given, whatever was committed. */
  truth(round: number, slot: number, segment: number): AuditAnswer {
    const record = this.chain.entry("rounds", String(round))!;
    const name = this.names.find((each) => this.deviceKey(each) === record.slots[slot]!.device)!;
    const segments = this.chain.entry("commits", `${round}/${slot}`)!.commit.segments.length;
    const honest = {
      ...this.chain.entry("commits", `${round}/${slot}`)!.commit,
      segments: segmentsOf(name, round, segments),
      delta: digestOf(`${name} ${round} delta`),
      endResidual: digestOf(`${name} ${round} residual`),
    };
    const step = this.chain.entry("audits", `${round}/${slot}`)?.interiorStep;
    const interior = digestOf(`${name} ${round} interior ${segment} ${step}`);
    return { kind: "replayed", end: committedToAudit(honest, segment), interior };
  }

  /** One block in which everybody who is awake does what he owes. */
  step(): readonly Receipt[] {
    const sent = [...this.names].filter((name) => this.awake.has(name)).flatMap((name) => this.#duties(name));
    this.#noteEpoch();
    const receipts = this.chain.block(...sent);
    for (const { outcome } of receipts) expect(outcome).toMatchObject({ kind: "accepted" });
    return receipts;
  }

  stepUntil(isReached: () => boolean, mostBlocks = 200): void {
    for (let blocks = 0; !isReached(); blocks++) {
      if (blocks > mostBlocks) throw new Error(`not reached in ${mostBlocks} blocks`);
      this.step();
    }
  }

  /** Until that many rounds more have ended. */
  runRounds(count: number): void {
    const target = this.chain.state.cells.training.round + count;
    this.stepUntil(() => this.chain.state.cells.training.round >= target, 100 * count);
  }

  /** For `answers`: whether the audit that is being answered is of this trainer's work. */
  isAuditOf(name: string): boolean {
    return this.#audited === name;
  }

  /** The rejection of a transaction in a block of its own; rounds and pay may go on in it. */
  refusal(from: Person, body: TransactionBody): Record<string, string> {
    const [receipt] = this.chain.block(this.chain.signed({ from, body }));
    return rejectionOf(receipt!);
  }

  #noteEpoch(): void {
    this.#epochReported = this.#epoch();
  }

  #epoch(): number {
    return Math.floor((this.chain.height + 1) / 4);
  }

  /** In the order of their nonces. */
  #duties(name: string): Uint8Array[] {
    const bodies = [...this.#liveness(), ...this.#roundDuties(name), ...this.#auditDuties(name)];
    const from = this.device(name);
    const nonce = this.chain.nonce(from);
    return bodies.map((body, index) => this.chain.signed({ from, body, wrong: { nonce: nonce + index } }));
  }

  #liveness(): TransactionBody[] {
    const epoch = this.#epoch();
    if (this.#epochReported >= epoch) return [];
    return [{ kind: "attestLiveness", epoch, devices: [...this.awake].map((name) => this.deviceKey(name)) }];
  }

  #roundDuties(name: string): TransactionBody[] {
    if (this.chain.state.cells.training.round === 0) return [];
    const { round } = this;
    const { number, phase } = round;
    if (phase === "train") {
      const slot = round.slots.find(({ device }) => device === this.deviceKey(name));
      if (slot === undefined || slot.commit !== null) return [];
      const change = this.changes.get(name) ?? ((commit: WorkCommit) => commit);
      return [{ kind: "commitWork", commit: change(this.commitOf(name)) }];
    }
    if (!round.validators.some(({ account }) => account === person(name).account)) return [];
    if (phase === "exchange") {
      const slots = [...round.slots.entries()].flatMap(([index, { commit }]) => (commit === null ? [] : [index]));
      const known = this.chain.entry("attestations", `${number}/availability/${person(name).account}`);
      return known === undefined ? [{ kind: "attestAvailability", round: number, slots }] : [];
    }
    if (phase !== "outer") return [];
    if (this.chain.entry("attestations", `${number}/model/${person(name).account}`) !== undefined) return [];
    const model = { weights: digestOf(`weights ${number}`), momentum: digestOf(`momentum ${number}`) };
    const validationLoss = round.isEvaluated ? 4_000_000 - number : null;
    return [{ kind: "attestModel", round: number, model, validationLoss }];
  }

  #auditDuties(name: string): TransactionBody[] {
    const { account } = person(name);
    return this.chain.state.cells.training.open.flatMap((number) => {
      const { openAudits } = this.chain.entry("rounds", String(number))!;
      return openAudits.flatMap((slot): TransactionBody[] => {
        const audit = this.chain.entry("audits", `${number}/${slot}`)!;
        const own = audit.auditors.find((auditor) => auditor.account === account);
        if (own === undefined) return [];
        this.#audited = this.names.find(
          (each) => this.deviceKey(each) === this.chain.entry("rounds", String(number))!.slots[slot]!.device,
        );
        const answer = (this.answers.get(name) ?? ((truth) => truth))(this.truth(number, slot, audit.segment));
        const prefix = own.isCommittee ? "committee-" : "";
        if (audit.stage === `${prefix}seal` && own.seal === null) {
          const seal = auditSeal(this.deviceKey(name), number, slot, answer);
          return [{ kind: "auditSeal", round: number, slot, seal }];
        }
        const isDue = audit.stage === `${prefix}reveal` && own.answer === null && !this.shut.has(name);
        return isDue ? [{ kind: "auditReveal", round: number, slot, answer }] : [];
      });
    });
  }
}
