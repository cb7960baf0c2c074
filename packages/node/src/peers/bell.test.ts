import { expect, test, vi } from "vitest";
import { Bell } from "./bell.ts";

test("a wait ends with a ring, with the signal, or when its time is over", async () => {
  vi.useFakeTimers();
  try {
    const bell = new Bell();
    const ended = new AbortController();
    const states: string[] = [];
    const wait = (name: string) => bell.wait(1000, ended.signal).then(() => states.push(name));
    const first = wait("rung");
    bell.ring();
    await first;
    const second = wait("time is over");
    await vi.advanceTimersByTimeAsync(999);
    expect(states).toEqual(["rung"]);
    await vi.advanceTimersByTimeAsync(1);
    await second;
    const third = wait("ended");
    ended.abort();
    await third;
    await wait("ended before");
    expect(states).toEqual(["rung", "time is over", "ended", "ended before"]);
  } finally {
    vi.useRealTimers();
  }
});

test("a ring before the wait is not lost, and counts once", async () => {
  vi.useFakeTimers();
  try {
    const bell = new Bell();
    const { signal } = new AbortController();
    bell.ring();
    bell.ring();
    await bell.wait(1000, signal);
    let isOver = false;
    const second = bell.wait(1000, signal).then(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(500);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(500);
    await second;
  } finally {
    vi.useRealTimers();
  }
});
