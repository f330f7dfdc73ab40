/** The exit codes of the program: append-only, pinned by a test, above those that Node itself uses. */
export const EXIT_CODES = {
  /** Done, already so, or nothing to do. */
  done: 0,
  /** A fault of the program itself. */
  internal: 1,
  /** The command line is wrong. */
  usage: 2,
  /** A profile, inventory, plan or receipt that is not valid. */
  invalidDocument: 20,
  /** No image, no profile, or more than one of them. */
  noImage: 21,
  /** A Windows that is not supported. */
  unsupportedWindows: 22,
  /** The hive is damaged, or dirty without usable logs. */
  hiveDamaged: 23,
  /** Refused for safety: hibernated, Setup in progress, running Windows, locked or read-only volume, conflict, changed since the plan. */
  refused: 24,
  /** Some sources have no target. */
  unplaced: 25,
  /** Some sources are pending, and nothing is arranged for them. */
  pending: 26,
  /** The rest is arranged for the first boot: by an answer file, or a finisher in the image. */
  arranged: 27,
  /** What was read back differs from what was meant; of an undo value by value, some changes no longer stood and were left. */
  differs: 28,
  /** A write failed, or another program changed the hive meanwhile; the image is as before this run. */
  writeFailed: 29,
  /** A write failed after the point of commit: the journal holds the new state, the next load or the next run completes it. */
  writeFailedCommitted: 30,
  /** Something did not end within its bound. */
  timedOut: 31,
  /** Interrupted by the person or the system. */
  interrupted: 130,
} as const;

export type ExitName = keyof typeof EXIT_CODES;
export type ExitCode = (typeof EXIT_CODES)[ExitName];
