/** The configuration file: read, filled in, and every mistake named with its line. */
import { ConfigError, type Serving, loadConfig, parseConfig } from '../../../graphql/server/config';
import { isLoopback } from '../../../graphql/server/loopback';
import type { ServerConfig } from '../../../graphql/server/configSchema';

const GOOD = `
access: { open: true }
connections:
  - id: lumen-us
    provider: LUMEN
    baseUrl: https://api.lumen.com
    accounts: ["5-ABCD5678"]
    auth:
      kind: CLIENT_CREDENTIALS
      tokenUrl: https://api.lumen.com/oauth/v2/token
      clientId: me
      clientSecret: "\${LUMEN_SECRET}"
  - { id: brm, provider: ORACLE_BRM, baseUrl: "https://brm.example.com/v4", auth: { kind: BEARER, token: "\${file:token.txt}" } }
`;

function parse(
	yaml: string,
	env: Record<string, string> = { LUMEN_SECRET: 's3cret: #"' },
	serving: Serving | null = null,
): ServerConfig {
	const readFile = (path: string): string => {
		if (path === 'token.txt') return 'from a file\n';
		if (path === 'list.json') return '{"format":"another"}';
		throw new Error('ENOENT');
	};
	return parseConfig(yaml, { file: 'billing.yaml', env, readFile, serving });
}

function problemsOf(yaml: string, env?: Record<string, string>, serving?: Serving): string[] {
	try {
		parse(yaml, env, serving);
	} catch (error) {
		if (error instanceof ConfigError)
			return error.message
				.split('\n')
				.slice(1)
				.map((line) => line.trim());
		throw error;
	}
	return [];
}

describe('a configuration', () => {
	it('is read with its defaults', () => {
		const { server, connections } = parse(GOOD);
		expect(server).toEqual({ host: '127.0.0.1', port: 4000, timeoutMs: 10_000, logLevel: 'info', drainDelay: 0 });
		expect(connections.map(({ id }) => id)).toEqual(['lumen-us', 'brm']);
	});

	it('takes secrets from the environment and from files, whatever characters they hold', () => {
		const [lumen, brm] = parse(GOOD).connections;
		expect(lumen?.auth).toMatchObject({ clientSecret: 's3cret: #"' });
		expect(brm?.auth).toEqual({ kind: 'BEARER', token: 'from a file' });
	});

	it('names all mistakes at once, each with its line, and no secret', () => {
		const bad = `
server: { port: 70000, hots: x }
connections:
  - id: a b
    provider: TELCO
    baseUrl: not a url
    auth: { kind: BEARER, token: "\${NOT_SET}" }
  - id: x
    provider: LUMEN
    baseUrl: https://user:pw@api.lumen.com
    auth: { kind: MAGIC, secret: hush }
  - id: x
    provider: FLOLIVE
    baseUrl: https://flo.example.com
    accounts: []
    auth: { kind: BASIC, username: u, password: "\${file:nowhere}" }
`;
		const problems = problemsOf(bad);
		const text = problems.join('\n');
		for (const expected of [
			'line 2: server.port must be',
			'line 2: server.hots is no setting',
			'line 4: connections[0].id may hold letters',
			'line 5: connections[0].provider must be one of LUMEN, ORACLE_BRM',
			'line 6: connections[0].baseUrl is not a URL',
			'line 7: token the environment variable NOT_SET is not set',
			'line 10: connections[1].baseUrl must not hold a user name or password',
			'line 8: connections[1] has no accounts: LUMEN',
			'line 11: connections[1].auth.kind must be one of',
			'line 12: connections[2].id "x" is used twice',
			'line 15: connections[2].accounts',
			'line 16: password the file nowhere cannot be read',
		]) {
			expect(text).toContain(expected);
		}
		expect(text).not.toContain('hush');
	});

	it('names what is missing where it would stand', () => {
		expect(problemsOf('connections:\n  - id: a\n    provider: TMF678\n    baseUrl: https://x.example.com\n')).toEqual([
			'line 2: connections[0].auth is missing',
		]);
		expect(problemsOf('server: {}\n')).toEqual(['line 1: connections is missing']);
	});

	it('asks for accounts where a provider lists bills by account only', () => {
		const yaml =
			'connections:\n  - { id: a, provider: LUMEN, baseUrl: "https://x.example.com", auth: { kind: NONE } }\n';
		expect(problemsOf(yaml)).toEqual([expect.stringMatching(/^line 2: connections\[0\] has no accounts: LUMEN/)]);
	});

	it('refuses an id used twice and an API version that is not Lumen’s', () => {
		const one =
			'  - { id: a, provider: TMF678, apiVersion: v2, baseUrl: "https://x.example.com", auth: { kind: NONE } }\n';
		const text = problemsOf(`connections:\n${one}${one}`).join('\n');
		expect(text).toContain('line 2: connections[0].apiVersion is for LUMEN only');
		expect(text).toContain('line 3: connections[1].id "a" is used twice');
	});

	it('that is not there is told of', () => {
		expect(() => loadConfig('/nowhere/billing.yaml', { env: {} })).toThrow('cannot be read');
	});

	it('tells no secret that stands in the name of a setting', () => {
		expect(problemsOf(`\${LUMEN_SECRET}x: 1\n${GOOD}`)).toEqual(['line 1: ${LUMEN_SECRET}x is no setting']);
	});

	it('with an alias of nothing is refused', () => {
		expect(problemsOf(`${GOOD}\n<<: *nothing`)).toEqual([expect.stringMatching(/^line \d+: .*alias, of nothing/)]);
	});

	it('names the line of what is no YAML', () => {
		expect(problemsOf('connections:\n  - id: "a\n')).toEqual([expect.stringMatching(/^line \d: /)]);
		expect(problemsOf('')).toEqual(['line 1: is empty']);
	});

	it('asks for a key wherever things are shared, be Redis named in the file or in the environment', () => {
		const named = GOOD.replace('connections:', 'cache:\n  redisUrl: redis://localhost\nconnections:');
		expect(problemsOf(named)).toEqual([
			expect.stringMatching(/^line \d+: cache\.key is missing: what is kept in Redis/),
		]);
		expect(problemsOf(GOOD, { LUMEN_SECRET: 'x', REDIS_URL: 'redis://localhost' })).toEqual([
			expect.stringContaining('cache.key is missing'),
		]);
		expect(problemsOf(GOOD, { LUMEN_SECRET: 'x', REDIS_URL: 'http://localhost' }).join()).toContain(
			'cache.redisUrl must begin with redis://',
		);
	});
});

describe('the door', () => {
	const doorOf = (host: string, access: string, serving: Serving = {}): string =>
		problemsOf(
			`server: { host: "${host}" }\n${GOOD.replace('access: { open: true }', access)}`,
			undefined,
			serving,
		).join();

	it('opens on this machine alone, and only when that was decided', () => {
		expect(doorOf('127.0.0.1', 'access: { open: true }')).toBe('');
		expect(doorOf('127.0.0.1', '')).toContain('line 1: access is missing');
		expect(doorOf('0.0.0.0', 'access: { open: true }')).toMatch(/^line 3: access.open is for this machine.*0\.0\.0\.0/);
	});

	it('is looked at where the server really listens', () => {
		expect(doorOf('0.0.0.0', 'access: { open: true }', { host: '127.0.0.1' })).toBe('');
		expect(doorOf('127.0.0.1', 'access: { open: true }', { host: '0.0.0.0' })).toContain('server.host is 0.0.0.0');
	});

	it('says what to set where nobody decided who may ask', () => {
		expect(doorOf('0.0.0.0', '')).toMatch(/access\.apiKeys or access\.jwt/);
	});

	it('may stand on any network where keys are asked for', () => {
		const keys = `access: { apiKeys: [{ id: a, sha256: ${'a'.repeat(64)}, connections: ["*"], accounts: ["*"] }] }`;
		expect(doorOf('0.0.0.0', keys)).toBe('');
	});

	it('is told of with everything else that is wrong, the operations written down beforehand among it', () => {
		const yaml = GOOD.replace('access: { open: true }', 'operations: { manifest: list.json }\nserver: { port: -1 }');
		expect(problemsOf(yaml, undefined, {})).toEqual([
			expect.stringContaining('line 1: access is missing'),
			expect.stringMatching(/^line 2: operations\.manifest list\.json is no manifest/),
			'line 3: server.port must be 0 or more',
		]);
		const missing = yaml.replace('list.json', 'nowhere.json');
		expect(problemsOf(missing)[0]).toBe('line 2: operations.manifest nowhere.json cannot be read');
	});

	it('is not looked at where nothing is served, as when connections are only checked', () => {
		expect(problemsOf(GOOD.replace('access: { open: true }', ''))).toEqual([]);
	});

	it.each([
		['127.0.0.1', true],
		['127.9.9.9', true],
		['localhost', true],
		['::1', true],
		['[::1]', true],
		['0.0.0.0', false],
		['127.evil.example', false],
		['::', false],
	])('%s is this machine: %s', (host, expected) => {
		expect(isLoopback(host)).toBe(expected);
	});
});
