import { describe, expect, test } from 'vitest';
import { type Build, buildId } from '../../assemble/unit.ts';
import type { ImageFact } from '../../graph/fragment.ts';
import type { Notice } from '../../source/notice.ts';
import { unknown, type Value } from '../../source/value.ts';
import { dockerFragment } from './index.ts';

interface Built {
  readonly image: ImageFact;
  readonly notices: readonly Notice[];
  readonly text: string;
}

const elsewhere = { file: 'compose.yaml', start: 10, end: 20 };

function scalar(text: string): Value {
  return { kind: 'scalar', value: text, text, quoted: false, origin: elsewhere };
}

function build(
  lines: readonly string[],
  options: { target?: string; args?: Readonly<Record<string, Value>> } = {},
): Built {
  const text = lines.join('\n');
  const asked: Build = {
    dockerfile: 'web/Dockerfile',
    target: options.target ?? null,
    args: new Map(Object.entries(options.args ?? {})),
    names: ['shop/web'],
    origin: elsewhere,
  };
  const id = buildId(asked);
  const { value, notices } = dockerFragment({
    id,
    technology: 'docker',
    root: asked.dockerfile,
    variant: null,
    files: [asked.dockerfile],
    build: asked,
    text,
  });
  const [image] = value.images;
  if (image === undefined) throw new Error('no image');
  return { image, notices, text };
}

/** `80/tcp 8000-8010/udp`, in the order of the file. */
function ports({ image }: Built): string {
  return image.ports
    .map(({ ports: { from, to }, protocol }) => `${from === to ? from : `${from}-${to}`}/${protocol}`)
    .join(' ');
}

function codes({ notices }: Built): readonly string[] {
  return notices.map((each) => each.code);
}

function words(command: ImageFact['command']): readonly string[] | undefined {
  return command?.words.map((word) => word.text);
}

function variables({ image }: Built): Readonly<Record<string, unknown>> {
  return Object.fromEntries(image.environment.map(({ name, value }) => [name, value]));
}

describe('EXPOSE', () => {
  test.each([
    ['', ''],
    ['EXPOSE 80', '80/tcp'],
    ['expose 80', '80/tcp'],
    ['EXPOSE 3000 80 443/TCP 53/udp', '3000/tcp 80/tcp 443/tcp 53/udp'],
    ['EXPOSE 8000-8010/tcp', '8000-8010/tcp'],
    ['EXPOSE 22/tcp 20-25', '22/tcp 20-25/tcp'],
    ['EXPOSE "8080"', '8080/tcp'],
    ['EXPOSE 80 80/tcp', '80/tcp 80/tcp'],
    ['EXPOSE 9000/sctp', '9000/sctp'],
    ['EXPOSE 127.0.0.1:8080:80', '80/tcp'],
  ])('%s', (line, expected) => {
    const built = build(['FROM alpine', line]);
    expect(ports(built)).toBe(expected);
    expect(built.notices).toEqual([]);
  });

  test('numbers that no machine has are kept', () => {
    expect(ports(build(['FROM alpine', 'EXPOSE 65536/tcp 0 99999-100000']))).toBe('65536/tcp 0/tcp 99999-100000/tcp');
  });

  test.each(['http', '80/icmp', '90-80', '80/tcp/x', '-1', '1.5'])('%s is no port, and is told', (word) => {
    const built = build(['FROM alpine', `EXPOSE ${word} 81`]);
    expect(ports(built)).toBe('81/tcp');
    expect(codes(built)).toEqual(['invalid-value']);
  });

  test('a variable that names thousands of ports makes no millions', () => {
    const built = build([
      'FROM alpine',
      `ENV P="${'80 '.repeat(20_000)}"`,
      ...Array.from({ length: 1000 }, () => 'EXPOSE $P'),
    ]);
    expect(built.image.ports).toHaveLength(4096);
    expect(codes(built)).toEqual(['expansion-limit']);
  });

  test('the origin is the word, whatever line it stands on', () => {
    const { image, text } = build(['FROM alpine', 'EXPOSE 80 \\', '  22']);
    expect(image.ports.map(({ origin }) => text.slice(origin.start, origin.end))).toEqual(['80', '22']);
  });
});

describe('variables', () => {
  test('ARG, then ENV, then EXPOSE', () => {
    const built = build(['FROM node', 'ARG PORT=80', 'ENV PORT $PORT', 'EXPOSE $PORT 9229 9230']);
    expect(ports(built)).toBe('80/tcp 9229/tcp 9230/tcp');
    expect(variables(built)).toEqual({ PORT: '80' });
  });

  test('one that nothing sets exposes nothing, and is told', () => {
    const built = build(['FROM node', 'EXPOSE ${SSH_PORT} $PORT/udp 80']);
    expect(ports(built)).toBe('80/tcp');
    expect(codes(built)).toEqual(['variable-unset', 'variable-unset']);
  });

  test('defaults stand in the word', () => {
    expect(ports(build(['FROM node', 'ENV TLS=1', 'EXPOSE ${PORT:-8080} ${TLS:+8443}']))).toBe('8080/tcp 8443/tcp');
  });

  test('one variable may hold several ports', () => {
    expect(ports(build(['FROM node', 'ENV PORTS="80 443/tcp"', 'EXPOSE $PORTS']))).toBe('80/tcp 443/tcp');
  });

  test('what the build gives wins over the default, and counts only where an ARG asks for it', () => {
    const args = { PORT: scalar('9000'), OTHER: scalar('9001') };
    expect(ports(build(['FROM node', 'ARG PORT=80', 'EXPOSE $PORT ${OTHER:-1}'], { args }))).toBe('9000/tcp 1/tcp');
  });

  test('what the build gives may be unknown', () => {
    const built = build(['FROM node', 'ARG PORT=80', 'EXPOSE $PORT'], {
      args: { PORT: unknown('PORT is not set', elsewhere) },
    });
    expect(ports(built)).toBe('');
    expect(codes(built)).toEqual(['not-evaluated']);
    expect(built.notices[0]?.message).toContain('PORT is not set');
  });

  test('a global ARG is seen by FROM, and by the stages that ask for it', () => {
    const file = ['ARG TAG=16', 'ARG PORT=81', 'FROM node:$TAG', 'EXPOSE ${PORT:-1}', 'ARG PORT', 'EXPOSE $PORT'];
    const built = build(file);
    expect(built.image.base?.reference).toBe('node:16');
    expect(ports(built)).toBe('1/tcp 81/tcp');
    expect(build(file, { args: { TAG: scalar('20') } }).image.base?.reference).toBe('node:20');
  });

  test('ENV is stronger than ARG, and one ENV sees what was before it', () => {
    const built = build(['FROM node', 'ENV A=1', 'ENV A=2 B=$A', 'ARG A=3', 'EXPOSE $A $B']);
    expect(ports(built)).toBe('2/tcp 1/tcp');
    expect(variables(built)).toEqual({ A: '2', B: '1' });
  });
});

describe('stages', () => {
  const file = [
    'FROM python:3.11-slim AS base',
    'ENV MODE=base',
    'HEALTHCHECK CMD curl http://localhost:80',
    'FROM base AS Dev',
    'EXPOSE 5000',
    'CMD ["python", "app.py"]',
    'FROM base AS final',
    'EXPOSE 80',
    'ENTRYPOINT ["gunicorn"]',
    'CMD ["app:app", "-b", "0.0.0.0:80"]',
  ];

  test('the last one is built unless the build says which', () => {
    expect(ports(build(file))).toBe('80/tcp');
    expect(words(build(file).image.command)).toEqual(['app:app', '-b', '0.0.0.0:80']);
  });

  test('a target is found by its name, in whatever case, and by its number', () => {
    for (const target of ['dev', 'DEV', '1']) {
      const built = build(file, { target });
      expect(ports(built)).toBe('5000/tcp');
      expect(words(built.image.command)).toEqual(['python', 'app.py']);
      expect(variables(built)).toEqual({ MODE: 'base' });
      expect(built.image.base?.reference).toBe('python:3.11-slim');
      expect(built.image.checks).toMatchObject([{ kind: 'command', command: { shell: true } }]);
    }
  });

  test('a target that is not there makes no image, and is told where it is asked for', () => {
    const built = build(file, { target: 'prod' });
    expect(ports(built)).toBe('');
    expect(built.notices).toMatchObject([{ code: 'reference-missing', origin: elsewhere }]);
  });

  test('FROM takes a stage through a variable', () => {
    const variants = [
      'ARG FLAVOUR=a',
      'FROM x AS build-a',
      'EXPOSE 1',
      'FROM y AS build-b',
      'EXPOSE 2',
      'FROM build-$FLAVOUR',
    ];
    expect(ports(build(variants))).toBe('1/tcp');
    const other = build(variants, { args: { FLAVOUR: scalar('b') } });
    expect(ports(other)).toBe('2/tcp');
    expect(other.image.base?.reference).toBe('y');
  });

  test('the platform is taken for the commonest, and that is told', () => {
    const built = build(['FROM --platform=$BUILDPLATFORM a AS build-amd64', 'EXPOSE 1', 'FROM build-$TARGETARCH']);
    expect(ports(built)).toBe('1/tcp');
    expect(codes(built)).toEqual(['not-evaluated']);
  });

  test('an image that hangs on a variable without value is unknown', () => {
    const built = build(['ARG BASE', 'FROM $BASE', 'EXPOSE 80']);
    expect(built.image.base?.reference).toMatchObject({ kind: 'unknown', because: 'BASE has no value' });
    expect(codes(built)).toEqual(['variable-unset']);
  });

  test('scratch is no image', () => {
    expect(build(['FROM scratch', 'EXPOSE 80']).image.base).toBeNull();
  });

  test('a stage may have the name of the image that it stands on', () => {
    expect(build(['FROM redis AS redis', 'EXPOSE 1']).image.base?.reference).toBe('redis');
  });

  test('ONBUILD is done in the stages that stand on it, and in no other', () => {
    const onbuild = ['FROM a AS base', 'ONBUILD EXPOSE 80', 'FROM base AS child', 'FROM child'];
    expect(ports(build(onbuild, { target: 'base' }))).toBe('');
    expect(ports(build(onbuild, { target: 'child' }))).toBe('80/tcp');
  });
});

describe('commands', () => {
  test('a new ENTRYPOINT takes the inherited CMD away, not that of its own stage', () => {
    expect(build(['FROM a AS x', 'CMD ["a"]', 'FROM x', 'ENTRYPOINT ["b"]']).image.command).toBeUndefined();
    expect(words(build(['FROM a', 'CMD ["a"]', 'ENTRYPOINT ["b"]']).image.command)).toEqual(['a']);
  });

  test('exec form has a word each, shell form is one', () => {
    const { image, text } = build(['FROM a', 'ENTRYPOINT [ "tini", "--" ]', 'CMD node \\', '  server.js']);
    expect(image.entrypoint).toMatchObject({ shell: false });
    expect(words(image.entrypoint)).toEqual(['tini', '--']);
    expect(image.command).toMatchObject({ shell: true, words: [{ text: 'node   server.js' }] });
    expect(text.slice(image.command!.origin.start, image.command!.origin.end)).toBe('node \\\n  server.js');
    expect(text.slice(image.entrypoint!.words[1]!.origin.start, image.entrypoint!.words[1]!.origin.end)).toBe('"--"');
  });

  test('an empty form takes what is inherited away', () => {
    const built = build(['FROM a AS x', 'ENTRYPOINT ["b"]', 'CMD ["c"]', 'FROM x', 'CMD []', 'ENTRYPOINT []']);
    expect(built.image.entrypoint).toBeUndefined();
    expect(built.image.command).toBeUndefined();
  });

  test('variables of commands are left to the process', () => {
    expect(words(build(['FROM a', 'ENV P=1', 'CMD node --port $P']).image.command)).toEqual(['node --port $P']);
  });

  test('HEALTHCHECK has flags and a command; NONE takes it away; the last one counts', () => {
    const check = [
      'FROM a',
      'HEALTHCHECK NONE',
      'HEALTHCHECK --interval=5s \\',
      '  CMD ["curl", "-f", "http://localhost:8080/"]',
    ];
    const [first] = build(check).image.checks;
    expect(first?.kind).toBe('command');
    expect(words(first?.command)).toEqual(['curl', '-f', 'http://localhost:8080/']);
    expect(build([...check, 'HEALTHCHECK NONE']).image.checks).toEqual([]);
  });
});

describe('files that build nothing', () => {
  test('one without FROM is told', () => {
    expect(codes(build(['EXPOSE 80']))).toEqual(['invalid-value']);
    expect(codes(build(['']))).toEqual(['invalid-value']);
  });

  test('FROM without an image is told', () => {
    expect(codes(build(['FROM', 'EXPOSE 80']))).toContain('invalid-value');
  });
});
