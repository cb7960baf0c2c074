/**
 * What a trainer sends: the way it came, from where it arrived back to where it began, and what it could not send before.
 * What it cannot send now is left for the next round, so nothing is lost. Spec: spec/outer-step.md#O2.
 */
import { blocksOf, CHUNK_VALUES, type Compression, codecOf, deltaBytesOf, writeHeader } from "./delta.ts";

export interface CompressRequest {
  /** Weights at the start and the end of the inner steps, of one length. */
  readonly base: Float32Array;
  readonly end: Float32Array;
  /** Left over before; undefined: nothing. */
  readonly residual: Float32Array | undefined;
  readonly compression: Compression;
}

export interface CompressedDelta {
  readonly bytes: Uint8Array;
  /** Exactly what the bytes do not say: decoded and added they give the pseudo-gradient. */
  readonly residual: Float32Array;
}

/** `base - end` and the decayed residual, before anything is rounded to what can be sent. Each operation rounds to float32. */
export function pseudoGradient({ base, end, residual, compression }: CompressRequest): Float32Array {
  const decay = Math.fround(codecOf(compression).residualDecay);
  const values = new Float32Array(base.length);
  for (let i = 0; i < values.length; i++) {
    values[i] = Math.fround((base[i] as number) - (end[i] as number));
  }
  if (residual === undefined) return values;
  for (let i = 0; i < values.length; i++) {
    values[i] = (values[i] as number) + Math.fround(decay * (residual[i] as number));
  }
  return values;
}

/** Throws RangeError where a value is not finite: such a training run has failed, there is nothing to send. */
export function compressDelta(request: CompressRequest): CompressedDelta {
  const { compression } = request;
  const codec = codecOf(compression);
  const residual = pseudoGradient(request);
  if (!areFinite(residual)) throw new RangeError("a pseudo-gradient that is not finite cannot be sent");
  const bytes = new Uint8Array(deltaBytesOf(compression, residual.length));
  writeHeader(bytes, compression, residual.length);
  const sent = new Float32Array(CHUNK_VALUES);
  for (let from = 0; from < residual.length; from += CHUNK_VALUES) {
    const values = residual.subarray(from, from + CHUNK_VALUES);
    const blocks = blocksOf(bytes, codec, from, values.length);
    codec.encode(values, blocks);
    codec.decode(blocks, sent.subarray(0, values.length));
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - (sent[i] as number);
  }
  return { bytes, residual };
}

function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false;
  return true;
}
