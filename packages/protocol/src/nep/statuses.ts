/** The life of a proposal in words. The first eight are the ancestor's. */
export const NEP_STATUSES = [
  "draft",
  "review",
  "voting",
  "approved",
  "rejected",
  "scheduled",
  "active",
  "deprecated",
  "withdrawn",
  "expired",
  "failed",
  "reverted",
] as const;

export type NepStatus = (typeof NEP_STATUSES)[number];
