/** What `--help` prints. */
import { type AnyCommand, type Group, HELP, type Option } from './command.ts';

const WIDTH = 80;

/** The help of a command or group; `name` is all that leads to it: `portolan rules`. */
export async function helpText(name: string, of: AnyCommand | Group): Promise<string> {
  const options = [...of.options, HELP].map((option) => [option.flags, aboutOption(option)] as const);
  const sections: readonly (readonly [string, readonly (readonly [string, string])[]])[] =
    'run' in of
      ? [
          ['Arguments', of.parameters.map((parameter) => [parameter.name, parameter.about] as const)],
          ['Options', options],
        ]
      : [
          ['Options', options],
          ['Commands', await commandsOf(of)],
        ];
  const shown = sections.filter(([, entries]) => entries.length > 0);
  const width = Math.max(...shown.flatMap(([, entries]) => entries.map(([term]) => term.length)));
  const parts = shown.map(([title, entries]) => {
    const lines = entries.map(([term, about]) => `  ${term.padEnd(width)}  ${folded(about, width + 4)}`);
    return [`${title}:`, ...lines].join('\n');
  });
  const after = of.after === undefined ? [] : [of.after];
  return `${[['Usage:', name, '[options]', ...wordsOf(of)].join(' '), folded(of.about, 0), ...parts, ...after].join('\n\n')}\n`;
}

async function commandsOf({ commands }: Group): Promise<readonly (readonly [string, string])[]> {
  return Promise.all(
    Object.entries(commands).map(async ([name, load]) => {
      const loaded = await load();
      return [[name, ...wordsOf(loaded)].join(' '), loaded.about] as const;
    }),
  );
}

/** What follows the name besides options. */
function wordsOf(of: AnyCommand | Group): readonly string[] {
  return 'run' in of ? of.parameters.map(({ name }) => name) : ['[command]'];
}

function aboutOption({ about, choices, fallback }: Option): string {
  const more = [
    ...(choices ? [`choices: ${choices.map((choice) => JSON.stringify(choice)).join(', ')}`] : []),
    ...(fallback === undefined ? [] : [`default: ${JSON.stringify(fallback)}`]),
  ];
  return more.length === 0 ? about : `${about} (${more.join(', ')})`;
}

/** A text in lines of at most `WIDTH`, all but the first indented. */
function folded(text: string, indent: number): string {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && indent + last.length + 1 + word.length <= WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines.join(`\n${' '.repeat(indent)}`);
}
