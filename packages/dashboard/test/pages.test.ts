/** Every page, with a real network behind it, in a real browser: live figures, nothing to complain about, usable by all. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  accessFaults,
  DESKTOP,
  isTooWide,
  openBrowser,
  PHONE_DARK,
  type RunningNetwork,
  startNetwork,
  visit,
} from "./dashboard.ts";

const LIMIT_MS = 300_000;

let network: RunningNetwork;
let browser: Browser;
beforeAll(async () => {
  network = await startNetwork();
  browser = await openBrowser();
  await network.until(({ modelRound }) => Number(modelRound) >= 1);
}, LIMIT_MS);
afterAll(async () => {
  await browser?.close();
  await network?.stop();
}, LIMIT_MS);

const PAGES = [
  ["overview", "Overview"],
  ["network", "Network"],
  ["explorer", "Explorer"],
  ["node", "This node"],
] as const;

test.each(PAGES)(
  "%s",
  async (page, title) => {
    for (const look of [DESKTOP, PHONE_DARK]) {
      const seen = await visit(browser, `${network.url}/#/${page}`, look);
      await seen.page.getByRole("heading", { level: 1, name: title }).waitFor();
      // With the newest block on the status line, what the page asked for has come or is about to.
      await seen.page
        .getByText(/block [\d,]+/)
        .first()
        .waitFor();
      await seen.page.waitForLoadState("networkidle").catch(() => undefined);
      expect(await accessFaults(seen.page)).toEqual([]);
      expect(await isTooWide(seen.page)).toBe(false);
      expect(seen.complaints).toEqual([]);
      await seen.page.context().close();
    }
  },
  LIMIT_MS,
);
