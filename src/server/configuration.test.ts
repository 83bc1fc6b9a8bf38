import { expect, test } from 'vitest';
import { readConfiguration } from './configuration.ts';

test('everything has a default, and an empty variable counts as not set', () => {
  expect(readConfiguration({ SCHOTT_PORT: '' })).toMatchObject({
    port: 8080,
    host: '127.0.0.1',
    keeperSocket: undefined,
    sandboxesPerLearner: 2,
    allowedOrigins: [],
  });
});

test('origins are brought into the form that browsers send', () => {
  const { allowedOrigins } = readConfiguration({ SCHOTT_ALLOWED_ORIGINS: 'https://Course.Example.org:443/, http://localhost:4321' });
  expect(allowedOrigins).toEqual(['https://course.example.org', 'http://localhost:4321']);
});

test('a wrong value names its variable', () => {
  expect(() => readConfiguration({ SCHOTT_PORT: 'eighty' })).toThrow('SCHOTT_PORT');
  expect(() => readConfiguration({ SCHOTT_ALLOWED_ORIGINS: 'course.example.org' })).toThrow('SCHOTT_ALLOWED_ORIGINS');
});
