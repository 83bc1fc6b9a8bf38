import type { Flaw } from './flaw.ts';
import { isRecord } from './report.ts';

type Settings = Readonly<Record<string, unknown>>;

const intervals = ['daily', 'weekly', 'monthly', 'quarterly', 'semiannually', 'yearly'];

/** Holds a dependabot.yml against the rules (docs.github.com, "Dependabot options reference"): version 2, docker-compose in the right folder, a schedule. */
export function judgeDependabot(settings: Settings): Flaw | undefined {
  if (settings['version'] !== 2) return { message: 'bot-unreadable', evidence: `version is ${JSON.stringify(settings['version'])}, not 2` };
  const updates = Array.isArray(settings['updates']) ? settings['updates'].filter(isRecord) : [];
  const entry = updates.find((update) => update['package-ecosystem'] === 'docker-compose');
  if (entry === undefined) return { message: 'bot-off', evidence: 'no entry with package-ecosystem: docker-compose' };
  const directories = [entry['directory'], entry['directories']].flat();
  if (!directories.some((directory) => ['/', '/*', '**/*', '/**'].includes(String(directory))))
    return { message: 'bot-off', evidence: `directory is ${JSON.stringify(entry['directory'])}; compose.yaml lies in /` };
  if (entry['open-pull-requests-limit'] === 0) return { message: 'bot-off', evidence: 'open-pull-requests-limit: 0' };
  const ignored = (Array.isArray(entry['ignore']) ? entry['ignore'] : []).find((rule: unknown) => isRecord(rule) && ignoresAll(rule));
  if (ignored !== undefined) return { message: 'bot-ignores', evidence: `ignore: ${JSON.stringify(ignored)}` };
  const schedule = entry['schedule'];
  const interval = isRecord(schedule) ? schedule['interval'] : undefined;
  const isPlanned = intervals.includes(String(interval)) || (interval === 'cron' && isRecord(schedule) && typeof schedule['cronjob'] === 'string');
  if (!isPlanned) return { message: 'bot-no-schedule', evidence: `schedule.interval is ${JSON.stringify(interval)}` };
  return undefined;
}

function ignoresAll(rule: Settings): boolean {
  const name = String(rule['dependency-name']);
  return (name.startsWith('*') || /harbour\/\*?$/.test(name)) && rule['update-types'] === undefined && rule['versions'] === undefined;
}
