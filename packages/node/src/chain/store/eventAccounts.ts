/** Whose history an event belongs to. */
import type { AccountId, DraftEvent } from "@neuroshard/protocol";

type EventOf<K extends DraftEvent["kind"]> = Extract<DraftEvent, { readonly kind: K }>;

type AccountField<E> = { [F in keyof E]: E[F] extends AccountId ? F : never }[keyof E];

const FIELDS: { readonly [K in DraftEvent["kind"]]: readonly AccountField<EventOf<K>>[] } = {
  transferred: ["from", "to"],
  burned: ["account"],
  feePaid: ["account"],
  staked: ["account"],
  unstaked: ["account"],
  delegated: ["account", "to"],
  undelegated: ["account", "from"],
  deviceRegistered: ["account"],
  deviceRetired: ["account"],
  validatorJoined: ["account"],
  validatorLeft: ["account"],
  slashed: ["account", "reporter"],
  nepSubmitted: ["author"],
  nepReplaced: [],
  nepStatus: [],
  nepCommented: ["account"],
  voted: ["voter"],
  ballotSkipped: ["voter"],
  signalled: ["account"],
  votingExtended: [],
  activationPostponed: [],
  parameterChanged: [],
  escrowReturned: ["account"],
  escrowBurned: ["account"],
  proposerRewarded: ["account"],
  roundOpened: [],
  roundPhase: [],
  workCommitted: ["account"],
  roundDone: [],
  roundFailed: [],
  auditDrawn: ["auditor"],
  auditSettled: ["account"],
  rewarded: ["account"],
  auditRewarded: ["account"],
  uptimeRewarded: ["account"],
  bondReleased: ["account"],
  payForfeited: ["account"],
};

export function accountsOf(event: DraftEvent): readonly AccountId[] {
  const fields = FIELDS[event.kind] as readonly string[];
  return fields.map((field) => (event as unknown as Record<string, AccountId>)[field]!);
}
