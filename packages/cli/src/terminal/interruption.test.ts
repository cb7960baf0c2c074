/** Stopping: the first signal lets the work finish its state, the second does not wait. */
import { describe, expect, test } from "vitest";
import { Interrupted, Interruption, type StopReason } from "./interruption.ts";

function createRecorded(): { interruption: Interruption; ended: StopReason[] } {
  const ended: StopReason[] = [];
  return { interruption: new Interruption((reason) => ended.push(reason)), ended };
}

const brokenPipe = Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
const fullDisk = Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC" });

describe("work that asked for grace", () => {
  test("is aborted by the first signal, and the process ends with the second", async () => {
    const { interruption, ended } = createRecorded();
    await interruption.graceful(async (signal) => {
      interruption.handleSignal("SIGINT");
      expect(signal.aborted).toBe(true);
      expect(signal.reason).toBeInstanceOf(Interrupted);
      expect(ended).toEqual([]);
      interruption.handleSignal("SIGINT");
      expect(ended).toEqual([{ exitCode: 130 }]);
    });
  });

  test("is cut off when it does not end in its time", async () => {
    const { promise: cutOff, resolve } = Promise.withResolvers<StopReason>();
    const interruption = new Interruption(resolve);
    void interruption.graceful(() => new Promise(() => undefined), 20);
    interruption.handleSignal("SIGTERM");
    expect(await cutOff).toEqual({ exitCode: 1, message: expect.stringContaining("did not end within 0.02 s") });
  });

  test("that ends in its time is not cut off afterwards", async () => {
    const { interruption, ended } = createRecorded();
    await interruption.graceful(async () => interruption.handleSignal("SIGINT"), 1);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(ended).toEqual([]);
  });

  test("is aborted when nobody reads its output any more, and that does not count as a signal", async () => {
    const { interruption, ended } = createRecorded();
    await interruption.graceful(async (signal) => {
      interruption.handleOutputFailure(brokenPipe);
      expect(signal.aborted).toBe(true);
      interruption.handleOutputFailure(brokenPipe);
    });
    expect(ended).toEqual([]);
    expect(interruption.interrupted().reason).toEqual({ exitCode: 141 });
  });

  test("is left to save its state when Ctrl-C ends its reader too", async () => {
    const { interruption, ended } = createRecorded();
    await interruption.graceful(async () => {
      interruption.handleSignal("SIGTERM");
      interruption.handleOutputFailure(brokenPipe);
    });
    expect(ended).toEqual([]);
    expect(interruption.interrupted().reason).toEqual({ exitCode: 143 });
  });
});

describe("work without grace", () => {
  test("ends at the first signal", () => {
    const { interruption, ended } = createRecorded();
    interruption.handleSignal("SIGINT");
    expect(ended).toEqual([{ exitCode: 130 }]);
  });

  test("ends at the first signal also after other work had grace", async () => {
    const { interruption, ended } = createRecorded();
    await expect(interruption.graceful(() => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
    interruption.handleSignal("SIGINT");
    expect(ended).toEqual([{ exitCode: 130 }]);
  });

  test("ends with a message when its output cannot be written", () => {
    const { interruption, ended } = createRecorded();
    interruption.handleOutputFailure(fullDisk);
    expect(ended).toEqual([{ exitCode: 1, message: expect.stringContaining("no space left") }]);
  });
});
