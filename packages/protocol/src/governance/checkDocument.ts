/** What a proposal must have before anything else is looked at: its texts, its versions, the proposals it refers to. */
import { encode } from "../codec/codec.ts";
import { type NepDocument, nepDocument } from "../nep/document.ts";
import type { Params } from "../params/params.ts";
import type { Draft } from "../state/draft.ts";
import { type Rejected, reject } from "../transition/outcome.ts";
import { parseVersion } from "./softwareVersion.ts";

const MOST_GRACE_DAYS = 365;
/** A year of the main network. */
const MOST_DELAY_BLOCKS = 6_307_200;

const NEEDED_TEXTS = [
  "title",
  "abstract",
  "motivation",
  "specification",
  "securityConsiderations",
  "backwardCompatibility",
  "testCases",
] as const satisfies readonly (keyof NepDocument)[];

export function documentProblem(draft: Draft, document: NepDocument, params: Params): Rejected | undefined {
  const bytes = encode(nepDocument, document).length;
  const mostBytes = params.get("governance.registry.MAX_NEP_BYTES");
  if (bytes > mostBytes) return reject({ code: "NEP_TOO_LARGE", mostBytes, bytes });
  return contentProblem(document) ?? upgradeProblem(document) ?? referenceProblem(draft, document);
}

function contentProblem(document: NepDocument): Rejected | undefined {
  const empty = NEEDED_TEXTS.find((name) => document[name].trim() === "");
  if (empty !== undefined) return invalid(empty, "is empty");
  if (hasControlCharacter(document.title)) return invalid("title", "has control characters");
  const { nepType, parameterChanges, codeChanges, ratifies, supersedes, evidence } = document;
  if (nepType === "emergency" && parameterChanges.length === 0) {
    return invalid("parameterChanges", "an emergency proposal changes parameters");
  }
  if (nepType === "arch" && evidence.length === 0) {
    return invalid("evidence", "a proposal of type arch needs an evaluation report");
  }
  const isEmpty = parameterChanges.length + codeChanges.length + supersedes.length === 0 && ratifies === null;
  return isEmpty ? invalid("parameterChanges", "the proposal changes nothing") : undefined;
}

/** In a title they could make one proposal look like another. */
function hasControlCharacter(text: string): boolean {
  return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u.test(text);
}

function upgradeProblem({ upgradePath }: NepDocument): Rejected | undefined {
  const { gracePeriodDays, activationDelayBlocks } = upgradePath;
  if (gracePeriodDays > MOST_GRACE_DAYS) return invalid("gracePeriodDays", `is more than ${MOST_GRACE_DAYS}`);
  if (activationDelayBlocks > MOST_DELAY_BLOCKS) {
    return invalid("activationDelayBlocks", `is more than ${MOST_DELAY_BLOCKS}`);
  }
  const bad = (["minVersion", "targetVersion"] as const).find((name) => parseVersion(upgradePath[name]) === undefined);
  return bad === undefined ? undefined : invalid(bad, "is no version such as 1.2.0");
}

function referenceProblem(draft: Draft, document: NepDocument): Rejected | undefined {
  const { requires, supersedes } = document;
  if (new Set([...requires, ...supersedes]).size < requires.length + supersedes.length) {
    return invalid("requires", "a proposal is named twice");
  }
  for (const nepId of requires) {
    const stage = draft.get("neps", nepId)?.stage.kind;
    if (stage === undefined) return reject({ code: "NEP_UNKNOWN", nepId });
    if (stage === "ended") return invalid("requires", `proposal ${nepId} has ended`);
  }
  const inactive = supersedes.find((nepId) => draft.get("neps", nepId)?.stage.kind !== "active");
  return inactive === undefined
    ? ratifiesProblem(draft, document)
    : invalid("supersedes", `proposal ${inactive} is not active`);
}

/** An emergency change lasts only as long as it may: no second one can make it permanent. */
function ratifiesProblem(draft: Draft, { nepType, supersedes, ratifies }: NepDocument): Rejected | undefined {
  if (nepType === "emergency" && supersedes.length > 0) {
    return invalid("supersedes", "an emergency proposal cannot supersede another");
  }
  if (ratifies === null) return undefined;
  if (nepType === "emergency") return invalid("ratifies", "an emergency proposal cannot ratify another");
  const ratified = draft.get("neps", ratifies);
  const canRatify =
    ratified?.nepType === "emergency" && ratified.stage.kind === "active" && ratified.stage.expiresAt !== null;
  return canRatify ? undefined : invalid("ratifies", `proposal ${ratifies} is no emergency change in force`);
}

function invalid(field: string, reason: string): Rejected {
  return reject({ code: "NEP_INVALID", field, reason });
}
