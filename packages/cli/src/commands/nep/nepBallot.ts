/** `neuroshard nep ballot`: a vote that is signed here and delivered by anybody; nothing is sent. */

import { type Digest, getNep, getStatus, listVotes, signBallot, signedBallot } from "@neuroshard/sdk";
import { Argument } from "commander";
import { openClient } from "../../chain/openClient.ts";
import { openSigner } from "../../chain/openSigner.ts";
import { VOTE_CHOICES } from "../../chain/voteSplit.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type NodeFlags, nodeOptions, walletOptions } from "../../options/network.ts";
import { nameOption, wholeNumberOption } from "../../options/option.ts";
import { chosenSplit, splitOption, type VoteFlags } from "../../options/vote.ts";
import { printJson } from "../../terminal/surface.ts";
import { UsageProblem } from "../../usageProblem.ts";
import type { CommandDefinition } from "../command.ts";

interface NepBallotFlags extends NodeFlags, VoteFlags {
  readonly home: string;
  readonly wallet: string;
  readonly network?: string;
  readonly sequence?: number;
}

interface BallotTarget {
  readonly networkId: Digest;
  readonly nepId: Digest;
  readonly sequence: number;
}

const VOTES_LOOKED_THROUGH = 100;

export const nepBallot: CommandDefinition<NepBallotFlags, readonly [string, string | undefined]> = {
  name: "ballot",
  summary: "sign a vote and print it, for somebody else to deliver; with --network no node is asked",
  examples: ["nep ballot NEP-001 yes > ballot.json", "nep ballot 5c1f... no --network 9ab0... --sequence 1"],
  arguments: [nepArgument(), new Argument("[choice]", VOTE_CHOICES.join(", "))],
  options: [
    splitOption(),
    nameOption("--network <id>", "the network's id; the proposal must be given by its id then"),
    wholeNumberOption("--sequence <number>", "above that of your last ballot on this proposal", {
      least: 0,
      most: Number.MAX_SAFE_INTEGER,
    }),
    ...walletOptions(),
    ...nodeOptions(),
  ],
  required: [],
  async run({ split, ...flags }, surface, [nep, choice]) {
    const chosen = chosenSplit(choice, split);
    const signer = await openSigner(flags);
    const target = flags.network === undefined ? await ask(flags, nep, signer.address) : given(flags, nep);
    printJson(surface, signedBallot.toJson(await signBallot({ ...target, split: chosen }, signer)) as object);
  },
};

function given({ network = "", sequence = 0 }: NepBallotFlags, nep: string): BallotTarget {
  const isDigest = (text: string) => /^[0-9a-f]{64}$/.test(text);
  if (!isDigest(network))
    throw new UsageProblem("--network is no network id; give the 64 digits of `neuroshard status`");
  if (!isDigest(nep)) throw new UsageProblem(`'${nep}' is no id; without a node, give the 64 digits of the proposal`);
  return { networkId: network as Digest, nepId: nep as Digest, sequence };
}

async function ask({ node, tokenFile, sequence }: NepBallotFlags, nep: string, address: string): Promise<BallotTarget> {
  const client = await openClient({ node, tokenFile });
  const [{ networkId }, { nepId }] = await Promise.all([getStatus(client), getNep(client, nep)]);
  const { votes } = await listVotes(client, nepId, { limit: VOTES_LOOKED_THROUGH });
  const last = votes.find(({ voter }) => voter === address)?.sequence ?? -1;
  return { networkId: networkId as Digest, nepId: nepId as Digest, sequence: sequence ?? last + 1 };
}
