/** Compares bytes, many at a time where they lie so that it can be done. */

export function sameBytes(left: Uint8Array, right: Uint8Array): boolean {
  if (left.length !== right.length) return false;
  let index = 0;
  if (left.byteOffset % 4 === 0 && right.byteOffset % 4 === 0) {
    const wordCount = left.length >>> 2;
    const leftWords = new Int32Array(left.buffer, left.byteOffset, wordCount);
    const rightWords = new Int32Array(right.buffer, right.byteOffset, wordCount);
    for (let word = 0; word < wordCount; word++) if (leftWords[word] !== rightWords[word]) return false;
    index = wordCount * 4;
  }
  for (; index < left.length; index++) if (left[index] !== right[index]) return false;
  return true;
}
