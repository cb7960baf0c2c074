/** `neuroshard nep ready`, `withdraw`, `rollback`: short transactions about one proposal. */
import { type Digest, getNep, type NepView, type TransactionBody } from "@neuroshard/sdk";
import { sendBody } from "../../chain/sendBody.ts";
import { nepArgument } from "../../options/nepArgument.ts";
import { type SigningFlags, signingOptions } from "../../options/network.ts";
import type { CommandDefinition } from "../command.ts";

type Kind = Extract<TransactionBody["kind"], "nepReady" | "nepWithdraw" | "nepRollback">;

interface Signal {
  readonly name: string;
  readonly kind: Kind;
  readonly summary: string;
  note(view: NepView): string;
}

function signalCommand({ name, kind, summary, note }: Signal): CommandDefinition<SigningFlags, readonly [string]> {
  return {
    name,
    summary,
    examples: [`nep ${name} NEP-001`],
    arguments: [nepArgument()],
    options: signingOptions(),
    required: [],
    async run(flags, surface, [nep]) {
      await sendBody(flags, surface, async ({ client }) => {
        const view = await getNep(client, nep);
        return { body: { kind, nepId: view.nepId as Digest }, notes: [`${view.label}, ${view.title}: ${note(view)}`] };
      });
    },
  };
}

export const nepReady = signalCommand({
  name: "ready",
  kind: "nepReady",
  summary: "say that your nodes are ready for a proposal; it waits for enough stake to say so",
  note: () => "your nodes are ready for it",
});

export const nepWithdraw = signalCommand({
  name: "withdraw",
  kind: "nepWithdraw",
  summary: "take your own proposal back; once votes are taken, the fee is burned",
  note: ({ status }) => (status === "review" ? "taken back, the fee returns" : "taken back, the fee is burned"),
});

export const nepRollback = signalCommand({
  name: "rollback",
  kind: "nepRollback",
  summary: "ask to take an active proposal back; enough stake restores the old values",
  note: () => "asking for the old values",
});
