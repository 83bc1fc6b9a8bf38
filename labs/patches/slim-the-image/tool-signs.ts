/** How to tell a tool by what stands in its program, whatever its name and mode. */
const signs: readonly { readonly text: string; readonly tool: string }[] = [
  { text: 'BusyBox v', tool: 'BusyBox' },
  { text: 'toybox', tool: 'Toybox' },
  { text: 'OPTIND', tool: 'a shell' },
  { text: 'PERL5LIB', tool: 'Perl' },
  { text: 'PYTHONHOME', tool: 'Python' },
  { text: 'GNU coreutils', tool: 'GNU coreutils' },
  { text: 'curl_easy_init', tool: 'curl' },
  { text: 'GNU Wget', tool: 'Wget' },
  { text: 'libapt-pkg', tool: 'APT' },
  { text: '/var/lib/dpkg', tool: 'dpkg' },
  { text: 'apk-tools', tool: 'apk' },
  { text: 'COLLECT_GCC', tool: 'GCC' },
  { text: 'UPX!', tool: 'a packed program (UPX)' },
];

/** The texts that give a tool away. */
export const signTexts: readonly string[] = signs.map(({ text }) => text);

const names =
  /^((ba|da|a|z|k|c|tc|fi)?sh|busybox|toybox|apt(-.+)?|dpkg(-.+)?|apk|pip3?|curl|wget|nc(\..+)?|netcat|ncat|socat|telnet|ssh|scp|python[\d.]*|perl[\d.]*|ruby|php|lua[\d.]*|gcc(-\d+)?|cc|tcc|ld|make|git|su|sudo|env|xargs|awk|sed|find|cat|id|ls|mount|openssl)$/;
const programFolders = /^(\/usr)?(\/local)?\/s?bin$/;

/** Name of the tool that `path` is by its name, if it lies where programs do or may be run. */
export function toolByName(path: string, mode: number, isLink: boolean): string | undefined {
  const slash = path.lastIndexOf('/');
  const [folder, name] = [path.slice(0, slash), path.slice(slash + 1)];
  if (!names.test(name) || !(programFolders.test(folder) || (!isLink && (mode & 0o111) !== 0))) return undefined;
  return name;
}

/** Name of the tool that a program (ELF) is by its content. */
export function toolByContent(content: Uint8Array): string | undefined {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  return signs.find(({ text }) => bytes.includes(text, 0, 'latin1'))?.tool;
}
