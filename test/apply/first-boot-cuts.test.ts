/** A power cut anywhere in a second arrangement, or in the undo of it: the image has the one or the other, whole. */
import { expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { keepingLists } from "../support/first-boot.ts";
import { phonyImage } from "../support/phony-images.ts";
import { copyOf, cutAfter, WITH_NAMES } from "./cuts.ts";
import { apply, looking, options } from "./first-boot-runs.ts";
import { NOW, SILENT } from "./support.ts";

const later = (minutes: number) => new Date(NOW.getTime() + 60_000 * minutes);
const { host } = keepingLists();

test("each cut leaves one arrangement, whose files are all there", () => {
  const { root } = phonyImage("pending-xp");
  const first = apply(root, "pending-xp", { host });
  const renaming = { host, pairing: { rename: true }, now: later(1) };
  const arranged = copyOf(root);
  const second = apply(arranged, "pending-xp", renaming);
  const ways = [
    { of: root, run: (image: string) => applyImage(options(image, "pending-xp", renaming), SILENT) },
    { of: arranged, run: (image: string) => undoImage(looking(image), SILENT) },
  ];
  for (const { of, run } of ways) {
    const seen = new Set<string | undefined>();
    for (let count = 0; ; count++) {
      const image = copyOf(of);
      const { reached } = cutAfter(count, () => run(image), WITH_NAMES);
      const { firstBoot } = inspectImage(looking(image), SILENT);
      expect(firstBoot).toMatchObject({ state: "arranged", problems: [] });
      seen.add(firstBoot?.id ?? undefined);
      if (!reached) break;
    }
    expect([...seen].toSorted()).toEqual([first, second].map((result) => result.firstBoot?.id).toSorted());
  }
});
