/** Random power cuts, each case known by its number: a start state, an edit, every moment of its commit, and the same again in a run after one of the cuts. */
import type { HiveEdit, LogFormat } from "../../src/regf/index.ts";
import { type Edit, PRIMARY } from "../../test/support/commit-scenarios.ts";
import { bytesOf } from "../../test/support/edit-actions.ts";
import { faultAt, recordCommit } from "../../test/support/outcome.ts";
import { tornStates } from "../../test/support/protocol-steps.ts";
import { cuts, type Images, plainCuts, PowerlessDisk, random } from "../../test/support/simulated-disk.ts";

export interface StartState {
  readonly name: string;
  readonly format: LogFormat;
  readonly start: () => Images;
}

export interface CaseResult {
  readonly name: string;
  readonly states: number;
  /** A sentence, where a reader sees what must not be. */
  readonly fault: string | undefined;
}

const MIXTURES = 10;
const MAX_RUNS = 3;
const SIZES = [0, 3, 500, 5000, 17_000, 60_000];

type Chance = (count: number) => number;

/** The same for the same numbers. */
export function runCase(starts: readonly StartState[], seed: number, number: number): CaseResult {
  const next = random(seed * 1_000_003 + number);
  const chance: Chance = (count) => Math.floor(next() * count);
  const { name, format, start } = starts[chance(starts.length)] as StartState;
  let images = start();
  let states = 0;
  const runs = 1 + chance(MAX_RUNS);
  for (let run = 1; run <= runs; run++) {
    const cut = cutOneRun(images, format, randomEdit(chance), chance);
    states += cut.states;
    if (cut.fault !== undefined) return { name, states, fault: `run ${run}: ${cut.fault}` };
    images = cut.left;
  }
  return { name, states, fault: undefined };
}

function cutOneRun(images: Images, format: LogFormat, edit: Edit, chance: Chance) {
  const run = recordCommit(images, format, edit);
  const disk = new PowerlessDisk(images);
  let states = 0;
  let left = images;
  for (let done = 0; done <= run.events.length; done++) {
    const all = [...plainCuts(PRIMARY), ...cuts(chance(2 ** 31), MIXTURES)].map((cut) => disk.afterCut(cut));
    for (const [index, state] of [...all, ...tornStates(disk)].entries()) {
      states++;
      const fault = faultAt(run, done, state, index % 4 === 0);
      if (fault !== undefined) return { states, left, fault: `state ${index} ${fault}` };
      // The next run begins from any of them.
      if (chance(states) === 0) left = state;
    }
    const event = run.events[done];
    if (event !== undefined) disk.apply(event);
  }
  return { states, left, fault: undefined };
}

/** A few values, keys that come and go; always something. */
function randomEdit(chance: Chance): Edit {
  const acts = Array.from({ length: 1 + chance(6) }, (): ((edit: HiveEdit) => void) => {
    const key = `Key ${chance(60).toString().padStart(2, "0")}`;
    const name = `value ${chance(3)}`;
    const data = bytesOf(SIZES[chance(SIZES.length)] as number, chance(256));
    const goes = chance(5) === 0;
    return (edit) => {
      edit.createKey(key);
      edit.setValue(key, name, 3, data);
      if (goes) edit.deleteKey(key);
    };
  });
  const mark = bytesOf(12, chance(2 ** 31));
  return (edit) => {
    for (const act of acts) act(edit);
    edit.createKey("Mark");
    edit.setValue("Mark", `of ${mark.join()}`, 3, mark);
  };
}
