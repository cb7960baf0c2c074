/** Typed access to the parameters in force, over whatever holds their values: the state of a chain, a map, a plan. */
import type { ChainClock } from "./presets.ts";
import type { ParamKey, Params, ParamType } from "./registry.ts";
import type { ParamValue } from "./value.ts";

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
