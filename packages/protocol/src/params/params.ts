/** The parameters in force, typed: the only way in which rules read a number that a vote can change. */
import type { ChainClock } from "./presets.ts";
import type { ParamKey, ParamType } from "./registry.ts";
import type { ParamValue } from "./value.ts";

export interface Params {
  get<Key extends ParamKey>(key: Key): ParamType<Key>;
}

/** Reads each parameter once, when it is first asked for; make a new instance when one has changed. */
export function createParams(read: (key: ParamKey) => ParamValue): Params {
  const known = new Map<ParamKey, unknown>();
  return {
    get<Key extends ParamKey>(key: Key): ParamType<Key> {
      if (!known.has(key)) known.set(key, nativeOf(read(key)));
      return known.get(key) as ParamType<Key>;
    },
  };
}

export function clockOf(params: Params): ChainClock {
  return {
    dayBlocks: params.get("protocol.time.DAY_BLOCKS"),
    blockSeconds: params.get("protocol.time.BLOCK_SECONDS"),
  };
}

function nativeOf(value: ParamValue): unknown {
  switch (value.kind) {
    case "integer":
      return Number(value.value);
    case "schedule":
      return value.points;
    default:
      return value.value;
  }
}
