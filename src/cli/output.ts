/** Writing to stdout and stderr so that nothing is lost when the process ends, whoever reads. */
import fs from "node:fs";

/** Of a reader that went away (`| head`), or of a stream that was closed from the start: no fault of the run. */
const READER_GONE: readonly string[] = ["EPIPE", "EBADF", "EOF"];

/** How long to wait before a full pipe is tried again. */
const RETRY_MS = 5;

/** As fs.writeSync: the count of bytes written. */
export type WriteBytes = (descriptor: number, bytes: Uint8Array) => number;

/**
 * One of the standard streams, written synchronously: process.stdout writes pipes later on Windows, and what is still
 * under way when the process ends is lost. A pipe that is full (EAGAIN) is waited for as long as its reader takes,
 * as every program does; a reader that is gone ends the writing and nothing else.
 */
export class Output {
  readonly #descriptor: number;
  readonly #writeBytes: WriteBytes;
  #readerGone = false;
  #trouble: string | undefined;

  constructor(descriptor: number, writeBytes: WriteBytes = fs.writeSync) {
    this.#descriptor = descriptor;
    this.#writeBytes = writeBytes;
  }

  /** Why something could not be written (a full disk); the reader's going away is none. */
  get trouble(): string | undefined {
    return this.#trouble;
  }

  write(text: string): void {
    let rest: Uint8Array = new TextEncoder().encode(text);
    while (rest.length > 0 && !this.#readerGone && this.#trouble === undefined) {
      rest = rest.subarray(this.#writeSome(rest));
    }
  }

  #writeSome(bytes: Uint8Array): number {
    try {
      return this.#writeBytes(this.#descriptor, bytes);
    } catch (error) {
      const code = error instanceof Error && "code" in error ? String(error.code) : "";
      if (code === "EAGAIN") {
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      } else if (READER_GONE.includes(code)) {
        this.#readerGone = true;
      } else {
        this.#trouble = error instanceof Error ? error.message : String(error);
      }
      return 0;
    }
  }
}
