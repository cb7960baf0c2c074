/** How the dashboard is built: plain files under build/ that a node serves as they are, each page in a file of its own. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Beside each text a compressed copy, for whoever serves it: of what is on the disk in the end. */
const compressed: Plugin = {
  name: "compressed",
  writeBundle({ dir = "" }, bundle) {
    for (const name of Object.keys(bundle).filter((each) => /\.(js|css|html)$/.test(each))) {
      writeFileSync(join(dir, `${name}.gz`), gzipSync(readFileSync(join(dir, name)), { level: 9 }));
    }
  },
};

export default defineConfig({
  // Relative: the files work under any address.
  base: "./",
  logLevel: "warn",
  // Styles stand in files: the policy of the page allows none inline.
  plugins: [svelte({ configFile: false, compilerOptions: { css: "external", runes: true } }), compressed],
  build: {
    outDir: "build",
    target: ["chrome123", "edge123", "firefox121", "safari17.5"],
    // Nothing becomes a data: address, which the policy of the page would refuse.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
