/** What a browser and Node must agree on, bit for bit. Nothing here needs Node: the page runs the same file. */
import { defaultAdamw, type ModelConfig, ParameterStore, presetOf, TrainingStep } from "@neuroshard/model";
import { classDigest, type Engine, type OperandMode } from "@neuroshard/tensor";

export interface Trained {
  readonly firstLoss: number;
  readonly lastLoss: number;
  /** SHA-256, hexadecimal, of all weights after the last step. */
  readonly digest: string;
}

export interface Measured {
  readonly classDigest: string;
  readonly bf16: Trained;
  readonly f32: Trained;
}

const STEPS = 20;
const SEED = 7;

async function trainTiny(engine: Engine, mode: OperandMode): Promise<Trained> {
  const { model, training } = presetOf("tiny");
  const config: ModelConfig = { vocabularySize: 320, ...model };
  const store = new ParameterStore(engine, config, "training");
  store.initialize(SEED);
  const shape = { sequences: training.batch, length: config.context };
  const step = new TrainingStep(engine, store, mode, shape);
  const tokenAt = (position: number): number => (position * position + 7 * position) % config.vocabularySize;
  const places = Array.from({ length: shape.sequences * shape.length }, (_, i) => i);
  const losses = Array.from({ length: STEPS }, (_, done) => {
    const tokens = places.map((place) => tokenAt(done + place));
    const targets = places.map((place) => tokenAt(done + place + 1));
    return step.run(tokens, targets, { adamw: defaultAdamw, learningRate: 3e-3, step: done + 1 });
  });
  const weights = engine.floats(store.address("weights"), store.count).slice();
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", weights));
  const digest = Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { firstLoss: losses[0]!, lastLoss: losses.at(-1)!, digest };
}

/** The engine's class digest, and 20 steps of preset tiny on fixed tokens in each operand mode. */
export async function measure(engine: Engine): Promise<Measured> {
  return {
    classDigest: await classDigest(engine),
    bf16: await trainTiny(engine, "bf16"),
    f32: await trainTiny(engine, "f32"),
  };
}
