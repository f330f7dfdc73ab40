/** From what yargs has read to typed arguments: the rules that yargs does not know. */
import { OPTIONS, type Arguments, type OptionName } from "./options.ts";
import { UsageError } from "./usage-error.ts";
import { NO_IMAGE } from "./wording.ts";

/** Throws UsageError: an option without a value, one that was given twice, an argument too many. */
export function readArguments(typed: Readonly<Record<string, unknown>>): Arguments {
  refuseSurplus(typed["_"]);
  const names = Object.keys(OPTIONS) as OptionName[];
  const options = Object.fromEntries(names.map((name) => [name, optionValue(name, typed[name])]));
  // The values are those that the table declares: optionValue goes by its kind, yargs has checked the choices.
  return { ...options, image: imageArgument(typed["image"]) } as Arguments;
}

/** yargs lets pass what stands behind `--`, and a second word that is a command's name. */
function refuseSurplus(words: unknown): void {
  const surplus = Array.isArray(words) ? words.slice(1) : [];
  if (surplus.length > 0) {
    throw new UsageError(
      `one image at a time; this is too much: ${surplus.join(" ")}`,
      "",
      "put a path that contains spaces in quotes",
    );
  }
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
