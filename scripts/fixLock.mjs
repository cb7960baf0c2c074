/**
 * Repairs `package-lock.json` after `npm install`, so that `npm ci` accepts it on every platform.
 *
 * Two faults are repaired. A registry mirror may not carry the native package of some other platform; npm then leaves
 * that package out of the lock file without a word, and `npm ci` refuses the result ("Missing: x from lock file"). The
 * absent entries are added from the `optionalDependencies` of the packages that want them. They carry no integrity
 * hash, because nobody has seen the bytes. And tarball addresses are removed: versions and hashes identify a package,
 * the place to fetch it from is the reader's own registry setting.
 *
 * Plain JavaScript, to run before anything is installed. Usage: `node scripts/fixLock.mjs [lock file]`.
 */
import { readFileSync, writeFileSync } from "node:fs";

const OS_BY_WORD = new Map([
  ["linuxmusl", "linux"],
  ["win", "win32"],
  ["windows", "win32"],
  ...["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"].map(
    (os) => [os, os],
  ),
]);

const CPU_BY_WORD = new Map([
  ...["armv7", "armhf", "gnueabihf", "musleabihf", "eabi"].map((word) => [word, "arm"]),
  ["aarch64", "arm64"],
  ["x86_64", "x64"],
  ...["arm", "arm64", "ia32", "loong64", "mips64el", "ppc64", "riscv64", "s390x", "x64"].map((cpu) => [cpu, cpu]),
]);

/** What a platform package is for, read from its name: `@scope/x-linux-arm64-musl` -> linux, arm64, musl. */
function platformOf(name) {
  const words = name
    .toLowerCase()
    .replace("x86_64", "x64")
    .split(/[-/_.@]+/);
  const pick = (table) => words.map((word) => table.get(word)).find((value) => value !== undefined);
  const isMusl = words.some((word) => word.includes("musl"));
  return { os: pick(OS_BY_WORD), cpu: pick(CPU_BY_WORD), libc: isMusl ? "musl" : undefined };
}

/** Looks a dependency up as Node does: beside the package that wants it, then in each enclosing node_modules. */
function isLocked(packages, wantedBy, name) {
  for (let folder = wantedBy; ; ) {
    if (`${folder === "" ? "" : `${folder}/`}node_modules/${name}` in packages) return true;
    if (folder === "") return false;
    const outer = folder.lastIndexOf("/node_modules/");
    folder = outer === -1 ? "" : folder.slice(0, outer);
  }
}

function lockEntry(version, { os, cpu, libc }, isDev) {
  return {
    version,
    ...(cpu && { cpu: [cpu] }),
    ...(isDev && { dev: true }),
    ...(libc && { libc: [libc] }),
    optional: true,
    ...(os && { os: [os] }),
  };
}

function addMissingPlatformPackages(packages) {
  const added = [];
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isLocked(packages, path, name)) continue;
      const platform = platformOf(name);
      if (!/^\d/.test(version) || (!platform.os && !platform.cpu)) {
        console.error(`fixLock: cannot place ${name}@${version}, wanted by ${path}; add it by hand`);
        process.exitCode = 1;
        continue;
      }
      packages[`node_modules/${name}`] = lockEntry(version, platform, entry.dev === true);
      added.push(`${name}@${version}`);
    }
  }
  return added;
}

/** Workspace links keep `resolved`: there it is a path inside the repository. */
function removeAddresses(packages) {
  let removed = 0;
  for (const entry of Object.values(packages)) {
    if (entry.link === true || entry.resolved === undefined) continue;
    delete entry.resolved;
    removed += 1;
  }
  return removed;
}

const lockFile = process.argv[2] ?? "package-lock.json";
const lock = JSON.parse(readFileSync(lockFile, "utf8"));
const added = addMissingPlatformPackages(lock.packages);
const removed = removeAddresses(lock.packages);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(lockFile, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`fixLock: ${added.length} platform packages added, ${removed} addresses removed`);
