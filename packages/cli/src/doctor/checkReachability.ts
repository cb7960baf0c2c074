/** Whether others can dial this machine: by the addresses that its node has found, or by those that the machine has. */
import { BlockList, isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";
import { listPeers } from "@neuroshard/sdk";
import type { Examined, Finding } from "./check.ts";

/** Addresses that only a local network can reach, or nobody (RFC 1918, 6598, 3927, 4193, 4291, 2544, 5737). */
const PRIVATE = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["100.64.0.0", 10],
  ["169.254.0.0", 16],
  ["127.0.0.0", 8],
  ["198.18.0.0", 15],
  ["192.0.2.0", 24],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv4");
}
for (const [network, prefix] of [
  ["fc00::", 7],
  ["fe80::", 10],
  ["::1", 128],
] as const) {
  PRIVATE.addSubnet(network, prefix, "ipv6");
}

export async function checkReachability({ node }: Examined): Promise<Finding> {
  const announced = node === undefined ? [] : ((await listPeers(node.client)).self?.addresses ?? []);
  const dialled = announced.filter((address) => !address.includes("/p2p-circuit")).flatMap(hostOf);
  const machine = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ address }) => address));
  const open = [...dialled, ...machine].filter(isPublic);
  if (open.length > 0) return { verdict: "good", found: `public address ${open[0]}` };
  const remedy =
    "fine in a local network; from outside, the router is asked to open a port (UPnP) and relays help meanwhile; best is a port forwarded by hand and --listen with it";
  return { verdict: "notice", found: "no public address: behind a router (NAT), or without a connection", remedy };
}

function hostOf(multiaddress: string): readonly string[] {
  const [, kind = "", host = ""] = multiaddress.split("/");
  return /^ip[46]$/.test(kind) ? [host] : [];
}

function isPublic(address: string): boolean {
  const plain = address.split("%")[0]!;
  return !PRIVATE.check(plain, isIPv4(plain) ? "ipv4" : "ipv6");
}
