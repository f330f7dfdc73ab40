/** `npm run fuzz -- --minutes M [--seed S] [--hive FILE] [--case N] [--into FOLDER]`: damages hives and logs and looks whether the engine bears it; keeps what it does not bear, and ends with 1 then. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Fuzzer } from "./fuzz/fuzzer.ts";
import { isMainModule } from "./main-module.ts";

const CHILD = fileURLToPath(new URL("./fuzz/child.ts", import.meta.url));

async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      minutes: { type: "string", default: "10" },
      seed: { type: "string", default: String(Date.now() % 1_000_000) },
      hive: { type: "string" },
      case: { type: "string" },
      into: { type: "string", default: "fuzz-failures" },
    },
  });
  const fuzzer = new Fuzzer({
    child: CHILD,
    hive: values.hive === undefined ? undefined : resolve(values.hive),
    seed: numberOf("--seed", values.seed),
    into: resolve(values.into),
    print: (line) => void process.stdout.write(`${line}\n`),
  });
  const only = values.case === undefined ? undefined : numberOf("--case", values.case);
  return only === undefined ? fuzzer.runFor(numberOf("--minutes", values.minutes) * 60_000) : fuzzer.runOne(only);
}

function numberOf(option: string, text: string): number {
  const number = Number(text);
  if (!(number >= 0)) throw new Error(`${option} is a number, not ${JSON.stringify(text)}`);
  return number;
}

if (isMainModule(import.meta.url)) {
  process.exitCode = await main(process.argv.slice(2));
}
