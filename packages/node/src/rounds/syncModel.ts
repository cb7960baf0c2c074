/** Duty: the newest finalised model is here. Told when it is, with the time that its round took. */
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";

const MILLIONTHS = 1e6;

export function syncModel({ jobs, models, times, onEvent }: DutyContext): Duty {
  return {
    look({ state, round }: Moment): void {
      const { model, modelRound } = state.cells.training;
      const record = round?.number === modelRound ? round : undefined;
      jobs.ensure(`model ${modelRound}`, async (signal) => {
        if (record !== undefined) await models.compare(record);
        await models.ensureNewest(state, signal);
        if (record !== undefined) {
          const { validationLoss } = record;
          const loss = validationLoss === null ? undefined : validationLoss / MILLIONTHS;
          onEvent({ kind: "model", round: modelRound, model, validationLoss: loss, ms: times.of(modelRound) });
        }
      });
    },
  };
}
