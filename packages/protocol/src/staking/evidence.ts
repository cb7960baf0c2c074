/**
 * Evidence: two statements that one key signed and that cannot both be honest. Two ballots with the same sequence, two
 * headers of one height, or two pieces of work for one slot. Anybody can report it; it is acted upon once.
 * Spec: spec/staking.md#S7.
 */
import { bytesToHex, sha256 } from "../crypto/hash.ts";
import { accountOf } from "../keys/address.ts";
import { mulDivDown, ONE } from "../numbers/decimal.ts";
import { roundKey } from "../rounds/roundOf.ts";
import type { Draft } from "../state/draft.ts";
import type { Apply, BlockContext } from "../transition/context.ts";
import { accept, reject } from "../transition/outcome.ts";
import { ballotHash, type SignedBallot } from "../types/ballot.ts";
import { headerHash, type SignedHeader } from "../types/header.ts";
import type { AccountId } from "../types/identifiers.ts";
import { type BodyOf, type SignedCommit, transactionHash } from "../types/transaction.ts";
import { workCommitId } from "../work/workCommit.ts";
import { slash } from "./slash.ts";

/** What the evidence proves; a text says why it proves nothing. */
type Finding = { readonly account: AccountId; readonly subject: string; readonly isValidator: boolean } | string;

export const evidence: Apply<"evidence"> = (draft, { sender, body }, context) => {
  const found = examine(draft, body.contradiction, context);
  if (typeof found === "string") return reject({ code: "EVIDENCE_INVALID", reason: found });
  if (found.account === sender)
    return reject({ code: "EVIDENCE_INVALID", reason: "nobody is paid for reporting himself" });
  const key = bytesToHex(sha256(new TextEncoder().encode(`${found.account}/${found.subject}`)));
  const known = draft.get("evidence", key);
  if (known !== undefined) return reject({ code: "EVIDENCE_KNOWN", height: known.height });
  draft.set("evidence", key, { height: context.height });
  const { params } = context;
  const single = params.get("economics.constants.SLASH_AMOUNT");
  const factor = found.isValidator ? params.get("economics.constants.VALIDATOR_SLASH_MULTIPLIER") : ONE;
  // What a validator loses is burned: his fellow validators see the evidence first, and shall not live on it.
  const reporterShare = found.isValidator ? 0n : params.get("economics.constants.WHISTLEBLOWER_REWARD_RATE");
  const amount = mulDivDown(single, factor, ONE);
  return accept(...slash(draft, { account: found.account, amount, reporter: sender, reporterShare }, context));
};

type Contradiction = BodyOf<"evidence">["contradiction"];

function examine(draft: Draft, contradiction: Contradiction, context: BlockContext): Finding {
  switch (contradiction.kind) {
    case "ballots":
      return examineBallots(contradiction.first, contradiction.second, context);
    case "headers":
      return examineHeaders(contradiction.first, contradiction.second, context);
    case "commits":
      return examineCommits(draft, contradiction, context);
    default:
      return contradiction satisfies never;
  }
}

function examineBallots(first: SignedBallot, second: SignedBallot, { networkId, scheme }: BlockContext): Finding {
  const [a, b] = [first.ballot, second.ballot];
  if (a.networkId !== networkId || b.networkId !== networkId) return "the ballots are of another network";
  if (bytesToHex(a.publicKey) !== bytesToHex(b.publicKey)) return "the ballots are of two voters";
  if (a.nepId !== b.nepId || a.sequence !== b.sequence) return "the ballots do not exclude each other";
  const hashes = [ballotHash(a), ballotHash(b)] as const;
  if (bytesToHex(hashes[0]) === bytesToHex(hashes[1])) return "the ballots are the same";
  const isSigned =
    scheme.verify(hashes[0], first.signature, a.publicKey) && scheme.verify(hashes[1], second.signature, b.publicKey);
  if (!isSigned) return "a ballot is not signed by its voter";
  return { account: accountOf(a.publicKey), subject: `ballot/${a.nepId}/${a.sequence}`, isValidator: false };
}

/**
 * Whether the signer still proposes or validates is not asked: who signed two and retired his device since is no better.
 */
function examineHeaders(first: SignedHeader, second: SignedHeader, { networkId, scheme }: BlockContext): Finding {
  const [a, b] = [first.header, second.header];
  if (a.networkId !== networkId || b.networkId !== networkId) return "the headers are of another network";
  if (bytesToHex(a.proposer) !== bytesToHex(b.proposer)) return "the headers are of two proposers";
  if (a.height !== b.height) return "the headers are of two heights";
  const hashes = [headerHash(a), headerHash(b)] as const;
  if (bytesToHex(hashes[0]) === bytesToHex(hashes[1])) return "the headers are the same";
  const isSigned =
    scheme.verify(hashes[0], first.signature, a.proposer) && scheme.verify(hashes[1], second.signature, b.proposer);
  if (!isSigned) return "a header is not signed by its proposer";
  return { account: accountOf(a.proposer), subject: `header/${a.height}`, isValidator: true };
}

/** Whose the device was when it got the slot is what counts: who retired it since does not escape. */
function examineCommits(
  draft: Draft,
  { first, second }: Extract<Contradiction, { readonly kind: "commits" }>,
  context: BlockContext,
): Finding {
  const [a, b] = [first.commit, second.commit];
  const device = bytesToHex(first.publicKey);
  if (device !== bytesToHex(second.publicKey)) return "the pieces of work are of two devices";
  if (a.round !== b.round || a.slot !== b.slot) return "the pieces of work are of two slots";
  if (workCommitId(a) === workCommitId(b)) return "the pieces of work are the same";
  const slot = draft.get("rounds", roundKey(a.round))?.slots[a.slot];
  if (slot?.device !== device) return "the state knows no such slot of the device";
  if (!isSignedCommit(first, context) || !isSignedCommit(second, context)) {
    return "a piece of work is not signed by its device";
  }
  return { account: slot.account, subject: `commit/${a.round}/${a.slot}`, isValidator: false };
}

function isSignedCommit(
  { publicKey, nonce, lastHeight, commit, signature }: SignedCommit,
  { networkId, scheme }: BlockContext,
): boolean {
  const hash = transactionHash({ networkId, publicKey, nonce, lastHeight, body: { kind: "commitWork", commit } });
  return scheme.verify(hash, signature, publicKey);
}
