/** Pages as they were before they were edited, and the size the bins had: what an edit needs to be taken back. */

export class FormerPages {
  /** By page number; undefined for a page that did not exist. */
  readonly pages = new Map<number, Uint8Array | undefined>();
  /** Undefined while the size is what it was. */
  sizeBytes: number | undefined;

  /** Takes over what a later edit kept; what is already here is older, and stays. */
  absorb(later: FormerPages): void {
    for (const [page, bytes] of later.pages) if (!this.pages.has(page)) this.pages.set(page, bytes);
    this.sizeBytes ??= later.sizeBytes;
  }

  clear(): void {
    this.pages.clear();
    this.sizeBytes = undefined;
  }
}
