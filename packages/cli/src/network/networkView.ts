/** A local network on the screen: one live block on a terminal, a line for each round elsewhere, JSON lines for programs. */
import { formatCount } from "../terminal/formatQuantity.ts";
import { LiveBlock } from "../terminal/liveBlock.ts";
import { printJson, type Surface } from "../terminal/surface.ts";
import { drawNetwork } from "./drawNetwork.ts";
import type { NetworkStatus } from "./networkStatus.ts";

export interface NetworkView {
  /** What lasts: addresses, deaths, troubles. */
  say(line: string): void;
  show(status: NetworkStatus): void;
  close(): void;
}

export function createNetworkView(surface: Surface, isJson: boolean): NetworkView {
  if (isJson) return jsonView(surface);
  const isRewritable = surface.stderr.isTTY && process.env.TERM !== "dumb";
  return isRewritable ? liveView(surface) : plainView(surface);
}

function liveView({ stderr }: Surface): NetworkView {
  const block = new LiveBlock(stderr);
  let last: NetworkStatus | undefined;
  const draw = (): void => {
    if (last !== undefined) block.draw(drawNetwork(last, { width: block.width, stream: stderr }));
  };
  return {
    say(line) {
      block.print(line);
      draw();
    },
    show(status) {
      last = status;
      draw();
    },
    close: () => stderr.write("\n"),
  };
}

function plainView({ stdout }: Surface): NetworkView {
  let round = -1;
  return {
    say: (line) => stdout.write(`${line}\n`),
    show({ modelRound, height, modelDigest, losses, validationLoss }) {
      if (modelRound === round) return;
      round = modelRound;
      const loss = losses.at(-1);
      const parts = [
        `round ${formatCount(modelRound)} done at block ${formatCount(height)}`,
        ...(loss === undefined ? [] : [`loss ${loss.loss.toFixed(4)}`]),
        ...(validationLoss === undefined ? [] : [`validation loss ${validationLoss.toFixed(4)}`]),
        ...(modelDigest === undefined ? [] : [`model ${modelDigest.slice(0, 16)}`]),
      ];
      if (modelRound > 0) stdout.write(`${parts.join("  ")}\n`);
    },
    close() {},
  };
}

function jsonView(surface: Surface): NetworkView {
  return {
    say: (message) => printJson(surface, { event: "message", message }),
    show(status) {
      const nodes = status.nodes.map((node) => ({ ...node, balance: String(node.balance), held: String(node.held) }));
      printJson(surface, {
        event: "status",
        ...status,
        losses: undefined,
        loss: status.losses.at(-1)?.loss ?? null,
        nodes,
      });
    },
    close() {},
  };
}
