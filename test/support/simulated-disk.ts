/** A disk whose power can be cut: it remembers every operation, and makes what any cut could leave behind. */
import { MemoryStorage } from "../../src/storage/memory.ts";
import type { Storage } from "../../src/storage/storage.ts";

/** What a disk writes as one. */
const SECTOR = 512;

/** Files by name; those that do not exist are not there. */
export type Images = ReadonlyMap<string, Uint8Array>;

export type DiskEvent = { readonly file: string } & (
  | { readonly kind: "create" }
  | { readonly kind: "write"; readonly offset: number; readonly bytes: Uint8Array }
  | { readonly kind: "grow"; readonly size: number }
  | { readonly kind: "truncate"; readonly size: number }
  | { readonly kind: "flush" }
);

/** Files in memory that write down what is done to them. */
export class RecordedDisk {
  readonly events: DiskEvent[] = [];
  readonly #files = new Map<string, MemoryStorage>();

  constructor(images: Images) {
    for (const [name, bytes] of images) this.#files.set(name, new MemoryStorage(name, bytes));
  }

  storage(name: string): Storage {
    const memory = this.#files.get(name);
    if (memory === undefined) throw new Error(`there is no file ${name}`);
    const { events } = this;
    return {
      name,
      size: () => memory.size(),
      read: (offset, length) => memory.read(offset, length),
      write(offset, bytes) {
        events.push({ file: name, kind: "write", offset, bytes: bytes.slice() });
        memory.write(offset, bytes);
      },
      grow(size) {
        if (size <= memory.size()) return;
        events.push({ file: name, kind: "grow", size });
        memory.grow(size);
      },
      truncate(size) {
        if (size === memory.size()) return;
        events.push({ file: name, kind: "truncate", size });
        memory.truncate(size);
      },
      flush: () => void events.push({ file: name, kind: "flush" }),
      close() {
        // stays open
      },
    };
  }

  create(name: string): Storage {
    this.events.push({ file: name, kind: "create" });
    this.#files.set(name, new MemoryStorage(name));
    return this.storage(name);
  }

  /** What programs see now, flushed or not. */
  images(): Images {
    return new Map([...this.#files].map(([name, memory]) => [name, memory.bytes()]));
  }
}

/** How many versions of a unit could be on the disk, the oldest first; returns the index of the one that is. */
export type Choose = (versionCount: number) => number;

export interface Cut {
  readonly choose: Choose;
  /** Sector 0 of files, where the base blocks are, is torn into units of so many bytes; others are written as one. */
  readonly headerUnit?: 1 | 4 | 512;
}

/** What is on the disk when the power fails after the first `count` events: of everything not flushed, any subset. */
export function cutAfter(images: Images, events: readonly DiskEvent[], count: number, cut: Cut): Images {
  const files = new Map([...images].map(([name, bytes]) => [name, new PendingFile(bytes)]));
  for (const event of events.slice(0, count)) {
    const file = files.get(event.file) ?? new PendingFile(undefined);
    files.set(event.file, file);
    file.apply(event);
  }
  const left = new Map<string, Uint8Array>();
  for (const [name, file] of files) {
    const bytes = file.afterCut(cut);
    if (bytes !== undefined) left.set(name, bytes);
  }
  return left;
}

class PendingFile {
  /** Undefined: the file's creation has not reached the disk. */
  #durable: Uint8Array | undefined;
  #now: Uint8Array;
  readonly #sizes: number[] = [];
  /** Versions of each sector since the last flush, the durable one left out. */
  readonly #sectors = new Map<number, Uint8Array[]>();

  constructor(bytes: Uint8Array | undefined) {
    this.#durable = bytes;
    this.#now = new Uint8Array(bytes ?? []);
  }

  apply(event: DiskEvent): void {
    switch (event.kind) {
      case "write":
        this.#resize(Math.max(this.#now.length, event.offset + event.bytes.length));
        this.#now.set(event.bytes, event.offset);
        this.#remember(event.offset, event.bytes.length);
        break;
      case "grow":
      case "truncate":
        this.#resize(event.size);
        break;
      case "flush":
        this.#durable = this.#now.slice();
        this.#sectors.clear();
        this.#sizes.length = 0;
        break;
      case "create":
        break;
    }
  }

  afterCut({ choose, headerUnit = SECTOR }: Cut): Uint8Array | undefined {
    const durable = this.#durable;
    if (durable === undefined && choose(2) === 0) return undefined;
    const before = durable ?? new Uint8Array(0);
    const sizes = [before.length, ...this.#sizes];
    const size = sizes[choose(sizes.length)] as number;
    const bytes = resized(before, Math.max(size, this.#now.length));
    for (const [sector, versions] of this.#sectors) {
      const start = sector * SECTOR;
      const all = [bytes.slice(start, start + SECTOR), ...versions];
      const unit = sector === 0 ? headerUnit : SECTOR;
      for (let from = 0; from < SECTOR; from += unit) {
        const version = all[choose(all.length)] as Uint8Array;
        bytes.set(version.subarray(from, from + unit), start + from);
      }
    }
    return bytes.slice(0, size);
  }

  #resize(size: number): void {
    if (size === this.#now.length) return;
    this.#now = resized(this.#now, size);
    this.#sizes.push(size);
  }

  #remember(offset: number, length: number): void {
    for (let sector = Math.floor(offset / SECTOR); sector * SECTOR < offset + length; sector++) {
      const versions = this.#sectors.get(sector) ?? [];
      versions.push(resized(this.#now.subarray(sector * SECTOR, (sector + 1) * SECTOR), SECTOR));
      this.#sectors.set(sector, versions);
    }
  }
}

/** A copy, cut or filled with zeros. */
function resized(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(size);
  copy.set(bytes.subarray(0, size));
  return copy;
}

/** Repeatable chance. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Nothing of what was pending, everything, and as many random mixtures as asked for, mostly few, half or most of it; headers torn in each way. */
export function cuts(seed: number, mixtures: number): Cut[] {
  const next = random(seed);
  const mixed = Array.from({ length: mixtures }, (_, index): Cut => {
    const share = [0.1, 0.5, 0.9][index % 3] as number;
    const headerUnit = ([512, 4, 1] as const)[Math.floor(index / 3) % 3] ?? 512;
    return { choose: (count) => (next() < share ? 1 + Math.floor(next() * (count - 1)) : 0) % count, headerUnit };
  });
  return [{ choose: () => 0 }, { choose: (count) => count - 1 }, ...mixed];
}
