/** Plain products of three shapes against other engines that JavaScript can use. All but our bf16 mode multiply float32. */
import type { ProductAnswer, ProductShape } from "../engine/productTask.ts";
import type { Contender } from "../measure/interleave.ts";
import { openAll } from "../measure/openAll.ts";
import { measuredNames, median, medianRatio, type Round, summarizeContender } from "../measure/statistics.ts";
import type { LineProcess } from "../process/lineProcess.ts";
import { type OwnEngine, startOwnEngine } from "../process/ownEngine.ts";
import { type ProductPeer, startProductPeer } from "../process/productPeer.ts";
import { describeQuiet, numberCell, quietCell, ratioCell } from "../report/cells.ts";
import type { SectionResult } from "../report/sectionText.ts";
import type { Table } from "../report/table.ts";
import { type Target, targetOf } from "../report/target.ts";
import { type BenchContext, interleaveHere, notesOn, threadsLabel } from "./section.ts";

interface MeasuredShape {
  readonly shape: ProductShape;
  readonly repeats: number;
}

const shapes: readonly MeasuredShape[] = [
  { shape: [384, 384, 384], repeats: 100 },
  { shape: [960, 960, 960], repeats: 12 },
  { shape: [1152, 1536, 384], repeats: 15 },
];
const threadCounts = [1, 2] as const;
const kinds = ["native", "wasm"] as const;
const modes = ["bf16", "f32"] as const;
/** tfjs-wasm has one thread under Node. */
const peers: readonly ProductPeer[] = [
  { name: "tfjs-wasm", threads: 1 },
  { name: "jax-js", threads: 1 },
  { name: "onnxruntime", threads: 1 },
  { name: "jax-js", threads: 2 },
  { name: "onnxruntime", threads: 2 },
];
const peerNames = ["tfjs-wasm", "jax-js", "onnxruntime"] as const;
const engines = threadCounts.flatMap((threads) =>
  kinds.flatMap((kind) => modes.map((mode) => ({ kind, mode, threads }))),
);

interface ProductEngine {
  readonly name: string;
  readonly about?: string;
  readonly child: LineProcess;
}

function ownName({ kind, mode, threads }: OwnEngine): string {
  return threadsLabel(`${kind} ${mode}`, threads);
}

function openEngines() {
  const openOwn = async (engine: OwnEngine): Promise<ProductEngine> => ({
    name: ownName(engine),
    child: await startOwnEngine(engine),
  });
  const openPeer = async (peer: ProductPeer): Promise<ProductEngine> => ({
    name: threadsLabel(peer.name, peer.threads),
    ...(await startProductPeer(peer)),
  });
  return openAll([...engines.map((engine) => () => openOwn(engine)), ...peers.map((peer) => () => openPeer(peer))]);
}

/** Each request warms up by itself; its value is the median in milliseconds. */
function contenderFor({ name, child }: ProductEngine, { shape, repeats }: MeasuredShape): Contender {
  const ask = (times: number): Promise<ProductAnswer> => child.ask({ task: "product", shape, repeats: times });
  return {
    name,
    pid: child.pid,
    prepare: async () => void (await ask(1)),
    measure: async () => median((await ask(repeats)).milliseconds),
    close: async () => {},
  };
}

function tableOf({ shape }: MeasuredShape, rounds: readonly Round[]): Table {
  const [m, k, n] = shape;
  const row = (name: string, threads: number): string[] => {
    const time = summarizeContender(rounds, name);
    return [
      name,
      numberCell(time, 2),
      time === undefined ? "-" : ((2 * m * k * n) / time.median / 1e6).toFixed(1),
      ...peerNames.map((peer) => ratioCell(medianRatio(rounds, threadsLabel(peer, threads), name))),
      quietCell(time),
    ];
  };
  return {
    title: `[${m}, ${k}] x [${k}, ${n}]`,
    header: ["engine", "ms", "GFLOP/s", ...peerNames.map((peer) => `against ${peer}`), "quiet"],
    rows: threadCounts.flatMap((threads) => {
      const own = engines.filter((engine) => engine.threads === threads).map(ownName);
      const others = peers.filter((peer) => peer.threads === threads).map(({ name }) => threadsLabel(name, threads));
      return measuredNames(rounds, [...own, ...others]).map((name) => row(name, threads));
    }),
  };
}

/** The lowest ratio over the shapes decides. */
function targetFor(mode: OwnEngine["mode"], peer: ProductPeer, all: readonly (readonly Round[])[]): Target {
  const own = ownName({ kind: "wasm", mode, threads: peer.threads });
  const name = threadsLabel(peer.name, peer.threads);
  const ratios = all.flatMap((rounds) => medianRatio(rounds, name, own) ?? []);
  const lowest = ratios.sort((a, b) => a.median - b.median)[0];
  const what = `wasm ${mode} against ${name}, the worst shape`;
  return targetOf({ what, bound: 1.3, comparison: "at least", unit: "x", decimals: 2 }, lowest);
}

export async function measureProducts(context: BenchContext): Promise<SectionResult> {
  const { open, problems } = await openEngines();
  try {
    const all: (readonly Round[])[] = [];
    const found = new Set(problems);
    for (const measured of shapes) {
      const onProgress = (what: string): void => context.onProgress(`${measured.shape.join(" x ")}: ${what}`);
      const contenders = open.map((engine) => contenderFor(engine, measured));
      const result = await interleaveHere({ ...context, onProgress }, contenders);
      for (const problem of result.problems) found.add(problem);
      all.push(result.rounds);
    }
    const versions = [...new Set(open.flatMap(({ about }) => about ?? []))];
    const wasmPeers = peers.filter(({ name }) => name !== "onnxruntime");
    return {
      notes: [
        "Inputs are in the engine's memory before the clock starts; packing and rounding of both operands count. Every result is checked against float64 sums. Ratios compare equal numbers of threads; tfjs-wasm has one under Node.",
        ...notesOn([{ rounds: [], problems: [...found], peers: versions }]),
        ...shapes.map(({ shape }, index) => describeQuiet(shape.join(" x "), all[index]!)),
      ],
      tables: shapes.map((measured, index) => tableOf(measured, all[index]!)),
      targets: modes.flatMap((mode) => wasmPeers.map((peer) => targetFor(mode, peer, all))),
      raw: {
        unit: "milliseconds per product",
        rounds: Object.fromEntries(shapes.map(({ shape }, index) => [shape.join("x"), all[index]])),
      },
    };
  } finally {
    await Promise.all(open.map(({ child }) => child.close()));
  }
}
