/** A running node on the screen: one live line on a terminal, plain lines or JSON lines elsewhere. */
import { styleText } from "node:util";
import type { NodeBlock, RoundNews, RunningNode } from "@neuroshard/node";
import { describeRoundEvent } from "../network/describeRoundEvent.ts";
import { formatCount } from "../terminal/formatQuantity.ts";
import { LiveBlock } from "../terminal/liveBlock.ts";
import { printJson, type Surface } from "../terminal/surface.ts";

export interface NodeView {
  /** It listens. */
  ready(node: RunningNode): void;
  block(block: NodeBlock): void;
  /** Of the rounds of its network. */
  round(event: RoundNews): void;
  trouble(message: string): void;
  stopped(height: number): void;
}

export function createNodeView(surface: Surface, isJson: boolean): NodeView {
  if (isJson) return jsonView(surface);
  const isRewritable = surface.stderr.isTTY && process.env.TERM !== "dumb";
  return isRewritable ? new LiveNodeView(surface) : plainView(surface);
}

function jsonView(surface: Surface): NodeView {
  return {
    ready: ({ url, networkId, networkName, height, addresses, device }) =>
      printJson(surface, {
        ...{ event: "ready", url, networkId, networkName, height },
        ...(device !== undefined && { device, addresses }),
      }),
    block: (block) => printJson(surface, { event: "block", ...block }),
    round: ({ kind, ...event }) => printJson(surface, { event: kind, ...event }),
    trouble: (message) => printJson(surface, { event: "trouble", message }),
    stopped: (height) => printJson(surface, { event: "stopped", height }),
  };
}

const LINE_INTERVAL_MS = 10_000;

/** Blocks with transactions each have a line, empty ones share one now and then. */
function plainView(surface: Surface): NodeView {
  const { stdout } = surface;
  let nextLineMs = 0;
  return {
    ready: (node) => stdout.write(`${describeReady(node)}\n`),
    block(block) {
      const nowMs = performance.now();
      if (block.transactions === 0 && nowMs < nextLineMs) return;
      nextLineMs = nowMs + LINE_INTERVAL_MS;
      stdout.write(`${describeBlock(block)}\n`);
    },
    round(event) {
      const text = describeRoundEvent(event);
      if (text !== undefined) stdout.write(`${text}\n`);
    },
    trouble: (message) => surface.stderr.write(`${message}\n`),
    stopped: (height) => stdout.write(`stopped after block ${formatCount(height)}\n`),
  };
}

const REDRAW_INTERVAL_MS = 100;

class LiveNodeView implements NodeView {
  readonly #surface: Surface;
  readonly #live: LiveBlock;
  #timer: NodeJS.Timeout | undefined;
  #last: NodeBlock | undefined;
  #lastAtMs = performance.now();
  #transactions = 0;
  #blockMs = 1000;
  #work = "";

  constructor(surface: Surface) {
    this.#surface = surface;
    this.#live = new LiveBlock(surface.stderr);
  }

  ready(node: RunningNode): void {
    this.#blockMs = node.blockMs;
    this.#live.print(`${describeReady(node)}; Ctrl-C stops it`);
    this.#timer = setInterval(() => this.#draw(), REDRAW_INTERVAL_MS);
  }

  block(block: NodeBlock): void {
    this.#last = block;
    this.#lastAtMs = performance.now();
    this.#transactions += block.transactions;
    if (block.transactions > 0) this.#live.print(describeBlock(block));
    this.#draw();
  }

  round(event: RoundNews): void {
    const text = describeRoundEvent(event);
    if (text !== undefined) this.#live.print(text);
    if (event.kind === "progress") this.#work = `  step ${event.steps}/${event.of} loss ${event.loss.toFixed(3)}`;
    this.#draw();
  }

  trouble(message: string): void {
    this.#live.print(message);
  }

  stopped(height: number): void {
    clearInterval(this.#timer);
    this.#live.clear();
    this.#surface.stdout.write(`stopped after block ${formatCount(height)}\n`);
  }

  #draw(): void {
    if (this.#last === undefined) return;
    const { height, pending, openNeps } = this.#last;
    const leftMs = Math.max(0, this.#lastAtMs + this.#blockMs - performance.now());
    const block = styleText("green", `block ${formatCount(height)}`, { stream: this.#surface.stderr });
    const next = `next in ${(leftMs / 1000).toFixed(1)} s`;
    const counts = `${formatCount(this.#transactions)} transactions, ${formatCount(pending)} pending`;
    this.#live.draw([`${block}  ${counts}  ${formatCount(openNeps)} open NEPs  ${next}${this.#work}`]);
  }
}

function describeReady({ url, networkName, networkId, height }: RunningNode): string {
  return `${networkName} (${networkId.slice(0, 16)}) at ${url}, after block ${formatCount(height)}`;
}

function describeBlock({ height, transactions, pending, openNeps }: NodeBlock): string {
  const count = `${formatCount(transactions)} ${transactions === 1 ? "transaction" : "transactions"}`;
  return `block ${formatCount(height)}  ${count}  ${formatCount(pending)} pending  ${formatCount(openNeps)} open NEPs`;
}
