/** `neuroshard account`: what an account holds, stakes and votes with, and what it did. */

import { readWallet, walletPath } from "@neuroshard/node";
import {
  type AccountId,
  type AccountView,
  type Client,
  formatAddress,
  getAccount,
  listAccountTransactions,
  type TransactionSummary,
} from "@neuroshard/sdk";
import { Option } from "commander";
import { describeOutcome } from "../../chain/describeOutcome.ts";
import { readTime } from "../../chain/networkParams.ts";
import { openClient } from "../../chain/openClient.ts";
import { addressArgument } from "../../options/address.ts";
import { type NodeFlags, nodeOptions, pageOption, walletOptions } from "../../options/network.ts";
import { type ChainTime, formatMoment } from "../../terminal/formatMoment.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import { formatCount } from "../../terminal/formatQuantity.ts";
import { formatPairs } from "../../terminal/formatTable.ts";
import { printJson } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";

interface AccountFlags extends NodeFlags {
  readonly home: string;
  readonly wallet: string;
  readonly history?: true;
  readonly limit: number;
}

export const account: CommandDefinition<AccountFlags, readonly [AccountId | undefined]> = {
  name: "account",
  summary: "show what an account holds, stakes and votes with; without an address, that of a wallet",
  examples: ["account", "account neuro1... --history --limit 50", "account --wallet savings --json"],
  arguments: [addressArgument("[address]", "the account; by default the wallet's")],
  options: [
    new Option("--history", "what it did and got, the newest first"),
    pageOption(),
    ...walletOptions(),
    ...nodeOptions(),
  ],
  required: [],
  async run({ node, tokenFile, json, home, wallet, history, limit }, surface, [given]) {
    const client = await openClient({ node, tokenFile });
    const address = given === undefined ? (await readWallet(walletPath(home, wallet))).address : formatAddress(given);
    const [view, time] = await Promise.all([getAccount(client, address), readTime(client)]);
    const transactions = history ? await readHistory(client, address, limit) : undefined;
    if (json) return printJson(surface, { ...view, ...(transactions && { transactions }) });
    surface.stdout.write(describeAccount(view, time) + (transactions ?? []).map(describeEntry).join(""));
  },
};

async function readHistory(client: Client, address: string, limit: number): Promise<readonly TransactionSummary[]> {
  return (await listAccountTransactions(client, address, { limit })).transactions;
}

function describeAccount(view: AccountView, time: ChainTime): string {
  const { balance, stake, power, validator, devices } = view;
  const voting = BigInt(power.own) + BigInt(power.received);
  const delegation = power.delegate === null ? "" : `; ${power.delegate} votes with its own stake by default`;
  const free = stake.bonded === "0" ? "" : `, of which ${formatNeuro(stake.unlocked)} can be unstaked`;
  const held = stake.deposits === "0" ? "" : `, ${formatNeuro(stake.deposits)} held by open proposals`;
  const pairs: (readonly [string, string])[] = [
    ["balance", formatNeuro(balance)],
    ["staked", `${formatNeuro(stake.bonded)}${free}${held}`],
    ...stake.lots.map(
      (lot) => ["", `${formatNeuro(lot.amount)} locked until ${formatMoment(lot.height, time)}`] as const,
    ),
    ...stake.unbonding.map(
      (lot) => ["unbonding", `${formatNeuro(lot.amount)} spendable at ${formatMoment(lot.height, time)}`] as const,
    ),
    ["multiplier", `${stake.multiplier} on rewards`],
    ["power", `${formatNeuro(voting)}, of which ${formatNeuro(power.received)} delegated to it${delegation}`],
    ["next nonce", formatCount(view.nextNonce)],
    ...(validator === null ? [] : [["validator", `since block ${formatCount(validator.since)}`] as const]),
    ...(devices.length === 0 ? [] : [["devices", formatCount(devices.length)] as const]),
  ];
  return `${view.address} after block ${formatCount(view.height)}\n${formatPairs(pairs)}`;
}

function describeEntry({ height, kind, transactionId, outcome }: TransactionSummary): string {
  const lines = describeOutcome(outcome).map((line) => `    ${line}\n`);
  const what = transactionId === null ? "the block itself" : `${kind ?? "no transaction"}  ${transactionId}`;
  return `  block ${formatCount(height)}  ${what}\n${lines.join("")}`;
}
