/** A validator says which contributions it holds and found well-formed; each counts once for its account. Spec: spec/rounds.md#R6. */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { attestationKey } from "./attestations.ts";
import { attestingValidator } from "./attestingValidator.ts";
import { setRound } from "./roundOf.ts";

export const attestAvailability: Apply<"attestAvailability"> = (draft, { signer, body }) => {
  const attesting = attestingValidator(draft, { signer, round: body.round, phase: "exchange" });
  if (!attesting.ok) return attesting;
  const { round, account, power } = attesting;
  const key = attestationKey(round.number, "availability", account);
  const before = draft.get("attestations", key)?.slots ?? [];
  const known = new Set(before);
  const fresh = [...new Set(body.slots)].filter((slot) => !known.has(slot));
  if (fresh.length === 0) return reject({ code: "ALREADY_ATTESTED", account, subject: "availability" });
  const unknown = fresh.find((slot) => (round.slots[slot]?.commit ?? null) === null);
  if (unknown !== undefined) return reject({ code: "SLOT_NOT_YOURS", round: round.number, slot: unknown });
  draft.set("attestations", key, { slots: [...before, ...fresh] });
  const counted = new Set(fresh);
  const slots = round.slots.map((slot, index) =>
    counted.has(index) ? { ...slot, attested: slot.attested + power } : slot,
  );
  setRound(draft, { ...round, slots });
  return accept();
};
