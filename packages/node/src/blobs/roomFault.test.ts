/** What a full disk says. */
import { expect, test } from "vitest";
import { roomFault } from "./roomFault.ts";

const systemError = (code: string): Error => Object.assign(new Error(`${code}: write`), { code });

test.each(["ENOSPC", "EDQUOT", "EFBIG"])("%s is a want of room", (code) => {
  expect(roomFault(systemError(code), "blobs/ab")).toMatchObject({ code: "NO_ROOM" });
});

test("another failure of the system is another", () => {
  expect(roomFault(systemError("EACCES"), "blobs/ab")).toMatchObject({ code: "CANNOT_WRITE" });
});

test("a bug stays what it is", () => {
  const bug = new Error("internal: x");
  expect(roomFault(bug, "blobs/ab")).toBe(bug);
});
