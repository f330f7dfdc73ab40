/** What is measured and what comes out: tasks, who takes part in them, and the figures of each. */
import type { Tool } from "../../test/support/programs.ts";
import type { EngineJob } from "./engine.ts";

/** A hive, and what `pint apply` is told about it. */
export interface Subject {
  /** "Windows 10 21H2". */
  readonly title: string;
  /** It is never written to. */
  readonly hive: string;
  /** The arguments of `pint plan` and `pint apply` behind the image. */
  readonly applyArguments: readonly string[];
}

/** Where the bench works. */
export interface Place {
  /** A folder of our own. */
  readonly folder: string;
  /** The built program. */
  readonly program: string;
  /** The packaged executable, and the Node that it was made of; undefined where they do not run. */
  readonly executable: { readonly pint: string; readonly node: string } | undefined;
  /** The built runner of the engine (engine.ts). */
  readonly engine: string;
}

export interface Contestant {
  readonly name: string;
  /** The engine in a process that is warm already, or a program that is started anew each time. */
  readonly runs:
    | { readonly kind: "engine"; readonly job: EngineJob }
    | { readonly kind: "program"; readonly command: readonly string[]; readonly input?: string | undefined }
    | { readonly kind: "tool"; readonly tool: Tool; readonly args: readonly string[]; readonly input?: string };
  /** reged says 2 when it is well. */
  readonly rightStatus?: number;
}

export interface Task {
  readonly title: string;
  /** Says what is compared that is not quite alike. */
  readonly remark?: string;
  /** The first is the measure of the others: ours, but where it is the start that is measured. */
  readonly contestants: readonly Contestant[];
  /** Runs before each run, uncounted. */
  readonly prepare?: () => void;
  /** Whether what was to be done is done: a contestant that did nothing would be fast for nothing. */
  readonly isDone?: () => boolean;
}

/** Why a task has no contestants for this hive. */
export interface NoTask {
  readonly title: string;
  readonly missing: string;
}

export interface Figures {
  readonly medianMs: number;
  readonly shortestMs: number;
  readonly longestMs: number;
  /** The median as a multiple of the first contestant's. */
  readonly ratio: number;
  /** Time of the processor, all threads: what a busy machine does not stretch. null: not measured. */
  readonly processorMs: number | null;
  /** The most memory that the process had at once; null: not measured. */
  readonly peakMemoryBytes: number | null;
  /** Bytes given to the system to write, output included; null: not measured. */
  readonly writtenBytes: number | null;
}

export type Row = { readonly name: string } & (Figures | { readonly missing: string });

export interface TaskResult {
  readonly title: string;
  readonly remark?: string | undefined;
  readonly missing?: string | undefined;
  readonly rows: readonly Row[];
}
