/** What an edit throws when it asks for something that cannot be; the hive itself is in order. */

export type EditErrorCode =
  | "no-such-key"
  | "no-such-value"
  | "value-exists"
  | "bad-name"
  | "key-too-deep"
  /** The root, or a key whose flags forbid Windows to delete it. */
  | "protected-key"
  | "too-many-subkeys"
  | "too-many-values"
  | "data-too-large"
  | "hive-full";

export class EditError extends Error {
  readonly code: EditErrorCode;

  constructor(code: EditErrorCode, message: string) {
    super(message);
    this.name = "EditError";
    this.code = code;
  }
}
