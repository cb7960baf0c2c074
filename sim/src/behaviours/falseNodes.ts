/** The dishonest nodes, by the name of what they do. */
import type { Behaviour } from "../manifest.ts";
import { accuse } from "./accuse.ts";
import { copy } from "./copy.ts";
import { equivocate } from "./equivocate.ts";
import type { FalseNode } from "./falseNode.ts";
import { lazyAudit } from "./lazyAudit.ts";
import { lie } from "./lie.ts";
import { poison } from "./poison.ts";
import { withhold } from "./withhold.ts";

export const FALSE_NODES: { readonly [B in Exclude<Behaviour, "honest">]: FalseNode } = {
  lie,
  poison,
  copy,
  withhold,
  equivocate,
  "lazy-audit": lazyAudit,
  accuse,
};
