import type { Tools } from './harbour.ts';

const reportPath = '/srv/watch/report.json';

/** The learner's report, as /srv/watch/example-report.json shows it. */
export interface Report {
  readonly generatedAt: number;
  readonly containers: readonly ReportedContainer[];
}

export interface ReportedContainer {
  readonly name: string;
  readonly imageId: string;
  readonly findings: readonly { readonly id: string; readonly priority: unknown }[];
  readonly endOfLife: readonly { readonly product: unknown; readonly cycle: unknown; readonly date: unknown }[];
}

/** Reads the report as it is now. Throws NotYet when there is none, or when it is not what was agreed. */
export async function readReport({ sandbox, notYet }: Tools): Promise<Report> {
  const content = await sandbox.readFile(reportPath);
  if (content === undefined) throw notYet('no-report', [`${reportPath}: not there, or no regular file`]);
  const bad = (what: string): Error => notYet('report-malformed', [`${reportPath}: ${what}`]);
  let data: unknown;
  try {
    data = JSON.parse(new TextDecoder().decode(content));
  } catch (error) {
    throw bad(`no JSON (${(error as Error).message.slice(0, 100)})`);
  }
  if (!isRecord(data)) throw bad('no object');
  const generatedAt = typeof data['generatedAt'] === 'string' ? Date.parse(data['generatedAt']) : Number.NaN;
  if (Number.isNaN(generatedAt)) throw bad('generatedAt is no time (2026-11-24T09:00:00Z)');
  if (!Array.isArray(data['containers'])) throw bad('containers is no list');
  return { generatedAt, containers: data['containers'].map((entry: unknown) => readContainer(entry, bad)) };
}

function readContainer(entry: unknown, bad: (what: string) => Error): ReportedContainer {
  if (!isRecord(entry)) throw bad('a container is no object');
  const { name, imageId, findings, endOfLife = [] } = entry;
  if (typeof name !== 'string' || typeof imageId !== 'string') throw bad('a container lacks name or imageId');
  if (!Array.isArray(findings) || !Array.isArray(endOfLife)) throw bad(`${name}: findings or endOfLife is no list`);
  return {
    // As the engine's own API writes it, or without the slash.
    name: name.replace(/^\//, ''),
    imageId,
    findings: findings.map((finding: unknown) => {
      if (!isRecord(finding) || typeof finding['id'] !== 'string') throw bad(`${name}: a finding has no id`);
      return { id: finding['id'], priority: finding['priority'] };
    }),
    endOfLife: endOfLife.map((end: unknown) => {
      if (!isRecord(end)) throw bad(`${name}: an entry of endOfLife is no object`);
      return { product: end['product'], cycle: end['cycle'], date: end['date'] };
    }),
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
