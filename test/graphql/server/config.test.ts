/** The configuration file: read, filled in, and every mistake named with its line. */
import { ConfigError, loadConfig, parseConfig, refuseOpenDoor } from '../../../graphql/server/config';
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

function parse(yaml: string, env: Record<string, string> = { LUMEN_SECRET: 's3cret: #"' }): ServerConfig {
	const readFile = (path: string): string => {
		if (path === 'token.txt') return 'from a file\n';
		throw new Error('ENOENT');
	};
	return parseConfig(yaml, { file: 'billing.yaml', env, readFile });
}

function problemsOf(yaml: string, env?: Record<string, string>): string[] {
	try {
		parse(yaml, env);
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
			'line 2: server.port ',
			'line 2: server.hots is no setting',
			'line 4: connections[0].id may hold letters',
			'line 5: connections[0].provider must be one of LUMEN, ORACLE_BRM',
			'line 6: connections[0].baseUrl is not a URL',
			'line 7: token the environment variable NOT_SET is not set',
			'line 10: connections[1].baseUrl must not hold a user name or password',
			'line 11: connections[1].auth.kind must be one of',
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
		expect(() => loadConfig('/nowhere/billing.yaml', {})).toThrow('cannot be read');
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
	const withHost = (host: string, access: string): ServerConfig =>
		parse(`server: { host: "${host}" }\n${GOOD.replace('access: { open: true }', access)}`);

	it('opens on this machine alone, and only when that was decided', () => {
		expect(() => refuseOpenDoor(withHost('127.0.0.1', 'access: { open: true }'), 'f')).not.toThrow();
		expect(() => refuseOpenDoor(withHost('127.0.0.1', ''), 'f')).toThrow('access is missing');
		expect(() => refuseOpenDoor(withHost('0.0.0.0', 'access: { open: true }'), 'f')).toThrow('server.host is 0.0.0.0');
	});

	it('says what to set where nobody decided who may ask', () => {
		expect(() => refuseOpenDoor(withHost('0.0.0.0', ''), 'f')).toThrow(/access\.apiKeys or access\.jwt/);
	});

	it('may stand on any network where keys are asked for', () => {
		const keys = `access: { apiKeys: [{ id: a, sha256: ${'a'.repeat(64)}, connections: ["*"], accounts: ["*"] }] }`;
		expect(() => refuseOpenDoor(withHost('0.0.0.0', keys), 'f')).not.toThrow();
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
