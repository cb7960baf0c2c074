/** Releases in use. */
import type { NetworkMapView } from "@neuroshard/sdk";
import { expect, test } from "vitest";
import { versionsOf } from "./versions.ts";

test("releases are counted, the most frequent first", () => {
  const devices = ["1.0.0", "1.1.0", "1.1.0"].map((softwareVersion) => ({ softwareVersion }));
  expect(versionsOf({ devices } as unknown as NetworkMapView)).toEqual([
    { version: "1.1.0", count: 2 },
    { version: "1.0.0", count: 1 },
  ]);
});
