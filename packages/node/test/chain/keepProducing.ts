/**
 * A sequencer that makes blocks with transfers until somebody kills it, and says of each one, once it is committed:
 * height, digest, state root, and the ids of the transactions. Usage: node keepProducing.ts HOME SEED
 */
import { writeSync } from "node:fs";
import process from "node:process";
import { openChain } from "../../src/chain/chain.ts";
import { readSequencer } from "../../src/chain/homeFiles.ts";
import { SoloEngine } from "../../src/consensus/soloEngine.ts";
import { person, signed } from "./people.ts";

const [home, seed] = process.argv.slice(2);
const chain = openChain({ home: home! });
const engine = new SoloEngine(chain, { key: (await readSequencer(home!)).key.reveal() });
chain.subscribe(({ signedHeader: { header }, digest, executed }) => {
  const ids = executed.receipts.map(({ transactionId }) => transactionId ?? "").filter((id) => id !== "");
  writeSync(1, `${[header.height, digest, header.stateRoot, ...ids].join(" ")}\n`);
});
let draw = Number(seed);
for (;;) {
  draw = (draw * 48_271) % 2_147_483_647;
  const { nonce } = chain.state.tables.accounts.get(person("ada").account)!;
  for (let sent = 0; sent < draw % 40; sent++) chain.submit(signed(chain, { from: "ada", nonce: nonce + sent }));
  engine.produceBlock();
}
