/** What is measured: the same task by this program's engine, by the whole program, and by others' programs. */
import { spawnSync } from "node:child_process";
import { copyFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { checkHive, commitHive, editHive, type Hive, openHive } from "../../src/regf/index.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { regEntriesOf } from "../../src/regtext/from-key.ts";
import { openFile } from "../../src/storage/file.ts";
import { runTool, type Tool } from "../../test/support/programs.ts";

export interface Contestant {
  /** "engine" runs in this process; "pint" is the built program; the others are named by their program. */
  readonly name: "engine" | "pint" | Tool;
  readonly run: () => void;
}

export interface Task {
  readonly title: string;
  /** Runs before each run, uncounted. */
  readonly prepare?: () => void;
  readonly contestants: readonly Contestant[];
}

export interface Place {
  /** The hive to read; it is never written to. */
  readonly hive: string;
  /** A folder of our own. */
  readonly folder: string;
  /** The built program. */
  readonly program: string;
}

const KEY = "ControlSet001\\Services\\Tcpip\\Parameters";
const VALUE_COUNT = 10;

export function tasks(place: Place): readonly Task[] {
  return [lookUp(place), edit(place), exportAll(place), check(place)];
}

function lookUp({ hive }: Place): Task {
  return {
    title: "open the hive and read one value",
    contestants: [
      {
        name: "engine",
        run: () => withHive(hive, "read", ({ root }) => need(root.open(KEY)?.value("Hostname")?.data)),
      },
      { name: "hivexget", run: () => succeed("hivexget", [hive, `\\${KEY}`, "Hostname"]) },
      { name: "reged", run: () => void runTool("reged", ["-x", hive, "P", `\\${KEY}\\Winsock`, "/dev/null"]) },
    ],
  };
}

/** Ten new values of 40 bytes, on a fresh copy each time. Only ours survives a power cut. */
function edit({ hive, folder }: Place): Task {
  const copy = join(folder, "SYSTEM");
  const names = Array.from({ length: VALUE_COUNT }, (_, index) => `bench ${index}`);
  const text = "nineteen characters";
  const regFile = join(folder, "edit.reg");
  writeFileSync(
    regFile,
    ["Windows Registry Editor Version 5.00", "", `[HKEY_LOCAL_MACHINE\\SYSTEM\\${KEY}]`]
      .concat(
        names.map((name) => `"${name}"="${text}"`),
        "",
      )
      .join("\r\n"),
  );
  const shell = [
    `cd \\${KEY}`,
    `setval ${VALUE_COUNT}`,
    ...names.flatMap((name) => [name, `string:${text}`]),
    "commit",
  ];
  return {
    title: `set ${VALUE_COUNT} values and write the hive`,
    prepare: () => {
      for (const ending of ["", ".LOG1", ".LOG2"]) {
        rmSync(copy + ending, { force: true });
      }
      copyFileSync(hive, copy);
      writeFileSync(`${copy}.LOG1`, "");
    },
    contestants: [
      { name: "engine", run: () => withHive(copy, "read-write", (opened) => editAndCommit(opened, names, text)) },
      { name: "hivexsh", run: () => succeed("hivexsh", ["-w", copy], `${shell.join("\n")}\n`) },
      {
        name: "hivexregedit",
        run: () => succeed("hivexregedit", ["--merge", "--prefix", "HKEY_LOCAL_MACHINE\\SYSTEM", copy, regFile]),
      },
      { name: "reged", run: () => void runTool("reged", ["-I", "-C", copy, "HKEY_LOCAL_MACHINE\\SYSTEM", regFile]) },
    ],
  };
}

function editAndCommit(hive: Hive, names: readonly string[], text: string): void {
  const edited = editHive(hive);
  for (const name of names) {
    edited.setValue(KEY, name, 1, encodeUtf16(`${text}\0`));
  }
  commitHive(hive, {
    logFormat: "HvLE",
    createLog: () => {
      throw new Error("LOG1 is there");
    },
  });
}

function exportAll({ hive, folder }: Place): Task {
  const out = join(folder, "export.reg");
  return {
    title: "export every key and value as text",
    contestants: [
      {
        name: "engine",
        run: () =>
          withHive(hive, "read", ({ root }) =>
            writeFileSync(out, formatRegText(regEntriesOf(root, "HKEY_LOCAL_MACHINE\\SYSTEM"))),
          ),
      },
      { name: "hivexregedit", run: () => succeed("hivexregedit", ["--export", hive, "\\"]) },
      { name: "hivexml", run: () => succeed("hivexml", [hive]) },
      { name: "reglookup", run: () => succeed("reglookup", [hive]) },
      { name: "reged", run: () => void runTool("reged", ["-x", hive, "P", "\\", out]) },
    ],
  };
}

function check({ hive, program }: Place): Task {
  return {
    title: "check the whole hive (the others only read it)",
    contestants: [
      {
        name: "engine",
        run: () => withHive(hive, "read", (opened) => need(checkHive(opened).counts.keys || undefined)),
      },
      {
        name: "pint",
        run: () => need(spawnSync(process.execPath, [program, "check", hive]).status === 0 || undefined),
      },
      { name: "hivexml", run: () => succeed("hivexml", [hive]) },
      { name: "reglookup", run: () => succeed("reglookup", [hive]) },
    ],
  };
}

function withHive(path: string, access: "read" | "read-write", use: (hive: Hive) => void): void {
  const primary = openFile(path, access);
  const logs = access === "read" ? [] : [openFile(`${path}.LOG1`, access)];
  try {
    use(openHive({ primary, logs }));
  } finally {
    for (const file of [primary, ...logs]) {
      file.close();
    }
  }
}

/** A contestant that failed would be fast for nothing. reged says 2 when it is well, so it is not asked. */
function succeed(tool: Tool, args: readonly string[], input = ""): void {
  const { status, stderr } = runTool(tool, args, { input });
  if (status !== 0) {
    throw new Error(`${tool} ended with ${status}: ${stderr}`);
  }
}

function need<T>(value: T | undefined): T {
  if (value === undefined) {
    throw new Error("what was to be measured did not happen");
  }
  return value;
}
