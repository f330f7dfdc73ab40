/** What is wrong with a command line, in our words, and the help that is nearest to it. */
import { Failure } from "../exit/failure.ts";
import type { Command } from "./command.ts";
import { OPTIONS } from "./options.ts";
import { NO_IMAGE } from "./wording.ts";

export class UsageError extends Failure {
  /** Empty when the message says all that there is to say. */
  readonly help: string;

  constructor(message: string, help = "", advice?: string) {
    super("usage", message, { code: "wrong-command-line", advice });
    this.help = help;
  }
}

/** From what yargs says: its message, and its output, which is the help and behind it the message or a recommendation. */
export function usageError(
  message: string,
  output: string,
  argv: readonly string[],
  commands: readonly Command[],
): UsageError {
  const recommendation = /^did you mean .*\?$/m.exec(output)?.[0];
  const help = output.replace(recommendation ?? message, "").trimEnd();
  const [word, second] = argv.filter((one) => !one.startsWith("-"));
  const family = commands.filter((command) => command.name.split(" ")[0] === word);
  if (word !== undefined && family.length === 0) {
    return new UsageError(`there is no command "${word}"`, help, recommendation);
  }
  const command = family.find(({ name }) => name === word || name === `${word} ${second}`);
  if (word !== undefined && second !== undefined && command === undefined) {
    return new UsageError(`there is no command "${word} ${second}"`, help, recommendation);
  }
  const unknown = /^Unknown arguments?: (.*)$/.exec(message)?.[1]?.split(", ");
  if (unknown !== undefined) {
    return new UsageError(`unknown here: ${unknown.map((name) => asTyped(name, argv)).join(", ")}`, help);
  }
  const isWanting = message.startsWith("Not enough non-option arguments");
  return new UsageError(isWanting ? whatIsWanting(command) : oneLine(message), help);
}

function whatIsWanting(command: Command | undefined): string {
  if (command === undefined || command.image !== null) return NO_IMAGE;
  const operands = (command.operands ?? []).map(({ name }) => `<${name}>`);
  return `something is missing: ${command.name} ${operands.join(" ")}`;
}

/** yargs tells an option's name without its dashes. */
function asTyped(name: string, argv: readonly string[]): string {
  return argv.find((word) => word.startsWith("-") && word.replace(/^-+/, "").split("=")[0] === name) ?? name;
}

/** yargs puts a list below some messages, a line for each. */
function oneLine(message: string): string {
  return message
    .split("\n")
    .map((line) => line.trim())
    .join(" ");
}

/** What yargs reads as something else than it looks like; throws UsageError. */
export function refuseMisread(argv: readonly string[]): void {
  for (const word of argv) {
    const [name, value] = word.split("=", 2);
    const flag = Object.entries(OPTIONS).find(([option, { kind }]) => kind === "flag" && name === `--${option}`);
    if (flag !== undefined && value !== undefined) {
      throw new UsageError(`${name} takes no value: ${word}`);
    }
    // yargs takes a positional argument as an option, too, and then keeps one of the two.
    if (name === "--image") {
      throw new UsageError(`unknown here: ${word}`, "", "the image stands behind the command, without an option");
    }
  }
}
