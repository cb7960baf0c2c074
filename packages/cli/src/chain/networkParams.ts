/** The parameters in force on a node's network, typed, and the clock that turns its blocks into time. */
import {
  type Client,
  createParams,
  getStatus,
  isParamKey,
  listParams,
  type Params,
  type ParamValue,
  paramFromJson,
  type StatusView,
} from "@neuroshard/sdk";
import { Refusal } from "../refusal.ts";
import type { ChainTime } from "../terminal/formatMoment.ts";

/** @throws {Refusal} when a parameter is asked for that the node does not know. */
export async function readParams(client: Client): Promise<Params> {
  const { params } = await listParams(client);
  const values = new Map<string, ParamValue>();
  for (const { key, value } of params) {
    const read = isParamKey(key) ? paramFromJson(key, value) : undefined;
    if (read?.ok) values.set(key, read.value);
  }
  return createParams((key) => {
    const value = values.get(key);
    if (value !== undefined) return value;
    throw new Refusal(`the node does not know ${key}; use the same release as the node`);
  });
}

export async function readTime(client: Client): Promise<ChainTime> {
  return timeOf(await getStatus(client));
}

export function timeOf({ head, blockSeconds }: StatusView): ChainTime {
  return { height: head.height, blockSeconds };
}
