import { Inconclusive } from '#lab';
import type { Evidence } from '#lab';
import { readAptSources, type AptSources } from './apt-sources.ts';
import { readFacts, store } from './facts.ts';
import type { Tools } from './shop.ts';

const editions = ['released', 'forged', 'unsigned', 'foreign'] as const;
type Edition = (typeof editions)[number];

/** apt takes what the archive has signed, and nothing else: tried out with this host's sources, in a place where the learner has never been. */
export async function checkSource(tools: Tools): Promise<Evidence> {
  const { notYet } = tools;
  const sources = await readAptSources(tools.sandbox);
  const names = Object.keys(sources.files).join(', ');
  if (!Object.values(sources.files).some((text) => text.includes('/srv/apt'))) throw notYet('no-source', [`sources: ${names || 'none'}, none with /srv/apt`]);
  const { version } = (await readFacts(tools.sandbox)).released;
  const { offered, laxSettings, output } = await tryOut(tools, sources);
  const taken = editions.filter((edition) => edition !== 'released' && offered[edition].includes('99.0'));
  const bogus = taken.filter((edition) => edition !== 'foreign');
  const lax = [...bogus.map((edition) => `apt took a repository that is ${edition}`), ...sources.lax, ...laxSettings];
  if (lax.length > 0) throw notYet('signature-optional', lax);
  if (sources.withoutKey.length > 0) throw notYet('no-signed-by', sources.withoutKey);
  if (taken.length > 0) throw notYet('strangers-trusted', [`apt took a repository that somebody else signed; keys: ${Object.keys(sources.keys).join(', ')}`]);
  if (!offered.released.includes(version)) throw notYet('source-refused', [`apt does not offer runc ${version} from /srv/apt`, output.slice(-300)]);
  return [`sources: ${names}`, `apt offers runc ${version} from the genuine repository`, 'apt refused it forged, unsigned and signed by somebody else'];
}

interface Trial {
  /** Versions of runc that apt knows after an update from that edition of the repository. */
  readonly offered: Readonly<Record<Edition, readonly string[]>>;
  /** Its settings that let it take unsigned repositories, or look for sources and keys elsewhere. */
  readonly laxSettings: readonly string[];
  readonly output: string;
}

async function tryOut({ sandbox }: Tools, sources: AptSources): Promise<Trial> {
  const files: Record<string, string | Uint8Array> = { settings: sources.settings };
  const keys = Object.entries(sources.keys);
  keys.forEach(([path, content], index) => {
    if (content !== undefined) files[keyName(path, index)] = content;
  });
  for (const edition of editions) {
    for (const [name, text] of Object.entries(sources.files)) {
      let moved = text;
      keys.forEach(([path], index) => (moved = moved.replaceAll(new RegExp(`${escaped(path)}(?=[\\s,\\]]|$)`, 'g'), `/box/${keyName(path, index)}`)));
      files[`${edition}/sources/${name}`] = moved.replaceAll('/srv/apt', `${store}/${edition}`);
    }
  }
  const trial = await sandbox.runInBox(['bash', '-c', script], { files });
  const part = (name: string): string => new RegExp(`^== ${name}\\n([\\s\\S]*?)^==`, 'm').exec(trial.output)?.[1] ?? '';
  if (!trial.output.includes('== end')) throw new Inconclusive('box-failed', [trial.output.slice(-300)]);
  return {
    offered: Object.fromEntries(editions.map((edition) => [edition, versionsIn(part(edition))])) as Record<Edition, string[]>,
    laxSettings: part('lax')
      .split('\n')
      .filter(Boolean)
      .slice(0, 5)
      .map((line) => `apt.conf: ${line}`),
    output: part('released').trim(),
  };
}

/** `apt-cache madison` says `runc | version | source`. */
function versionsIn(part: string): string[] {
  return [...part.matchAll(/^offer +runc \| *(\S+) \|/gm)].map(([, version = '']) => version);
}

/** apt tells the kind of a key by its ending. */
function keyName(path: string, index: number): string {
  return `keys/${index}.${path.endsWith('.asc') ? 'asc' : 'gpg'}`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** None of the host's settings is in force here, so that none of its hooks runs: they are only read. */
const script = `
for edition in ${editions.join(' ')}; do
  mkdir -p $edition/lists/partial $edition/cache/archives/partial
  settings="-o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts=/box/$edition/sources -o Dir::Etc::trusted=/dev/null -o Dir::Etc::trustedparts=/box/none
    -o Dir::Etc::parts=/box/none -o Dir::Etc::main=/dev/null -o Dir::State::lists=/box/$edition/lists -o Dir::Cache=/box/$edition/cache -o Debug::NoLocking=true"
  echo "== $edition"
  timeout 10 apt-get -qq $settings update 2>&1 | sed 's/^/said /' | head -c 1000; echo
  timeout 10 apt-cache $settings madison runc 2> /dev/null | sed 's/^/offer /'
done
echo '== lax'
apt-config -c=/box/settings dump 2> /dev/null | grep -iE '(AllowInsecureRepositories|AllowWeakRepositories|AllowDowngradeToInsecureRepositories|AllowUnauthenticated) "(1|yes|true|with|on|enable)"'
diff <(apt-config dump | grep '^Dir') <(apt-config -c=/box/settings dump 2> /dev/null | grep '^Dir') | grep '^>'
echo '== end'
`;
