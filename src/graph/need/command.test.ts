import { expect, it } from 'vitest';
import { settingsOfCommand } from './command.ts';

const origin = { file: 'compose.yml', start: 0, end: 1 };

function shown(command: string): readonly string[] {
  const words = command.split(' ').map((text) => ({ text, origin }));
  return settingsOfCommand(words).map(({ name, value }) => (name === null ? value : `${name} = ${value}`));
}

it.each([
  ['app --redis=redis:6379', ['app', 'redis = redis:6379']],
  ['app --host db --port 5432', ['app', '--host = db', '--port = 5432']],
  ['java -Ddb.host=db -jar app.jar', ['java', 'db.host = db', '-jar = app.jar']],
  ['redis-cli -h cache -p 6380 ping', ['redis-cli', 'host = cache', 'port = 6380', 'ping']],
  ['mysql -h db -P 3307', ['mysql', 'host = db', 'port = 3307']],
  ['nc -z db 5432', ['nc', '-z', 'db:5432']],
  ['env DB_HOST=db app', ['env', 'DB_HOST = db', 'app']],
  ['app --verbose --host=db', ['app', '--verbose', 'host = db']],
  ['app --Database=x', ['app', 'Database = x']],
  ['', ['']],
])('reads %s', (command, settings) => {
  expect(shown(command)).toEqual(settings);
});

it('has no setting for a command without words', () => {
  expect(settingsOfCommand([])).toEqual([]);
});
