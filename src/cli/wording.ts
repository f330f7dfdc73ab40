/** The sentences of the command line: yargs' own in our words, and what stands below the help. */

/** By yargs' keys (its locales/en.json); those with a plural are put in our words by usageError. */
export const STRINGS = {
  "Not enough arguments following: %s": "the option needs a value: --%s",
  "Arguments %s and %s are mutually exclusive": "--%s and --%s do not go together",
  "Invalid values:": "wrong value:",
  "Argument: %s, Given: %s, Choices: %s": "--%s cannot be %s, only one of %s",
  "Did you mean %s?": 'did you mean "%s"?',
  "Show help": "show this help",
  "Show version number": "show the version",
};

export const NO_COMMAND = "a command is missing";
export const NO_IMAGE = "the image is missing: a Windows volume's root (D:\\, /mnt/win) or a SYSTEM hive file";

/** Commands of two words, by the first. */
export const FAMILIES: Readonly<Record<string, string>> = { profile: "list a saved profile, or edit it" };

export const USAGE = `$0 <command> [image] [options]

Moves the network configuration of an offline Windows image to the adapters of
the machine on which it will boot, before that Windows boots.
An image is a Windows volume's root (D:\\, /mnt/win) or a SYSTEM hive file.`;

export const EPILOGUE = `"pint <command> --help" shows the options of a command.
A run that does not end with 0 says in its last line what its exit code means.

Examples:
  pint capture D:\\ -o profile.json
  pint plan D:\\ --profile profile.json --inventory new-machine.json
  pint apply D:\\ --profile profile.json --inventory new-machine.json
  pint undo D:\\
  pint apply --auto --log E:\\pint.log`;
