/** What is told on every page. */
import type { StatusView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { alertsOf } from "./alerts.ts";

test("while all is well, nothing is told", () => {
  expect(alertsOf("live", undefined, [])).toEqual([]);
  expect(alertsOf("connecting", undefined, [])).toEqual([]);
});

test("a node that does not answer stands before what it told earlier", () => {
  const alerts = alertsOf("lost", undefined, [{ severity: "warning", message: "The disk is nearly full." }]);
  expect(alerts.map(({ severity }) => severity)).toEqual(["error", "warning"]);
  expect(alerts[0]!.message).toMatch(/does not answer/);
});

test("a release that is too old is told with what it lacks", () => {
  const upgrade = { version: "2", features: ["mla"], labels: ["NEP-003"] };
  const [alert] = alertsOf("live", { upgrade } as StatusView, []);
  expect(alert).toMatchObject({ severity: "error", message: expect.stringMatching(/mla \(NEP-003\)/) });
});
