/** Versions of the protocol. */
import { expect, test } from "vitest";
import { isNewer, parseVersion } from "./softwareVersion.ts";

test("three numbers are a version", () => {
  expect(parseVersion("1.20.300")).toEqual({ major: 1, minor: 20, patch: 300 });
  expect(parseVersion("0.0.0")).toEqual({ major: 0, minor: 0, patch: 0 });
  expect(parseVersion("65535.0.0")).toEqual({ major: 65_535, minor: 0, patch: 0 });
});

test.each(["", "1", "1.2", "1.2.3.4", "1.02.3", "1.2.x", "-1.0.0", "1.2.3\n", "65536.0.0", "1e1.0.0"])(
  "%j is none",
  (text) => {
    expect(parseVersion(text)).toBeUndefined();
  },
);

test("versions are compared number by number, not as text", () => {
  const version = (text: string) => parseVersion(text)!;
  const rising = ["0.9.9", "1.0.0", "1.0.9", "1.0.10", "1.2.0", "1.10.0", "2.0.0", "10.0.0"].map(version);
  for (const [index, each] of rising.entries()) {
    expect(isNewer(each, each)).toBe(false);
    for (const later of rising.slice(index + 1)) {
      expect(isNewer(later, each)).toBe(true);
      expect(isNewer(each, later)).toBe(false);
    }
  }
});
