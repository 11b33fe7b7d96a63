/** Comma-separated values as Go reads them (RFC 4180, encoding/csv). */

/** The records of a text, all with as many fields as the first; empty lines are none. */
export function readCsv(source: string): readonly (readonly string[])[] | { readonly failure: string } {
  const records: string[][] = [];
  const text = source.replaceAll('\r\n', '\n');
  let at = 0;
  while (at < text.length) {
    if (text[at] === '\n') {
      at++;
      continue;
    }
    const record: string[] = [];
    for (;;) {
      const field = text[at] === '"' ? quotedField(text, at) : plainField(text, at);
      if (!field) return { failure: 'is given a text with a quote in the wrong place' };
      record.push(field.value);
      at = field.end;
      if (text[at] !== ',') break;
      at++;
    }
    at++;
    if (record.length !== (records[0] ?? record).length) return { failure: 'is given lines of different lengths' };
    records.push(record);
  }
  return records;
}

interface Field {
  readonly value: string;
  /** At the comma or the line break behind it. */
  readonly end: number;
}

function plainField(text: string, start: number): Field | undefined {
  let end = start;
  while (end < text.length && text[end] !== ',' && text[end] !== '\n') if (text[end++] === '"') return undefined;
  return { value: text.slice(start, end), end };
}

function quotedField(text: string, start: number): Field | undefined {
  const parts: string[] = [];
  for (let at = start + 1; ; ) {
    const quote = text.indexOf('"', at);
    if (quote === -1) return undefined;
    parts.push(text.slice(at, quote));
    if (text[quote + 1] !== '"') {
      const end = quote + 1;
      return end >= text.length || text[end] === ',' || text[end] === '\n' ? { value: parts.join(''), end } : undefined;
    }
    parts.push('"');
    at = quote + 2;
  }
}
