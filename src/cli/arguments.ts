/** From what yargs has read to typed arguments: the rules that yargs does not know. */
import type { Command, Operand } from "./command.ts";
import { OPTIONS, type Arguments, type OptionName } from "./options.ts";
import { UsageError } from "./usage-error.ts";
import { NO_IMAGE } from "./wording.ts";

/** Throws UsageError: an option without a value, one that was given twice, an argument too many. */
export function readArguments(
  typed: Readonly<Record<string, unknown>>,
  command: Pick<Command, "name" | "operands" | "insteadOfImage" | "together">,
): Arguments {
  const { name, operands = [], insteadOfImage, together = [] } = command;
  refuseSurplus(typed["_"], name.split(" ").length);
  const names = Object.keys(OPTIONS) as OptionName[];
  const options = Object.fromEntries(names.map((name) => [name, optionValue(name, typed[name])]));
  const words = operands.flatMap((operand) => wordsOf(operand, typed[operand.name]));
  if (insteadOfImage !== undefined) {
    needEither(insteadOfImage, options[insteadOfImage] === true, typed["image"]);
  }
  for (const [option, other] of together) {
    if (options[option] !== undefined && options[option] !== false && options[other] !== true) {
      throw new UsageError(`--${option} goes with --${other} only`);
    }
  }
  // The values are those that the table declares: optionValue goes by its kind, yargs has checked the choices.
  return { ...(options as Omit<Arguments, "image" | "words">), image: imageArgument(typed["image"]), words };
}

/** yargs lets pass what stands behind `--`, and a second word that is a command's name. */
function refuseSurplus(words: unknown, commandWordCount: number): void {
  const surplus = Array.isArray(words) ? words.slice(commandWordCount) : [];
  if (surplus.length > 0) {
    throw new UsageError(
      `one image at a time; this is too much: ${surplus.join(" ")}`,
      "",
      "put a path that contains spaces in quotes",
    );
  }
}

function needEither(option: OptionName, isGiven: boolean, image: unknown): void {
  if (isGiven && image !== undefined) {
    throw new UsageError(`--${option} and an image do not go together: ${String(image)}`);
  }
  if (!isGiven && image === undefined) {
    throw new UsageError(`${NO_IMAGE}; or --${option}`);
  }
}

function wordsOf({ name }: Operand, value: unknown): string[] {
  const words = (Array.isArray(value) ? value : [value]).map(String);
  if (words.includes("")) {
    throw new UsageError(`<${name}> is empty`);
  }
  return words;
}

function optionValue(name: OptionName, value: unknown): boolean | string | undefined | readonly string[] {
  const { kind } = OPTIONS[name];
  if (kind === "flag") {
    return value === true;
  }
  const values = (Array.isArray(value) ? value : value === undefined ? [] : [value]).map(String);
  if (values.includes("")) {
    throw new UsageError(`the option needs a value: --${name}`);
  }
  if (kind === "texts") {
    return values;
  }
  if (values.length > 1) {
    throw new UsageError(`--${name} is given ${values.length} times; it takes one value`);
  }
  return values[0];
}

function imageArgument(image: unknown): string {
  if (image === undefined) {
    return "";
  }
  if (typeof image !== "string" || image === "") {
    throw new UsageError(NO_IMAGE);
  }
  if (/^[a-z]:.*"/i.test(image)) {
    // "D:\" --json reaches a Windows program as one word, D:" --json (Microsoft: Parsing C command-line arguments).
    throw new UsageError(
      `the quotes of the image went wrong: ${image}`,
      "",
      'write D:\\ without quotes, or double the last backslash: "D:\\\\"',
    );
  }
  return image;
}
