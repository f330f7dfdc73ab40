/** Where the packaged executable starts: it answers `--version` at once, and for everything else loads the program that it carries. */
import { getAsset } from "node:sea";
import { compileFunction } from "node:vm";
import { VERSION } from "../version.ts";
import { Output } from "./output.ts";

/** The name under which scripts/package puts in what `npm run build` makes. */
const PROGRAM = "pint.cjs";

/** Of a CommonJS module, in this order. */
const PARAMETERS = ["exports", "require", "module", "__filename", "__dirname"];

function isAnsweredHere([first, ...others]: readonly string[]): boolean {
  if (first !== "--version" || others.length > 0) return false;
  const stdout = new Output(1);
  stdout.write(`${VERSION}\n`);
  return stdout.trouble === undefined; // else the program says what the trouble is
}

/** It is one file, and needs nothing but what is part of Node. */
function loadProgram(): void {
  const module = { exports: {} };
  const load = compileFunction(getAsset(PROGRAM, "utf8"), PARAMETERS, { filename: PROGRAM });
  load(module.exports, process.getBuiltinModule, module, process.execPath, "");
}

if (!isAnsweredHere(process.argv.slice(2))) {
  loadProgram();
}
