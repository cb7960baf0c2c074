/** What becomes of transactions when answers are lost, late, or no. */

import { once } from "node:events";
import { createServer } from "node:http";
import {
  buildTransaction,
  createClient,
  getAccount,
  getStatus,
  sendTransaction,
  signAndSend,
  signContent,
  type TransactionBody,
  waitForTransaction,
} from "@neuroshard/sdk";
import { expect, onTestFinished, test } from "vitest";
import { addressOf, keyOf, NEURO, signerFor, startClientNode } from "./clientNode.ts";

const BODY: TransactionBody = { kind: "transfer", recipient: keyOf("ben").account, amount: NEURO, memo: "" };

test("an answer that is lost: the same bytes go again, the answer is that of the first time, and the recipient is paid once", async () => {
  const { client, url, produce, chain } = await startClientNode();
  let calls = 0;
  const lossy: typeof fetch = async (...request) => {
    calls++;
    const response = await fetch(...request);
    if (calls > 2) return response;
    // The second time, the transaction has its block before the client asks again.
    if (calls === 2) produce();
    throw new TypeError("the connection broke");
  };
  const signed = await signContent(
    await buildTransaction(client, { publicKey: keyOf("ada").publicKey, body: BODY }),
    signerFor("ada"),
  );
  const answer = await sendTransaction(createClient({ baseUrl: url, fetch: lossy }), signed.bytes, { firstDelayMs: 1 });
  expect(calls).toBe(3);
  expect(answer).toEqual({ transactionId: signed.transactionId, isKnown: false });
  produce();
  expect(chain.head().height).toBe(2);
  expect((await getAccount(client, addressOf("ben"))).balance).toBe(String(1001n * NEURO));
});

test("several in a row get nonces that follow each other", async () => {
  const { client, produce } = await startClientNode();
  const ids = [];
  for (let count = 0; count < 3; count++) ids.push((await signAndSend(client, signerFor("ada"), BODY)).transactionId);
  produce();
  for (const id of ids) expect((await waitForTransaction(client, id)).height).toBe(1);
});

test("a rejection is a NeuroError with code, words, figures and status, and is not tried again", async () => {
  const { client } = await startClientNode();
  const sent = signAndSend(client, signerFor("ada"), { ...BODY, amount: 5000n * NEURO });
  await expect(sent).rejects.toMatchObject({
    code: "BALANCE_TOO_LOW",
    status: 422,
    data: { available: String(1000n * NEURO), needed: String(5250n * NEURO) },
    message: expect.stringContaining("1000 NEURO"),
  });
});

test("waiting ends with the timeout or with the signal", async () => {
  const { client } = await startClientNode();
  const { transactionId } = await signAndSend(client, signerFor("ada"), BODY);
  await expect(waitForTransaction(client, transactionId, { timeoutMs: 30, pollMs: 5 })).rejects.toMatchObject({
    code: "TIMED_OUT",
  });
  const signal = AbortSignal.abort(new Error("changed my mind"));
  await expect(waitForTransaction(client, transactionId, { signal })).rejects.toThrow("changed my mind");
});

async function listenWith(answer: string, contentType = "application/json"): Promise<string> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { "content-type": contentType });
    response.end(answer);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
}

test.each(["<html>", "{}", '{"networkId":"x"}', "null", ""])(
  "a server that answers %j is no node: BAD_ANSWER",
  async (answer) => {
    const baseUrl = await listenWith(answer);
    await expect(getStatus(createClient({ baseUrl }))).rejects.toMatchObject({ code: "BAD_ANSWER" });
  },
);

test("nobody there: UNREACHABLE with the address and what to do", async () => {
  const { client, url } = await startClientNode();
  expect((await getStatus(client)).head.height).toBe(0);
  const elsewhere = createClient({ baseUrl: url.replace(/:\d+$/, ":1") });
  await expect(getStatus(elsewhere)).rejects.toMatchObject({
    code: "UNREACHABLE",
    message: expect.stringContaining("start a node"),
  });
  await expect(getStatus(createClient({ baseUrl: "no address" }))).rejects.toMatchObject({ code: "UNREACHABLE" });
});

test("no answer in time: TIMED_OUT", async () => {
  const server = createServer(() => undefined).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { readonly port: number };
  const client = createClient({ baseUrl: `http://127.0.0.1:${port}`, timeoutMs: 20 });
  await expect(getStatus(client)).rejects.toMatchObject({ code: "TIMED_OUT" });
});
