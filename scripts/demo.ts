/** `npm run demo`: builds the program and a phony Windows image in demo/, and shows on it what the program does; fails when something is not as it should be. */
import { rmSync } from "node:fs";
import { join, relative } from "node:path";
import { buildProgram } from "./build.ts";
import { demoSession } from "./demo/session.ts";
import { buildFixture } from "./fixtures.ts";
import { REPOSITORY } from "./repository.ts";

const DIST = join(REPOSITORY, "dist");
const IMAGE = "demo/moved-windows-10";

/** `--built` takes the program that `npm run build` left instead of building it. */
async function main(args: readonly string[]): Promise<number> {
  const program = args.includes("--built") ? join(DIST, "pint.cjs") : await buildProgram(DIST);
  rmSync(join(REPOSITORY, "demo"), { recursive: true, force: true });
  buildFixture("moved-windows-10", join(REPOSITORY, IMAGE));
  print(
    `Built ${relative(REPOSITORY, program)}, and a phony Windows Server 2019 in ${IMAGE} that was moved to another machine.`,
  );
  let wrongCount = 0;
  for (const { title, commandLine, output, status, wrong } of demoSession(program, IMAGE, REPOSITORY)) {
    print("", `# ${title}`, `$ ${commandLine}`, output.trimEnd(), `(exit code ${status})`);
    print(...wrong.map((what) => `WRONG: ${what}`));
    wrongCount += wrong.length;
  }
  print("", wrongCount === 0 ? "Everything was as it should be." : `${wrongCount} things were not as they should be.`);
  return wrongCount === 0 ? 0 : 1;
}

function print(...lines: readonly string[]): void {
  for (const line of lines) {
    process.stdout.write(`${line}\n`);
  }
}

// A reader that has seen enough (`| head`) is no fault of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") {
    throw error;
  }
  process.exit();
});

process.exitCode = await main(process.argv.slice(2));
