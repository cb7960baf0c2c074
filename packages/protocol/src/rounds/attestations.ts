/** What each validator has said in a round: kept while it runs, so that nobody counts twice. */
import type { Draft } from "../state/draft.ts";
import type { AccountId, Amount } from "../types/identifiers.ts";
import type { RoundRecord } from "./roundRecord.ts";

const SUBJECTS = ["availability", "model"] as const;
export type Subject = (typeof SUBJECTS)[number];

export function attestationKey(round: number, subject: Subject, account: AccountId): string {
  return `${round}/${subject}/${account}`;
}

/** The power that the account has in this round; undefined where it is none of its validators. */
export function powerInRound({ validators }: RoundRecord, account: AccountId): Amount | undefined {
  return validators.find((validator) => validator.account === account)?.power;
}

export function dropAttestations(draft: Draft, { number, validators }: RoundRecord): void {
  for (const { account } of validators) {
    for (const subject of SUBJECTS) draft.remove("attestations", attestationKey(number, subject, account));
  }
}
