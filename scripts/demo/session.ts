/** The demonstration: what is done to a phony image with the built program, and what must be true after each command. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { IMAGES } from "../fixtures/images.ts";

/** A command that takes longer hangs. */
const COMMAND_TIMEOUT_MS = 60_000;

export interface DemoRun {
  /** Why it is shown, a sentence. */
  readonly title: string;
  /** As a person would type it. */
  readonly commandLine: string;
  /** What it printed, stdout before stderr. */
  readonly output: string;
  readonly status: number;
  /** What is not as it should be; empty when all is well. */
  readonly wrong: readonly string[];
}

interface DemoStep {
  readonly title: string;
  readonly args: readonly string[];
  /** Against the states before the first command, before this one, and after it. */
  readonly check: (states: {
    readonly first: State;
    readonly before: State;
    readonly after: State;
  }) => readonly string[];
}

/** What is looked at from outside: the hive file's hash, and what `inspect --json` says of the two adapters. */
interface State {
  readonly sha256: string;
  readonly connections: readonly ConnectionState[];
}

interface ConnectionState {
  readonly name: string;
  readonly mode: string;
  readonly addresses: readonly string[];
}

const OLD = "Ethernet0";
const NEW = "Ethernet1";
const ADDRESS = "10.20.30.40/24";

const STEPS: readonly DemoStep[] = [
  {
    title: "What is in the image: a static address on an adapter that is gone, DHCP on the new one.",
    args: ["inspect"],
    check: ({ before, after }) => [
      ...same(before, after),
      ...has(after, OLD, "static", [ADDRESS]),
      ...has(after, NEW, "dhcp", []),
    ],
  },
  {
    title: "What would be done. Nothing is written.",
    args: ["plan"],
    check: ({ before, after }) => same(before, after),
  },
  {
    title: "Do it.",
    args: ["apply"],
    check: ({ before, after }) => [
      ...(before.sha256 === after.sha256 ? ["the hive did not change"] : []),
      ...has(after, OLD, "dhcp", []),
      ...has(after, NEW, "static", [ADDRESS]),
    ],
  },
  {
    title: "Is the image as it was meant to be?",
    args: ["verify"],
    check: ({ before, after }) => same(before, after),
  },
  {
    title: "A second apply changes nothing.",
    args: ["apply"],
    check: ({ before, after }) => same(before, after),
  },
  {
    title: "Undo: the hive is what it was, bit for bit.",
    args: ["undo"],
    check: ({ first, after }) => same(first, after),
  },
];

/** Runs every step on the image in `folder` (named as the commands shall name it, relative to `cwd`), yielding each when it has ended. */
export function* demoSession(program: string, folder: string, cwd: string): Generator<DemoRun> {
  const pint = (args: readonly string[]) => runProgram(program, args, cwd);
  const look = () => stateOf(join(cwd, folder), pint(["inspect", folder, "--json"]).stdout);
  const first = look();
  let before = first;
  for (const { title, args, check } of STEPS) {
    const [command = "", ...options] = args;
    const all = [command, folder, ...options];
    const { status, stdout, stderr } = pint(all);
    const after = look();
    const wrong = [...(status === 0 ? [] : [`it ended with ${status}`]), ...check({ first, before, after })];
    yield { title, commandLine: `node dist/pint.cjs ${all.join(" ")}`, output: stdout + stderr, status, wrong };
    before = after;
  }
}

function runProgram(program: string, args: readonly string[], cwd: string) {
  const run = spawnSync(process.execPath, [program, ...args], {
    cwd,
    encoding: "utf8",
    timeout: COMMAND_TIMEOUT_MS,
    env: { ...process.env, NO_COLOR: "1" },
  });
  if (run.error !== undefined) {
    throw run.error;
  }
  return { status: run.status ?? 1, stdout: run.stdout, stderr: run.stderr };
}

function stateOf(image: string, inspection: string): State {
  const hive = join(image, ...IMAGES["moved-windows-10"].hive.split("/"));
  const sha256 = createHash("sha256").update(readFileSync(hive)).digest("hex");
  const { connections } = JSON.parse(inspection) as { connections: readonly InspectedConnection[] };
  return {
    sha256,
    connections: connections.map(({ name = "", mode, ipv4 }) => ({
      name,
      mode,
      addresses: ipv4.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
    })),
  };
}

/** What this needs of `inspect --json`. */
interface InspectedConnection {
  readonly name?: string;
  readonly mode: string;
  readonly ipv4: { readonly addresses: readonly { readonly address: string; readonly prefixLength: number }[] };
}

function same(expected: State, found: State): readonly string[] {
  return expected.sha256 === found.sha256 ? [] : ["the hive is not the same, byte for byte"];
}

function has(state: State, name: string, mode: string, addresses: readonly string[]): readonly string[] {
  const found = state.connections.find((connection) => connection.name === name);
  const text = (connection: Omit<ConnectionState, "name"> | undefined) =>
    connection === undefined ? "missing" : `${connection.mode} [${connection.addresses.join(", ")}]`;
  const [wanted, is] = [text({ mode, addresses }), text(found)];
  return wanted === is ? [] : [`${name} is ${is} instead of ${wanted}`];
}
