/** Options of nodes among peers, and of commands that name a network: what cannot be is refused in one line. */
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "vitest";
import { neuroshard, temporaryFolder } from "./command.ts";
import { done, expectRefusal } from "./testNetwork.ts";

test.each([
  [["start", "--role", "trainer,judge"], /--role has 'judge'/],
  [["start", "--role", "trainer,trainer"], /--role names one twice/],
  [["start", "--memory", "1"], /--memory is '1'/],
  [["generate", "--prompt", "a"], /no model is named/],
  [["generate", "--prompt", "a", "--model", "m", "--network", "n"], /--model and --network/],
  [["chat", "--model", "m", "--network", "n"], /--model and --network/],
  [["verify", "--round", "1", "--home", "h"], /named by --round, --slot and --segment/],
  [["verify", "--round", "1", "--slot", "0", "--segment", "0"], /give either --home or --network/],
  [["verify", "--round", "1", "--slot", "0", "--segment", "0", "--model", "m"], /leave out --model/],
  [["rounds", "first"], /the round is 'first'/],
  [["up", "--nodes", "0"], /--nodes is '0'/],
])("%j is refused as it stands", async (args, message) => {
  expectRefusal(await neuroshard(args), 2, message);
});

test("places that are no network are refused by name", async () => {
  const cwd = temporaryFolder();
  const prompt = ["--prompt", "a"];
  expectRefusal(await neuroshard(["generate", "--network", "nothing", ...prompt], { cwd }), 1, /nothing/);
  expectRefusal(await neuroshard(["generate", "--network", ".", ...prompt], { cwd }), 1, /holds no network/);
});

test("a network that trains nothing has no model; an address that is none, and a port in use, are refused", async () => {
  const cwd = temporaryFolder();
  await done(neuroshard(["init", "--home", "home", "--json"], { cwd }));
  await done(
    neuroshard(["start", "--home", "home", "--port", "0", "--until", "1", "--block-ms", "10", "--json"], { cwd }),
  );
  const generate = ["generate", "--network", "home", "--prompt", "a"];
  expectRefusal(await neuroshard(generate, { cwd }), 1, /trains no model/);
  const start = ["start", "--home", join(cwd, "home"), "--port", "0", "--local"];
  expectRefusal(await neuroshard([...start, "--listen", "here"]), 1, /here/);
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address() as { port: number };
  expectRefusal(await neuroshard([...start, "--listen", `/ip4/127.0.0.1/tcp/${port}`]), 1, /in use/);
  server.close();
});
