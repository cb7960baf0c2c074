/** Versions of the protocol: three numbers. Anything else in a proposal is refused, not guessed at. */
import type { ProtocolVersion } from "../state/tables.ts";

const MOST_NUMBER = 65_535;

export function parseVersion(text: string): ProtocolVersion | undefined {
  const [, ...numbers] = /^(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})\.(0|[1-9]\d{0,4})$/.exec(text) ?? [];
  const [major, minor, patch] = numbers.map(Number);
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  return Math.max(major, minor, patch) > MOST_NUMBER ? undefined : { major, minor, patch };
}

export function isNewer(a: ProtocolVersion, b: ProtocolVersion): boolean {
  if (a.major !== b.major) return a.major > b.major;
  if (a.minor !== b.minor) return a.minor > b.minor;
  return a.patch > b.patch;
}
