/** Something that must not be, whatever the bytes are. */
export class Violation extends Error {
  override readonly name = "Violation";
}
