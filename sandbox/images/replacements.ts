/** Programs that a lab may have replaced. Not those that vouch for others: dockerd answers the checker, and the shells of the checker are its own. */
const replaceable = ['runc'];

const line = /^([a-z0-9-]+) ([0-9a-f]{64})$/;
const most = 4;

/**
 * What a bake wrote about programs that may run in this lab in the place of the base image's, one `name SHA-256` a line. It comes from `bake.sh`, so from us;
 * it is held to a few hashes of a few programs all the same, because each is a program that the checker lets pass. Throws when it names anything else.
 */
export function checkedReplacements(text: string): string {
  const lines = text.split('\n').filter((one) => one !== '');
  for (const one of lines) {
    const [, name] = line.exec(one) ?? [];
    if (name === undefined || !replaceable.includes(name))
      throw new Error(`Cannot let a lab replace a program: "${one.slice(0, 100)}" is none of ${replaceable.join(', ')} and a SHA-256`);
  }
  if (lines.length > most) throw new Error(`Cannot let a lab replace programs: ${lines.length} hashes, more than ${most}`);
  return lines.join('\n');
}

/** Under this key the checker finds the replacements of a program beside the hash of the base image's own, separated by blanks. */
export function replacementKey(program: string): string {
  return `replacement of ${program}`;
}
