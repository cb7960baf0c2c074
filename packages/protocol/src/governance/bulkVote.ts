/**
 * Bulk vote: ballots that others signed, delivered by anybody. Those that do not count are named and skipped.
 * spec/governance.md#G4
 */
import { accountOf } from "../keys/address.ts";
import type { Draft } from "../state/draft.ts";
import type { Apply, BlockContext } from "../transition/context.ts";
import type { DraftEvent } from "../transition/events.ts";
import { accept, type Outcome, reject } from "../transition/outcome.ts";
import { ballotHash, type SignedBallot } from "../types/ballot.ts";
import { castBallot } from "./castBallot.ts";

export const bulkVote: Apply<"bulkVote"> = (draft, { body: { ballots } }, context) => {
  const events: DraftEvent[] = [];
  const refused: string[] = [];
  for (const signed of ballots) {
    const { nepId, publicKey } = signed.ballot;
    const outcome = castSigned(draft, signed, context);
    if (outcome.ok) {
      events.push(...outcome.events);
    } else {
      const { code } = outcome.rejection;
      refused.push(code);
      events.push({ kind: "ballotSkipped", nepId, voter: accountOf(publicKey), code });
    }
  }
  if (refused.length === ballots.length) return reject({ code: "NO_VALID_BALLOT", first: refused[0] ?? "none given" });
  return accept(...events);
};

function castSigned(draft: Draft, { ballot, signature }: SignedBallot, context: BlockContext): Outcome {
  const { networkId, scheme } = context;
  const { nepId, publicKey, sequence, split } = ballot;
  if (ballot.networkId !== networkId)
    return reject({ code: "WRONG_NETWORK", expected: networkId, actual: ballot.networkId });
  const voter = accountOf(publicKey);
  if (!scheme.verify(ballotHash(ballot), signature, publicKey))
    return reject({ code: "BAD_SIGNATURE", account: voter });
  return castBallot(draft, { nepId, voter, split, sequence }, context);
}
