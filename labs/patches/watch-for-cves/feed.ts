import { knownExploited, reviewedOn, vulnerabilityDatabase, type Vulnerability } from '#lab';
import type { SandboxView } from '#lab';
import { serviceNames, type Service } from './harbour.ts';
import { tar } from './tar.ts';

/** One package of each service, which no other service has. */
const packages = { shop: { npm: 'ejs' }, tide: { npm: 'minimist' }, board: { npm: 'jquery' }, crane: { debian: 'runc' } } as const satisfies Record<
  Service,
  object
>;

export type Priority = 'now' | 'soon' | 'watch';

/** One of each kind, in the order of the rules: what makes it urgent, and how urgent it then is. */
const kinds = [
  { severity: 'CRITICAL', hasFix: true, isExploited: false, priority: 'now' },
  { severity: 'MEDIUM', hasFix: true, isExploited: true, priority: 'now' },
  { severity: 'HIGH', hasFix: true, isExploited: false, priority: 'soon' },
  { severity: 'CRITICAL', hasFix: false, isExploited: false, priority: 'watch' },
] as const;

/** Advisories of a day that never was: what they say of each service, and the archive. */
export interface Feed {
  readonly path: string;
  readonly archive: Uint8Array;
  /** Every id that is new begins like this. */
  readonly idStart: string;
  readonly news: Readonly<Record<Service, { id: string; priority: Priority; why: string }>>;
  /** End of life of Node's lines, by major version. */
  readonly nodejs: Readonly<Record<string, string>>;
}

/** Makes one up: each service has one new CVE, of which kind is drawn by lot, and Node 18 and 22 have ended on days that nobody can know. */
export function makeFeed(sandbox: SandboxView): Feed {
  const day = '2099-01-01';
  const idStart = `CVE-2099-${(Number.parseInt(sandbox.random(4), 16) % 900_000) + 100_000}`;
  const lot = shuffled(sandbox, kinds);
  const drawn = serviceNames.map((service, index) => ({ service, id: `${idStart}${index}`, kind: lot[index] ?? kinds[0] }));
  const vulnerabilities = drawn.map(({ service, id, kind }): Vulnerability => {
    const target = packages[service];
    return {
      id,
      severity: kind.severity,
      title: `${'npm' in target ? target.npm : target.debian}: made up by the check`,
      published: day,
      source: 'https://example.org/',
      affects: [
        'npm' in target ? { ...target, affected: ['>=0.0.0'], fixed: kind.hasFix ? ['99.0.0'] : [] } : kind.hasFix ? { ...target, fixed: '99' } : target,
      ],
    };
  });
  const exploited = JSON.parse(knownExploited(reviewedOn)) as { vulnerabilities: object[] };
  for (const { id, kind } of drawn)
    if (kind.isExploited) exploited.vulnerabilities.push({ cveID: id, vulnerabilityName: 'made up by the check', dateAdded: day });
  const nodejs = { 18: pastDay(sandbox), 20: '2098-04-30', 22: pastDay(sandbox), 24: '2099-04-30' };
  const database = vulnerabilityDatabase(day, vulnerabilities);
  return {
    path: `/srv/advisories/${day}.tar`,
    archive: tar({
      'db/trivy.db': database['trivy.db'],
      'db/metadata.json': database['metadata.json'],
      'known-exploited.json': JSON.stringify(exploited),
      'end-of-life.json': JSON.stringify({ nodejs }),
    }),
    idStart,
    news: Object.fromEntries(drawn.map(({ service, id, kind }) => [service, { id, priority: kind.priority, why: describe(kind) }])) as Feed['news'],
    nodejs,
  };
}

function shuffled<T>(sandbox: SandboxView, values: readonly T[]): readonly T[] {
  return values
    .map((value) => ({ value, place: sandbox.random(4) }))
    .toSorted((a, b) => a.place.localeCompare(b.place))
    .map(({ value }) => value);
}

function pastDay(sandbox: SandboxView): string {
  const number = Number.parseInt(sandbox.random(3), 16);
  return new Date(Date.UTC(2019, 0, 1) + (number % 1500) * 86_400_000).toISOString().slice(0, 10);
}

function describe({ severity, hasFix, isExploited }: (typeof kinds)[number]): string {
  return `${severity}, ${hasFix ? 'has a fix' : 'no fix'}${isExploited ? ', known to be exploited' : ''}`;
}
