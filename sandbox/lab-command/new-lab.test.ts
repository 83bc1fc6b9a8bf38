import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newLab } from './new-lab.ts';

let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'schott-new-lab-'));
});

afterAll(async () => {
  await rm(root, { recursive: true, force: true });
});

test('lays out folder and both texts, with id and label in their places', async () => {
  const written = await newLab('kernel/close-the-door', 'L9.1', root);
  expect(written).toEqual(['labs/kernel/close-the-door', 'content/de/kernel/labs/close-the-door.mdx', 'content/en/kernel/labs/close-the-door.mdx']);
  expect(await readFile(join(root, 'labs/kernel/close-the-door/lab.ts'), 'utf8')).toContain("label: 'L9.1'");
  for (const file of written.slice(1)) expect(await readFile(join(root, file), 'utf8')).toContain('lab: kernel/close-the-door\n');
});

test('never overwrites, and says what is wrong with an id or a label', async () => {
  await newLab('kernel/open-the-door', 'L9.2', root);
  await expect(newLab('kernel/open-the-door', 'L9.3', root)).rejects.toThrow('is there already');
  await expect(newLab('cooking/open-the-door', 'L9.3', root)).rejects.toThrow('no id for a lab');
  await expect(newLab('kernel/Door', 'L9.3', root)).rejects.toThrow('no id for a lab');
  await expect(newLab('../kernel/open-the-door', 'L9.3', root)).rejects.toThrow('no id for a lab');
  await expect(newLab('kernel/shut-the-door', 'nine', root)).rejects.toThrow('no label');
  await expect(newLab('kernel/shut-the-door', 'L1.2', root)).rejects.toThrow('kernel/contain-the-agent');
});
