/** How the dashboard is built: plain files under build/ that a node serves as they are, each page in a file of its own. */
import { gzipSync } from "node:zlib";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig, type Plugin } from "vite";

/** Beside each text a compressed copy, for whoever serves it. */
const compressed: Plugin = {
  name: "compressed",
  generateBundle(_options, bundle) {
    for (const [name, file] of Object.entries(bundle)) {
      const source = gzipSync(file.type === "chunk" ? file.code : file.source, { level: 9 });
      this.emitFile({ type: "asset", fileName: `${name}.gz`, source });
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
