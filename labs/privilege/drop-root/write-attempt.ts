import type { RoleContainer } from '#lab';
import { directoryOf, type AppCode } from './app-code.ts';

export interface WriteAttempt {
  /** User as whom the twin ran, in the container's numbering. */
  readonly uid: number;
  /** The scripts that are there. */
  readonly scripts: readonly string[];
  /** `write /app/server.js` and the like: what succeeded at once. */
  readonly writable: readonly string[];
  /** What succeeded after the user gave itself the right: it owns the file. */
  readonly owned: readonly string[];
}

/** As the app's user, in a copy of its container: write, create and rename in the program's directories. Everything is put back at once. */
export async function attemptToWrite(role: RoleContainer, { scripts, files }: AppCode, mark: string): Promise<WriteAttempt> {
  const directories = new Set(files.map(directoryOf));
  const script = [
    functions(mark),
    'echo "uid $(id -u)"',
    ...files.map((path) => `try_file ${quote(path)}`),
    ...[...directories].map((path) => `try_directory ${quote(path)}`),
    ...scripts.map((path) => `try_script ${quote(path)}`),
  ].join('\n');
  const { output } = await role.twin(script, { timeoutMs: 8000 });
  const lines = [...new Set(output.split('\n').map((line) => line.trim()))];
  const values = (word: string) => lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));
  return { uid: Number(values('uid')[0] ?? Number.NaN), scripts: values('script'), writable: values('writable'), owned: values('owned') };
}

/**
 * Whoever may write to a directory further up can swap the whole branch for another, unless the sticky bit keeps it in place.
 * Only files are renamed for a try: for a directory busybox would copy and delete, mounted uploads included.
 */
function functions(mark: string): string {
  return `
opens() { ( : >> "$1" ) 2>/dev/null; }
creates() { ( : > "$1/.probe-${mark}" ) 2>/dev/null && rm -f "$1/.probe-${mark}"; }
attempt() {
  if $1 "$2"; then echo "writable $3 $2"; return 0; fi
  mode=$(stat -c %a "$2")
  chmod u+wx "$2" 2>/dev/null || return 0
  if $1 "$2"; then echo "owned $3 $2"; fi
  chmod "$mode" "$2"
}
try_file() { if [ -f "$1" ]; then attempt opens "$1" write; fi; }
try_directory() { if [ -d "$1" ]; then attempt creates "$1" create-in; fi; }
try_script() {
  [ -f "$1" ] || return 0
  echo "script $1"
  folder=$(dirname "$1")
  try_directory "$folder"
  for file in "$1" "$folder"/*.js "$folder"/*.mjs "$folder"/*.cjs "$folder"/*.json "$folder"/*.node "$folder"/*.html; do try_file "$file"; done
  while [ "$folder" != / ]; do
    folder=$(dirname "$folder")
    [ -k "$folder" ] || try_directory "$folder"
  done
  if mv "$1" "$1.probe-${mark}" 2>/dev/null; then mv "$1.probe-${mark}" "$1"; echo "writable rename $1"; fi
}`;
}

function quote(path: string): string {
  return `'${path.replaceAll("'", "'\\''")}'`;
}
