/** A node that follows its peers until somebody kills it, and says the height of each block that it has. Usage: node keepFollowing.ts HOME */
import { writeSync } from "node:fs";
import process from "node:process";
import { startNode } from "../../src/startNode.ts";

const [home] = process.argv.slice(2);
await startNode({
  ...{ home: home!, host: "127.0.0.1", port: 0 },
  network: {
    ...{ listen: ["/ip4/127.0.0.1/tcp/0"], peers: [], roles: ["observer"], isReachingOut: false },
    ...{ threads: 1, memoryMb: 1000, storageBytes: 1e9 },
  },
  onBlock: ({ height }) => writeSync(1, `${height}\n`),
});
