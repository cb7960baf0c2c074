/** `neuroshard start`: runs a node until it is stopped: it makes the blocks, or follows a node that does. */
import { findNetwork, joinByDescriptor, readSecretFile, startNode } from "@neuroshard/node";
import { Option } from "commander";
import { createNodeView } from "../../chain/createNodeView.ts";
import { type AccessFlags, accessOf, accessOptions } from "../../options/access.ts";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { type LogFlags, logOptions, logOptionsOf } from "../../options/log.ts";
import { nodeOption } from "../../options/network.ts";
import { nameOption, wholeNumberOption } from "../../options/option.ts";
import { type PeerFlags, peerOptions, peerOptionsOf } from "../../options/peers.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { aborted } from "../../terminal/aborted.ts";
import { MOST_STOP_MS } from "../../terminal/interruption.ts";
import { UsageProblem } from "../../usageProblem.ts";
import type { CommandDefinition } from "../command.ts";

interface StartFlags extends HomeFlag, JsonFlag, LogFlags, PeerFlags, AccessFlags {
  readonly host: string;
  readonly port: number;
  readonly follow?: string;
  readonly fromSnapshot?: true;
  readonly blockMs?: number;
  readonly until?: number;
  /** Whether it writes texts for clients. */
  readonly serving: boolean;
  /** Ends when stdin does: it belongs to the process that started it. */
  readonly attached?: true;
}

export const start: CommandDefinition<StartFlags> = {
  name: "start",
  summary: "run the network of a home with its HTTP API, until Ctrl-C; all that was committed is kept whatever happens",
  examples: [
    "start",
    "start --home ~/lab --port 8001 --json",
    "start --home copy --port 8001 --follow http://127.0.0.1:8000",
    "start --home trainer --port 8002 --network network.json --threads 2",
  ],
  options: [
    homeOption(),
    nameOption("--host <address>", "where to listen; others can reach what is not 127.0.0.1").default("127.0.0.1"),
    wholeNumberOption("--port <number>", "0 takes any that is free", { least: 0, most: 65_535 }).default(8000),
    ...accessOptions(),
    nodeOption("--follow <url>", "take the blocks of this node, check them and keep them"),
    new Option(
      "--from-snapshot",
      "with --follow and a new home: begin with the newest state, not with the first block",
    ),
    wholeNumberOption(
      "--block-ms <count>",
      "milliseconds between blocks, for tests and demonstrations; rules count blocks",
      {
        least: 1,
        most: 3_600_000,
      },
    ),
    wholeNumberOption("--until <height>", "stop when this block is there", { least: 0, most: Number.MAX_SAFE_INTEGER }),
    ...peerOptions(),
    ...logOptions(),
    new Option("--no-serving", "write no texts with the model of the network"),
    new Option("--attached", "stop when stdin ends").hideHelp(),
    jsonOption(),
  ],
  required: [],
  async run(flags, surface) {
    const { home, host, port, follow, fromSnapshot, blockMs, until = Number.POSITIVE_INFINITY, json } = flags;
    if (fromSnapshot === true && follow === undefined && flags.network === undefined) {
      throw new UsageProblem(
        "--from-snapshot needs somebody to get it from; name a --network, or a node with --follow",
      );
    }
    if (follow !== undefined && flags.network !== undefined) {
      throw new UsageProblem("--follow takes blocks over HTTP and --network from peers; give one of the two");
    }
    if (flags.network !== undefined) await joinByDescriptor(home, (await findNetwork(flags.network)).descriptor);
    const network = peerOptionsOf(flags, await readSwarmKey(flags.swarmKey));
    await surface.interruption.graceful(async (signal) => {
      const view = createNodeView(surface, json === true);
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
      const node = await startNode({
        ...{
          home,
          host,
          port,
          isServing: flags.serving,
          access: accessOf(flags),
          log: logOptionsOf(flags, surface.stderr),
        },
        ...(follow !== undefined && { followUrl: follow, isFromSnapshot: fromSnapshot === true }),
        ...(follow === undefined && { isFromSnapshot: fromSnapshot === true }),
        ...(blockMs !== undefined && { blockMs }),
        ...(network !== undefined && { network, onRound: (event) => view.round(event) }),
        onBlock(block) {
          view.block(block);
          if (block.height >= until) arrive();
        },
        onTrouble: (message) => view.trouble(message),
      });
      view.ready(node);
      if (node.height >= until) arrive();
      try {
        const ends = [node.stopRequested, aborted(signal), arrived, ...(flags.attached ? [ended(surface.stdin)] : [])];
        await Promise.race([node.failed, ...ends]);
      } finally {
        // An open stdin would keep the process alive.
        if (flags.attached) surface.stdin.pause();
        const height = await node.stop();
        view.stopped(height);
      }
    }, MOST_STOP_MS);
  },
};

/** The key of a private network: a secret, so a file that others can read is refused. */
async function readSwarmKey(path: string | undefined): Promise<Uint8Array | undefined> {
  return path === undefined ? undefined : new TextEncoder().encode((await readSecretFile(path)).reveal());
}

async function ended(stdin: NodeJS.ReadStream): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  stdin.on("end", resolve).on("close", resolve).resume();
  await promise;
}
