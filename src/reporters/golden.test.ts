import { describe, expect, test } from 'vitest';
import { REPORTERS } from './index.ts';
import { emptyReport, sampleContext, sampleReport } from './report.fixture.ts';
import { coloured } from './style.ts';

const context = sampleContext;

const golden = (name: string) => `../../testdata/golden/${name}`;

describe('scan', () => {
  test('text', async () => {
    const report = await REPORTERS.scan.text();
    await expect(report(sampleReport, context)).toMatchFileSnapshot(golden('scan.txt'));
  });

  test('text, all of it', async () => {
    const report = await REPORTERS.scan.text();
    const all = { ...context, verbose: true, showSuppressed: true, style: coloured };
    await expect(report(sampleReport, all)).toMatchFileSnapshot(golden('scan-all.txt'));
  });

  test('text, in a narrow terminal', async () => {
    const report = await REPORTERS.scan.text();
    const elsewhere = sampleReport.suppressed.map(({ finding }) => finding);
    const text = report(
      { ...sampleReport, findings: [...sampleReport.findings, ...elsewhere] },
      { ...context, width: 50 },
    );
    expect(text.split('\n').filter((line) => line.startsWith(' ') && line.length > 50)).toEqual([]);
    await expect(text).toMatchFileSnapshot(golden('scan-narrow.txt'));
  });

  test('text is one line when clean, and nothing when quiet as well', async () => {
    const report = await REPORTERS.scan.text();
    expect(report(emptyReport, context)).toBe('No findings in 3 files.\n');
    expect(report(emptyReport, { ...context, quiet: true })).toBe('');
  });

  test('no text of the scanned tree moves the cursor', async () => {
    const report = await REPORTERS.scan.text();
    const text = report(sampleReport, { ...context, verbose: true, showSuppressed: true });
    expect(text).toContain('rude');
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  });

  test('json', async () => {
    const report = await REPORTERS.scan.json();
    await expect(report(sampleReport, context)).toMatchFileSnapshot(golden('scan.json'));
  });

  test('github', async () => {
    const report = await REPORTERS.scan.github();
    await expect(report(sampleReport, context)).toMatchFileSnapshot(golden('scan.github.txt'));
  });

  test.each([
    ['gitlab', 'scan.gitlab.json'],
    ['junit', 'scan.junit.xml'],
    ['markdown', 'scan.md'],
  ] as const)('%s', async (format, file) => {
    const report = await REPORTERS.scan[format]();
    await expect(report(sampleReport, context)).toMatchFileSnapshot(golden(file));
  });

  test('junit of a clean run is a test that passes', async () => {
    const report = await REPORTERS.scan.junit();
    expect(report(emptyReport, context)).toContain('<testcase name="no findings" classname="portolan"/>');
  });

  test('sarif', async () => {
    const report = await REPORTERS.scan.sarif();
    await expect(report(sampleReport, context)).toMatchFileSnapshot(golden('scan.sarif'));
  });

  test('sarif, all of it', async () => {
    const report = await REPORTERS.scan.sarif();
    const provenance = { repositoryUri: 'https://example.org/shop', revisionId: 'c0ffee', branch: 'main' };
    const sarif = { prefix: 'my shop/', category: 'nightly', suppressed: true, provenance, successful: false };
    await expect(report(sampleReport, { ...context, sarif })).toMatchFileSnapshot(golden('scan-all.sarif'));
  });
});
