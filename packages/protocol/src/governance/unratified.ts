/**
 * The emergency change that a parameter's value comes from, as long as no vote has made it permanent. A second emergency
 * change on top of it would restore its value when both have ended, and so keep it for good: it is refused.
 */
import { historyIn } from "../params/paramsOfState.ts";
import type { ParamKey } from "../params/registry.ts";
import type { Draft } from "../state/draft.ts";
import type { Digest } from "../types/identifiers.ts";

export function unratifiedHolder(draft: Draft, key: ParamKey): Digest | undefined {
  const nepId = historyIn(draft, key).at(-1)?.nepId ?? null;
  if (nepId === null) return undefined;
  const stage = draft.get("neps", nepId)?.stage;
  return stage?.kind === "active" && stage.expiresAt !== null ? nepId : undefined;
}
