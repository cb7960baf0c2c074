/** Duty: the newest finalised model is here. Told when it is, with the time that its round took. */
import { roundKey } from "@neuroshard/protocol";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";

const MILLIONTHS = 1e6;

export function syncModel({ jobs, models, times, network, onEvent }: DutyContext): Duty {
  let told = 0;
  return {
    look({ state }: Moment): void {
      const { model, modelRound } = state.cells.training;
      const record = state.tables.rounds.get(roundKey(modelRound));
      jobs.ensure(`model ${modelRound}`, async (signal) => {
        if (record !== undefined) await models.compare(record);
        await models.ensureNewest(state, signal);
        // The model of a later round may have been here first: the newest one does not go backwards.
        if (record !== undefined && modelRound > told) {
          told = modelRound;
          const { validationLoss } = record;
          const loss = validationLoss === null ? undefined : validationLoss / MILLIONTHS;
          const measured = { ms: times.of(modelRound), traffic: network.traffic() };
          onEvent({ kind: "model", round: modelRound, model, validationLoss: loss, ...measured });
        }
      });
    },
  };
}
