/** `profile add-mac`, `remove-mac` and `set`: changes one connection of a saved profile, and nothing else in its text. */
import { editJson } from "../document/edit-json.ts";
import type { JsonPath } from "../document/json-reader.ts";
import { jsonPath } from "../document/problem.ts";
import { documentText } from "../document/text.ts";
import { EXIT_CODES } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import { protectLike } from "../image/access-list/like-former.ts";
import type { Host } from "../image/host.ts";
import { type MacAddress, parseMac } from "../notation/mac.ts";
import { namedBy } from "../plan/ends/names.ts";
import { parseProfile } from "../profile/document.ts";
import { type FieldChange, fieldChanges, FIELDS } from "../profile/field-change.ts";
import type { Profile, ProfileConnection } from "../profile/model.ts";
import { readDocumentFile, saveDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
import { keepFormerProfile } from "./keep-former.ts";
import { tellWarnings } from "./open-windows.ts";
import type { ProfileEditResult } from "./profile-results.ts";

/** One connection of the profile, and what is to become of it. */
export interface ProfileEditOptions {
  readonly file: string;
  /** Its number, name, GUID, or one of its MAC addresses. */
  readonly connection: string;
  readonly edit:
    | { readonly kind: "add-mac" | "remove-mac"; readonly mac: string }
    /** Pairs of a field's name and its new text; an empty text takes the field away. */
    | { readonly kind: "set"; readonly fields: readonly (readonly [field: string, text: string])[] };
  readonly now: Date;
  readonly host: Host;
}

/**
 * The document is checked as a whole before a byte is written, and the former file is kept. Throws Failure: usage (2) for what names nothing or cannot be
 * read, invalidDocument (20) for a profile that is not valid, or would not be, noImage (21), 24 and 29 as saving does.
 */
export function editProfile(options: ProfileEditOptions, emit: Emit): ProfileEditResult {
  const { file } = options;
  const bytes = readDocumentFile(file, "profile");
  const { profile } = parseProfile(bytes, file);
  const text = documentText(bytes, file, "profile");
  const connection = theConnection(profile, options);
  const place: JsonPath = ["connections", profile.connections.indexOf(connection)];
  const changes = changesOf(connection, options).map(({ path, value }) => ({ path: [...place, ...path], value }));
  const edited = changes.reduce((current, { path, value }) => editJson(current, path, value), text);
  const { profile: after, warnings } = checked(edited, file);
  const remarks = warnings.map(({ code, at, message }) => ({ code, message: `${at}: ${message}` }));
  tellWarnings(remarks, emit);
  const isChanged = JSON.stringify(after) !== JSON.stringify(profile);
  const saved = isChanged ? save(options, edited, emit) : { formerKeptAs: null, warnings: [] };
  return {
    path: file,
    connection: after.connections[place[1] as number] ?? connection,
    changes: isChanged ? changes.map(({ path, value }) => ({ at: jsonPath(path), value: value ?? null })) : [],
    written: isChanged,
    formerKeptAs: saved.formerKeptAs,
    warnings: [...remarks, ...saved.warnings],
    exitCode: EXIT_CODES.done,
  };
}

/** One in an image is for administrators to change, and stays so. */
function save(
  { file, now, host }: ProfileEditOptions,
  text: string,
  emit: Emit,
): Pick<ProfileEditResult, "formerKeptAs" | "warnings"> {
  const formerKeptAs = keepFormerProfile(file, text, now);
  let why: string | undefined;
  saveDocument(file, text, "profile", (empty) => {
    why = protectLike(file, empty, host);
  });
  emit({ kind: "saved", what: "profile", path: file });
  if (why === undefined) return { formerKeptAs, warnings: [] };
  const message = `${file} is not known to have the access list that it had: ${why}. Look at who may change it`;
  const warnings = [{ code: "profile-writable", message }];
  tellWarnings(warnings, emit);
  return { formerKeptAs, warnings };
}

/** What is wrong is said of the document as it would be. */
function checked(text: string, file: string): ReturnType<typeof parseProfile> {
  try {
    return parseProfile(text, file);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const { exit, message, at, code } = error;
    throw new Failure(exit, `The profile would not be valid any more: ${message}`, {
      at,
      code,
      advice: "nothing was written; change the other fields in the same command, or choose another value",
      cause: error,
    });
  }
}

function theConnection({ connections }: Profile, { connection: named, file }: ProfileEditOptions): ProfileConnection {
  const candidates = connections.map((connection) => ({
    connection,
    end: { number: connection.number, name: connection.name, guid: connection.guid, addresses: [] },
    macs: allMacs(connection),
  }));
  const [found, ...others] = namedBy(named, candidates);
  if (found !== undefined && others.length === 0) return found.connection;
  const list = connections.map(({ number, name }) => (name === undefined ? `${number}` : `${number} (${name})`));
  throw new Failure(
    "usage",
    found === undefined ? `${file} has no connection "${named}"` : `"${named}" names several connections of ${file}`,
    { code: "no-such-connection", advice: `name one by its number, name, GUID or MAC address: ${list.join(", ")}` },
  );
}

function allMacs({ mac }: ProfileConnection): readonly MacAddress[] {
  return [mac.permanent, mac.current, ...mac.user].filter((one) => one !== undefined);
}

function changesOf(connection: ProfileConnection, { edit }: ProfileEditOptions): readonly FieldChange[] {
  if (edit.kind === "set") return edit.fields.flatMap(([field, text]) => fieldChange(field, text));
  const mac = parseMac(edit.mac);
  if (mac === undefined) {
    throw new Failure("usage", `"${edit.mac}" is not a MAC address`, {
      code: "no-mac-address",
      advice: "write it like 00-50-56-A5-12-69",
    });
  }
  const { user } = connection.mac;
  if (edit.kind === "remove-mac" && !user.includes(mac)) throw notUserDefined(connection, mac);
  const wanted = edit.kind === "add-mac" ? [...new Set([...user, mac])] : user.filter((one) => one !== mac);
  return [{ path: ["mac", "user"], value: wanted }];
}

function fieldChange(field: string, text: string): readonly FieldChange[] {
  const changes = fieldChanges(field, text);
  if (changes !== undefined) return changes;
  const isField = Object.hasOwn(FIELDS, field);
  throw new Failure("usage", isField ? `${field} cannot be "${text}"` : `"${field}" is no field of a connection`, {
    code: isField ? "wrong-value" : "no-such-field",
    advice: isField
      ? `write it like ${field}=${FIELDS[field]?.example ?? ""}`
      : `the fields are ${Object.keys(FIELDS).join(", ")}`,
  });
}

function notUserDefined({ number, mac }: ProfileConnection, address: MacAddress): Failure {
  const isOwn = mac.permanent === address || mac.current === address;
  const message = isOwn
    ? `${address} is what connection ${number} was captured with, not user-defined: it stays`
    : `connection ${number} has no user-defined MAC address ${address}`;
  const advice = mac.user.length === 0 ? "it has none" : `it has ${mac.user.join(", ")}`;
  return new Failure("usage", message, { code: "not-user-defined", advice });
}
