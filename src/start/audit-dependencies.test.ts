import { expect, test } from 'vitest';
import { readAudit } from './audit-dependencies.ts';

const report = (counts: { high: number; critical: number }, vulnerabilities: object = {}): string =>
  JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: { vulnerabilities: { info: 0, low: 0, moderate: 3, ...counts, total: 3 } } });

test('a report without high or critical vulnerabilities is clean', () => {
  expect(readAudit(`npm warn something\n${report({ high: 0, critical: 0 })}`)).toEqual({ state: 'clean' });
});

test('packages with high and critical vulnerabilities are named', () => {
  const vulnerabilities = {
    one: { severity: 'high', range: '<2.0.0' },
    two: { severity: 'critical', range: '*' },
    three: { severity: 'moderate', range: '*' },
  };
  expect(readAudit(report({ high: 1, critical: 1 }, vulnerabilities))).toEqual({ state: 'vulnerable', packages: ['one <2.0.0 (high)', 'two * (critical)'] });
});

test('a registry without an audit, no network and no output are no pass', () => {
  const outputs = [
    'npm warn audit 405\n{"message": "405 Method Not Allowed", "statusCode": 405, "error": {"summary": "", "detail": ""}}',
    '{"message": "request to https://registry.example/ failed", "error": {}}',
    'npm error audit endpoint returned an error',
    '',
    '{}',
  ];
  for (const output of outputs) expect(readAudit(output), output).toMatchObject({ state: 'impossible', reason: expect.any(String) });
  expect(readAudit(outputs[0] ?? '')).toEqual({ state: 'impossible', reason: '405 Method Not Allowed' });
});
