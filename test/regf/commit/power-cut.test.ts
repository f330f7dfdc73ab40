/** The power fails at every moment of a commit: what is left is the old hive or the new one, and after the point of commit only the new one. */
import { describe, expect, test } from "vitest";
import {
  another,
  type Edit,
  growing,
  growingByOneBin,
  inPlace,
  opened,
  PRIMARY,
} from "../../support/commit-scenarios.ts";
import { faultAt, type RecordedCommit, recordCommit } from "../../support/outcome.ts";
import { type Cut, cuts, type Images, plainCuts, PowerlessDisk } from "../../support/simulated-disk.ts";
import { tornStates } from "../../support/protocol-steps.ts";
import { START_STATES } from "../../support/start-states.ts";

/** Random mixtures at every event. */
const MIXTURES = 3;

const EDITS: readonly (readonly [string, Edit])[] = [
  ["in place", inPlace],
  ["growing by one bin", growingByOneBin],
  ["growing by many", growing],
];

let states = 0;

/** Throws an Error that names the first moment and cut after which a reader sees what must not be. */
function cutEverywhere(run: RecordedCommit, cutsAt: (done: number) => readonly Cut[], visit?: (left: Images) => void) {
  const disk = new PowerlessDisk(run.images);
  for (let done = 0; ; done++) {
    const cut = cutsAt(done).map((it) => disk.afterCut(it));
    [...cut, ...tornStates(disk)].forEach((left, index) => {
      states++;
      const fault = faultAt(run, done, left, index % 3 === 0);
      if (fault !== undefined) throw new Error(`state ${index} ${fault}`);
      visit?.(left);
    });
    const event = run.events[done];
    if (event === undefined) return;
    disk.apply(event);
  }
}

describe.each(START_STATES)("$name", ({ format, start }) => {
  test.each(EDITS)("%s", (_, edit) => {
    const run = recordCommit(start(), format, edit);
    expect(run.events.length).toBeGreaterThan(8);
    expect(opened(run.images).recovery.dirty).toBe(run.recovered > 0);
    cutEverywhere(run, (done) => [
      ...plainCuts(PRIMARY).slice((done % 3) * 2, (done % 3) * 2 + 2),
      ...cuts(done * 31, MIXTURES),
    ]);
  });

  test("and again in a run after that", () => {
    const first = recordCommit(start(), format, growingByOneBin);
    let moment = 0;
    cutEverywhere(
      first,
      (done) => cuts(done * 17, 1).slice(done % 3, (done % 3) + 1),
      (left) => {
        if (moment++ % 4 !== 0) return;
        const second = recordCommit(left, format, another);
        cutEverywhere(second, (done) => cuts(moment * 1000 + done, 3).slice(2 + ((moment + done) % 3)));
      },
    );
  });
});

test("so many states", () => {
  // Counted, so that nobody thins them out unnoticed.
  expect(states).toBeGreaterThan(30_000);
});
