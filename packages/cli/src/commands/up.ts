/**
 * `neuroshard up`, what `npm start` runs: a private network on this machine, in which several nodes train one model together,
 * audit each other and are paid. All of it is kept in the home folder; the next start goes on where this one was.
 */
import { Option } from "commander";
import { prepareHome } from "../home.ts";
import { runLocalNetwork } from "../network/localNetwork.ts";
import { createNetworkView } from "../network/networkView.ts";
import { type AccessFlags, accessOf, accessOptions } from "../options/access.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { nameOption, wholeNumberOption } from "../options/option.ts";
import { aborted } from "../terminal/aborted.ts";
import { MOST_STOP_MS } from "../terminal/interruption.ts";
import type { CommandDefinition } from "./command.ts";

interface UpFlags extends JsonFlag, AccessFlags {
  readonly home: string;
  readonly nodes: number;
  readonly data: string;
  readonly preset: string;
  readonly steps: number;
  readonly host: string;
  readonly port: number;
  readonly threads: number;
  readonly storage: number;
  readonly blockMs?: number;
  readonly rounds?: number;
  readonly fresh?: true;
}

const MOST_NODES = 16;

export const up: CommandDefinition<UpFlags> = {
  name: "up",
  summary: "run a private network of several nodes that train one model together",
  examples: ["up", "up --nodes 2 --data book.txt --home ~/neuroshard", "up --fresh"],
  options: [
    nameOption("--home <folder>", "where the network is kept between starts").default(".neuroshard"),
    wholeNumberOption("--nodes <count>", "nodes that train and validate", { least: 1, most: MOST_NODES }).default(3),
    nameOption("--data <file>", "what is trained on, for a new network: a text, or the built-in stories").default(
      "stories",
    ),
    nameOption("--preset <name>", "size of the model, for a new network").default("nano"),
    wholeNumberOption("--steps <count>", "inner steps until the learning rate has come down, for a new network", {
      least: 1,
      most: 1_000_000_000,
    }).default(3000),
    nameOption("--host <address>", "where the HTTP API listens").default("127.0.0.1"),
    wholeNumberOption("--port <number>", "of the HTTP API; 0 takes any that is free", {
      least: 0,
      most: 65_535,
    }).default(8000),
    ...accessOptions(),
    wholeNumberOption("--threads <count>", "threads that each node trains with", { least: 1, most: 64 }).default(1),
    wholeNumberOption("--storage <gb>", "room of each node for models and contributions", {
      least: 1,
      most: 10_000,
    }).default(4),
    wholeNumberOption("--block-ms <count>", "milliseconds between blocks", { least: 50, most: 3_600_000 }),
    wholeNumberOption("--rounds <count>", "stop when so many rounds are done", { least: 1, most: 1_000_000_000 }),
    new Option("--fresh", "forget the network of earlier starts"),
    jsonOption(),
  ],
  required: [],
  async run({ home, fresh, json, rounds = Number.POSITIVE_INFINITY, storage, blockMs, ...size }, surface) {
    prepareHome(home, { isFresh: fresh === true });
    const view = createNetworkView(surface, json === true);
    await surface.interruption.graceful(async (signal) => {
      const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
      view.say("preparing the data and the first model; a moment the first time");
      const network = await runLocalNetwork({
        ...size,
        ...{ home, blockMs, storageGb: storage, access: accessOf(size) },
        onMessage: (message) => view.say(message),
        onStatus(status) {
          view.show(status);
          if (status.modelRound >= rounds) arrive();
        },
      });
      view.say(
        `the network answers at ${network.url}; others join with \`neuroshard start --network ${home}/network.json\``,
      );
      view.say(`its newest model writes for OpenAI's clients at ${network.url}/v1`);
      try {
        await Promise.race([network.failed, network.stopRequested, arrived, aborted(signal)]);
      } finally {
        await network.stop().finally(() => view.close());
      }
    }, MOST_STOP_MS);
  },
};
