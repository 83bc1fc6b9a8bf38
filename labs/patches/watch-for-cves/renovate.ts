import type { Flaw } from './flaw.ts';
import { isRecord } from './report.ts';

type Settings = Readonly<Record<string, unknown>>;

/** Presets of Renovate that pin digests of images, and that set a schedule (docs.renovatebot.com, "Preset configs"). */
const pinning = ['config:best-practices', 'docker:pinDigests'];
const switchingOff = ['docker:disable', ':disableDockerUpdates', ':disableDigestUpdates', 'group:disable'];
const schedulePreset = /^schedule:(daily|weekly|monthly|quarterly|yearly|weekdays|weekends|nonOfficeHours|officeHours|earlyMondays|automerge\w+)$/;
const images = ['shop', 'tide', 'crane', 'board'].map((name) => `registry.lab:5000/harbour/${name}`);
const composeFile = 'compose.yaml';
/** What Renovate takes as a schedule: five fields of cron (minutes always `*`), or its sentences like "before 5am on monday". */
const cron = /^\*( +[\d*,/-]+){4}$/;
const sentence =
  /\b(before|after|every|on)\b.*\b(\d{1,2}(:\d\d)?\s?[ap]m|day|days|week|weekday|weekend|weekends|month|months|mon|tues|wednes|thurs|fri|satur|sun|\w+day)\b/i;

/** Holds a renovate.json against the rules: images of the Compose file are watched, pinned by digest, on a schedule, and not left out again. */
export function judgeRenovate(settings: Settings): Flaw | undefined {
  const presets = strings(settings['extends']).filter((name) => !strings(settings['ignorePresets']).includes(name));
  const off = presets.find((name) => switchingOff.includes(name));
  if (off !== undefined) return { message: 'bot-off', evidence: `extends ${off}` };
  if (settings['enabled'] === false) return { message: 'bot-off', evidence: '"enabled": false' };
  const managers = settings['enabledManagers'];
  if (managers !== undefined && !strings(managers).includes('docker-compose'))
    return { message: 'bot-off', evidence: 'enabledManagers without docker-compose' };
  for (const manager of ['docker-compose', 'docker']) {
    const own = settings[manager];
    if (isRecord(own) && own['enabled'] === false) return { message: 'bot-off', evidence: `"${manager}": { "enabled": false }` };
  }
  const left = leftOut(settings);
  if (left !== undefined) return { message: 'bot-ignores', evidence: left };
  if (!pinsDigests(settings, presets))
    return { message: 'bot-no-digests', evidence: `extends ${presets.join(', ') || 'nothing'}, and pinDigests is not set for images` };
  const plans = strings(settings['schedule']);
  const ownPlan = plans.find((plan) => cron.test(plan) || sentence.test(plan));
  if (plans.length > 0 && ownPlan === undefined) return { message: 'bot-no-schedule', evidence: `schedule is ${JSON.stringify(plans).slice(0, 100)}` };
  const preset = presets.find((name) => schedulePreset.test(name) && !name.includes('automerge'));
  if (ownPlan === undefined && preset === undefined) return { message: 'bot-no-schedule', evidence: 'neither schedule nor a preset schedule:…' };
  return undefined;
}

function pinsDigests(settings: Settings, presets: readonly string[]): boolean {
  const refuses = [settings, settings['docker-compose'], ...rules(settings).filter((rule) => isForAll(rule))].some(
    (part) => isRecord(part) && part['pinDigests'] === false,
  );
  if (refuses) return false;
  const asks = [settings, settings['docker-compose'], settings['docker'], ...rules(settings).filter((rule) => isForAll(rule))];
  const isTakenOut = strings(settings['ignorePresets']).includes('docker:pinDigests');
  return (!isTakenOut && presets.some((name) => pinning.includes(name))) || asks.some((part) => isRecord(part) && part['pinDigests'] === true);
}

/** What takes all images out again, by whatever list. */
function leftOut(settings: Settings): string | undefined {
  for (const key of ['ignoreDeps', 'ignorePaths']) {
    const names = key === 'ignorePaths' ? [composeFile] : images;
    const all = strings(settings[key]).find((pattern) => names.every((name) => matches(pattern, name)));
    if (all !== undefined) return `${key}: ${all}`;
  }
  const ignored = images.filter((image) => strings(settings['ignoreDeps']).some((pattern) => matches(pattern, image)));
  if (ignored.length > 0) return `ignoreDeps: ${ignored.join(', ')}`;
  const paths = settings['includePaths'];
  if (paths !== undefined && !strings(paths).some((pattern) => matches(pattern, composeFile))) return `includePaths: ${strings(paths).join(', ')}`;
  const rule = rules(settings).find((one) => one['enabled'] === false && isForAll(one));
  return rule === undefined ? undefined : `packageRules: ${JSON.stringify(rule).slice(0, 150)}`;
}

function rules(settings: Settings): readonly Settings[] {
  const list = settings['packageRules'];
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Does a rule hold for every image of the Compose file, and for what comes most often? Only what narrows it counts. */
function isForAll(rule: Settings): boolean {
  return Object.entries(rule).every(([key, value]) => {
    if (!/^(match|exclude)/.test(key)) return true;
    if (key === 'matchManagers') return strings(value).includes('docker-compose');
    if (key === 'matchDatasources') return strings(value).includes('docker');
    if (key === 'matchUpdateTypes') return ['minor', 'patch', 'digest'].every((type) => strings(value).includes(type));
    if (key.startsWith('matchFile')) return strings(value).some((pattern) => matches(pattern, composeFile));
    return /^match(Package|Dep)/.test(key) && images.every((image) => strings(value).some((pattern) => matches(pattern, image)));
  });
}

/**
 * Renovate's patterns: a name, a glob, or a regular expression between slashes. An expression of the learner's is not run here, where it could take for ever;
 * it counts as one that matches.
 */
function matches(pattern: string, name: string): boolean {
  if (pattern.startsWith('!')) return false;
  if (/^\/.*\/[a-z]*$/.test(pattern)) return true;
  const [start = '', ...rest] = pattern.split(/\*+/);
  if (rest.length === 0) return pattern === name;
  if (!name.startsWith(start)) return false;
  const end = rest.pop() ?? '';
  let at = start.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}

/** What is longer than any setting anybody writes is left out. */
function strings(value: unknown): readonly string[] {
  return (Array.isArray(value) ? value : [value]).filter((entry): entry is string => typeof entry === 'string' && entry.length <= 200);
}
