/** A validator says which model the outer step gave, and in some rounds how good it is. Spec: spec/rounds.md#R7. */
import type { Apply } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import type { BodyOf } from "../types/transaction.ts";
import { attestationKey } from "./attestations.ts";
import { attestingValidator } from "./attestingValidator.ts";
import { setRound } from "./roundOf.ts";
import type { RoundRecord } from "./roundRecord.ts";

export const attestModel: Apply<"attestModel"> = (draft, { signer, body }) => {
  const attesting = attestingValidator(draft, { signer, round: body.round, phase: "outer" });
  if (!attesting.ok) return attesting;
  const { round, account, power } = attesting;
  const isEvaluated = body.validationLoss !== null;
  if (isEvaluated !== round.isEvaluated) {
    const [expected, actual] = [String(round.isEvaluated), String(isEvaluated)];
    return reject({ code: "COMMIT_MISMATCH", field: "validationLoss", expected, actual });
  }
  const key = attestationKey(round.number, "model", account);
  if (draft.get("attestations", key) !== undefined) {
    return reject({ code: "ALREADY_ATTESTED", account, subject: "model" });
  }
  const index = round.candidates.findIndex((candidate) => isSame(candidate, body));
  draft.set("attestations", key, { slots: [] });
  const { model, validationLoss } = body;
  const before = round.candidates[index] ?? { model, validationLoss, power: 0n };
  const raised = { ...before, power: before.power + power };
  const candidates = index === -1 ? [...round.candidates, raised] : round.candidates.with(index, raised);
  setRound(draft, { ...round, candidates });
  return accept();
};

function isSame(
  candidate: RoundRecord["candidates"][number],
  { model, validationLoss }: BodyOf<"attestModel">,
): boolean {
  return (
    candidate.model.weights === model.weights &&
    candidate.model.momentum === model.momentum &&
    candidate.validationLoss === validationLoss
  );
}
