import type { OpenedIgnition } from './ignition-file.ts';

const shortestWindowMinutes = 30;
const days = new Set(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']);

interface Updates {
  readonly isAutomatic: boolean;
  readonly fact: string;
}

/**
 * What Zincati makes of its configuration: fragments in /etc/zincati/config.d in the order of their names, later ones win
 * (Zincati's documentation, "Configuration" and "Updates strategy").
 */
export function updateStrategy({ config, files }: OpenedIgnition): Updates {
  const unit = (config.systemd?.units ?? []).find(({ name }) => name === 'zincati.service');
  if (unit?.mask === true || unit?.enabled === false) return off('zincati.service is masked or disabled');
  const replaced =
    files.find(({ path }) => path.includes('/zincati.service')) ??
    (config.storage?.links ?? []).find(({ path, target = '' }) => `${path} ${target}`.includes('zincati'));
  if (replaced !== undefined || typeof unit?.contents === 'string' || (unit?.dropins ?? []).length > 0)
    return off('zincati.service or its configuration is replaced');
  const fragments = files.filter(({ path }) => /^\/etc\/zincati\/config\.d\/[^/]+\.toml$/.test(path)).toSorted((a, b) => (a.path < b.path ? -1 : 1));
  if (fragments.length === 0) return off('no file in /etc/zincati/config.d');
  const broken = fragments.find(({ toml }) => toml === undefined);
  if (broken !== undefined) return off(`${broken.path}: ${broken.problem ?? 'not TOML'}`);
  const tables = fragments.map(({ toml }) => tableIn(toml, 'updates'));
  if (tables.some((table) => 'enabled' in table) && tables.findLast((table) => 'enabled' in table)?.['enabled'] !== true)
    return off('updates.enabled is not true');
  const strategy = tables.findLast((table) => 'strategy' in table)?.['strategy'];
  switch (strategy) {
    case 'immediate':
      return on('strategy immediate');
    case 'fleet_lock': {
      const address = tables.map((table) => tableIn(table, 'fleet_lock')['base_url']).findLast((url) => url !== undefined);
      return typeof address === 'string' && address.startsWith('http') ? on(`strategy fleet_lock, ${address}`) : off('strategy fleet_lock without base_url');
    }
    case 'periodic': {
      const windows = tables.flatMap((table) => listIn(tableIn(table, 'periodic'), 'window'));
      return windows.some(isWindow)
        ? on(`strategy periodic, ${windows.length} windows`)
        : off(`strategy periodic without a window of ${shortestWindowMinutes} minutes`);
    }
    default:
      return off(`updates.strategy: ${strategy === undefined ? 'none' : JSON.stringify(strategy)}`);
  }
}

function isWindow(window: unknown): boolean {
  const { days: onDays, start_time: start, length_minutes: length } = window as Record<string, unknown>;
  const hasDay = Array.isArray(onDays) && onDays.some((day) => typeof day === 'string' && days.has(day.toLowerCase().slice(0, 3)));
  return hasDay && typeof start === 'string' && /^([01]?\d|2[0-3]):[0-5]\d$/.test(start) && typeof length === 'number' && length >= shortestWindowMinutes;
}

function tableIn(value: unknown, key: string): Record<string, unknown> {
  const inner = (value as Record<string, unknown> | null | undefined)?.[key];
  return typeof inner === 'object' && inner !== null && !Array.isArray(inner) ? (inner as Record<string, unknown>) : {};
}

function listIn(table: Record<string, unknown>, key: string): readonly unknown[] {
  const inner = table[key];
  return Array.isArray(inner) ? (inner as unknown[]).filter((entry) => typeof entry === 'object' && entry !== null) : [];
}

function on(fact: string): Updates {
  return { isAutomatic: true, fact };
}

function off(fact: string): Updates {
  return { isAutomatic: false, fact };
}
