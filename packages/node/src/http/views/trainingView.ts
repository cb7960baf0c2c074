/** Where the training of a network stands, for people. */
import type { RoundRecord, State } from "@neuroshard/protocol";
import type { StatusView } from "@neuroshard/sdk/api";

const MILLIONTHS = 1e6;

/** Null where the network trains nothing. */
export function trainingView({ tables, cells }: State): StatusView["training"] {
  const { training, recipe } = cells;
  if (recipe === null) return null;
  const { round, modelRound, model, steps, validationLoss } = training;
  return {
    ...{ round, modelRound, modelDigest: model.weights, steps },
    phase: tables.rounds.get(String(round))?.phase ?? "idle",
    loss: meanLoss(tables, tables.rounds.get(String(modelRound))),
    validationLoss: validationLoss === null ? null : validationLoss / MILLIONTHS,
  };
}

function meanLoss({ commits }: State["tables"], round: RoundRecord | undefined): number | null {
  const losses = (round?.slots ?? []).flatMap(({ inclusion }, slot) => {
    const record = inclusion === "included" ? commits.get(`${round!.number}/${slot}`) : undefined;
    return record === undefined ? [] : [record.commit.lastLoss];
  });
  return losses.length === 0 ? null : losses.reduce((sum, loss) => sum + loss, 0) / losses.length / MILLIONTHS;
}
