/** The JSON form of protocol values, as a type: what a codec's `toJson` gives. */
import type { AccountId, DeviceKey, Digest } from "@neuroshard/protocol";

export type JsonOf<T> = T extends bigint | Uint8Array | AccountId | Digest | DeviceKey
  ? string
  : T extends string | number | boolean | null
    ? T
    : T extends readonly (infer Item)[]
      ? readonly JsonOf<Item>[]
      : { readonly [K in keyof T]: JsonOf<T[K]> };
