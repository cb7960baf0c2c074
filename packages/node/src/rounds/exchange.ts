/**
 * Duty of validators: contributions are pulled as soon as they are committed, checked, and attested when the exchange has
 * begun. What comes late is attested afterwards.
 */
import { attestationKey, type RoundRecord, type State, slotKey, type WorkCommit } from "@neuroshard/protocol";
import type { WantedBlob } from "./blobFetcher.ts";
import type { Duty, DutyContext, Occasion } from "./duty.ts";
import type { Moment } from "./moment.ts";
import { rulesOf } from "./slotStart.ts";

interface Contribution {
  readonly slot: number;
  readonly commit: WorkCommit;
}

export function exchange(context: DutyContext): Duty {
  /** `round/slot`; whether the contribution can be taken in. */
  const findings = new Map<string, boolean>();
  return {
    look(moment: Moment, occasion: Occasion): void {
      const { state, round, account } = moment;
      if (round === undefined || account === undefined || !moment.isAttesting) return;
      if (round.phase !== "train" && round.phase !== "exchange") {
        findings.clear();
        return;
      }
      const contributions = contributionsOf(state, round);
      for (const each of contributions) pull(context, round, each);
      if (round.phase !== "exchange") return;
      for (const each of contributions) check(context, findings, { state, round }, each);
      const known = new Set(
        state.tables.attestations.get(attestationKey(round.number, "availability", account))?.slots,
      );
      const found = contributions.filter(({ slot }) => findings.has(slotKey(round.number, slot)));
      const fresh = found.map(({ slot }) => slot).filter((slot) => !known.has(slot));
      const slots = fresh.filter((slot) => findings.get(slotKey(round.number, slot)) === true);
      // One statement for all of them where they come at the same time.
      const isWorthwhile = occasion === "block" || found.length === contributions.length;
      if (slots.length === 0 || !isWorthwhile) return;
      context.chain.submit({ kind: "attestAvailability", round: round.number, slots });
    },
  };
}

function contributionsOf({ tables }: State, { number, slots }: RoundRecord): readonly Contribution[] {
  return [...slots.keys()].flatMap((slot) => {
    const commit = tables.commits.get(slotKey(number, slot))?.commit;
    return commit === undefined ? [] : { slot, commit };
  });
}

function pull({ jobs, fetcher, times }: DutyContext, round: RoundRecord, contribution: Contribution): void {
  jobs.ensure(pullName(round, contribution.slot), async (signal) => {
    await times.measure(round.number, "network", () => fetcher.fetch([wantedOf(round, contribution)], signal));
  });
}

function wantedOf(round: RoundRecord, { slot, commit }: Contribution): WantedBlob {
  const { device } = round.slots[slot]!;
  return { digest: commit.delta, mostBytes: commit.deltaBytes, holders: [device] };
}

function check(
  context: DutyContext,
  findings: Map<string, boolean>,
  { state, round }: { readonly state: State; readonly round: RoundRecord },
  { slot, commit }: Contribution,
): void {
  const { jobs, queue, onEvent, fetcher } = context;
  if (!jobs.isDone(pullName(round, slot))) return;
  jobs.ensure(`check of contribution ${round.number}/${slot}`, async (signal) => {
    const rules = rulesOf(state, round);
    // Again where it was damaged after it had come.
    await fetcher.fetch([wantedOf(round, { slot, commit })], signal);
    const fault = await queue.run(
      () => "round",
      ({ worker }) => worker.check(commit.delta, rules),
      signal,
    );
    findings.set(slotKey(round.number, slot), fault === null);
    if (fault !== null) {
      const message = `the contribution of slot ${slot} in round ${round.number} is ${fault} and is not attested`;
      onEvent({ kind: "trouble", message });
    }
  });
}

function pullName({ number }: RoundRecord, slot: number): string {
  return `contribution ${number}/${slot}`;
}
