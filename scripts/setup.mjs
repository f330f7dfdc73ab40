/** Brings node_modules to what package-lock.json says, when it is not; the only script that must run before anything is installed. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const repository = dirname(dirname(fileURLToPath(import.meta.url)));

/** npm needs a minute or two on a slow line; beyond this it hangs. */
const INSTALL_TIMEOUT_MS = 15 * 60_000;

/**
 * Why node_modules is not what the lock file wants, in words, or undefined when it is. npm keeps what it installed in
 * node_modules/.package-lock.json; packages for other systems are optional and rightly absent.
 * @param {string} folder the folder that holds package-lock.json and node_modules
 * @returns {string | undefined}
 */
export function whatIsMissing(folder) {
  const installedPath = join(folder, "node_modules", ".package-lock.json");
  if (!existsSync(installedPath)) {
    return "nothing is installed";
  }
  const wanted = readPackages(join(folder, "package-lock.json"));
  const installed = readPackages(installedPath);
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "") {
      continue;
    }
    const found = installed[path];
    if (found === undefined ? !entry.optional : found.version !== entry.version) {
      return `${path} ${entry.version} is ${found === undefined ? "missing" : `there as ${found.version}`}`;
    }
    if (found !== undefined && !existsSync(join(folder, path, "package.json"))) {
      return `${path} is gone`;
    }
  }
  const surplus = Object.keys(installed).find((path) => wanted[path] === undefined);
  return surplus === undefined ? undefined : `${surplus} is not wanted`;
}

/**
 * @param {string} path
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
function readPackages(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}

/** @returns {number} npm's exit status */
function install() {
  const npm = process.env["npm_execpath"];
  const args = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const options = { cwd: repository, stdio: /** @type {const} */ ("inherit"), timeout: INSTALL_TIMEOUT_MS };
  // Outside an npm script there is only the command npm, which on Windows is a batch file and needs a shell.
  const run =
    npm?.endsWith(".js") === true
      ? spawnSync(process.execPath, [npm, ...args], options)
      : spawnSync("npm", args, { ...options, shell: process.platform === "win32" });
  if (run.error !== undefined) {
    process.stderr.write(`setup: npm ci could not be run: ${run.error.message}\n`);
  }
  return run.status ?? 1;
}

function main() {
  const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
  if (major < 20 || (major === 20 && minor < 19)) {
    process.stderr.write(`setup: this is Node ${process.versions.node}; 20.19 or later is needed\n`);
    return 1;
  }
  const missing = whatIsMissing(repository);
  if (missing === undefined) {
    process.stdout.write("setup: node_modules is as package-lock.json says\n");
    return 0;
  }
  process.stdout.write(`setup: ${missing}; running npm ci\n`);
  return install();
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = main();
}
