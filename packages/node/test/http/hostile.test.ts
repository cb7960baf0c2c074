/** A thousand hostile requests to a real server: an error object each time, nothing for the log, nothing left behind. */
import { connect } from "node:net";
import { memoryUsage } from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SCOPES } from "@neuroshard/sdk/api";
import { expect, test } from "vitest";
import { createToken } from "../../src/access/tokenFile.ts";
import { openTokenRegister } from "../../src/access/tokenRegister.ts";
import { startHttp } from "../../src/http/startHttp.ts";
import { openNode, testHome } from "../chain/testNetwork.ts";
import { type HostileRequest, hostileRequests } from "./hostileRequests.ts";

const SEED = 1;
const COUNT = 1000;
const AT_ONCE = 8;
/** Beyond it a request counts as one that nobody answers. */
const PATIENCE_MS = 5_000;
const QUIET_MS = 400;
const MOST_GROWTH_BYTES = 48e6;

/** What is no fault, and what a node that serves no model cannot do. */
const WITHOUT_MODEL = /"(model_not_ready|unavailable)"/i;

interface Received {
  readonly status: number;
  readonly head: string;
  readonly body: string;
}

/** The first answer; undefined where the connection ends without one. A stream is left when it has begun. */
async function ask(port: number, bytes: Buffer): Promise<Received | undefined> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const socket = connect(port, "127.0.0.1");
  let text = "";
  const giveUp = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket.on("data", (chunk) => {
    text += chunk.toString("latin1");
    if (/^content-type: text\/event-stream/im.test(text)) socket.destroy();
  });
  socket.on("error", () => socket.destroy());
  socket.on("close", () => resolve(text));
  socket.write(bytes);
  // What promised more than it sent gets no more.
  const nothingMore = setTimeout(() => text === "" && socket.end(), QUIET_MS);
  const received = (await promise).replace(/^HTTP\/1\.1 100 [^\r]*\r\n\r\n/, "");
  clearTimeout(giveUp);
  clearTimeout(nothingMore);
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(received) ?? [];
  if (status === undefined) return undefined;
  const [head = "", ...rest] = received.split("\r\n\r\n");
  return { status: Number(status), head, body: rest.join("\r\n\r\n") };
}

function expectDocumented({ what }: HostileRequest, { status, body }: Received): void {
  if (status < 400) return;
  const isAllowed = status < 500 || (status === 503 && WITHOUT_MODEL.test(body));
  expect(isAllowed, `${what}: ${status} ${body.slice(0, 200)}`).toBe(true);
  if (what.startsWith("HEAD ")) return;
  const { error } = JSON.parse(body) as { readonly error: Readonly<Record<string, unknown>> };
  expect(error, what).toMatchObject({ code: expect.stringMatching(/^[A-Za-z_]+$/), data: expect.any(Object) });
  expect(error.message, what).toMatch(/^[^\n]+; [^\n]+$/);
}

function collected(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  return memoryUsage().heapUsed + memoryUsage().external;
}

test(`${COUNT} hostile requests: answered as documented, and nothing is left of them`, {
  timeout: 100_000,
}, async () => {
  const { home, chain } = await openNode(await testHome());
  const reports: string[] = [];
  const { text } = await createToken(home, { name: "fuzz", scopes: SCOPES });
  const tokens = await openTokenRegister(home, (line) => reports.push(line));
  const server = await startHttp({
    ...{ chain, port: 0, report: (line) => reports.push(line) },
    ...{ access: { tokens }, limits: { perSecond: 1e6, capacity: 1e6 } },
  });
  const port = Number(new URL(server.url).port);
  const requests = hostileRequests({ count: COUNT, seed: SEED, token: text.reveal() });
  const statuses = new Map<string, number>();

  async function work(queue: Iterator<HostileRequest>): Promise<void> {
    for (let next = queue.next(); next.done !== true; next = queue.next()) {
      const answer = await ask(port, next.value.bytes);
      const name = String(answer?.status ?? "none");
      statuses.set(name, (statuses.get(name) ?? 0) + 1);
      if (answer !== undefined) expectDocumented(next.value, answer);
    }
  }
  async function all(part: readonly HostileRequest[]): Promise<void> {
    const queue = part.values();
    await Promise.all(Array.from({ length: AT_ONCE }, () => work(queue)));
  }

  try {
    await all(requests.slice(0, COUNT / 2));
    const before = collected();
    await all(requests.slice(COUNT / 2));
    expect(collected() - before).toBeLessThan(MOST_GROWTH_BYTES);
    expect(reports).toEqual([]);
    expect(chain.mempool.size).toBe(0);
    // It still answers, and each kind of answer was met.
    expect((await fetch(`${server.url}/api/v1/status`)).status).toBe(200);
    for (const status of ["200", "400", "401", "403", "404", "413", "415"])
      expect(statuses.get(status), status).toBeGreaterThan(0);
    expect(statuses.get("none") ?? 0).toBeLessThan(COUNT / 20);
  } finally {
    await server.close();
  }
  const open = process.getActiveResourcesInfo().filter((kind) => /TCP(Server|Socket)Wrap/.test(kind));
  expect(open.length).toBeLessThanOrEqual(AT_ONCE);
});
