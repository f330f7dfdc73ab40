/** Which profile is taken that nobody has named, and what is said of one that somebody has. */
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { planImage } from "../../src/apply/plan.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { applyOptions, imageOptions, listener, SAVED_PROFILE, SILENT, snapshot, withProfile } from "./support.ts";

const OF_CAPTURE = "Windows/PINT/profile.json";
const OF_LIVE_CAPTURE = "ProgramData/PINT/profile.json";

function imageWithProfile(): { root: string; profile: string; others: string } {
  const { root } = phonyImage("moved-windows-10");
  const profile = readFileSync(join(root, OF_CAPTURE), "utf8");
  return { root, profile, others: profile.replaceAll("SRV-FILES01", "SRV-OTHER") };
}

describe("two profiles in the image", () => {
  test("that differ: 21 with the list, for apply, plan and verify, and nothing is touched", () => {
    const { root, profile } = imageWithProfile();
    writeFileIn(root, OF_LIVE_CAPTURE, profile.replace("10.20.30.40", "10.20.30.41"));
    const before = snapshot(root);
    const runs = [
      () => applyImage(applyOptions(root, SAVED_PROFILE), SILENT),
      () => planImage({ ...imageOptions(root), ...SAVED_PROFILE }, SILENT),
      () => verifyImage(imageOptions(root), SILENT),
    ];
    for (const run of runs) {
      const failure = failureOf(run);
      expect(failure).toMatchObject({ exitCode: 21, code: "several-profiles" });
      expect(failure.message).toContain(join(root, OF_CAPTURE));
      expect(failure.message).toContain(join(root, OF_LIVE_CAPTURE));
    }
    expect(snapshot(root)).toEqual(before);
    const named = withProfile(join(root, OF_LIVE_CAPTURE));
    expect(applyImage(applyOptions(root, named), SILENT)).toMatchObject({ exitCode: 0, written: true });
  });

  test("that say the same are one, whenever they were captured", () => {
    const { root, profile } = imageWithProfile();
    writeFileIn(root, OF_LIVE_CAPTURE, profile.replace("2024-04-30", "2023-01-01"));
    expect(applyImage(applyOptions(root, SAVED_PROFILE), SILENT)).toMatchObject({ exitCode: 0, written: true });
  });

  test("one of them another machine's: it is passed over, told, and not what verify names", () => {
    const { root, profile, others } = imageWithProfile();
    writeFileIn(root, OF_CAPTURE, others);
    writeFileIn(root, OF_LIVE_CAPTURE, profile);
    const { events, emit } = listener();
    const against = { kind: "profile", path: join(root, OF_LIVE_CAPTURE) };
    expect(verifyImage(imageOptions(root), emit)).toMatchObject({ exitCode: 28, against });
    expect(events).toContainEqual(
      expect.objectContaining({ kind: "profile-passed-over", path: join(root, OF_CAPTURE) }),
    );
    expect(applyImage(applyOptions(root, SAVED_PROFILE), SILENT)).toMatchObject({ exitCode: 0, written: true });
  });

  test("both another machine's: 21", () => {
    const { root, others } = imageWithProfile();
    writeFileIn(root, OF_CAPTURE, others);
    writeFileIn(root, OF_LIVE_CAPTURE, others.replace("10.20.30.40", "10.20.30.41"));
    expect(failureOf(() => applyImage(applyOptions(root, SAVED_PROFILE), SILENT))).toMatchObject({
      exitCode: 21,
      code: "profile-of-another-machine",
    });
  });
});

describe("a profile that a person has named", () => {
  const warningsFor = (text: string): string[] => {
    const { root } = imageWithProfile();
    rmSync(join(root, "Windows/PINT"), { recursive: true });
    const named = withProfile(writeFileIn(newFolder(), "profile.json", text));
    const { warnings } = planImage({ ...imageOptions(root), ...named }, SILENT).plan;
    return warnings.filter(({ code }) => code === "profile-of-another-machine").map(({ message }) => message);
  };

  test("is used, and said to be another machine's where it is", () => {
    const { profile, others } = imageWithProfile();
    expect(warningsFor(others)).toEqual([
      "The profile that was named is used, though it is not this machine's: the profile was captured from computer SRV-OTHER, and this image is SRV-FILES01. No two machines may have one address.",
    ]);
    expect(warningsFor(profile)).toEqual([]);
  });

  test("and written by hand, which says nothing of a machine, needs no warning", () => {
    const document = JSON.parse(imageWithProfile().profile) as Record<string, unknown>;
    delete document["captured"];
    expect(warningsFor(JSON.stringify(document))).toEqual([]);
  });
});
