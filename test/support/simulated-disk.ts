/** A disk whose power can be cut: it remembers every operation, and makes what any cut could leave behind. */
import { MemoryStorage } from "../../src/storage/memory.ts";
import type { Storage } from "../../src/storage/storage.ts";

/** What a disk writes as one. */
const SECTOR = 512;

/** What a disk with large sectors writes as one, and a cache of pages. */
const CLUSTER = 4096;

/** What the disk held before a file took the room. */
const OLD_BYTE = 0xa7;

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

/** Where something could be of several ages: a unit of a file, or (undefined) its size or its name. */
export interface Place {
  readonly file: string;
  /** Counted in bytes from the file's first. */
  readonly offset: number | undefined;
}

/** How many versions of a unit could be on the disk, the oldest first; returns the index of the one that is. */
export type Choose = (versionCount: number, place: Place) => number;

export interface Cut {
  readonly choose: Choose;
  /** Sector 0 of files, where the base blocks are, is torn into units of so many bytes (a sequence stays whole); others are written as one. */
  readonly headerUnit?: 1 | 4 | 512;
  /** What is kept or lost as one: a sector, or a cluster of 4096 bytes, as disks with large sectors and caches of pages do. */
  readonly lossUnit?: 512 | 4096;
  /** What a file holds where it became longer and the bytes did not reach the disk: zeros, or what the disk held there before. */
  readonly behind?: "zeros" | "old bytes";
}

/** What is on the disk when the power fails after the first `count` events: of everything not flushed, any subset. */
export function cutAfter(images: Images, events: readonly DiskEvent[], count: number, cut: Cut): Images {
  const disk = new PowerlessDisk(images);
  for (const event of events.slice(0, count)) disk.apply(event);
  return disk.afterCut(cut);
}

/** A disk that goes along with the events; the power can be cut after each of them, in as many ways as one likes. */
export class PowerlessDisk {
  readonly #files: Map<string, PendingFile>;

  constructor(images: Images) {
    this.#files = new Map([...images].map(([name, bytes]) => [name, new PendingFile(name, bytes)]));
  }

  apply(event: DiskEvent): void {
    const file = this.#files.get(event.file) ?? new PendingFile(event.file, undefined);
    this.#files.set(event.file, file);
    file.apply(event);
  }

  afterCut(cut: Cut): Images {
    const left = new Map<string, Uint8Array>();
    for (const [name, file] of this.#files) {
      const bytes = file.afterCut(cut);
      if (bytes !== undefined) left.set(name, bytes);
    }
    return left;
  }
}

interface Version {
  /** Counts the writes to the file: a cluster is as it was after one of them. */
  readonly write: number;
  readonly bytes: Uint8Array;
}

class PendingFile {
  readonly #name: string;
  /** Undefined: the file's creation has not reached the disk. */
  #durable: Uint8Array | undefined;
  #now: Uint8Array;
  readonly #sizes: number[] = [];
  /** Versions of each sector since the last flush, the durable one left out. */
  readonly #sectors = new Map<number, Version[]>();
  #writes = 0;

  constructor(name: string, bytes: Uint8Array | undefined) {
    this.#name = name;
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
      case "grow": {
        const from = this.#now.length;
        this.#resize(event.size);
        this.#remember(from, event.size - from);
        break;
      }
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

  afterCut(cut: Cut): Uint8Array | undefined {
    const { choose, behind = "zeros" } = cut;
    const durable = this.#durable;
    const file = this.#name;
    if (durable === undefined && choose(2, { file, offset: undefined }) === 0) return undefined;
    // Nothing pending: nothing to choose. Who gets the bytes leaves them as they are.
    if (durable !== undefined && this.#sectors.size === 0 && this.#sizes.length === 0) return durable;
    const before = durable ?? new Uint8Array(0);
    const sizes = [before.length, ...this.#sizes];
    const size = sizes[choose(sizes.length, { file, offset: undefined })] as number;
    const bytes = resized(before, Math.max(size, this.#now.length));
    if (behind === "old bytes") bytes.fill(OLD_BYTE, before.length);
    if (cut.lossUnit === CLUSTER) this.#keepClusters(bytes, choose);
    else this.#keepSectors(bytes, cut);
    return size === bytes.length ? bytes : bytes.slice(0, size);
  }

  #keepSectors(bytes: Uint8Array, { choose, headerUnit = SECTOR }: Cut): void {
    for (const [sector, versions] of this.#sectors) {
      const start = sector * SECTOR;
      const former = bytes.slice(start, start + SECTOR);
      const end = Math.min(SECTOR, bytes.length - start);
      for (let from = 0, unit = SECTOR; from < end; from += unit) {
        if (sector === 0) unit = isInNumber(from) ? Math.max(4, headerUnit) : headerUnit;
        const chosen = choose(versions.length + 1, { file: this.#name, offset: start + from });
        const version = chosen === 0 ? former : (versions[chosen - 1] as Version).bytes;
        bytes.set(version.subarray(from, Math.min(from + unit, end)), start + from);
      }
    }
  }

  /** Every sector of a cluster is as it was after the same write. */
  #keepClusters(bytes: Uint8Array, choose: Choose): void {
    const clusters = new Map<number, Set<number>>();
    for (const [sector, versions] of this.#sectors) {
      const cluster = Math.floor((sector * SECTOR) / CLUSTER);
      const writes = clusters.get(cluster) ?? new Set();
      for (const { write } of versions) writes.add(write);
      clusters.set(cluster, writes);
    }
    for (const [cluster, writes] of clusters) {
      const ordered = [-1, ...[...writes].sort((left, right) => left - right)];
      const last = ordered[choose(ordered.length, { file: this.#name, offset: cluster * CLUSTER })] as number;
      for (let sector = (cluster * CLUSTER) / SECTOR; sector < ((cluster + 1) * CLUSTER) / SECTOR; sector++) {
        const version = this.#sectors.get(sector)?.findLast(({ write }) => write <= last);
        const start = sector * SECTOR;
        if (version !== undefined) bytes.set(version.bytes.subarray(0, bytes.length - start), start);
      }
    }
  }

  #resize(size: number): void {
    if (size === this.#now.length) return;
    this.#now = resized(this.#now, size);
    this.#sizes.push(size);
  }

  #remember(offset: number, length: number): void {
    const write = this.#writes++;
    for (let sector = Math.floor(offset / SECTOR); sector * SECTOR < offset + length; sector++) {
      const versions = this.#sectors.get(sector) ?? [];
      versions.push({ write, bytes: resized(this.#now.subarray(sector * SECTOR, (sector + 1) * SECTOR), SECTOR) });
      this.#sectors.set(sector, versions);
    }
  }
}

/** The two sequences of a base block. */
function isInNumber(offset: number): boolean {
  return offset >= 4 && offset < 12;
}

/** A copy, cut or filled with zeros. */
function resized(bytes: Uint8Array, size: number): Uint8Array {
  const copy = new Uint8Array(size);
  copy.set(bytes.subarray(0, size));
  return copy;
}

/** Repeatable chance. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * Nothing of what was pending, everything, and as many random mixtures as asked for: mostly few, half or most of it; headers torn in each way;
 * by sectors and by clusters; zeros or old bytes where a file became longer.
 */
export function cuts(seed: number, mixtures: number): Cut[] {
  const next = random(seed);
  const mixed = Array.from({ length: mixtures }, (_, index): Cut => {
    const share = [0.1, 0.5, 0.9][index % 3] as number;
    return {
      choose: (count) => (next() < share ? 1 + Math.floor(next() * (count - 1)) : 0) % count,
      headerUnit: ([512, 4, 1] as const)[Math.floor(index / 3) % 3] ?? 512,
      lossUnit: index % 5 === 4 ? 4096 : 512,
      behind: index % 2 === 0 ? "zeros" : "old bytes",
    };
  });
  return [{ choose: () => 0 }, { choose: (count) => count - 1 }, ...mixed];
}

/** Those that a person would think of: one file's writes are there and the others' are not, the header and nothing else, everything but the header. */
export function plainCuts(primary: string): Cut[] {
  const where = (isThere: (place: Place) => boolean): Cut => ({
    choose: (count, place) => (isThere(place) ? count - 1 : 0),
  });
  return [
    where(({ file }) => file === primary),
    where(({ file }) => file !== primary),
    where(({ file, offset }) => file === primary && offset === 0),
    where(({ file, offset }) => file !== primary || offset !== 0),
    where(({ offset }) => offset === undefined),
    where(({ offset }) => offset !== undefined),
  ];
}
