/** `--log FILE`: the file to which a run's records are added, each one as it comes. */
import fs from "node:fs";
import path from "node:path";
import { Failure } from "../exit/failure.ts";
import { explainSystemError } from "../image/system-error.ts";
import { whyNotRegular } from "../image/volume-path.ts";
import { cmTraceLine, type LogRecord, type LogStamp } from "../report/cmtrace.ts";
import { UsageError } from "./usage-error.ts";

/** What notepad in WinPE needs to see lines. */
const LINE_END = "\r\n";

/** How a log that CMTrace reads begins; a byte order mark may stand before it. */
const BEGINNING = "<![LOG[";

/**
 * Opens it for adding to its end, before anything is done. Throws UsageError when that cannot be, and Failure("refused") for a
 * file that is there and no log: a slip of the pen must not cost a hive.
 */
export function openLog(file: string, stampOf: () => LogStamp, complain: (why: string) => void): RunLog {
  const named = path.resolve(file);
  try {
    const stats = fs.statSync(named, { throwIfNoEntry: false });
    const why = stats === undefined ? undefined : whyNotRegular(stats);
    if (why !== undefined) {
      throw new Error(why);
    }
    const endsALine = stats === undefined || stats.size === 0 ? true : examine(named, stats.size);
    return new RunLog(fs.openSync(named, "a"), endsALine, stampOf, complain);
  } catch (error) {
    if (error instanceof Failure) {
      throw error;
    }
    throw new UsageError(
      `the log cannot be written: ${named}: ${explainSystemError(error)}`,
      "",
      "name a file in a folder that is there and takes writes; nothing was done yet",
    );
  }
}

/** Whether its last line has an end, which the one has not of a run that was cut short. */
function examine(file: string, sizeBytes: number): boolean {
  const descriptor = fs.openSync(file, "r");
  try {
    const head = Buffer.alloc(BEGINNING.length + 3);
    const text = head.toString("utf8", 0, fs.readSync(descriptor, head, 0, head.length, 0));
    if (!text.replace(/^\ufeff/, "").startsWith(BEGINNING)) {
      throw new Failure("refused", `${file} exists and is no log that CMTrace reads: nothing is added to it`, {
        at: file,
        code: "would-overwrite",
        advice: `name another file, or delete that one (a log begins with ${BEGINNING})`,
      });
    }
    const last = Buffer.alloc(1);
    fs.readSync(descriptor, last, 0, 1, sizeBytes - 1);
    return last.toString("latin1") === "\n";
  } finally {
    fs.closeSync(descriptor);
  }
}

/** A log that cannot be written any more changes nothing of the run: that is said once. */
export class RunLog {
  readonly #descriptor: number;
  readonly #stampOf: () => LogStamp;
  readonly #complain: (why: string) => void;
  #before: string;
  #isBroken = false;

  constructor(descriptor: number, endsALine: boolean, stampOf: () => LogStamp, complain: (why: string) => void) {
    this.#descriptor = descriptor;
    this.#before = endsALine ? "" : LINE_END;
    this.#stampOf = stampOf;
    this.#complain = complain;
  }

  /** Each record is given to the system before the next thing is done: what ends the program loses none. */
  write(...records: readonly LogRecord[]): void {
    for (const record of records) {
      this.#attempt(() => {
        fs.writeFileSync(this.#descriptor, `${this.#before}${cmTraceLine(record, this.#stampOf())}${LINE_END}`);
        this.#before = "";
      });
    }
  }

  /** To the disk: a machine that is restarted now has it all. */
  flush(): void {
    this.#attempt(() => fs.fsyncSync(this.#descriptor));
  }

  close(): void {
    this.flush();
    fs.closeSync(this.#descriptor);
  }

  #attempt(action: () => void): void {
    if (this.#isBroken) {
      return;
    }
    try {
      action();
    } catch (error) {
      this.#isBroken = true;
      this.#complain(explainSystemError(error));
    }
  }
}
