/** A node under observation: the real `start` command as a process, its JSON lines, its HTTP API, its memory. */
import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { RoundTimes } from "@neuroshard/node";
import { type Client, createClient } from "@neuroshard/sdk";

export interface NodePlace {
  readonly name: string;
  readonly home: string;
  /** Of the account that is paid for its work. */
  readonly address: string;
}

/** What a node said of a model that it holds. */
export interface ToldModel {
  readonly round: number;
  readonly weights: string;
  readonly validationLoss: number | undefined;
  readonly ms: RoundTimes;
  readonly wireBytes: { readonly sent: number; readonly received: number };
  /** Since the process started that told it. */
  readonly atMs: number;
  /** Which start of the node told it, counted from 1. */
  readonly start: number;
}

type Event = Readonly<Record<string, unknown>>;

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const MAIN = join(ROOT, "packages/cli/src/main.ts");
const READY_MS = 120_000;
const KILL_AFTER_MS = 30_000;
const KEPT_LINES = 20;
const BYTES_PER_KB = 1024;
const BYTES_PER_MB = 1e6;

export class NodeProcess {
  readonly place: NodePlace;
  /** Every model that it told, in order; several lines of one round after restarts. */
  readonly models: ToldModel[] = [];
  readonly disagreements: number[] = [];
  /** The last lines of trouble and of the error output. */
  readonly troubles: string[] = [];
  /** Of its newest progress; 0 before. */
  tokensPerSecond = 0;
  /** Times it ended although nobody asked it to. */
  deaths = 0;
  /** Times it did not end well when it was asked to: it had to be killed, or gave up something that hung. */
  refusals = 0;
  /** Times it was started. */
  starts = 0;
  peakResidentMb = 0;
  residentMb = 0;
  #child: ChildProcess | undefined;
  #client: Client | undefined;
  #startedMs = 0;
  #isEnding = false;

  constructor(place: NodePlace) {
    this.place = place;
  }

  /** Undefined while it is down. */
  get client(): Client | undefined {
    return this.#client;
  }

  /** Resolves when its API answers. Throws what it said when it ends before. */
  async start(args: readonly string[]): Promise<void> {
    const { name, home } = this.place;
    const command = [MAIN, "start", "--home", home, "--port", "0", "--json", "--attached", ...args];
    const child = spawn(process.execPath, command, { stdio: ["pipe", "pipe", "pipe"] });
    const { promise: ready, resolve, reject } = Promise.withResolvers<string>();
    this.#child = child;
    this.#isEnding = false;
    this.#startedMs = performance.now();
    this.starts += 1;
    createInterface({ input: child.stdout }).on("line", (line) => this.#read(line, resolve));
    createInterface({ input: child.stderr }).on("line", (line) => this.#trouble(line));
    child.on("error", reject);
    child.on("close", (code, signal) => {
      this.#child = undefined;
      this.#client = undefined;
      if (!this.#isEnding) this.deaths += 1;
      reject(new Error([`${name} ended with ${signal ?? code}`, ...this.troubles].join("\n  ")));
    });
    const timer = setTimeout(() => reject(new Error(`${name} was not ready after ${READY_MS / 1000} s`)), READY_MS);
    try {
      this.#client = createClient({ baseUrl: await ready });
    } finally {
      clearTimeout(timer);
    }
  }

  /** In good order where `signal` is SIGTERM; the power cut where it is SIGKILL. */
  async end(signal: "SIGTERM" | "SIGKILL"): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    this.#isEnding = true;
    const { promise: ended, resolve } = Promise.withResolvers<number | null>();
    child.once("close", (code) => resolve(code));
    child.kill(signal);
    const killer = setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS);
    const code = await ended;
    clearTimeout(killer);
    if (signal === "SIGTERM" && code !== 0) this.refusals += 1;
  }

  /** What it told last of the model of a round. */
  modelOf(round: number): ToldModel | undefined {
    return this.models.findLast((model) => model.round === round);
  }

  /** Where the system does not tell, memory stays 0. */
  readMemory(): void {
    const pid = this.#child?.pid;
    if (pid === undefined) return;
    try {
      const text = readFileSync(`/proc/${pid}/status`, "utf8");
      this.residentMb = megabytes(text, "VmRSS");
      this.peakResidentMb = Math.max(this.peakResidentMb, megabytes(text, "VmHWM"));
    } catch {
      // It has just ended, or this system has no such file.
    }
  }

  #read(line: string, onReady: (url: string) => void): void {
    let event: Event;
    try {
      event = JSON.parse(line) as Event;
    } catch {
      // A line that was cut when the process was killed.
      return;
    }
    switch (event.event) {
      case "ready":
        onReady(String(event.url));
        break;
      case "progress":
        this.tokensPerSecond = Number(event.tokensPerSecond);
        break;
      case "model":
        this.models.push(this.#toldModel(event));
        break;
      case "disagreement":
        this.disagreements.push(Number(event.round));
        break;
      case "trouble":
        this.#trouble(String(event.message));
        break;
      default:
    }
  }

  #toldModel(event: Event): ToldModel {
    const { round, model, validationLoss, ms, traffic } = event as unknown as ModelLine;
    const { blobBytesSent, messageBytesSent, blobBytesReceived, messageBytesReceived } = traffic;
    const wireBytes = {
      sent: blobBytesSent + messageBytesSent,
      received: blobBytesReceived + messageBytesReceived,
    };
    const atMs = performance.now() - this.#startedMs;
    return { round, weights: model.weights, validationLoss, ms, wireBytes, atMs, start: this.starts };
  }

  #trouble(message: string): void {
    this.troubles.push(message);
    if (this.troubles.length > KEPT_LINES) this.troubles.shift();
  }
}

interface ModelLine {
  readonly round: number;
  readonly model: { readonly weights: string };
  readonly validationLoss: number | undefined;
  readonly ms: RoundTimes;
  readonly traffic: {
    readonly blobBytesSent: number;
    readonly blobBytesReceived: number;
    readonly messageBytesSent: number;
    readonly messageBytesReceived: number;
  };
}

function megabytes(status: string, field: string): number {
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB$`, "m").exec(status)?.[1];
  return (Number(kilobytes ?? 0) * BYTES_PER_KB) / BYTES_PER_MB;
}
