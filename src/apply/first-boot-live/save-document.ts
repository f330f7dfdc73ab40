/** Putting a document of the finisher on the disk. */
import { Failure } from "../../exit/failure.ts";
import { explainSystemError } from "../../image/system-error.ts";
import type { BootedWindows } from "./machine.ts";

/** Throws Failure("writeFailed", 29); then the former one is still there. */
export function saveDocumentOf(machine: BootedWindows, file: string, text: string): void {
  try {
    machine.save(file, text);
  } catch (error) {
    throw new Failure("writeFailed", `${file} cannot be saved: ${explainSystemError(error)}`, {
      at: file,
      code: "first-boot-not-saved",
      advice: "make room on the volume of Windows; the next start of Windows tries again",
      cause: error,
    });
  }
}
