/** Functions whose value is made anew with every deployment, so that no file holds it. */
import { opaque } from '../datum.ts';
import type { Func } from '../machine.ts';
import { open, variadic } from './arguments.ts';

const BECAUSE: readonly (readonly [string, readonly string[]])[] = [
  [
    'it is random',
    ['randAlphaNum', 'randAlpha', 'randAscii', 'randNumeric', 'randInt', 'randBytes', 'uuidv4', 'shuffle'],
  ],
  [
    'it depends on the time of deployment',
    [
      'now',
      'ago',
      'date',
      'dateInZone',
      'date_in_zone',
      'dateModify',
      'date_modify',
      'mustDateModify',
      'must_date_modify',
      'htmlDate',
      'htmlDateInZone',
      'toDate',
      'mustToDate',
      'unixEpoch',
      'duration',
      'durationRound',
    ],
  ],
  [
    'it is a key, certificate or hash that is made at deployment',
    [
      'genPrivateKey',
      'genCA',
      'genCAWithKey',
      'genSelfSignedCert',
      'genSelfSignedCertWithKey',
      'genSignedCert',
      'genSignedCertWithKey',
      'buildCustomCert',
      'bcrypt',
      'htpasswd',
      'derivePassword',
      'encryptAES',
      'decryptAES',
    ],
  ],
];

/** By name; their arguments do not matter. */
export const OPAQUE: Readonly<Record<string, Func>> = Object.fromEntries(
  BECAUSE.flatMap(([because, names]) => names.map((name) => [name, open(variadic(0, () => opaque(because)))])),
);
