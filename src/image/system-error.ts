/** The operating system's refusals in a person's words. */

/** Sentences without a subject; the path stands before them. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file or folder",
  ENOTDIR: "a part of the path is not a folder",
  EISDIR: "it is a folder",
  EACCES: "no permission",
  EPERM: "the system does not permit it",
  EROFS: "the volume is mounted read-only",
  EBUSY: "another program has it open",
  ENOSPC: "the volume is full",
  EDQUOT: "the quota is used up",
  EIO: "the device reported an error",
  EEXIST: "it exists already",
  ELOOP: "its links lead in a circle",
  ENAMETOOLONG: "the path is too long",
  UNKNOWN: "Windows reports an error that Node has no name for, as it does for a locked drive",
};

/** `ENOENT`, `EROFS`... and `UNKNOWN`, Node's word for every error of Windows that it does not map; of the error itself or of what caused it; undefined for anything that is no refusal of the system. */
export function systemErrorCode(error: unknown): string | undefined {
  for (let one: unknown = error, depth = 0; one instanceof Error && depth < 5; one = one.cause, depth++) {
    const code: unknown = "code" in one ? one.code : undefined;
    if (typeof code === "string" && /^(?:E[A-Z0-9]+|UNKNOWN)$/.test(code)) {
      return code;
    }
  }
  return undefined;
}

/** "the volume is mounted read-only (EROFS)"; for an unknown error its own message. */
export function explainSystemError(error: unknown): string {
  const code = systemErrorCode(error);
  const words = code === undefined ? undefined : WORDS[code];
  if (words !== undefined) {
    return `${words} (${code})`;
  }
  return error instanceof Error ? error.message : String(error);
}
