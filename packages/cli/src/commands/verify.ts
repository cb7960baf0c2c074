/** `neuroshard verify`: reads a checkpoint, replays a whole chain, or one part of the work in it, and compares the digests. */
import { type ReplayedChain, verifyChain, verifyCheckpoint } from "@neuroshard/node";
import { Option } from "commander";
import { verifyRoundSegment } from "../network/verifyRoundSegment.ts";
import { type JsonFlag, jsonOption } from "../options/json.ts";
import { nameOption, wholeNumberOption } from "../options/option.ts";
import { formatBytes, formatCount } from "../terminal/formatQuantity.ts";
import { formatPairs } from "../terminal/formatTable.ts";
import { LiveBlock } from "../terminal/liveBlock.ts";
import { printJson, type Surface } from "../terminal/surface.ts";
import { drawProgressBar } from "../training/progressBar.ts";
import { UsageProblem } from "../usageProblem.ts";
import type { CommandDefinition } from "./command.ts";

interface VerifyFlags extends JsonFlag {
  readonly model?: string;
  readonly home?: string;
  readonly audit?: true;
  readonly network?: string;
  readonly round?: number;
  readonly slot?: number;
  readonly segment?: number;
}

const MOST_ROUND = Number.MAX_SAFE_INTEGER;
const MOST_U16 = 65_535;

export const verify: CommandDefinition<VerifyFlags> = {
  name: "verify",
  summary: "check a checkpoint, replay a chain from its genesis, or replay one segment of somebody's training",
  examples: [
    "verify --model models/book",
    "verify --home .neuroshard",
    "verify --home .neuroshard --audit --json",
    "verify --round 3 --slot 0 --segment 1 --network http://127.0.0.1:8000",
  ],
  options: [
    nameOption("--model <folder>", "a checkpoint that `train --out` wrote"),
    nameOption("--home <folder>", "a home with a chain; a node may be running on it"),
    new Option("--audit", "count all tokens anew after every block"),
    wholeNumberOption("--round <number>", "replay training of this round", { least: 1, most: MOST_ROUND }),
    wholeNumberOption("--slot <number>", "of this slot", { least: 0, most: MOST_U16 }),
    wholeNumberOption("--segment <number>", "this segment; as many as the work has: its compression", {
      least: 0,
      most: MOST_U16,
    }),
    nameOption("--network <place>", "with --round: a home, a description of the network, or a node's address"),
    jsonOption(),
  ],
  required: [],
  async run({ model, home, audit, json, ...part }, surface) {
    const isJson = json === true;
    if (Object.values(part).some((value) => value !== undefined)) {
      await verifyPart({ model, home, audit, ...part }, isJson, surface);
      return;
    }
    if ((model === undefined) === (home === undefined))
      throw new UsageProblem("verify takes --model, --home, or --round with --slot and --segment; give one of them");
    if (model !== undefined) await verifyModel(model, isJson, surface);
    else if (home !== undefined) await verifyHome({ home, isAudited: audit === true }, isJson, surface);
  },
};

async function verifyPart(
  {
    model,
    home,
    audit,
    network,
    round,
    slot,
    segment,
  }: { readonly [Flag in keyof VerifyFlags]: VerifyFlags[Flag] | undefined },
  isJson: boolean,
  surface: Surface,
): Promise<void> {
  if (round === undefined || slot === undefined || segment === undefined) {
    throw new UsageProblem("a segment is named by --round, --slot and --segment; give all three");
  }
  if (model !== undefined || audit !== undefined) {
    throw new UsageProblem("--round replays a segment of a network; leave out --model and --audit");
  }
  const place = network ?? home;
  if (place === undefined || (network !== undefined && home !== undefined)) {
    throw new UsageProblem("--round needs a network to look at; give either --home or --network");
  }
  await verifyRoundSegment({ network: place, round, slot, segment }, isJson, surface);
}

async function verifyModel(model: string, isJson: boolean, surface: Surface): Promise<void> {
  const report = await verifyCheckpoint(model);
  if (isJson) return printJson(surface, report);
  const lines = report.files.map(({ name, bytes, sha256 }) => `  ${sha256}  ${name} (${formatBytes(bytes)})`);
  const title = `${report.path}: whole, step ${report.step}, ${formatCount(report.parameters)} parameters`;
  surface.stdout.write(`${[title, ...lines, `digest ${report.digest}`].join("\n")}\n`);
}

interface Verification {
  readonly home: string;
  readonly isAudited: boolean;
}

async function verifyHome({ home, isAudited }: Verification, isJson: boolean, surface: Surface): Promise<void> {
  const startMs = performance.now();
  const progress = createProgress(surface, isJson);
  try {
    const replayed = await surface.interruption.graceful((signal) =>
      verifyChain(home, { isAudited, signal, onProgress: progress.show }),
    );
    progress.clear();
    const seconds = (performance.now() - startMs) / 1000;
    if (isJson) printJson(surface, { home, ...replayed, isAudited, seconds });
    else surface.stdout.write(describe(home, replayed, { isAudited, seconds }));
  } finally {
    progress.clear();
  }
}

function describe(
  home: string,
  { networkId, height, transactions, stateRoot }: ReplayedChain,
  { isAudited, seconds }: { readonly isAudited: boolean; readonly seconds: number },
): string {
  const audit = isAudited ? ", all tokens counted after each" : "";
  const title = `${home}: whole, ${formatCount(height)} blocks replayed from the genesis${audit}`;
  return `${title}\n${formatPairs([
    ["network id", networkId],
    ["transactions", `${formatCount(transactions)}, all in ${seconds.toFixed(1)} s`],
    ["state root", stateRoot],
  ])}`;
}

const REDRAW_INTERVAL_MS = 100;
const BAR_WIDTH = 32;

interface Progress {
  show(progress: { readonly height: number; readonly headHeight: number; readonly transactions: number }): void;
  clear(): void;
}

/** Nothing where nobody watches. */
function createProgress({ stderr }: Surface, isJson: boolean): Progress {
  if (isJson || !stderr.isTTY) return { show: () => {}, clear: () => {} };
  const live = new LiveBlock(stderr);
  let nextDrawMs = 0;
  return {
    show({ height, headHeight, transactions }) {
      const nowMs = performance.now();
      if (nowMs < nextDrawMs) return;
      nextDrawMs = nowMs + REDRAW_INTERVAL_MS;
      const counts = `block ${formatCount(height)}/${formatCount(headHeight)}  ${formatCount(transactions)} transactions`;
      live.draw([`${drawProgressBar(height / headHeight, BAR_WIDTH)}  ${counts}`]);
    },
    clear: () => live.clear(),
  };
}
