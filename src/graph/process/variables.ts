/** Variables by which programs are told their port. */
import type { ProcessListener } from '../running.ts';
import type { Role } from '../vocabulary.ts';
import { isOwnAddress, parseAddress } from './address.ts';
import type { Environment } from './shell.ts';

interface PortVariable {
  readonly name: string;
  /** Its framework reads it whatever the program does, as addresses; other variables are a habit, and hold a number. */
  readonly sure?: true;
  readonly role?: Role;
  readonly tls?: true;
}

const VARIABLES: readonly PortVariable[] = [
  { name: 'PORT' },
  { name: 'SERVER_PORT' },
  { name: 'MANAGEMENT_SERVER_PORT', role: 'management' },
  { name: 'QUARKUS_HTTP_PORT', sure: true },
  { name: 'MICRONAUT_SERVER_PORT', sure: true },
  { name: 'ASPNETCORE_URLS', sure: true },
  { name: 'ASPNETCORE_HTTP_PORTS', sure: true },
  { name: 'ASPNETCORE_HTTPS_PORTS', sure: true, tls: true },
  { name: 'DOTNET_URLS', sure: true },
];

/** The ports that the variables of a container tell, for programs whose habits nothing else shows. */
export function variableListeners(environment: Environment): readonly ProcessListener[] {
  return VARIABLES.flatMap(({ name, sure, role, tls }) => {
    const fact = environment(name);
    if (typeof fact?.value !== 'string') return [];
    return fact.value.split(/[;,\s]+/, 20).flatMap((text): readonly ProcessListener[] => {
      const address = parseAddress(text);
      if (address === null || address.port === null) return [];
      if (address.host !== null && !(sure && isOwnAddress(address.host))) return [];
      return [
        {
          ports: { from: address.port, to: address.port },
          protocol: 'tcp',
          bind: address.host,
          evidence: sure ? 'coded' : 'conventional',
          ...(role === undefined ? {} : { flag: role }),
          ...(tls || address.scheme === 'https' ? { transport: 'tls' as const } : {}),
          origin: fact.origin,
        },
      ];
    });
  });
}
