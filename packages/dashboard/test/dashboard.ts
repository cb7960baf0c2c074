/**
 * What the tests of the pages stand on: a real network as `neuroshard up` runs it, with the built dashboard in front, and
 * a real browser that looks at it and tells what it had to complain about.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { AxeResults } from "axe-core";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const CHROMIUM = "/usr/bin/chromium";
const END_MS = 20_000;

type Line = Readonly<Record<string, unknown>>;

export interface RunningNetwork {
  readonly home: string;
  /** Where the node serves its page. */
  readonly url: string;
  /** The newest status line. */
  status(): Line;
  /** The first status from now on for which it holds. */
  until(holds: (status: Line) => boolean): Promise<Line>;
  stop(): Promise<void>;
}

const TEXT = "A small text that a small model learns by heart, line after line, until it knows what comes next.\n";

/** Two trainers of the tiny preset and the node in front of them. `more`: further arguments of `up`. */
export async function startNetwork(...more: readonly string[]): Promise<RunningNetwork> {
  const folder = mkdtempSync(join(tmpdir(), "neuroshard-dashboard-"));
  const text = join(folder, "text.txt");
  writeFileSync(text, TEXT.repeat(200));
  const home = join(folder, "home");
  const size = ["--nodes", "2", "--preset", "tiny", "--data", text, "--block-ms", "400", "--port", "0", "--json"];
  const child = spawn(process.execPath, [
    join(ROOT, "packages/cli/src/main.ts"),
    "up",
    "--home",
    home,
    ...size,
    ...more,
  ]);
  let newest: Line | undefined;
  let errors = "";
  const waiting = new Set<(status: Line) => void>();
  createInterface({ input: child.stdout }).on("line", (text) => {
    const line = JSON.parse(text) as Line;
    if (line.event !== "status") return;
    newest = line;
    for (const tell of waiting) tell(line);
  });
  child.stderr.on("data", (chunk) => {
    errors += String(chunk);
  });
  const ended = new Promise<never>((_resolve, reject) => {
    child.once("close", () => reject(new Error(`up ended: ${errors}`)));
  });
  ended.catch(() => undefined);
  const until: RunningNetwork["until"] = async (holds) => {
    const { promise, resolve } = Promise.withResolvers<Line>();
    const tell = (status: Line): void => void (holds(status) && resolve(status));
    waiting.add(tell);
    return await Promise.race([promise, ended]).finally(() => waiting.delete(tell));
  };
  const { url } = await until(() => true);
  return {
    ...{ home, url: String(url), until },
    status: () => newest!,
    async stop() {
      await end(child);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = new Promise((resolve) => child.once("close", resolve));
  child.kill("SIGINT");
  const killer = setTimeout(() => child.kill("SIGKILL"), END_MS);
  await closed;
  clearTimeout(killer);
}

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
}

export interface Visit {
  readonly page: Page;
  /** Errors and warnings of the console, failed requests, and what went to anybody else than the node. */
  readonly complaints: readonly string[];
}

export const DESKTOP: BrowserContextOptions = { viewport: { width: 1280, height: 900 }, colorScheme: "light" };
export const PHONE_DARK: BrowserContextOptions = { viewport: { width: 360, height: 740 }, colorScheme: "dark" };

/** Opens a place of the dashboard, such as `#/network`, in a browser without a past. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions): Promise<Visit> {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    if (!request.url().startsWith(new URL(url).origin)) complaints.push(`foreign request: ${request.url()}`);
  });
  await page.goto(url);
  await page.getByRole("heading", { level: 1 }).waitFor();
  return { page, complaints };
}

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What stands in the way of people who hear the page, use no mouse, or see little: one line for each fault. */
export async function accessFaults(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 200)}`));
}

/** Whether the page is wider than its window: then people would have to push it about. */
export function isTooWide(page: Page): Promise<boolean> {
  return page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
}
