import type { Reporter, TestModule } from 'vitest/node';
import type { TechniqueRecord } from './technique.ts';

/** Vitest's reporter for the breakout suite: the table of all techniques when nothing else ran, else the line that counts them. */
export default class BreakoutReport implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const records = modules.flatMap((module) => [...module.children.allTests()].map((one) => ({ record: one.meta().technique, hasPassed: one.ok() })));
    const attempts = records.flatMap(({ record, hasPassed }) => (record === undefined ? [] : [{ record, hasPassed }]));
    if (attempts.length === 0) return;
    const isAlone = modules.every((module) => module.moduleId.includes('/sandbox/breakout/'));
    if (isAlone) console.log(`\n${table(attempts.map(({ record }) => record))}`);
    const titles = new Set(attempts.map(({ record }) => record.title));
    const failed = attempts.filter(({ hasPassed }) => !hasPassed);
    for (const { record } of isAlone ? [] : failed)
      console.log(`breakout: ${record.title}, ${record.viewpoint}: ${record.result} (control: ${record.control})`);
    const verdict = failed.length === 0 ? 'all held' : `${failed.length} DID NOT HOLD or could not be tried`;
    console.log(`\nbreakout: ${titles.size} techniques in ${attempts.length} attempts, ${verdict}`);
  }
}

/** In Markdown, so that it can be read as it is and kept. */
function table(records: readonly TechniqueRecord[]): string {
  const rows = records.map(({ title, reference, viewpoint, control, result }) => [title, reference, viewpoint, control, result]);
  const head = ['technique', 'reference', 'from where', 'control', 'result'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(inCell).join(' | ')} |`).join('\n');
}

const inCell = (text: string): string => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').trim();
