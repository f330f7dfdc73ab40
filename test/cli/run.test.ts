/** From a command's outcome or failure to what is printed where, and the exit code. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { outcomeOf, runSample } from "./sample-commands.ts";

const noImage = () => {
  throw new Failure("noImage", "There is no image", { at: "x", code: "no-such-path" });
};

describe("an outcome", () => {
  test("is printed on stdout, and its exit code is the run's", () => {
    expect(runSample(["plan", "x"], () => outcomeOf(25))).toEqual({ code: 25, stdout: "report, normal\n", stderr: "" });
  });

  test.each([
    ["--quiet", "report, quiet\n"],
    ["--verbose", "report, verbose\n"],
    ["--json", '{"exitCode":25}\n'],
  ])("%s chooses its face", (option, stdout) => {
    expect(runSample(["plan", "x", option], () => outcomeOf(25)).stdout).toBe(stdout);
  });

  test("stages are told as they happen, and only when --verbose", () => {
    const perform: Parameters<typeof runSample>[1] = (_args, { emit }) => {
      emit({ kind: "planned", sources: 1, steps: 2 });
      return outcomeOf(0);
    };
    expect(runSample(["plan", "x", "--verbose"], perform).stdout).toBe(
      "* planned: 1 source, 2 registry changes\nreport, verbose\n",
    );
    for (const option of ["--quiet", "--json"]) {
      expect(runSample(["plan", "x", option], perform).stdout).not.toContain("planned");
    }
    expect(runSample(["plan", "x"], perform).stdout).not.toContain("planned");
  });
});

test("what the JSON document has no place for goes to stderr, and only then", () => {
  const perform = () => ({ ...outcomeOf(0), besideJson: "1 warning\n" });
  expect(runSample(["plan", "x", "--json"], perform)).toMatchObject({
    stdout: '{"exitCode":0}\n',
    stderr: "1 warning\n",
  });
  expect(runSample(["plan", "x"], perform).stderr).toBe("");
});

describe("a failure", () => {
  test("is told on stderr, without a stack", () => {
    expect(runSample(["plan", "x"], noImage)).toEqual({
      code: 21,
      stdout: "",
      stderr: "pint: There is no image\n  at  x\nexit code 21: no image or no profile, or more than one\n",
    });
  });

  test("is one document on stdout with --json", () => {
    const { code, stdout, stderr } = runSample(["plan", "x", "--json"], noImage);
    expect({ code, stderr }).toEqual({ code: 21, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: "no-such-path", exit: "noImage" }, exitCode: 21 });
  });

  test("of the command line has the help above it, and is a document too with --json", () => {
    const { code, stdout, stderr } = runSample(["plan", "x", "--bogus"], () => outcomeOf(0));
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^pint plan <image>\n[\s\S]*\n\npint: unknown here: --bogus\nexit code 2: .*\n$/);

    const asJson = runSample(["plan", "x", "--bogus", "--json"], () => outcomeOf(0));
    expect(JSON.parse(asJson.stdout)).toMatchObject({ error: { exit: "usage" }, exitCode: 2 });
    expect(asJson.stderr).toBe("");
  });
});

describe("an error that is no Failure", () => {
  const broken = () => {
    throw new TypeError("undefined is not a hive");
  };

  test("is a fault of the program: exit code 1, the stack, and the wish to hear of it", () => {
    const { code, stdout, stderr } = runSample(["plan", "x", "--map", "1=2"], broken);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain("TypeError: undefined is not a hive\n");
    expect(stderr).toContain("run.test.ts");
    expect(stderr).toContain("pint 0.1.0: pint plan x --map 1=2");
  });

  test("is a document on stdout with --json", () => {
    const { code, stdout } = runSample(["plan", "x", "--json"], broken);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { exit: "internal" }, exitCode: 1 });
  });

  test("is never accepted", () => {
    expect(runSample(["plan", "x", "--accept", "20,21,22,23,24,25"], broken).code).toBe(1);
  });
});

describe("--accept", () => {
  test("ends with 0 instead, says so, and changes nothing in the report", () => {
    expect(runSample(["plan", "x", "--accept", "25, 26"], () => outcomeOf(25))).toEqual({
      code: 0,
      stdout: "report, normal\n",
      stderr: "pint: exit code 25 is accepted (--accept): ends with 0\n",
    });
    expect(runSample(["plan", "x", "--json", "--accept", "25"], () => outcomeOf(25)).stdout).toBe('{"exitCode":25}\n');
  });

  test("says nothing when the run ends otherwise", () => {
    expect(runSample(["plan", "x", "--accept", "25"], () => outcomeOf(0))).toMatchObject({ code: 0, stderr: "" });
    expect(runSample(["plan", "x", "--accept", "25"], () => outcomeOf(26))).toMatchObject({ code: 26, stderr: "" });
  });

  test("goes for failures too, which are told all the same", () => {
    const { code, stderr } = runSample(["plan", "x", "--accept", "21"], noImage);
    expect(code).toBe(0);
    expect(stderr).toContain("pint: There is no image\n");
    expect(stderr).toContain("exit code 21 is accepted");
  });

  test.each(["", "0", "1", "2", "130", "19", "25,", "twentyfive", "25 26"])("refuses %j", (codes) => {
    let performed = false;
    const { code } = runSample(["plan", "x", "--accept", codes], () => {
      performed = true;
      return outcomeOf(0);
    });
    expect({ code, performed }).toEqual({ code: 2, performed: false });
  });
});
