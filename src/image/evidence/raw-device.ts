/** Reading a volume's own bytes, past its file system. */
import fs from "fs-extra";
import type { Machine } from "../host.ts";

/** Windows reads a volume in whole sectors only (Microsoft, "CreateFileW"); none is larger. */
const BLOCK_SIZE = 4096;

export class RawDevice {
  readonly #descriptor: number;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Less than `length` bytes only where the device ends. Throws the system's errors. */
  read(offset: number, length: number): Uint8Array {
    const start = offset - (offset % BLOCK_SIZE);
    const bytes = new Uint8Array(Math.ceil((offset + length - start) / BLOCK_SIZE) * BLOCK_SIZE);
    let done = 0;
    while (done < bytes.length) {
      const count = fs.readSync(this.#descriptor, bytes, done, bytes.length - done, start + done);
      if (count === 0) {
        break;
      }
      done += count;
    }
    return bytes.subarray(Math.min(done, offset - start), Math.min(done, offset - start + length));
  }
}

/** Opens it, looks, and closes it again. Throws the system's errors. */
export function withDevice<T>(path: string, machine: Machine, look: (device: RawDevice) => T): T {
  const descriptor = machine.openDevice(path);
  try {
    return look(new RawDevice(descriptor));
  } finally {
    fs.closeSync(descriptor);
  }
}
