/** A trainer commits to what it did in its slot, before anybody sees the contribution. Spec: spec/rounds.md#R4. */
import { workingDevice } from "../devices/workingDevice.ts";
import { paramsInDraft } from "../params/paramsOfState.ts";
import type { Draft } from "../state/draft.ts";
import type { Apply } from "../transition/context.ts";
import { accept, type Rejected, reject } from "../transition/outcome.ts";
import type { DeviceKey } from "../types/identifiers.ts";
import { segmentDigest, type WorkCommit, workCommitId } from "../work/workCommit.ts";
import { currentRound, setRound, slotKey } from "./roundOf.ts";
import type { RoundRecord, RoundSlot } from "./roundRecord.ts";

/** No codec needs more for a value, and none a longer header. */
const MOST_DELTA_BYTES_PER_VALUE = 4;
const MOST_HEADER_BYTES = 64;

export const commitWork: Apply<"commitWork"> = (draft, { signer, body: { commit } }, context) => {
  const working = workingDevice(draft, signer, "trainer");
  if (!working.ok) return working;
  const round = currentRound(draft);
  if (round === undefined || round.number !== commit.round) {
    return reject({ code: "ROUND_UNKNOWN", round: commit.round, current: round?.number ?? 0 });
  }
  const { number, phase } = round;
  if (phase !== "train") return reject({ code: "ROUND_PHASE", round: number, phase, needed: "train" });
  const slot = round.slots[commit.slot];
  if (slot?.device !== signer) return reject({ code: "SLOT_NOT_YOURS", round: number, slot: commit.slot });
  if (slot.commit !== null) {
    return reject({ code: "ALREADY_COMMITTED", round: number, slot: commit.slot, commit: slot.commit });
  }
  const problem = mismatch(draft, commit, { round, slot });
  if (problem !== undefined) return problem;
  const id = workCommitId(commit);
  draft.set("commits", slotKey(number, commit.slot), { commit, height: context.height });
  const slots = round.slots.with(commit.slot, { ...slot, commit: id });
  setRound(draft, { ...round, slots });
  return accept({
    ...{ kind: "workCommitted", round: number, slot: commit.slot },
    ...{ device: signer, account: slot.account, commit: id },
  });
};

interface Place {
  readonly round: RoundRecord;
  readonly slot: RoundSlot;
}

type Expectation = readonly [field: string, expected: unknown, actual: unknown];

function mismatch(draft: Draft, commit: WorkCommit, place: Place): Rejected | undefined {
  const { round, slot } = place;
  const recipe = draft.cell("recipe");
  if (recipe === null) throw new Error("internal: a round without a recipe");
  // Trainers and auditors keep to the parameters of the block in which the round opened.
  const segmentSteps = paramsInDraft(draft, round.openedAt).get("training.diloco.SEGMENT_STEPS");
  const mostDeltaBytes = MOST_HEADER_BYTES + MOST_DELTA_BYTES_PER_VALUE * recipe.parameters;
  const expectations: readonly Expectation[] = [
    ["baseModel.weights", round.baseModel.weights, commit.baseModel.weights],
    ["baseModel.momentum", round.baseModel.momentum, commit.baseModel.momentum],
    ["steps", slot.steps, commit.steps],
    ["samples", slot.steps * recipe.batch, commit.samples],
    ["segments", Math.ceil(slot.steps / segmentSteps), commit.segments.length],
    // Or the next round, and the compression step, could begin with something that nobody replays.
    ["end", commit.segments.at(-1), segmentDigest(commit.endWeights, commit.endOptimizer)],
    ...continuity(draft, slot.device, commit),
  ];
  const wrong = expectations.find(([, expected, actual]) => expected !== actual);
  if (wrong !== undefined) return refuse(...wrong);
  return commit.deltaBytes > mostDeltaBytes
    ? refuse("deltaBytes", `at most ${mostDeltaBytes}`, commit.deltaBytes)
    : undefined;
}

/** A trainer goes on where its last accepted work ended, or begins anew with nothing. */
function continuity(draft: Draft, device: DeviceKey, { startOptimizer, startResidual }: WorkCommit): Expectation[] {
  const { optimizer = null, residual = null } = draft.get("standings", device) ?? {};
  return [
    ["startOptimizer", startOptimizer === null ? null : optimizer, startOptimizer],
    ["startResidual", startResidual === null ? null : residual, startResidual],
  ];
}

function refuse(field: string, expected: unknown, actual: unknown): Rejected {
  return reject({ code: "COMMIT_MISMATCH", field, expected: String(expected), actual: String(actual) });
}
