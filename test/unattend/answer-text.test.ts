/** An answer file's bytes: whatever encoding it has, what is not changed has the same bytes again. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { answerText, MAX_ANSWER_FILE_SIZE_BYTES } from "../../src/unattend/answer-text.ts";
import { mergeAnswerFile } from "../../src/unattend/merge.ts";
import { FULL, RICH } from "./samples.ts";

const PATH = "unattend.xml";
const BODY = `<unattend xmlns="urn:schemas-microsoft-com:unattend"><!-- B\u00fcro --></unattend>`;

function utf16(text: string, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(2 + text.length * 2);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0xfeff, littleEndian);
  for (let index = 0; index < text.length; index += 1)
    view.setUint16(2 + index * 2, text.charCodeAt(index), littleEndian);
  return bytes;
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

describe("an answer file's encoding", () => {
  test.each([
    ["UTF-8", new TextEncoder().encode(BODY)],
    ["UTF-8 with its mark", new TextEncoder().encode(`\ufeff<?xml version="1.0"?>${BODY}`)],
    ["UTF-16 LE", utf16(`<?xml version="1.0" encoding="utf-16"?>${BODY}`, true)],
    ["UTF-16 BE", utf16(BODY, false)],
    ["Windows-1252", latin1(`<?xml version="1.0" encoding="windows-1252"?>${BODY}`)],
  ])("%s: is read, and what is merged is in it too", (_, bytes) => {
    const { text, encode } = answerText(bytes, PATH);
    expect(text).toContain("<!-- B\u00fcro -->");
    expect(encode(text)).toEqual(bytes);
    const merged = mergeAnswerFile(text, PATH, { architectures: ["amd64"], interfaces: [FULL] });
    const again = answerText(encode(merged.text), PATH);
    expect(again.text).toBe(merged.text);
  });

  test("bytes that are no UTF-8 are refused, and so is a file of which memory would be full", () => {
    const refusal = (bytes: Uint8Array) => expect(() => answerText(bytes, PATH));
    refusal(latin1(BODY)).toThrow(expect.objectContaining({ exitCode: 20, code: "answer-file-not-text" }));
    refusal(new Uint8Array(MAX_ANSWER_FILE_SIZE_BYTES + 1)).toThrow(
      expect.objectContaining({ exitCode: 20, code: "answer-file-too-large" }),
    );
  });
});

test("a file that is damaged anywhere is merged or refused with its place, and nothing else happens", () => {
  const bytes = new TextEncoder().encode(RICH);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(bytes.length),
      fc.boolean(),
      (changes, length, cut) => {
        const damaged = Uint8Array.from(bytes);
        for (const [at, byte] of changes) damaged[at] = byte;
        try {
          const { text } = answerText(cut ? damaged.subarray(0, length) : damaged, PATH);
          mergeAnswerFile(text, PATH, { architectures: ["amd64"], interfaces: [FULL] });
        } catch (error) {
          expect(error).toBeInstanceOf(Failure);
          expect((error as Failure).at).toContain(PATH);
        }
      },
    ),
    { numRuns: 500 },
  );
});
