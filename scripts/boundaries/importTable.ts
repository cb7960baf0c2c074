/**
 * The architecture as data: which package may import which, what runs in a browser, and what must be pure.
 * A new package or a new arrow is a change of this table, and needs an architecture decision record (docs/adr).
 */

export interface PackagePolicy {
  /** Workspace entries that the package's source may import: `name` or `name/subpath`. */
  readonly mayImport: readonly string[];
  /** Third-party packages that its browser-safe source may import: prefixes, or whatever its package.json declares. */
  readonly external: readonly string[] | "declared";
  /** Folders (relative to the package) whose files run on Node only. Everything else must load in a browser. */
  readonly nodeFolders: readonly string[];
  /** Pure: no `async`, no clock, no randomness. */
  readonly isPure?: true;
  /** Results must have the same bits on every engine: only the correctly rounded part of `Math`. */
  readonly isExact?: true;
}

const NODE_ONLY = ["src/"];
const BROWSER_SAFE: readonly string[] = [];

const POLICIES: Readonly<Record<string, PackagePolicy>> = {
  protocol: {
    mayImport: [],
    external: ["@noble/", "@scure/", "@chainsafe/ssz", "@chainsafe/persistent-merkle-tree"],
    nodeFolders: BROWSER_SAFE,
    isPure: true,
    isExact: true,
  },
  tensor: { mayImport: [], external: [], nodeFolders: ["src/node/"], isExact: true },
  model: { mayImport: ["tensor"], external: [], nodeFolders: BROWSER_SAFE, isExact: true },
  training: { mayImport: ["model", "tensor", "protocol"], external: [], nodeFolders: BROWSER_SAFE, isExact: true },
  network: { mayImport: ["protocol"], external: "declared", nodeFolders: BROWSER_SAFE },
  sdk: { mayImport: ["protocol"], external: "declared", nodeFolders: BROWSER_SAFE },
  node: {
    mayImport: ["protocol", "tensor", "tensor/node", "model", "training", "network", "sdk/api"],
    external: "declared",
    nodeFolders: NODE_ONLY,
  },
  cli: { mayImport: ["sdk", "node"], external: "declared", nodeFolders: NODE_ONLY },
  dashboard: { mayImport: ["sdk"], external: "declared", nodeFolders: BROWSER_SAFE },
};

/** Third-party names that one package owns: nobody else may import them. */
const OWNED_EXTERNALS: readonly { readonly prefix: string; readonly owner: string }[] = [
  { prefix: "libp2p", owner: "network" },
  { prefix: "@libp2p/", owner: "network" },
  { prefix: "@chainsafe/libp2p-", owner: "network" },
];

export const WORKSPACE_SCOPE = "@neuroshard/";

export function policyOf(packageName: string): PackagePolicy | undefined {
  return Object.hasOwn(POLICIES, packageName) ? POLICIES[packageName] : undefined;
}

/** The only package that may import `specifier`, where there is one. */
export function ownerOfExternal(specifier: string): string | undefined {
  return OWNED_EXTERNALS.find(({ prefix }) => specifier.startsWith(prefix))?.owner;
}
