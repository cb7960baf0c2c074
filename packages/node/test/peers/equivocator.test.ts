/** Real connections: who shows two pieces of work for one slot to a member of the network has lost stake a block later. */
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { writeGenesis } from "../../src/chain/homeFiles.ts";
import { joinPeers as joinNetwork, openMembership } from "../../src/peers/membership.ts";
import { openTestChain, temporaryFolder } from "../chain/testNetwork.ts";
import { openRound, SLASHED_STAKE, signedWork, stakeOfEve } from "./equivocator.ts";
import { hostilePeer, joinPeers, peerOptions, until } from "./peerNode.ts";

test("a node that hears the second commit reports it by itself, and the chain slashes", async () => {
  const sequencer = await openRound();
  const { address } = await joinPeers(sequencer);
  const home = join(await temporaryFolder(), "home");
  await writeGenesis(home, sequencer.chain.genesis);
  const chain = openTestChain(home);
  const membership = await openMembership(home, peerOptions([address]), {});
  const failures: unknown[] = [];
  const member = await joinNetwork(chain, membership, {}, (error) => failures.push(error));
  const ended = new AbortController();
  const following = member.peers.follow({ signal: ended.signal, isFromSnapshot: false });
  onTestFinished(async () => {
    ended.abort();
    await following;
    for (const part of member.parts.toReversed()) await part.stop();
  });
  const isLevel = (): boolean => chain.head().height === sequencer.chain.head().height;
  await until(isLevel);

  const eve = await hostilePeer(sequencer.chain);
  await eve.dial(member.peers.network.addresses[0]!);
  for (const [nonce, what] of ["one", "another"].entries()) {
    // Until somebody listens to her: a message that is the same again is not sent.
    for (let lastHeight = 20; sequencer.chain.mempool.size === 0; lastHeight++) {
      const transaction = signedWork(chain, what, { nonce, lastHeight });
      await eve.publish("transactions", { transaction }).catch(() => undefined);
      await setTimeout(200);
    }
    sequencer.engine.produceBlock();
    await until(isLevel);
  }
  expect(stakeOfEve(chain)).toBe(SLASHED_STAKE);
  expect([...chain.state.tables.evidence.entries()]).toHaveLength(1);
  expect(failures).toEqual([]);
});
