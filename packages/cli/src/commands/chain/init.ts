/** `neuroshard init`: a private network of one's own, with a wallet that holds its first tokens. */
import { existsSync } from "node:fs";
import {
  createWallet,
  initHome,
  type NewWallet,
  NodeError,
  readGenesis,
  readWallet,
  type Wallet,
  walletPath,
} from "@neuroshard/node";
import { type AccountId, formatAddress, networkIdOf, ONE, PRESET_NAMES, type PresetName } from "@neuroshard/sdk";
import { type Allocation, allocateOption } from "../../options/allocation.ts";
import { type JsonFlag, jsonOption } from "../../options/json.ts";
import { choiceOption, nameOption } from "../../options/option.ts";
import { checkOverrides, type ParamSetting, paramOption } from "../../options/paramSetting.ts";
import { type HomeFlag, homeOption } from "../../options/wallet.ts";
import { Refusal } from "../../refusal.ts";
import { formatNeuro } from "../../terminal/formatNeuro.ts";
import { formatPairs } from "../../terminal/formatTable.ts";
import { printJson, type Surface } from "../../terminal/surface.ts";
import type { CommandDefinition } from "../command.ts";
import { showPhrase } from "../wallet/showPhrase.ts";

interface InitFlags extends HomeFlag, JsonFlag {
  readonly name: string;
  readonly preset: PresetName;
  readonly allocate?: readonly Allocation[];
  readonly param?: readonly ParamSetting[];
}

const WALLET_NAME = "default";
/** What whoever makes a network to try things out has to spend; real networks begin without. */
const TRIAL_GRANT = 1_000_000n * ONE;

export const init: CommandDefinition<InitFlags> = {
  name: "init",
  summary: "make a private network: wallet, key of the sequencer, genesis",
  examples: [
    "init",
    "init --home ~/lab --name lab --preset devnet --param economics.constants.FEE_BURN_RATE=0.01",
    "init --allocate neuro1...=5000",
  ],
  options: [
    homeOption(),
    nameOption("--name <name>", "what the network is called").default("private"),
    choiceOption("--preset <name>", "the clock of the network", PRESET_NAMES).default("devnet"),
    allocateOption(),
    paramOption(),
    jsonOption(),
  ],
  required: [],
  async run({ home, name, preset, allocate = [], param = [], json }, surface) {
    checkName(name);
    checkOverrides(preset, param);
    refuseNetworkIn(home);
    const made = await openDefaultWallet(home);
    const allocations = [...ownAllocation(preset, made.wallet), ...allocate];
    const network = { home, name, preset, allocations, overrides: param, createdAtMs: Date.now() };
    const { genesis, sequencer } = await initHome(network);
    const view = {
      networkId: networkIdOf(genesis),
      name,
      preset,
      home,
      sequencer: sequencer.address,
      wallet: { name: WALLET_NAME, address: made.wallet.address },
      allocations: allocations.map(({ account, amount }) => {
        return { address: formatAddress(account), amount: String(amount) };
      }),
    };
    if (json) return printJson(surface, view);
    show(view, made.created, surface);
  },
};

interface DefaultWallet {
  readonly wallet: Wallet;
  /** Only where there was none. */
  readonly created: NewWallet | undefined;
}

async function openDefaultWallet(home: string): Promise<DefaultWallet> {
  const path = walletPath(home, WALLET_NAME);
  if (existsSync(path)) return { wallet: await readWallet(path), created: undefined };
  const created = await createWallet(path);
  return { wallet: created, created };
}

function ownAllocation(preset: PresetName, { key }: Wallet): readonly Allocation[] {
  return preset === "main" ? [] : [{ account: key.reveal().account as AccountId, amount: TRIAL_GRANT }];
}

const MOST_NAME_BYTES = 64;

function checkName(name: string): void {
  if (Buffer.byteLength(name) > MOST_NAME_BYTES)
    throw new Refusal(`the name of the network is longer than ${MOST_NAME_BYTES} bytes; choose a shorter one`);
}

/** Before a wallet is made in it. */
function refuseNetworkIn(home: string): void {
  try {
    readGenesis(home);
  } catch (error) {
    if (error instanceof NodeError && error.code === "NO_NETWORK") return;
    throw error;
  }
  throw new Refusal(`${home} holds a network already; choose another folder with --home, or start that one`);
}

interface InitView {
  readonly networkId: string;
  readonly name: string;
  readonly preset: string;
  readonly home: string;
  readonly sequencer: string;
  readonly wallet: { readonly address: string };
  readonly allocations: readonly { readonly address: string; readonly amount: string }[];
}

function show(view: InitView, created: NewWallet | undefined, surface: Surface): void {
  const { stdout, stderr } = surface;
  const at = view.home === ".neuroshard" ? "" : ` --home ${view.home}`;
  stdout.write(
    `network ${view.name} (${view.preset}) in ${view.home}\n${formatPairs([
      ["network id", view.networkId],
      ["sequencer", view.sequencer],
      ["wallet", `${WALLET_NAME}, ${view.wallet.address}`],
      ...view.allocations.map(({ address, amount }) => ["allocated", `${formatNeuro(amount)} to ${address}`] as const),
    ])}`,
  );
  if (created !== undefined && stdout.isTTY) showPhrase(created.words, surface);
  else if (created !== undefined)
    stderr.write(`the words of the wallet were not shown, as this is no terminal; ${created.path} is the only copy\n`);
  stderr.write(`next: \`neuroshard start${at}\`, and in another terminal \`neuroshard status\`\n`);
}
