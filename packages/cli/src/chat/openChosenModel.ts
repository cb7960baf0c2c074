/** The model that a command line names: a checkpoint of this machine, or the newest one of a network. */
import { type LocalModel, openCurrentModel, openModel } from "@neuroshard/node";
import type { EngineFlags } from "../options/engine.ts";
import type { ModelFlags } from "../options/generation.ts";
import type { Surface } from "../terminal/surface.ts";
import { UsageProblem } from "../usageProblem.ts";

type Undefinable<T> = { readonly [Key in keyof T]?: T[Key] | undefined };

/** @throws {UsageProblem} unless exactly one is named. */
export async function openChosenModel(
  { model, network, engine, threads, weights }: Undefinable<ModelFlags & EngineFlags>,
  surface: Surface,
): Promise<LocalModel> {
  if (model !== undefined && network !== undefined) {
    throw new UsageProblem("--model and --network name different models; give one of the two");
  }
  if (model !== undefined) {
    return await openModel({
      model,
      ...(engine !== undefined && { engine }),
      ...(threads !== undefined && { threads }),
      ...(weights !== undefined && { weights }),
    });
  }
  if (network === undefined) throw new UsageProblem("no model is named; give --model <folder> or --network <place>");
  const onTrouble = (message: string): void => void surface.stderr.write(`${message}\n`);
  return await surface.interruption.graceful((signal) =>
    openCurrentModel({ network, engine, threads, weights, signal, onTrouble }),
  );
}
