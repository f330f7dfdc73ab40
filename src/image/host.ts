/** The machine and the run that an operation happens in, handed in from above: a test hands in another one. */

export interface Host {
  readonly platform: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly run: ThisRun;
  readonly machine: Machine;
}

/** Which run this is among those that may be at work on an image, and how it learns of the others on this machine. */
export interface ThisRun {
  readonly pid: number;
  readonly hostName: string;
  /** Whether a process of this number is there; true also when that cannot be told. */
  isRunning(pid: number): boolean;
  /** When this system started: a lock from before that is nobody's. Absent: that is not asked, for clocks of other systems wrote it. */
  readonly systemStart?: Date | undefined;
}

/** What is asked of the machine about the volume that an image lies on. */
export interface Machine {
  /** A small file in which the system tells of itself (/proc, /sys); undefined when it cannot be read. */
  readText(path: string): string | undefined;
  /** The names in a folder of /sys; none when it cannot be read. */
  listFolder(path: string): readonly string[];
  /** False only when the system says that there is no such file or folder. */
  isThere(path: string): boolean;
  /** Opens a device, or a file in its place, for reading only; returns its descriptor. Throws the system's errors. */
  openDevice(path: string): number;
  /** Runs a program that must not ask anything, and waits for it no longer than the time given. */
  execute(program: string, args: readonly string[], timeoutMs: number): Execution;
  /** The same of a program that answers with a text, which is kept when it is not longer than 1 MiB. */
  ask(program: string, args: readonly string[], timeoutMs: number): Answer;
}

/** `output`: what it wrote to its standard output, read as UTF-8. */
export type Answer =
  | { readonly ended: true; readonly status: number; readonly output: string }
  | Extract<Execution, { readonly ended: false }>;

export type Execution =
  | { readonly ended: true; readonly status: number }
  /** Not there, not permitted, killed, or not ended within its time. */
  | { readonly ended: false; readonly reason: string };
