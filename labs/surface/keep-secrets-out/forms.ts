/** One way of writing a value, as bytes to look for. */
export interface Form {
  readonly name: string;
  readonly bytes: Buffer;
}

/** The ways in which a value may lie in a file: as it is, base64 in its three alignments and two alphabets, hex, URL-encoded, backwards. */
export function formsOf(value: string): readonly Form[] {
  const bytes = Buffer.from(value);
  const hex = bytes.toString('hex');
  const percent = hex.replaceAll(/../g, '%$&');
  const forms: readonly (readonly [string, string])[] = [
    ['as it is', value],
    ...[0, 1, 2].map((offset) => ['base64', base64At(bytes, offset)] as const),
    ...[0, 1, 2].map((offset) => ['base64', base64At(bytes, offset).replaceAll('+', '-').replaceAll('/', '_')] as const),
    ['hex', hex],
    ['hex', hex.toUpperCase()],
    ['URL-encoded', percent],
    ['URL-encoded', percent.toUpperCase()],
    ['backwards', Array.from(value).toReversed().join('')],
  ];
  return [...new Map(forms.map(([name, text]) => [text, name]))].map(([text, name]) => ({ name, bytes: Buffer.from(text) }));
}

/** The name of the first form that `content` or the same without blanks holds; undefined when there is none. */
export function findForm(content: Buffer, dense: Buffer, forms: readonly Form[]): string | undefined {
  return forms.find(({ bytes }) => content.includes(bytes) || dense.includes(bytes))?.name;
}

/** The same without line breaks and blanks: long base64 is usually broken into lines. */
export function withoutBlanks(content: Buffer): Buffer {
  return Buffer.from(content.toString('latin1').replaceAll(/\s+/g, ''), 'latin1');
}

/** As findForm, for text. */
export function findFormIn(text: string, forms: readonly Form[]): string | undefined {
  const content = Buffer.from(text);
  return findForm(content, withoutBlanks(content), forms);
}

/** The characters that are the same whatever stands before and behind: with `offset` bytes before it, a value begins in the middle of a group of four. */
function base64At(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes])
    .toString('base64')
    .replaceAll('=', '');
  const fromStart = Math.ceil((offset * 8) / 6);
  const bitsAtEnd = ((offset + bytes.length) * 8) % 6;
  return text.slice(fromStart, bitsAtEnd === 0 ? undefined : -1);
}
