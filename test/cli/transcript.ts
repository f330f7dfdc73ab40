/**
 * Transcripts: Markdown in which every `console` block is one command line with what it prints and its exit code.
 *
 * A transcript begins with a comment that names its phony image (`<!-- image: moved-windows-10 -->`), which is built as
 * /mnt/win. A block whose fence names a path (```` ```json profile.json ````) is written there before the next command;
 * relative paths are below /home/me, where the commands run. Both are folders in a temporary one, whose path is always
 * of the same length, because lines are wrapped by the length of what is in them. A `reg` block is what somebody else,
 * Windows say, writes to the SYSTEM hive in the meantime.
 *
 * `<!-- volumes: /mnt/win /media/stick -->` names the volumes that the machine shows; the other ones are folders as well.
 *
 * What differs from run to run is replaced in the output: the temporary folder, SHA-256 hashes, the size of a receipt
 * (its compression depends on the zlib of Node). The clock is the test's: a minute later for each command.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, isAbsolute, join } from "node:path";
import { onTestFinished } from "vitest";
import { IMAGES, type ImageName, type VariantName, VARIANTS } from "../../scripts/fixtures/images.ts";
import { imageParts } from "../../scripts/fixtures/parts.ts";
import { buildFixture } from "../../scripts/fixtures.ts";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { run } from "../../src/cli/run.ts";
import { locateImage } from "../../src/image/locate.ts";
import { parseRegText } from "../../src/regtext/parse.ts";
import { editOnDisk } from "../apply/support.ts";
import { LINUX } from "../support/hosts.ts";
import { fakeClock, readable, surroundingsWith } from "../support/surroundings.ts";

const FIRST_NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const SCRATCH_LENGTH = 26;

const BLOCK = /^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm;

/** The transcript as it is when its commands are run now. */
export function replay(transcript: string): string {
  const volumes = /^<!-- volumes: (.+) -->$/m.exec(transcript)?.[1]?.split(" ") ?? [];
  const stage = new Stage(/^<!-- image: ([\w-]+) -->$/m.exec(transcript)?.[1], volumes);
  return transcript.replace(BLOCK, (block: string, language: string, path: string | undefined, content: string) => {
    if (path !== undefined) {
      stage.write(path, content);
      return block;
    }
    if (language === "reg") {
      stage.merge(content);
    }
    return language === "console" ? stage.perform(content.split("\n", 1)[0] ?? "") : block;
  });
}

/** The words after `pint` of every command in a transcript. */
export function commandLines(transcript: string): string[][] {
  return [...transcript.matchAll(/^\$ pint ?(.*)$/gm)].map(([, line = ""]) => splitWords(line));
}

class Stage {
  readonly #places: readonly { readonly shown: string; readonly real: string }[];
  readonly #volumes: readonly string[];
  readonly #logFormat: (typeof LOG_FORMATS)[ImageName];
  #now = FIRST_NOW;

  constructor(image: string | undefined, volumes: readonly string[]) {
    const scratch = scratchFolder();
    this.#logFormat = LOG_FORMATS[imageParts(imageName(image ?? "moved-windows-10")).image];
    const [win, home] = [join(scratch, "win"), join(scratch, "me")];
    this.#places = [
      { shown: "/mnt/win", real: win },
      { shown: "/home/me", real: home },
      ...volumes.filter((one) => one !== "/mnt/win").map((shown) => ({ shown, real: join(scratch, basename(shown)) })),
    ];
    this.#volumes = volumes.map((shown) => this.#real(shown));
    for (const root of this.#volumes) {
      mkdirSync(root, { recursive: true });
    }
    mkdirSync(home, { recursive: true });
    if (image !== undefined) {
      buildFixture(imageName(image), win);
    }
    const former = process.cwd();
    process.chdir(home);
    onTestFinished(() => {
      process.chdir(former);
      rmSync(scratch, { recursive: true });
    });
  }

  write(shown: string, content: string): void {
    const path = this.#real(shown);
    const file = isAbsolute(path) ? path : join(process.cwd(), path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }

  /** `text` is a .reg file's. */
  merge(text: string): void {
    const { hivePath } = locateImage(this.#real("/mnt/win"), LINUX);
    const below = (path: string): string => path.replace(/^HKEY_LOCAL_MACHINE\\SYSTEM\\/i, "");
    editOnDisk(
      hivePath,
      (edit) => {
        for (const entry of parseRegText(text).entries) {
          if (entry.kind === "delete-key") {
            edit.deleteKey(below(entry.path));
            continue;
          }
          edit.createKey(below(entry.path));
          for (const value of entry.values) {
            if (value.kind === "set-value") {
              edit.setValue(below(entry.path), value.name, value.type, value.data);
            } else {
              edit.deleteValue(below(entry.path), value.name);
            }
          }
        }
      },
      this.#logFormat,
    );
  }

  /** `line` is "$ pint inspect /mnt/win"; returns the whole block. */
  perform(line: string): string {
    if (!/^\$ pint( |$)/.test(line)) {
      throw new Error(`a console block begins with "$ pint ...", not "${line}"`);
    }
    const words = splitWords(line.slice("$ pint".length)).map((word) => this.#real(word));
    let stdout = "";
    let stderr = "";
    const code = run(words, COMMANDS, {
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      host: LINUX,
      now: new Date(this.#now),
      surroundings: surroundingsWith(
        () => this.#volumes.map((root) => readable(root)),
        "/usr/local/bin",
        fakeClock(new Date(this.#now)),
      ),
    });
    this.#now += 60_000;
    const errors = stderr === "" ? "" : `[stderr]\n${this.#shown(stderr)}`;
    return `\`\`\`console\n${line}\n${this.#shown(stdout)}${errors}[exit code ${code}]\n\`\`\``;
  }

  #real(shown: string): string {
    return this.#places.reduce((text, place) => text.replaceAll(place.shown, place.real), shown);
  }

  #shown(output: string): string {
    return this.#places
      .reduce((text, place) => text.replaceAll(place.real, place.shown), output)
      .replace(/\b[0-9a-f]{64}\b/g, "<SHA-256>")
      .replace(/(wrote the receipt\s+\S+\s+\()\d+( bytes\))/g, "$1<count>$2");
  }
}

function imageName(name: string): ImageName | VariantName {
  if (!(name in IMAGES || name in VARIANTS)) {
    throw new Error(`there is no phony image ${name}`);
  }
  return name as ImageName | VariantName;
}

/** What the Windows of each image writes. */
const LOG_FORMATS = {
  "moved-windows-10": "HvLE",
  "moved-windows-7": "DIRT",
  "moved-windows-xp": "DIRT-XP",
} as const satisfies Readonly<Record<ImageName, string>>;

/** A new folder's path of SCRATCH_LENGTH characters. */
function scratchFolder(): string {
  const random = Math.random().toString(36).slice(2).padEnd(SCRATCH_LENGTH, "0");
  const base = tmpdir().length < SCRATCH_LENGTH / 2 ? tmpdir() : "/tmp";
  const path = join(base, `pint-${random}`).slice(0, SCRATCH_LENGTH);
  mkdirSync(path);
  return path;
}

/** As a shell would for the simple lines of transcripts: double quotes keep spaces. */
function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
}
