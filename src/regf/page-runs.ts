/** Joins neighbouring pages, so that they are written and referred to as one. */

export interface PageRun {
  readonly first: number;
  readonly count: number;
}

/** `pages` are numbers, ascending. */
export function runsOf(pages: readonly number[]): PageRun[] {
  const runs: { first: number; count: number }[] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last !== undefined && page === last.first + last.count) last.count++;
    else runs.push({ first: page, count: 1 });
  }
  return runs;
}
