import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inspect } from "node:util";
import { expect, test } from "vitest";
import { refusal, temporaryFolder } from "../../test/chain/testNetwork.ts";
import { openDeviceKey } from "./deviceKeyFile.ts";

async function homeWithKey() {
  const home = await temporaryFolder();
  const identity = await openDeviceKey(home);
  return { home, identity, path: join(home, "device.json") };
}

test("a home has one device key, which only its owner can read", async () => {
  const { home, identity, path } = await homeWithKey();
  expect((await openDeviceKey(home)).device).toBe(identity.device);
  expect((await homeWithKey()).identity.device).not.toBe(identity.device);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test("the key shows up in no print of the identity", async () => {
  const { identity, path } = await homeWithKey();
  const { privateKey } = JSON.parse(await readFile(path, "utf8"));
  for (const text of [inspect(identity, { depth: 9 }), JSON.stringify(identity)])
    expect(text).not.toContain(privateKey);
});

const DAMAGES: readonly (readonly [name: string, damage: (content: Record<string, unknown>) => string])[] = [
  ["cut", (content) => JSON.stringify(content).slice(0, 60)],
  ["empty", () => ""],
  ["no object", () => "null"],
  ["of another format", (content) => JSON.stringify({ ...content, format: 2 })],
  ["of another device", (content) => JSON.stringify({ ...content, device: `02${"11".repeat(32)}` })],
  ["with a key of zero", (content) => JSON.stringify({ ...content, privateKey: "00".repeat(32) })],
  ["with a key that is no number", (content) => JSON.stringify({ ...content, privateKey: 7 })],
];

test.each(DAMAGES)("a device key that is %s is DAMAGED_DEVICE, and is not replaced", async (_, damage) => {
  const { home, path } = await homeWithKey();
  const damaged = damage(JSON.parse(await readFile(path, "utf8")));
  await writeFile(path, damaged);
  const { code, message } = await refusal(() => openDeviceKey(home));
  expect(code).toBe("DAMAGED_DEVICE");
  expect(message).toContain(path);
  expect(await readFile(path, "utf8")).toBe(damaged);
});

test("a device key that others may read is EXPOSED_SECRET", async () => {
  const { home, path } = await homeWithKey();
  await chmod(path, 0o644);
  expect(await refusal(() => openDeviceKey(home))).toMatchObject({ code: "EXPOSED_SECRET" });
});
