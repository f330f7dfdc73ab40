/** Arithmetic of sequence numbers, which begin again at 0 after 2^32 - 1. */

export function nextSequence(sequence: number): number {
  return (sequence + 1) >>> 0;
}

export function previousSequence(sequence: number): number {
  return (sequence - 1) >>> 0;
}

/** Whether `left` comes after `right`, as seen from less than half the circle away. */
export function isLater(left: number, right: number): boolean {
  return ((left - right) | 0) > 0;
}
