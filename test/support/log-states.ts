/** The states that a hive goes through while its HvLE logs are replayed, by a second replayer that shares nothing with the engine: the oracle of the tests of damaged logs. */

export interface PlainEntry {
  /** In the log. */
  readonly offset: number;
  readonly sizeBytes: number;
  readonly sequence: number;
  readonly hiveBinsSize: number;
  readonly pages: readonly { readonly offset: number; readonly bytes: Uint8Array }[];
}

/** Entry after entry as they stand in a log that is whole, without a look at hashes; entries of an earlier time behind them have lower numbers. */
export function plainEntries(log: Uint8Array): PlainEntry[] {
  const bytes = Buffer.from(log.buffer, log.byteOffset, log.length);
  const entries: PlainEntry[] = [];
  if (bytes.length < 512) return entries;
  let expected = bytes.readUInt32LE(4);
  const isNext = (offset: number): boolean =>
    bytes.toString("latin1", offset, offset + 4) === "HvLE" && bytes.readUInt32LE(offset + 12) === expected;
  for (let offset = 512; offset < bytes.length && isNext(offset); offset += bytes.readUInt32LE(offset + 4)) {
    expected = (expected + 1) >>> 0;
    const count = bytes.readUInt32LE(offset + 20);
    let data = offset + 40 + count * 8;
    const pages = Array.from({ length: count }, (_, index) => {
      const sizeBytes = bytes.readUInt32LE(offset + 44 + index * 8);
      data += sizeBytes;
      return { offset: bytes.readUInt32LE(offset + 40 + index * 8), bytes: bytes.subarray(data - sizeBytes, data) };
    });
    const sizeBytes = bytes.readUInt32LE(offset + 4);
    const sequence = bytes.readUInt32LE(offset + 12);
    entries.push({ offset, sizeBytes, sequence, hiveBinsSize: bytes.readUInt32LE(offset + 16), pages });
  }
  return entries;
}

/** The bins after no entry, after the first, and so on to the last. `primary` is the whole file. */
export function statesAfter(primary: Uint8Array, entries: readonly PlainEntry[]): Uint8Array[] {
  let size = new DataView(primary.buffer, primary.byteOffset).getUint32(0x28, true);
  let bins = Buffer.from(primary.subarray(4096));
  const states = [bins.subarray(0, size)];
  for (const entry of entries) {
    size = entry.hiveBinsSize;
    bins = Buffer.concat([bins, Buffer.alloc(Math.max(0, size - bins.length))]);
    for (const { offset, bytes } of entry.pages) bins.set(bytes, offset);
    states.push(bins.subarray(0, size));
  }
  return states;
}

/** The same bytes with one bit turned over. */
export function withFlip(bytes: Uint8Array, offset: number, bit: number): Uint8Array {
  const changed = new Uint8Array(bytes);
  changed[offset] = (changed[offset] ?? 0) ^ (1 << bit);
  return changed;
}
