/**
 * A round opens: live trainers get slots in an order that the beacon decides, each with as many inner steps as it can make in
 * the time. With nobody to train or nobody to attest, the network rests. Spec: spec/rounds.md#R2.
 */
import { hexToBytes, taggedDigest } from "../crypto/hash.ts";
import { isLive } from "../liveness/epoch.ts";
import { validatorsByPower } from "../staking/validatingPower.ts";
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import type { DeviceKey, Digest } from "../types/identifiers.ts";
import { forgetRound } from "./forgetRound.ts";
import { setRound } from "./roundOf.ts";
import { MOST_VALIDATORS, type RoundSlot } from "./roundRecord.ts";
import { slotSteps } from "./slotSteps.ts";

export function openRound(draft: Draft, context: BlockContext): readonly DraftEvent[] {
  const { height, params } = context;
  const training = draft.cell("training");
  const number = training.round + 1;
  const seed = taggedDigest("round", hexToBytes(draft.cell("head").beacon), new TextEncoder().encode(String(number)));
  const slots = roster(draft, seed, context);
  const validators = validatorsByPower(draft, context, MOST_VALIDATORS);
  if (slots.length === 0 || validators.length === 0) return [];
  const deadline = height + params.get("training.diloco.TRAIN_TIMEOUT");
  setRound(draft, {
    ...{ number, phase: "train", seed, openedAt: height, deadline, closedAt: 0, endedAt: 0 },
    ...{ baseModel: training.model, stepsBefore: training.steps },
    isEvaluated: number % params.get("training.diloco.EVAL_ROUNDS") === 0,
    ...{ slots, validators, candidates: [], model: null, validationLoss: null, openAudits: [], accounting: "none" },
  });
  draft.setCell("training", { ...training, round: number });
  forgetRound(draft, number);
  return [{ kind: "roundOpened", round: number, slots: slots.length, deadline }];
}

function roster(draft: Draft, seed: Digest, context: BlockContext): readonly RoundSlot[] {
  const { params } = context;
  const placeOf = (device: DeviceKey): string => taggedDigest("roster", hexToBytes(seed), hexToBytes(device));
  return draft
    .cell("trainers")
    .devices.filter((device) => isLive(draft, device, context))
    .map((device) => ({ device, place: placeOf(device) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, params.get("training.diloco.MAX_SLOTS"))
    .map(({ device }) => slotOf(draft, device, context));
}

function slotOf(draft: Draft, device: DeviceKey, { params }: BlockContext): RoundSlot {
  const registered = draft.get("devices", device);
  if (registered === undefined) throw new Error(`internal: trainer ${device} is not registered`);
  const { account, facts } = registered;
  const steps = slotSteps(facts.speed, params);
  return { device, account, steps, commit: null, attested: 0n, inclusion: "open" };
}
