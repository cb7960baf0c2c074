/** The way of every signed command: say what it costs, sign here, hand in, wait for the block, tell what happened. */
import {
  type Client,
  flatFeeOf,
  getStatus,
  type Params,
  signAndSend,
  type TransactionBody,
  waitForTransaction,
} from "@neuroshard/sdk";
import type { SigningFlags } from "../options/network.ts";
import { formatSpan } from "../terminal/formatMoment.ts";
import { formatNeuro } from "../terminal/formatNeuro.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { printJson, type Surface } from "../terminal/surface.ts";
import { describeEvent } from "./describeEvent.ts";
import { readParams, timeOf } from "./networkParams.ts";
import { openClient } from "./openClient.ts";
import { type OpenSigner, openSigner } from "./openSigner.ts";

/** What a command can look up before it decides what to send. */
export interface SendingContext {
  readonly client: Client;
  readonly signer: OpenSigner;
  readonly params: Params;
}

export interface Wish {
  readonly body: TransactionBody;
  /** What it will do and take, a line each; the flat fee is added. */
  readonly notes: readonly string[];
  /** Asked when all has been said and nothing is sent yet; throws to stop. */
  confirm?(): Promise<void>;
}

/** Heights for which a transaction is good: as long as the command waits. */
const VALID_FOR_BLOCKS = 100;
const POLL_MS = 100;
const PATIENCE_MS = 30_000;

export async function sendBody(
  flags: SigningFlags,
  surface: Surface,
  wishOf: (context: SendingContext) => Wish | Promise<Wish>,
): Promise<void> {
  const signer = await openSigner(flags);
  const client = await openClient(flags);
  const params = await readParams(client);
  const wish = await wishOf({ client, signer, params });
  const { body, notes } = wish;
  const fee = `fee ${formatNeuro(flatFeeOf(body.kind, params))}`;
  surface.stderr.write([...notes, fee].map((line) => `${line}\n`).join(""));
  await wish.confirm?.();
  const { transactionId } = await signAndSend(client, signer, body, { validForBlocks: VALID_FOR_BLOCKS });
  if (!flags.wait) return reportPending(transactionId, flags, surface);
  await reportCommitted({ client, transactionId }, flags, surface);
}

function reportPending(transactionId: string, { json }: SigningFlags, surface: Surface): void {
  if (json) printJson(surface, { transactionId, state: "pending" });
  else
    surface.stdout.write(
      `transaction ${transactionId}\n  handed in; \`neuroshard tx ${transactionId}\` tells when it has its block\n`,
    );
}

async function reportCommitted(
  { client, transactionId }: { client: Client; transactionId: string },
  { json }: SigningFlags,
  surface: Surface,
): Promise<void> {
  const time = timeOf(await getStatus(client));
  surface.stderr.write(`transaction ${transactionId} handed in, waiting for its block (${formatSpan(1, time)})\n`);
  const timeoutMs = VALID_FOR_BLOCKS * time.blockSeconds * 1000 + PATIENCE_MS;
  const { height, index, events } = await waitForTransaction(client, transactionId, { timeoutMs, pollMs: POLL_MS });
  if (json) return printJson(surface, { transactionId, state: "committed", height, index, events });
  const lines = [
    `transaction ${transactionId}`,
    `  in block ${formatCount(height)}`,
    ...events.map((event) => `  ${describeEvent(event)}`),
  ];
  surface.stdout.write(`${lines.join("\n")}\n`);
}
