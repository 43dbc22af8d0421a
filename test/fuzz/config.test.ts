/** Any text as a configuration: a configuration, or a ConfigError that names what is to be mended, and where. */
import { createHash } from 'node:crypto';

import fc from 'fast-check';
import { stringify } from 'yaml';

import { ConfigError, parseConfig } from '../../graphql/server/config';
import { jsonText, writtenOut } from './support/json';
import { LONG_TEST_MS, tries } from './support/runs';

const SECRET = 'planted-secret';

const ENV = { SECRET, REDIS_URL: 'redis://localhost' };

const client = { tokenUrl: 'https://a.example/token', clientId: 'c', clientSecret: '${SECRET}' };
const GOOD = {
	production: true,
	server: { host: '127.0.0.1', port: 4000, timeoutMs: 5000, cursorKey: 'a cursor key of tests', drainDelay: 1 },
	limits: { depth: 10, upstreamPerMinute: 100, inFlight: 5 },
	cache: { key: 'k'.repeat(32), maxRecords: 10 },
	access: {
		apiKeys: [{ id: 'a', sha256: '0'.repeat(64), connections: ['brm'], accounts: { brm: ['1'] }, mask: ['contact'] }],
		jwt: { jwksUrl: 'https://a.example/jwks', issuer: 'i', audience: 'a', connectionsClaim: 'c' },
	},
	operations: { manifest: 'm.json', only: true },
	connections: [
		{
			id: 'lumen',
			provider: 'LUMEN',
			baseUrl: 'https://a.example',
			accounts: ['5-A'],
			auth: { kind: 'CLIENT_CREDENTIALS', ...client },
		},
		{
			id: 'brm',
			provider: 'ORACLE_BRM',
			baseUrl: 'https://b.example/v4',
			freshFor: 5,
			breaker: { failures: 3 },
			auth: { kind: 'NONE' },
		},
		{
			id: 'fleet',
			provider: 'FLOLIVE',
			baseUrl: 'https://c.example',
			accounts: ['1'],
			auth: { kind: 'BEARER', token: '${file:token}' },
		},
	],
};

const OPERATION = '{ __typename }';
const FILES: Readonly<Record<string, string>> = {
	token: SECRET,
	'm.json': JSON.stringify({
		format: 'apollo-persisted-query-manifest',
		version: 1,
		operations: [{ id: createHash('sha256').update(OPERATION).digest('hex'), body: OPERATION }],
	}),
};

function readFile(path: string): string {
	const text = FILES[path];
	if (text === undefined) throw new Error('There is no such file');
	return text;
}

function parsed(text: string): void {
	try {
		const config = parseConfig(text, { file: 'billing.yaml', env: ENV, readFile });
		expect(config.connections.length).toBeGreaterThan(0);
	} catch (error) {
		if (!(error instanceof ConfigError)) throw error;
		expect(error.problems.length).toBeGreaterThan(0);
		for (const { line, message } of error.problems) {
			expect(line).toBeGreaterThanOrEqual(1);
			expect(message).not.toBe('');
		}
		expect(error.message).not.toContain(SECRET);
	}
}

it('the good configuration is one', () => {
	expect(() => parsed(JSON.stringify(GOOD))).not.toThrow();
	expect(parseConfig(stringify(GOOD), { file: '', env: ENV, readFile }).connections).toHaveLength(3);
});

/** Places that a value stands at: every member and element of the good configuration. */
function placesIn(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
	const own = path.length === 0 ? [] : [path];
	if (typeof value !== 'object' || value === null) return own;
	return [...own, ...Object.entries(value).flatMap(([name, child]) => placesIn(child, [...path, name]))];
}

const PLACES = placesIn(GOOD);
const MARK = 'another value comes here';

const withOtherValue = fc.tuple(fc.constantFrom(...PLACES), fc.option(jsonText)).map(([path, text]) => {
	const changed: unknown = structuredClone(GOOD);
	const parent = path.slice(0, -1).reduce((so: unknown, name) => Reflect.get(so as object, name), changed) as object;
	if (text === null) Reflect.deleteProperty(parent, path.at(-1)!);
	else Reflect.set(parent, path.at(-1)!, MARK);
	return JSON.stringify(changed).replace(JSON.stringify(MARK), () => writtenOut(text ?? ''));
});

/** What YAML knows and JSON does not. */
const YAML_PIECES = [
	'&a', '*a', '&a [*a]', '<<: *a', '!!binary aGk=', '!!js/function x', '!!set {a}', '? [a]\n: b', '---\n', '...\n', '%YAML 9.9\n---\n', '\t',
	'|\n', '>-\n', '{', ']', ': ', '- ', '#', '"', "'", '${', '${SECRET}', '${NOBODY}', '${file:nowhere}', '${file:token}', '0x1f', '.inf', '~',
	'\u0000', '\u2028', '\r', 'server: 1\n', '__proto__: {a: 1}\n', 'constructor: x\n',
]; // prettier-ignore
const GOOD_YAML = stringify(GOOD);

const damagedText = fc
	.array(
		fc.record({
			at: fc.nat(GOOD_YAML.length),
			put: fc.oneof(fc.constantFrom(...YAML_PIECES), fc.string({ maxLength: 5 })),
			drop: fc.nat(12),
		}),
		{ minLength: 1, maxLength: 5 },
	)
	.map((damages) =>
		damages.reduce((text, { at, put, drop }) => text.slice(0, at) + put + text.slice(at + drop), GOOD_YAML),
	);

const anyText = fc.oneof(
	fc.string({ unit: 'binary' }),
	jsonText.map(writtenOut),
	fc.array(fc.constantFrom(...YAML_PIECES, 'a', ' ', '\n'), { maxLength: 30 }).map((pieces) => pieces.join('')),
);

it(
	'any text is a configuration, or refused with every mistake named and no secret told',
	() => {
		fc.assert(fc.property(fc.oneof(withOtherValue, damagedText, anyText), parsed), tries(300));
	},
	LONG_TEST_MS,
);
