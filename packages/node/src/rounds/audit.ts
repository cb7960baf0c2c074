/**
 * Duty of auditors: replay the segment that was drawn and the compression step, note what was found, seal it, and show it
 * when all have sealed. Where the trainer serves nothing that can be replayed, that is the answer when the time is nearly
 * over. Spec: spec/audits.md#A3.
 */
import {
  type AccountId,
  type AuditAnswer,
  type AuditRecord,
  auditSeal,
  joinAnswers,
  type RoundRecord,
  roundKey,
  type State,
  slotKey,
} from "@neuroshard/protocol";
import type { ReplayRequest } from "@neuroshard/training";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";
import { fetchPartStart } from "./partStart.ts";
import { pause } from "./pause.ts";
import { slotStartOf } from "./slotStart.ts";
import type { Turn } from "./workQueue.ts";

interface OwnAudit {
  readonly audit: AuditRecord;
  readonly auditor: AuditRecord["auditors"][number];
}

/** How much of a stage has passed. */
interface StageParts {
  readonly from: number;
  readonly of: number;
}

/** From then on training waits for the audit. */
const LATE_PARTS: StageParts = { from: 1, of: 2 };
/** From then on nothing more is expected of the trainer. */
const GIVEN_UP_PARTS: StageParts = { from: 2, of: 3 };
/** In one stage. */
const MOST_ATTEMPTS = 20;

export function audit(context: DutyContext): Duty {
  return {
    look(moment: Moment): void {
      const { state, account, isValidator } = moment;
      if (account === undefined || !isValidator) return;
      for (const own of auditsOf(state, account)) {
        if (own.audit.stage.endsWith("seal")) seal(context, moment, own);
        else reveal(context, own);
      }
    },
  };
}

/** Those in which the account is to say something now; the most urgent first. */
function auditsOf({ cells, tables }: State, account: AccountId): readonly OwnAudit[] {
  const open = cells.training.open.flatMap((number) => {
    const slots = tables.rounds.get(roundKey(number))?.openAudits ?? [];
    return slots.flatMap((slot) => tables.audits.get(slotKey(number, slot)) ?? []);
  });
  return open
    .flatMap((record) => {
      const auditor = record.auditors.find((each) => each.account === account);
      return auditor !== undefined && isAsked(record, auditor) ? { audit: record, auditor } : [];
    })
    .sort((a, b) => a.audit.deadline - b.audit.deadline);
}

function isAsked({ stage }: AuditRecord, { isCommittee, seal: sealed, answer }: OwnAudit["auditor"]): boolean {
  if (stage.startsWith("committee-") !== isCommittee) return false;
  return stage.endsWith("seal") ? sealed === null : stage.endsWith("reveal") && answer === null;
}

function seal(context: DutyContext, moment: Moment, own: OwnAudit): void {
  const { round, slot } = own.audit;
  const known = context.notes.answer(own.audit);
  if (known !== undefined) {
    const body = { kind: "auditSeal", round, slot, seal: auditSeal(context.device, round, slot, known) } as const;
    context.chain.submit(body);
    return;
  }
  context.jobs.ensure(jobName(own.audit), async (signal) => {
    const answer = await answerTo(context, { moment, audit: own.audit }, signal);
    await context.notes.setAnswer(own.audit, answer);
    const { segment } = own.audit;
    context.onEvent({ kind: "audited", round, slot, segment, answer: answer.kind });
  });
}

/** Only what this device has sealed; another device of the account may have been faster. */
function reveal({ notes, device, chain }: DutyContext, { audit: record, auditor }: OwnAudit): void {
  const { round, slot } = record;
  const answer = notes.answer(record);
  if (auditor.device !== device || answer === undefined) return;
  if (auditSeal(device, round, slot, answer) !== auditor.seal) return;
  chain.submit({ kind: "auditReveal", round, slot, answer });
}

interface Asked {
  readonly moment: Moment;
  readonly audit: AuditRecord;
}

/** Tries again while there is time: the trainer may be about to come back. */
async function answerTo(context: DutyContext, asked: Asked, signal: AbortSignal): Promise<AuditAnswer> {
  const { params, state } = asked.moment;
  const stageMs = params.get("training.audit.AUDIT_TIMEOUT") * params.get("protocol.time.BLOCK_SECONDS") * 1000;
  const work = async (): Promise<AuditAnswer> => {
    for (;;) {
      try {
        return await replay(context, asked, signal);
      } catch {
        signal.throwIfAborted();
      }
      if (isPast(context, asked, GIVEN_UP_PARTS)) return { kind: "unavailable" };
      await pause(context.clock, stageMs / MOST_ATTEMPTS, signal);
    }
  };
  return await context.times.measure(state.cells.training.round, "audit", work).finally(() => {
    for (const purpose of purposesOf(asked.audit)) context.keeper.keep(purpose, []);
  });
}

async function replay(context: DutyContext, asked: Asked, signal: AbortSignal): Promise<AuditAnswer> {
  const { state } = asked.moment;
  const { slot, segment, interiorStep } = asked.audit;
  const { round, commit } = workOf(state, asked.audit);
  const start = slotStartOf(state, round, slot, commit);
  const [segmentPurpose, compressionPurpose] = purposesOf(asked.audit);
  const requestFor = async (part: number, purpose: string): Promise<ReplayRequest> => {
    const wanted = { state, round, slot, commit, segment: part };
    const ports = { ...context, purpose };
    const from = await untilGivenUp(context, asked, signal, (limited) => fetchPartStart(wanted, ports, limited));
    return { start, segment: part, interiorStep, from };
  };
  const segmentRequest = await requestFor(segment, segmentPurpose);
  const compressionRequest = await requestFor(commit.segments.length, compressionPurpose);
  const rank = () => (isPast(context, asked, LATE_PARTS) ? "late-audit" : "audit");
  const work = async (turn: Turn): Promise<AuditAnswer> => {
    const found = await turn.worker.replay(segmentRequest, turn.signal);
    return joinAnswers(found, await turn.worker.replay(compressionRequest, turn.signal));
  };
  return await context.queue.run(rank, work, signal);
}

/** What the blobs of either replay are kept for. */
function purposesOf(record: AuditRecord): readonly [segment: string, compression: string] {
  const name = jobName(record);
  return [name, `${name}, compression`];
}

/** A peer that answers slowly, or never, does not use up the time for the answer. */
async function untilGivenUp<T>(
  context: DutyContext,
  asked: Asked,
  signal: AbortSignal,
  fetch: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const patience = new AbortController();
  const stopWatching = context.chain.subscribe(() => {
    if (isPast(context, asked, GIVEN_UP_PARTS)) patience.abort(new Error("the time of the audit is nearly over"));
  });
  try {
    return await fetch(AbortSignal.any([signal, patience.signal]));
  } finally {
    stopWatching();
  }
}

function workOf({ tables }: State, { round: number, slot }: AuditRecord) {
  const round: RoundRecord | undefined = tables.rounds.get(roundKey(number));
  const commit = tables.commits.get(slotKey(number, slot))?.commit;
  if (round === undefined || commit === undefined) throw new Error(`internal: an audit of nothing, ${number}/${slot}`);
  return { round, commit };
}

function isPast({ chain }: DutyContext, { moment, audit: { deadline } }: Asked, { from, of }: StageParts): boolean {
  const left = Math.ceil((moment.params.get("training.audit.AUDIT_TIMEOUT") * (of - from)) / of);
  return chain.state().cells.head.height >= deadline - left;
}

function jobName({ round, slot, segment, interiorStep }: AuditRecord): string {
  return `audit of ${round}/${slot}, segment ${segment}, step ${interiorStep}`;
}
