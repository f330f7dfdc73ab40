/** What a command line means, and how a wrong one is refused. */
import { describe, expect, test } from "vitest";
import type { Arguments } from "../../src/cli/options.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { outcomeOf, sampleCommands } from "./sample-commands.ts";

const commands = sampleCommands(() => outcomeOf(0));

function parse(...argv: string[]): Arguments {
  const line = parseCommandLine(argv, commands);
  if (line.kind !== "command") {
    throw new Error(`no command, but: ${line.text}`);
  }
  return line.args;
}

function refusal(...argv: string[]): UsageError {
  try {
    parseCommandLine(argv, commands);
  } catch (error) {
    if (error instanceof UsageError) {
      return error;
    }
    throw error;
  }
  throw new Error(`"${argv.join(" ")}" was taken`);
}

describe("what is read", () => {
  test("an option that was not given is false, absent or empty", () => {
    expect(parse("plan", "D:\\")).toMatchObject({ image: "D:\\", json: false, profile: undefined, map: [], force: [] });
  });

  test("a repeated option gives a list, and takes one value each time", () => {
    expect(parse("plan", "--map", "1=2", "D:\\", "--map", "a=b")).toMatchObject({ image: "D:\\", map: ["1=2", "a=b"] });
    expect(parse("plan", "x", "--force", "dirty", "--force", "hibernated").force).toEqual(["dirty", "hibernated"]);
  });

  test("words stay as they were typed: numbers, dots, equals signs, non-ASCII letters", () => {
    expect(parse("plan", "007", "--profile", "1e3").image).toBe("007");
    expect(parse("plan", "x", "--profile", "1e3").profile).toBe("1e3");
    expect(parse("plan", "x", "--map=Připojení 1=00-50-56-A5-12-69").map).toEqual(["Připojení 1=00-50-56-A5-12-69"]);
  });

  test("general options may stand before the command", () => {
    expect(parse("--json", "plan", "x")).toMatchObject({ json: true, image: "x" });
  });

  test("-o is --output", () => {
    expect(parse("list", "-o", "f.json").output).toBe("f.json");
    expect(parse("list", "--output=f.json").output).toBe("f.json");
  });

  test("a command without an image has an empty one", () => {
    expect(parse("list").image).toBe("");
  });
});

describe("what is refused", () => {
  test.each([
    [[], "a command is missing"],
    [["plam", "x"], 'there is no command "plam"'],
    [["PLAN", "x"], 'there is no command "PLAN"'],
    [["plan"], "the image is missing: a Windows volume's root (D:\\, /mnt/win) or a SYSTEM hive file"],
    [["plan", ""], "the image is missing: a Windows volume's root (D:\\, /mnt/win) or a SYSTEM hive file"],
    [["plan", "x", "--bogus"], "unknown here: --bogus"],
    [["plan", "x", "-v", "--bogus=1"], "unknown here: -v, --bogus=1"],
    [["plan", "x", "-of.json"], "unknown here: -of.json"],
    [["list", "--profile", "f"], "unknown here: --profile"],
    [["list", "--force", "dirty"], "unknown here: --force"],
    [["plan", 'D:" --json'], 'the quotes of the image went wrong: D:" --json'],
    [["plan", "x", "y"], "unknown here: y"],
    [["plan", "x", "plan"], "unknown here: plan"],
    [["plan", "x", "--", "y"], "one image at a time; this is too much: y"],
    [["plan", "x", "--image", "y"], "unknown here: --image"],
    [["plan", "x", "--no-json"], "unknown here: --no-json"],
    [["plan", "x", "--json=false"], "--json takes no value: --json=false"],
    [["plan", "x", "--verbose=yes"], "--verbose takes no value: --verbose=yes"],
    [["plan", "x", "--map"], "the option needs a value: --map"],
    [["plan", "x", "--map", "--json"], "the option needs a value: --map"],
    [["plan", "x", "--profile="], "the option needs a value: --profile"],
    [["plan", "x", "--profile", "a", "--profile", "b"], "--profile is given 2 times; it takes one value"],
    [["plan", "x", "--match", "name"], 'wrong value: --match cannot be "name", only one of "mac", "mac,order"'],
    [
      ["plan", "x", "--force", "damaged"],
      'wrong value: --force cannot be "damaged", only one of "dirty", "hibernated"',
    ],
    [["plan", "x", "--profile", "f", "--map", "1=2"], "--profile and --map do not go together"],
    [["plan", "x", "--all-or-nothing", "--profile", "f"], "--profile and --all-or-nothing do not go together"],
    [["plan", "x", "--json", "--quiet"], "--json and --quiet do not go together"],
    [["plan", "x", "--json", "--verbose"], "--json and --verbose do not go together"],
    [["plan", "x", "--quiet", "--verbose"], "--quiet and --verbose do not go together"],
  ] as const)("%j: %s", (argv, message) => {
    const error = refusal(...argv);
    expect(error.message).toBe(message);
    expect(error).toMatchObject({ exitCode: 2, code: "wrong-command-line" });
  });

  test("a command that is nearly one is recognised", () => {
    expect(refusal("plam", "x").advice).toBe('did you mean "plan"?');
  });

  test("the help that goes with it is that of the command, if there is one", () => {
    expect(refusal("plan", "x", "--bogus").help).toMatch(/^pint plan <image>\n/);
    expect(refusal("plam").help).toMatch(/^pint <command> \[image\]/);
    expect(refusal("plam").help).not.toContain("did you mean");
    expect(refusal("plan", "x", "--bogus").help).not.toContain("bogus");
  });
});

describe("help and version", () => {
  test("are texts, whatever else was typed", () => {
    expect(parseCommandLine(["plan", "--help"], commands).kind).toBe("text");
    expect(parseCommandLine(["plan", "x", "--version"], commands)).toEqual({ kind: "text", text: "0.1.0\n" });
  });

  test("a command's help has its own options, and what can be forced there", () => {
    const plan = parseCommandLine(["plan", "--help"], commands);
    expect(plan).toMatchObject({ kind: "text", text: expect.stringContaining("--map") });
    expect(plan).toMatchObject({ text: expect.stringContaining("hibernated: change an image") });
    expect(plan).not.toMatchObject({ text: expect.stringContaining("damaged") });
    expect(parseCommandLine(["list", "--help"], commands)).not.toMatchObject({
      text: expect.stringContaining("--force"),
    });
  });

  test("fits the console", () => {
    for (const argv of [["--help"], ["plan", "--help"], ["list", "--help"]]) {
      const line = parseCommandLine(argv, commands);
      const text = line.kind === "text" ? line.text : "";
      expect(text).not.toBe("");
      expect(text.split("\n").filter((one) => one.length > 79)).toEqual([]);
    }
  });
});
