/** The claim that a browser computes what Node computes: the packages' own sources in headless Chromium. */
import { type Engine, expectedClassDigest } from "@neuroshard/tensor";
import { openEngine } from "@neuroshard/tensor/node";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launchChromium } from "./launchChromium.ts";
import { type Measured, measure } from "./measure.ts";
import { type SourceServer, serveSources } from "./serveSources.ts";

const packagesFolder = new URL("../../../", import.meta.url);
const pagePath = new URL("./page.ts", import.meta.url).pathname.slice(packagesFolder.pathname.length);

let sources: SourceServer;
let browser: Browser;
let measured: Measured;
const complaints: string[] = [];

beforeAll(async () => {
  sources = await serveSources();
  browser = await launchChromium();
  const page = await browser.newPage();
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(sources.url);
  // A string: a function's dynamic import would be rewritten for the test runner.
  measured = await page.evaluate(`import("/${pagePath}").then((page) => page.measurePage())`);
}, 60_000);

afterAll(async () => {
  await browser?.close();
  sources?.server.close();
});

async function measureInNode(engine: Engine): Promise<Measured> {
  const result = await measure(engine);
  engine.close();
  return result;
}

test("a browser's engine has the class digest of the exact class", () => {
  expect(measured.classDigest).toBe(expectedClassDigest);
});

test("a browser trains the same weights as Node's WebAssembly engine, in both operand modes", async () => {
  expect(measured).toEqual(await measureInNode(await openEngine({ kind: "wasm", threads: 1 })));
});

test("a browser trains the same weights as the fastest engine of this machine", async () => {
  expect(measured).toEqual(await measureInNode(await openEngine()));
});

test("the two operand modes are two models, and both learn", () => {
  const { bf16, f32 } = measured;
  expect(bf16.digest).not.toBe(f32.digest);
  for (const { firstLoss, lastLoss } of [bf16, f32]) expect(lastLoss).toBeLessThan(firstLoss);
});

test("the page logs nothing", () => {
  expect(complaints).toEqual([]);
});
