/** Marvin32: the hash that protects log entries. */

/** The seed that Windows uses for log entries (Maxim Suhanov's specification of the format, "New format" of logs). */
const SEED_LOW = 0x7a4e55c5;
const SEED_HIGH = 0x82ef4d88;

/** As the entry stores it: 64 bits. */
export function marvin32(bytes: Uint8Array): bigint {
  let low = SEED_LOW | 0;
  let high = SEED_HIGH | 0;
  const mix = (word: number): void => {
    low = (low + word) | 0;
    high ^= low;
    low = (((low << 20) | (low >>> 12)) + high) | 0;
    high = ((high << 9) | (high >>> 23)) ^ low;
    low = (((low << 27) | (low >>> 5)) + high) | 0;
    high = (high << 19) | (high >>> 13);
  };
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const wordsEnd = bytes.length - (bytes.length % 4);
  for (let offset = 0; offset < wordsEnd; offset += 4) mix(view.getInt32(offset, true));
  let last = 0x80; // ends the text, as in the algorithm's padding
  for (let offset = bytes.length - 1; offset >= wordsEnd; offset--) last = (last << 8) | view.getUint8(offset);
  mix(last);
  mix(0);
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}
