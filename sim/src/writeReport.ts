/** Reads a report from what nodes told and from what the chain says. */
import {
  type AuditOutcome,
  type AuditRecord,
  type DraftEvent,
  type ModelDigest,
  type State,
  slotKey,
  stateRoot,
} from "@neuroshard/protocol";
import type { LocalNetwork } from "./localNetwork.ts";
import type { Manifest, NodeManifest } from "./manifest.ts";
import type { FaultReport, NodeReport, RoundReport, SimReport } from "./report.ts";

type Outcomes = Partial<Record<AuditOutcome, number>>;
type Settled = Extract<DraftEvent, { kind: "auditSettled" }>;

/** Audits that have ended, as they were then: the state forgets them. */
export function noteAudits(network: LocalNetwork): readonly AuditRecord[] {
  const records: AuditRecord[] = [];
  network.chain.subscribe(({ tables }: State, events) => {
    for (const event of events) {
      const record = event.kind === "auditSettled" ? tables.audits.get(slotKey(event.round, event.slot)) : undefined;
      if (record !== undefined) records.push(record);
    }
  });
  return records;
}

export interface Notes {
  readonly faults: readonly FaultReport[];
  readonly audits: readonly AuditRecord[];
}

export async function writeReport(network: LocalNetwork, manifest: Manifest, notes: Notes): Promise<SimReport> {
  const { state, happened } = network;
  const { genesis, minted, ...places } = state.cells.supply;
  return {
    ...{ name: manifest.name, seed: manifest.seed, asked: manifest.rounds },
    rounds: roundsOf(network),
    nodes: manifest.nodes.map((node) => nodeReport(network, node, notes.audits)),
    audits: outcomesOf(happened.filter((event) => event.kind === "auditSettled")),
    faults: notes.faults,
    supply: {
      ...{ genesis: String(genesis), minted: String(minted) },
      places: Object.fromEntries(Object.entries(places).map(([place, amount]) => [place, String(amount)])),
    },
    chain: {
      ...{ height: state.cells.head.height, stateRoot: stateRoot(state) },
      replayedRoot: await network.chain.replay().then(
        (replayed) => replayed.stateRoot,
        (error: unknown) => String(error),
      ),
    },
    virtualMs: network.clock.nowMs(),
  };
}

function roundsOf({ happened, events }: LocalNetwork): readonly RoundReport[] {
  return happened.flatMap((event): RoundReport[] => {
    if (event.kind === "roundFailed") {
      return [{ number: event.round, model: null, validationLoss: null, included: 0, modelsByNode: {} }];
    }
    if (event.kind !== "roundDone") return [];
    const { round: number, model, validationLoss, included } = event;
    const modelsByNode: Record<string, ModelDigest> = {};
    for (const told of events) {
      if (told.event.kind === "model" && told.event.round === number) modelsByNode[told.node] = told.event.model;
    }
    return [{ number, model, validationLoss, included, modelsByNode }];
  });
}

function nodeReport(network: LocalNetwork, node: NodeManifest, audits: readonly AuditRecord[]): NodeReport {
  const { name, behaviour } = node;
  const { account } = network.node(name).account;
  const settled = network.happened.filter(
    (event): event is Settled => event.kind === "auditSettled" && event.account === account,
  );
  return {
    ...{ name, behaviour, account },
    modelRounds: network.eventsOf(name, "model").map(({ round }) => round),
    disagreements: network.eventsOf(name, "disagreement").map(({ round }) => round),
    paid: String(network.happened.reduce((sum, event) => sum + payIn(event, account), 0n)),
    slashed: String(network.happened.reduce((sum, event) => sum + slashIn(event, account), 0n)),
    audits: outcomesOf(settled),
    wrongAnswers: audits.filter((audit) => isWrongAnswer(audit, account)).length,
    troubles: network.eventsOf(name, "trouble").length,
  };
}

function payIn(event: DraftEvent, account: string): bigint {
  const isPay = event.kind === "rewarded" || event.kind === "auditRewarded" || event.kind === "uptimeRewarded";
  return isPay && event.account === account ? event.amount : 0n;
}

function slashIn(event: DraftEvent, account: string): bigint {
  return event.kind === "slashed" && event.account === account ? event.amount : 0n;
}

/** Only where the step was not drawn anew: interior digests of other steps say nothing. */
function isWrongAnswer({ truth, auditors, isStepRedrawn }: AuditRecord, account: string): boolean {
  const answer = auditors.find((auditor) => auditor.account === account)?.answer;
  if (answer?.kind !== "replayed" || truth?.kind !== "replayed") return false;
  return answer.end !== truth.end || (!isStepRedrawn && answer.interior !== truth.interior);
}

function outcomesOf(settled: readonly Settled[]): Outcomes {
  const outcomes: Outcomes = {};
  for (const { outcome } of settled) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return outcomes;
}
