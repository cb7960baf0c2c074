/** The life of a proposal in words. */

export const ANCESTOR_STATUSES = [
  "draft",
  "review",
  "voting",
  "approved",
  "rejected",
  "scheduled",
  "active",
  "deprecated",
] as const;
export type AncestorStatus = (typeof ANCESTOR_STATUSES)[number];

export const NEP_STATUSES = [...ANCESTOR_STATUSES, "withdrawn", "expired", "failed", "reverted"] as const;
export type NepStatus = (typeof NEP_STATUSES)[number];
