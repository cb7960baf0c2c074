/** What was refused, or given up once votes were taken, may not be proposed again for a while. spec/governance.md#G1 */
import type { Draft } from "../state/draft.ts";
import type { BlockContext } from "../transition/context.ts";
import type { Nep } from "./openNeps.ts";
import { substanceOf } from "./similarity.ts";

export type Moment = Pick<BlockContext, "height" | "params">;

export function startCooldown(draft: Draft, { nepId, record }: Nep, { height, params }: Moment): void {
  const document = draft.get("nepDocuments", nepId);
  if (document === undefined) throw new Error(`internal: proposal ${nepId} has no document`);
  const until = height + params.get("governance.registry.RESUBMIT_COOLDOWN");
  draft.set("cooldowns", substanceOf(document, record.changes), { height: until });
}
