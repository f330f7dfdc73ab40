/** Text that comes out of a file, made harmless for whoever reads it on a terminal. */

/**
 * Characters that a terminal acts on or does not show, each as `\u001b`, as JSON would have it: names in an image must not be able to
 * steer the terminal, or to look like another name.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/**
 * C0, DEL and C1, and the space that does not break; the marks that turn the direction of a line around (Unicode TR9, explicit formatting); spaces without
 * width, line and paragraph separators, the byte order mark; surrogates without their other half.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNSAFE = /[\u0000-\u001f\u007f-\u00a0\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\p{Surrogate}]/gu;
