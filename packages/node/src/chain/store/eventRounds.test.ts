/** What a round was paid is found by its number. */
import { type DraftEvent, type ExecutedBlock, TABLE_NAMES } from "@neuroshard/protocol";
import { expect, test } from "vitest";
import { NEURO, person } from "../../../test/chain/people.ts";
import { homeWithBlocks, openTestChain } from "../../../test/chain/testNetwork.ts";
import { openChain } from "../chain.ts";
import { chainPath } from "../homeFiles.ts";
import { ChainStore } from "./chainStore.ts";

const { account } = person("ada");
const audited = (round: number): DraftEvent => {
  return { kind: "auditRewarded", round, slot: 1, account, amount: NEURO, held: 0n };
};
const forfeited = (round: number): DraftEvent => ({ kind: "payForfeited", round, slot: 0, account });

test("the events of its pay, the block, and nothing of other rounds or before it was paid", async () => {
  const home = await homeWithBlocks(2);
  const chain = openChain({ home });
  const { genesis, state } = chain;
  const last = chain.head().signedHeader!;
  chain.close();
  const height = last.header.height + 1;
  const opened: DraftEvent = { kind: "roundOpened", round: 7, slots: 2, deadline: 9 };
  const events = [audited(7), opened, forfeited(7), audited(256)];
  const store = ChainStore.open(chainPath(home), genesis, state);
  const changes = Object.fromEntries(
    TABLE_NAMES.map((name) => [name, new Map()]),
  ) as unknown as ExecutedBlock["changes"];
  const receipts = [{ transactionId: null, outcome: { kind: "accepted", events } } as const];
  const { stateRoot } = last.header;
  store.appendBlock({
    signedHeader: { ...last, header: { ...last.header, height } },
    transactions: [],
    executed: { state, stateRoot, receipts, senders: [], changes },
    before: state,
  });
  store.close();
  const again = openTestChain(home);
  expect(again.payOf(7)).toEqual({ height, timeMs: last.header.timeMs, events: [audited(7), forfeited(7)] });
  expect(again.payOf(256)).toMatchObject({ height, events: [audited(256)] });
  expect(again.payOf(1)).toBeUndefined();
});
