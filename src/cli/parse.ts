/** The command line: yargs finds the command and its options, strictly; nothing is run here. */
import yargs, { type Argv, type Options } from "yargs";
import { FORCE_MEANS, type ForceName } from "../image/force.ts";
import { VERSION } from "../version.ts";
import { readArguments } from "./arguments.ts";
import type { Command, Operand } from "./command.ts";
import { GENERAL_OPTIONS, OPTIONS, type Arguments, type OptionName } from "./options.ts";
import { refuseMisread, usageError } from "./usage-error.ts";
import { EPILOGUE, FAMILIES, NO_COMMAND, STRINGS, USAGE } from "./wording.ts";

export type CommandLine =
  | { readonly kind: "command"; readonly command: Command; readonly args: Arguments }
  /** `--help` and `--version`: to be printed, and that is all. */
  | { readonly kind: "text"; readonly text: string };

/** What yargs found, as it calls it. */
interface Choice {
  readonly command: Command;
  readonly typed: Readonly<Record<string, unknown>>;
}

/** Throws UsageError. */
export function parseCommandLine(argv: readonly string[], commands: readonly Command[]): CommandLine {
  refuseMisread(argv);
  const chosen: Choice[] = [];
  let error: Error | undefined;
  let output = "";
  const parser = declareCommands(general(), commands, (choice) => chosen.push(choice));
  // With a callback yargs prints nothing and ends nothing: help, version and errors come back as text.
  void parser.parse([...argv], {}, (problem, _typed, text) => {
    error = problem ?? undefined;
    output = text;
  });
  if (error !== undefined) {
    throw usageError(error.message, output, argv, commands);
  }
  const [choice] = chosen;
  return choice === undefined
    ? { kind: "text", text: `${output}\n` }
    : { kind: "command", command: choice.command, args: readArguments(choice.typed, choice.command) };
}

/** What holds for every command: strict, of one width, and never more than what was typed. */
function general(): Argv {
  return yargs()
    .scriptName("pint")
    .usage(USAGE)
    .locale("en")
    .updateStrings(STRINGS)
    .version(VERSION)
    .help()
    .wrap(79)
    .exitProcess(false)
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "short-option-groups": false,
      "strip-aliased": true,
    })
    .options(Object.fromEntries(GENERAL_OPTIONS.map((name) => [name, declaration(name, [])])))
    .group([...GENERAL_OPTIONS, "help", "version"], "General options:")
    .conflicts("json", ["quiet", "verbose"])
    .conflicts("quiet", "verbose")
    .strict()
    .demandCommand(1, NO_COMMAND)
    .recommendCommands()
    .epilogue(EPILOGUE);
}

function declareCommands(parser: Argv, commands: readonly Command[], choose: (choice: Choice) => void): Argv {
  const families = new Map<string, Command[]>();
  for (const command of commands) {
    const [family = "", member] = command.name.split(" ");
    if (member === undefined) {
      declareCommand(parser, command, command.name, choose);
    } else {
      families.set(family, [...(families.get(family) ?? []), command]);
    }
  }
  for (const [family, members] of families) {
    parser.command({
      command: family,
      describe: FAMILIES[family] ?? "",
      builder: (builder) => {
        for (const member of members) {
          declareCommand(builder, member, member.name.slice(family.length + 1), choose);
        }
        return builder.demandCommand(1, NO_COMMAND).recommendCommands().epilogue("");
      },
      handler: () => {},
    });
  }
  return parser;
}

function declareCommand(parser: Argv, command: Command, name: string, choose: (choice: Choice) => void): void {
  parser.command({
    command: [name, ...operandsOf(command).map((operand) => placeText(operand, command))].join(" "),
    describe: command.summary,
    builder: (builder) => declareArguments(builder, command),
    handler: (typed) => choose({ command, typed }),
  });
}

/** The image is one. */
function operandsOf({ image, operands = [] }: Command): readonly Operand[] {
  return image === null ? operands : [{ name: "image", describe: image }];
}

function placeText({ name, many }: Operand, { insteadOfImage }: Command): string {
  if (many === true) return `<${name}..>`;
  return insteadOfImage === undefined ? `<${name}>` : `[${name}]`;
}

function declareArguments(builder: Argv, command: Command): Argv {
  const { options, forces, apart } = command;
  for (const { name, describe } of operandsOf(command)) {
    builder.positional(name, { type: "string", describe });
  }
  const own: readonly OptionName[] = forces.length === 0 ? options : [...options, "force"];
  for (const [option, others] of apart) {
    builder.conflicts(option, others);
  }
  return builder.options(Object.fromEntries(own.map((name) => [name, declaration(name, forces)]))).epilogue("");
}

function declaration(name: OptionName, forces: readonly ForceName[]): Options {
  const { kind, describe, alias, choices } = { alias: undefined, choices: undefined, ...OPTIONS[name] };
  const can = name === "force" ? forces : choices;
  return {
    describe:
      name === "force"
        ? `${describe}\n${forces.map((force) => `${force}: ${FORCE_MEANS[force]}`).join("\n")}`
        : describe,
    ...(kind === "flag" ? { type: "boolean" } : { type: "string", nargs: 1 }),
    ...(kind === "texts" ? { array: true } : {}),
    ...(alias === undefined ? {} : { alias }),
    ...(can === undefined ? {} : { choices: can }),
  };
}
