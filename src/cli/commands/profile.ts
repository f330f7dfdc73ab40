/** `pint profile`: lists and edits a saved profile, as PINT's command line did. */
import { editProfile, type ProfileEditOptions } from "../../apply/profile-edit.ts";
import { listProfile } from "../../apply/profile-list.ts";
import { FIELDS } from "../../profile/field-change.ts";
import { profileEditView, profileListView } from "../../report/views/profile.ts";
import { type Command, type Context, type Operand, outcome } from "../command.ts";
import type { Arguments } from "../options.ts";
import { UsageError } from "../usage-error.ts";

const FILE: Operand = { name: "file", describe: "the profile" };
const CONNECTION: Operand = { name: "connection", describe: "its number, name, GUID or MAC address" };
const MAC: Operand = { name: "mac", describe: "of the adapter that it is to get, like 00-50-56-A5-12-69" };

const NO_OPTIONS = { image: null, options: [], forces: [], apart: [] } as const;

const list: Command = {
  ...NO_OPTIONS,
  name: "profile list",
  operands: [FILE],
  summary: "list a saved profile",
  run: ({ words: [file = ""] }) => outcome(listProfile(file), profileListView),
};

const addMac: Command = {
  ...NO_OPTIONS,
  name: "profile add-mac",
  operands: [FILE, CONNECTION, MAC],
  summary: "force a connection onto the adapter with this MAC address",
  run: (args, context) => edited(args, context, { kind: "add-mac", mac: args.words[2] ?? "" }),
};

const removeMac: Command = {
  ...NO_OPTIONS,
  name: "profile remove-mac",
  operands: [FILE, CONNECTION, { ...MAC, describe: "one that add-mac has added" }],
  summary: "take that back",
  run: (args, context) => edited(args, context, { kind: "remove-mac", mac: args.words[2] ?? "" }),
};

const set: Command = {
  ...NO_OPTIONS,
  name: "profile set",
  operands: [FILE, CONNECTION, { name: "change", describe: fieldsText(), many: true }],
  summary: "change settings of a connection",
  run: (args, context) => edited(args, context, { kind: "set", fields: args.words.slice(2).map(parseField) }),
};

export const PROFILE_COMMANDS: readonly Command[] = [list, addMac, removeMac, set];

function edited({ words }: Arguments, { now, host, emit }: Context, edit: ProfileEditOptions["edit"]) {
  const [file = "", connection = ""] = words;
  return outcome(editProfile({ file, connection, edit, now, host }, emit), profileEditView);
}

function parseField(text: string): readonly [field: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) {
    throw new UsageError(
      `a change is FIELD=VALUE, not "${text}"`,
      "",
      `the fields are ${Object.keys(FIELDS).join(", ")}`,
    );
  }
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}

function fieldsText(): string {
  const examples = Object.entries(FIELDS).map(([name, { example }]) => `${name}=${example}`);
  return `FIELD=VALUE; an empty value takes the field away\n${examples.join("\n")}`;
}
