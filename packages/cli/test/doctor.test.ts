/** `neuroshard doctor` on this machine, alone and beside a node. */
import { createServer } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { neuroshard, temporaryFolder } from "./command.ts";
import { testNetwork } from "./testNetwork.ts";

interface Finding {
  readonly name: string;
  readonly verdict: string;
  readonly found: string;
  readonly remedy?: string;
}

const NAMES = "runtime processor engine memory disk clock port reachability relay reward".split(" ");
const QUICK = ["doctor", "--preset", "tiny", "--threads", "1"];

function findingsOf(stdout: string): ReadonlyMap<string, Finding> {
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  return new Map(findings.map((finding) => [finding.name, finding]));
}

/** A port that something else listens at. */
async function takenPort(): Promise<string> {
  const server = createServer();
  const { promise, resolve } = Promise.withResolvers<void>();
  server.listen(0, "127.0.0.1", resolve);
  await promise;
  onTestFinished(() => void server.close());
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("internal: no port");
  return String(address.port);
}

test("a machine on its own is examined, and what cannot be told from here says what would tell it", async () => {
  const nobody = ["--node", "http://127.0.0.1:1", "--home", temporaryFolder()];
  const { stdout } = await neuroshard([...QUICK, ...nobody, "--json"]);
  const findings = findingsOf(stdout);
  expect([...findings.keys()]).toEqual(NAMES);
  expect(findings.get("engine")?.found).toMatch(/kernels, bits as published, 1 thread: \d+ ms a step of tiny/);
  expect(findings.get("reward")?.found).toMatch(/^about [\d.,…]+ NEURO a day on a network with the usual parameters/);
  expect(findings.get("clock")).toMatchObject({ verdict: "unknown", remedy: expect.stringContaining("--node") });
});

test("a port in use is a problem with a remedy, and the command says so by its exit code", async () => {
  const port = await takenPort();
  const { exitCode, stdout, stderr } = await neuroshard([...QUICK, "--port", port, "--node", "http://127.0.0.1:1"]);
  expect(exitCode).toBe(1);
  expect(stdout).toMatch(new RegExp(`bad +port +127\\.0\\.0\\.1:${port} is in use by another program\\n +-> stop it`));
  expect(stderr).toContain("not well: port");
});

test("beside a node, the clock, the port and the parameters are those of its network", async () => {
  const network = testNetwork();
  await network.run("init", "--name", "lab");
  const node = await network.start();
  onTestFinished(async () => void (await node.stop("SIGTERM")));
  const { url } = node;
  const { stdout } = await neuroshard([...QUICK, "--node", url, "--port", new URL(url).port, "--json"]);
  const findings = findingsOf(stdout);
  expect(findings.get("clock")).toMatchObject({ verdict: "good" });
  expect(findings.get("port")?.found).toContain("is taken by the node that answers there");
  expect(findings.get("reward")).toMatchObject({
    verdict: "notice",
    found: expect.stringContaining("nothing is trained"),
  });
  expect(findings.get("relay")?.verdict).toBe("unknown");
});
