import type { Log, Notification, Run } from 'sarif';
import type { Report } from '../../policy/finding.ts';
import { NOTICES, type Notice } from '../../source/notice.ts';
import type { Context } from '../reporter.ts';
import { descriptorsOf, taxonomiesOf } from './descriptors.ts';
import { fitting, fittingNotices } from './limit.ts';
import { BASE, locationOf } from './locations.ts';
import { resultsOf } from './results.ts';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/** The report as SARIF 2.1.0, for code scanning, editors and tools that gather results. */
export function scanSarif(report: Report, context: Context): string {
  const told = context.sarif.suppressed ? report : { ...report, suppressed: [] };
  const { value, notices } = fitting(told);
  const run = runOf({ ...value, notices: [...notices, ...fittingNotices(report.notices)] }, context);
  const log: Log = { $schema: SCHEMA, version: '2.1.0', runs: [run] };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function runOf(report: Report, context: Context): Run {
  const { category, provenance, successful } = context.sarif;
  const rules = descriptorsOf(report.rules);
  const ruleIndex = new Map(rules.map(({ id }, index) => [id, index]));
  const taxonomies = taxonomiesOf(report.rules);
  return {
    tool: {
      driver: {
        name: 'Portolan',
        semanticVersion: context.version,
        rules: [...rules],
        ...(taxonomies.length === 0
          ? {}
          : { supportedTaxonomies: taxonomies.map(({ name }, index) => ({ name, index })) }),
      },
    },
    ...(category === null ? {} : { automationDetails: { id: `${category}/` } }),
    ...(provenance === null
      ? {}
      : {
          versionControlProvenance: [
            {
              repositoryUri: provenance.repositoryUri,
              revisionId: provenance.revisionId,
              ...(provenance.branch === null ? {} : { branch: provenance.branch }),
              mappedTo: { uriBaseId: BASE },
            },
          ],
        }),
    originalUriBaseIds: { [BASE]: { description: { text: 'The top level of the checkout.' } } },
    columnKind: 'utf16CodeUnits',
    ...(taxonomies.length === 0 ? {} : { taxonomies: [...taxonomies] }),
    invocations: [
      {
        executionSuccessful: successful,
        toolExecutionNotifications: report.notices.map((notice) => notificationOf(notice, context)),
      },
    ],
    results: [...resultsOf(report, context, ruleIndex)],
  };
}

function notificationOf({ code, message, origin }: Notice, context: Context): Notification {
  return {
    descriptor: { id: code },
    level: NOTICES[code],
    message: { text: message },
    locations: [locationOf(origin, context.lines, context.sarif.prefix)],
  };
}
