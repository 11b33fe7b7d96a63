/** What the options of a Java virtual machine open: the debug wire protocol, JMX, the Prometheus agent. */
import type { Origin } from '../../source/span.ts';
import type { ProcessListener } from '../running.ts';
import { isOwnAddress, parseAddress } from './address.ts';
import { parseReference } from './images.ts';
import type { Environment } from './shell.ts';

/** A word, and where it is said. */
interface Option {
  readonly text: string;
  readonly origin: Origin;
}

/** Variables that every virtual machine or its launcher reads. */
const READ_BY_JAVA = ['JAVA_TOOL_OPTIONS', 'JDK_JAVA_OPTIONS', '_JAVA_OPTIONS'];
/** Variables that start scripts hand on. */
const READ_BY_SCRIPTS = [
  'JAVA_OPTS',
  'JVM_OPTS',
  'CATALINA_OPTS',
  'JPDA_OPTS',
  'MAVEN_OPTS',
  'KAFKA_OPTS',
  'ES_JAVA_OPTS',
  'JETTY_OPTS',
];

/** The options that variables carry; `direct` where `java` itself is started, so that no script hands any on. */
export function javaVariables(environment: Environment, direct: boolean): readonly Option[] {
  return [...READ_BY_JAVA, ...(direct ? [] : READ_BY_SCRIPTS)].flatMap((name) => {
    const fact = environment(name);
    if (typeof fact?.value !== 'string') return [];
    return fact.value.split(/\s+/, 200).map((text) => ({ text, origin: fact.origin }));
  });
}

/**
 * What `options` open. A debugger's bare port binds loopback since Java 9, and every address before: `image` tells which
 * it is, and where it does not, the newer one is taken.
 */
export function javaListeners(options: readonly Option[], image: string | null): readonly ProcessListener[] {
  const open = options.some(({ text }) => text === '-Dcom.sun.management.jmxremote.authenticate=false');
  return options.flatMap(({ text, origin }) => {
    const debug = /(?:-agentlib:jdwp=|-Xrunjdwp:)([^\s"']*)/.exec(text)?.[1];
    if (debug !== undefined) return debugListener(debug, origin, image);
    const jmx = /^-Dcom\.sun\.management\.jmxremote\.port=(\d+)$/.exec(text)?.[1];
    if (jmx !== undefined)
      return listener(jmx, { program: 'JMX', flag: 'management', authentication: open ? 'none' : 'basic' }, origin);
    const agent = /^-javaagent:[^=]*jmx_prometheus[^=]*=([^\s]*?)(?::[^:\s]*)?$/.exec(text)?.[1];
    return agent === undefined ? [] : listener(agent, { program: 'JMX exporter', flag: 'metrics' }, origin);
  });
}

function debugListener(text: string, origin: Origin, image: string | null): readonly ProcessListener[] {
  const settings = new Map(text.split(',', 20).map((pair) => pair.split('=', 2) as [string, string]));
  if (settings.get('server') !== 'y' || settings.get('transport') === 'dt_shmem') return [];
  const said = { program: 'Java debug wire protocol', flag: 'debug', authentication: 'none' } as const;
  const address = settings.get('address') ?? '';
  return listener(address, said, origin).map((found) =>
    found.bind === null && !address.includes(':')
      ? { ...found, bind: bindsEverywhere(image) ? '0.0.0.0' : '127.0.0.1' }
      : found,
  );
}

/** Whether the image's tag tells a Java before 9: `8-jre`, `3.8-jdk-8`, `1.8`. */
function bindsEverywhere(image: string | null): boolean {
  return (
    image !== null &&
    /^(?:1\.)?8(?:\D|$)|(?:jdk|jre|java|temurin|corretto|openjdk)-?8(?:\D|$)/.test(parseReference(image).tag)
  );
}

function listener(
  text: string,
  said: Pick<ProcessListener, 'program' | 'flag' | 'authentication'>,
  origin: Origin,
): readonly ProcessListener[] {
  const address = parseAddress(text);
  if (address === null || address.port === null) return [];
  const bind = address.host !== null && isOwnAddress(address.host) ? address.host : null;
  return [
    { ports: { from: address.port, to: address.port }, protocol: 'tcp', bind, evidence: 'coded', ...said, origin },
  ];
}
