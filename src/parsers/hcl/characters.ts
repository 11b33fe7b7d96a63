/** Classes of characters, by code unit (hashicorp/hcl, hclsyntax/spec.md, "Lexical Elements"). */

const IDENTIFIER_START = 1;
const IDENTIFIER_PART = 2;

/** What ASCII characters may stand for; looked up for nearly every character of a file. */
const ASCII = new Uint8Array(128);
for (let code = 0; code < 128; code++) {
  const letter = /[A-Za-z_]/.test(String.fromCharCode(code));
  if (letter) ASCII[code] = IDENTIFIER_START | IDENTIFIER_PART;
  else if (isDigit(code) || code === 45) ASCII[code] = IDENTIFIER_PART;
}

const UNICODE_START = /^\p{ID_Start}/u;
const UNICODE_PART = /^\p{ID_Continue}/u;

/** Whether an identifier may begin at `offset`. */
export function beginsIdentifier(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  if (code < 128) return (ASCII[code] as number) >= IDENTIFIER_START && (ASCII[code] as number) !== IDENTIFIER_PART;
  return code >= 128 && UNICODE_START.test(characterAt(text, offset));
}

/** The end of the identifier that begins at `offset`; `offset` itself where none does. Dashes are part of identifiers. */
export function identifierEnd(text: string, offset: number): number {
  if (!beginsIdentifier(text, offset)) return offset;
  let end = offset;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code < 128) {
      if (ASCII[code] === 0) return end;
      end++;
    } else {
      const character = code >= 128 ? characterAt(text, end) : '';
      if (!UNICODE_PART.test(character)) return end;
      end += character.length;
    }
  }
}

function characterAt(text: string, offset: number): string {
  return String.fromCodePoint(text.codePointAt(offset) as number);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** A space or a tab: all that may stand between tokens besides comments and line ends. */
export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** White space as Go's `unicode.IsSpace` has it, which `~` and `<<-` strip. */
export function isSpace(code: number): boolean {
  if (code <= 32) return code === 32 || (code >= 9 && code <= 13);
  if (code < 128) return false;
  if (code === 0x85 || code === 0xa0 || code === 0x1680 || code === 0x3000) return true;
  return (code >= 0x2000 && code <= 0x200a) || code === 0x2028 || code === 0x2029 || code === 0x202f || code === 0x205f;
}

/** How many units of white space a text begins with. */
export function leadingSpace(text: string): number {
  let count = 0;
  while (count < text.length && isSpace(text.charCodeAt(count))) count++;
  return count;
}

/** The text without the white space at its end. */
export function trimSpaceEnd(text: string): string {
  let end = text.length;
  while (end > 0 && isSpace(text.charCodeAt(end - 1))) end--;
  return end === text.length ? text : text.slice(0, end);
}
