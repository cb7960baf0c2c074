/** Every page, with a real network behind it, in a real browser: live figures, nothing to complain about, usable by all. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  accessFaults,
  DESKTOP,
  isTooWide,
  openBrowser,
  PHONE_DARK,
  type RunningNetwork,
  startNetwork,
  type Visit,
  visit,
} from "./dashboard.ts";

const LIMIT_MS = 300_000;
/** A busy machine may take its time. */
const PATIENCE_MS = 60_000;

let network: RunningNetwork;
let browser: Browser;
beforeAll(async () => {
  network = await startNetwork();
  browser = await openBrowser();
  await network.until(({ modelRound }) => Number(modelRound) >= 2);
}, LIMIT_MS);
afterAll(async () => {
  await browser?.close();
  await network?.stop();
}, LIMIT_MS);

async function open(place: string, look = DESKTOP): Promise<Visit> {
  const seen = await visit(browser, `${network.url}/#/${place}`, look);
  seen.page.setDefaultTimeout(PATIENCE_MS);
  return seen;
}

/** Nothing on the way, nothing pushed about, nothing to complain about. */
async function expectSound({ page, complaints }: Visit): Promise<void> {
  expect(await accessFaults(page)).toEqual([]);
  expect(await isTooWide(page)).toBe(false);
  expect(complaints).toEqual([]);
}

/** Of each page its heading, and something that only the node can have told. */
const PAGES: readonly (readonly [place: string, title: string, told: (page: Page) => Promise<unknown>])[] = [
  ["overview", "Overview", (page) => page.getByText(/Trained for [\d,]+ steps/).waitFor()],
  ["network", "Network", (page) => page.getByRole("region", { name: "Validators by stake" }).waitFor()],
  ["explorer", "Explorer", (page) => page.getByRole("region", { name: "Newest blocks" }).waitFor()],
  ["explorer/rounds", "Explorer", (page) => page.getByRole("region", { name: "Rounds of training" }).waitFor()],
  ["explorer/round/1", "Explorer", (page) => page.getByRole("link", { name: "Follow slot 0" }).waitFor()],
  ["explorer/block/3", "Explorer", (page) => page.getByRole("heading", { name: "Block 3" }).waitFor()],
  ["node", "This node", (page) => page.getByText("and it makes the blocks").waitFor()],
];

test.each(PAGES)(
  "%s has live figures and stands in nobody's way, light on a desk and dark on a phone",
  async (place, title, told) => {
    for (const look of [DESKTOP, PHONE_DARK]) {
      const seen = await open(place, look);
      await seen.page.getByRole("heading", { level: 1, name: title }).waitFor();
      await told(seen.page);
      await expectSound(seen);
      await seen.page.context().close();
    }
  },
  LIMIT_MS,
);

test(
  "the page goes on by itself: the height that it shows rises without a load",
  async () => {
    const { page, complaints } = await open("overview");
    const heightOf = async (): Promise<number> => {
      const text = await page
        .getByText(/block [\d,]+/)
        .first()
        .textContent();
      return Number(/block ([\d,]+)/.exec(text ?? "")![1]!.replaceAll(",", ""));
    };
    const first = await heightOf();
    await expect.poll(heightOf, { timeout: PATIENCE_MS }).toBeGreaterThan(first);
    expect(complaints).toEqual([]);
  },
  LIMIT_MS,
);

test(
  "a reward is followed from the account to its work, its audit, its sum, and the command that replays it",
  async () => {
    const seen = await open("overview");
    const { page } = seen;
    await page
      .getByRole("link", { name: /^training in round \d+, slot \d/ })
      .first()
      .click();
    await page.getByText(/^Paid/).first().waitFor();
    await page.getByText(/steps × .* NEURO/).waitFor();
    await page.getByText(/neuroshard verify --round \d+ --slot \d+ --segment \d+ --network http/).waitFor();
    await page
      .getByRole("link", { name: /^neuro1/ })
      .first()
      .click();
    await page.getByRole("region", { name: "Amounts and what they were for" }).waitFor();
    await expectSound(seen);
  },
  LIMIT_MS,
);

test(
  "with its token the operator sees the log and the limits, and is asked before the node stops",
  async () => {
    const seen = await open("node");
    const { page } = seen;
    await page.getByLabel("Admin token").fill("nst_no");
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByText("This is no token").waitFor();
    await page.getByLabel("Admin token").fill(readFileSync(join(network.home, "admin.token"), "utf8"));
    await page.getByRole("button", { name: "Unlock" }).click();
    await page.getByRole("region", { name: "Lines of the log" }).waitFor();
    await page.getByLabel(/^Storage: 4\.0 GB/).fill("3");
    await page.getByText("In force.").waitFor();
    await page.getByLabel(/^Storage: 3\.0 GB/).waitFor();
    await page.getByRole("button", { name: "Stop this node" }).click();
    await page.getByRole("dialog", { name: "Stop this node?" }).waitFor();
    await page.getByRole("button", { name: "Let it run" }).click();
    await expectSound(seen);
  },
  LIMIT_MS,
);

test(
  "an address that leads nowhere says so and shows the way back",
  async () => {
    const context = await browser.newContext(DESKTOP);
    const page = await context.newPage();
    await page.goto(`${network.url}/#/nowhere`);
    await page.getByText("There is no page “nowhere”").waitFor();
    await page.getByRole("link", { name: "Back to the overview" }).click();
    await page.getByRole("heading", { level: 1, name: "Overview" }).waitFor();
  },
  LIMIT_MS,
);
