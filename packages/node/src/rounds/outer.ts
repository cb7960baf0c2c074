/** Duty: the outer step, computed by everybody, evaluated where it is time, and attested by validators. */
import { attestationKey, type ModelDigest } from "@neuroshard/protocol";
import type { Duty, DutyContext } from "./duty.ts";
import type { Moment } from "./moment.ts";

interface Found {
  readonly round: number;
  readonly model: ModelDigest;
  /** Millionths of a nat. */
  readonly validationLoss: number | null;
}

export function outer(context: DutyContext): Duty {
  const { jobs, models, queue, times, clock, chain } = context;
  let found: Found | undefined;
  return {
    look({ state, round, account, isAttesting }: Moment): void {
      if (round?.phase !== "outer") return;
      const { number, isEvaluated } = round;
      jobs.ensure(`outer step of round ${number}`, async (signal) => {
        const model = await models.outerStep(state, round);
        const evaluate = () =>
          queue.run(
            () => "round",
            async ({ worker }) => {
              const startedMs = clock.nowMs();
              const loss = await worker.evaluate(model.weights);
              times.add(number, "outer", clock.nowMs() - startedMs);
              return loss;
            },
            signal,
          );
        found = { round: number, model, validationLoss: isEvaluated && isAttesting ? await evaluate() : null };
      });
      if (!isAttesting || account === undefined || found?.round !== number) return;
      if (state.tables.attestations.get(attestationKey(number, "model", account)) !== undefined) return;
      const { model, validationLoss } = found;
      chain.submit({ kind: "attestModel", round: number, model, validationLoss });
    },
  };
}
