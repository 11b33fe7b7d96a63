/** What `managed-services.ts` says of a type of managed service: the shape of its rows. A path of names leads into blocks. */
import type { TlsPolicies } from './tls-policy.ts';

/** A switch: an attribute, which of its texts mean yes, and what holds where it is not set. */
export interface Switch {
  readonly attribute: string;
  /** Left out: the attribute is true or false. */
  readonly yes?: readonly string[];
  /** A reason where nobody knows. */
  readonly otherwise: boolean | string;
  /** What holds where the block of the attribute is not there, if that is something else. */
  readonly withoutBlock?: boolean;
}

/** Ports that are open only where a switch says so. */
export interface Ports {
  readonly ports: readonly number[];
  readonly transport?: 'plaintext' | 'tls';
  readonly service?: string;
  readonly where?: Switch;
}

/** How one type of resource says it. */
export interface Service {
  readonly kind: string;
  /** What answers, in the words of the port catalogue; the text of an attribute where it names one. */
  readonly service: string | { readonly attribute: string; readonly otherwise?: string };
  readonly port?: string;
  /** Where the service does not answer at the port of the catalogue. */
  readonly ports?: readonly Ports[];
  readonly groups?: string;
  readonly subnets?: string;
  /** Where else they may be named. */
  readonly otherSubnets?: readonly string[];
  /** The type of the resource that lists the subnets. */
  readonly subnetGroup?: string;
  /** Without subnets it stands in no network of the account, instead of in the default one. */
  readonly apart?: true;
  /** What besides having no subnets lets it go past the networks of the account. */
  readonly past?: Switch;
  /** The switch that gives it an address of the internet. */
  readonly public?: Switch;
  /** The switch that makes callers speak TLS; callers may speak plaintext where it is off. */
  readonly encrypted?: Switch;
  readonly policy?: { readonly attribute: string; readonly table: TlsPolicies };
  /** The switch that lets everybody in who gets there. */
  readonly anonymous?: Switch;
  /** The attributes by which it asks callers who they are; it lets everybody in who gets there where none is set. */
  readonly asking?: readonly string[];
  readonly environment?: string;
  /** The attributes whose presence makes it a member of something that is read by itself. */
  readonly memberOf?: { readonly attribute: string; readonly types: readonly string[] };
}
