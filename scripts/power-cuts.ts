/** `npm run power-cuts -- --minutes M [--seed S] [--case N] [--hive FILE --format F] [--steps]`: cuts the power of simulated commits at random until the time is over; ends with 1 where a hive is lost. */
import { existsSync, readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import type { LogFormat } from "../src/regf/index.ts";
import { PRIMARY } from "../test/support/commit-scenarios.ts";
import { protocolMatrix } from "../test/support/protocol-matrix.ts";
import type { Images } from "../test/support/simulated-disk.ts";
import { START_STATES } from "../test/support/start-states.ts";
import { isMainModule } from "./main-module.ts";
import { runCase, type StartState } from "./power-cuts/cases.ts";

const FORMATS: readonly LogFormat[] = ["HvLE", "DIRT", "DIRT-XP"];

const REPORT_EVERY_MS = 60_000;

function main(args: readonly string[]): number {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "10" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      case: { type: "string" },
      hive: { type: "string" },
      format: { type: "string", default: "HvLE" },
      steps: { type: "boolean", default: false },
    },
  });
  if (values.steps) return printSteps();
  const starts = values.hive === undefined ? START_STATES : [hiveState(values.hive, values.format)];
  const seed = numberOf("--seed", values.seed);
  const only = values.case === undefined ? undefined : numberOf("--case", values.case);
  return only === undefined
    ? runFor(starts, seed, numberOf("--minutes", values.minutes) * 60_000)
    : runOne(starts, seed, only);
}

function runOne(starts: readonly StartState[], seed: number, number: number): number {
  const { name, states, fault } = runCase(starts, seed, number);
  print(`case ${number} (${name}): ${fault ?? `${states} states, none lost`}`);
  return fault === undefined ? 0 : 1;
}

function runFor(starts: readonly StartState[], seed: number, durationMs: number): number {
  print(`seed ${seed}, ${starts.length} start states`);
  const begun = performance.now();
  let reported = begun;
  let [states, lost, number] = [0, 0, 0];
  for (; performance.now() - begun < durationMs; number++) {
    const result = runCase(starts, seed, number);
    states += result.states;
    if (result.fault !== undefined) {
      lost++;
      print(`LOST: ${result.name}: ${result.fault}`, `  again: npm run power-cuts -- --seed ${seed} --case ${number}`);
    }
    if (performance.now() - reported < REPORT_EVERY_MS) continue;
    reported = performance.now();
    print(`${number + 1} cases, ${states} states, ${lost} lost`);
  }
  const seconds = Math.round((performance.now() - begun) / 1000);
  print(`${number} cases, ${states} states in ${seconds} s; ${lost} lost`);
  return lost === 0 ? 0 : 1;
}

/** What becomes of the hive when two steps are swapped, or one is left out. */
function printSteps(): number {
  for (const format of FORMATS) {
    const rows = protocolMatrix(format, 12);
    print("", `${format}: ${rows.length} orders (A <> B: changed places; - A: left out)`);
    for (const { reordering, damage, at } of rows) print(`  ${damage.padEnd(10)}  ${reordering}  ${at}`);
  }
  return 0;
}

/** A hive and the logs beside it; both are only read. */
function hiveState(file: string, format: string): StartState {
  const known = FORMATS.find((it) => it === format);
  if (known === undefined) throw new Error(`--format is one of ${FORMATS.join(", ")}, not ${JSON.stringify(format)}`);
  const start = (): Images => {
    const there = ["", ".LOG1", ".LOG2", ".LOG"].filter((end) => existsSync(file + end));
    return new Map(there.map((end) => [PRIMARY + end, new Uint8Array(readFileSync(file + end))] as const));
  };
  return { name: file, format: known, start };
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (!(number >= 0)) throw new Error(`${option} is a number, not ${JSON.stringify(text)}`);
  return number;
}

function print(...lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
}

if (isMainModule(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2));
}
