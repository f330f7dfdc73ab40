/** Whether an INF file may put the IDs of its devices together from tokens, so that none of them need stand in its text. */

/** [Version] says one of the two classes that count, by its GUID or in words. */
const OF_A_CLASS_THAT_COUNTS = /4d36e97[2d]-e325-11ce-bfc1-08002be10318|\bclass[ \t]*=[ \t]*"?(?:net|system)\b/i;

/** A string token. Numbers are folders (`%12%\e1i65x64.sys`). */
const TOKEN = /%(?!\d+%)[^%\r\n]+%/g;

/**
 * `PCI\VEN_%v%&DEV_%d%`, `%ven%&%dev%`, `%bus%%id%`: a token with something of an ID right before or behind it. A token that is an ID, or all of it behind the bus,
 * is found by what [Strings] says. Cheap, for it is asked of every file: in one pass, and rarely true where it need not be.
 */
export function mayComposeIds(text: string): boolean {
  if (!OF_A_CLASS_THAT_COUNTS.test(text)) return false;
  for (const { 0: token, index } of text.matchAll(TOKEN)) {
    const behind = text.slice(index + token.length, index + token.length + 2);
    if (/[\w&\\]/.test(text.charAt(index - 1)) || /^(?:[\w&\\]|%\w)/.test(behind)) return true;
  }
  return false;
}
