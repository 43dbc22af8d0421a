/** Who may ask, as configured: what cannot be meant is refused, and nothing is granted by mistake. */
import { ConfigError, parseConfig } from '../../../../graphql/server/config';

const HASH = 'a'.repeat(64);
const CONNECTIONS = `connections:
  - { id: brm, provider: ORACLE_BRM, baseUrl: "https://brm.example.com/v4", auth: { kind: NONE } }
  - { id: other, provider: TMF678, baseUrl: "https://tmf.example.com/v4", auth: { kind: NONE } }
`;

function problemsOf(access: string): string {
	try {
		parseConfig(`access: ${access}\n${CONNECTIONS}`, { file: 'f', env: {}, readFile: () => '' });
	} catch (error) {
		if (error instanceof ConfigError) return error.message;
		throw error;
	}
	return '';
}

const key = (rest: string): string => `{ apiKeys: [{ id: a, sha256: ${HASH}, ${rest} }] }`;

it.each([
	['everything', 'connections: ["*"], accounts: ["*"]'],
	['two connections with all their accounts', 'connections: [brm, other], accounts: ["*"]'],
	['accounts of the one connection named', 'connections: [brm], accounts: ["1", "2"]'],
	['accounts of each connection', 'connections: [brm, other], accounts: { brm: ["1"], other: ["*"] }'],
	['accounts of some connections', 'connections: ["*"], accounts: { brm: ["1"] }'],
	['metrics alone', 'metrics: true'],
	['less than everything of a record', 'connections: ["*"], accounts: ["*"], mask: [contact, raw, documents]'],
])('a key may read %s', (_what, rest) => {
	expect(problemsOf(key(rest))).toBe('');
});

it.each([
	['no connections', 'accounts: ["*"]', 'names no connections'],
	['no accounts', 'connections: [brm]', 'names no accounts'],
	[
		'accounts of nobody knows which connection',
		'connections: [brm, other], accounts: ["1"]',
		'without their connection',
	],
	['accounts of whichever connection', 'connections: ["*"], accounts: ["1"]', 'without their connection'],
	['a connection without accounts', 'connections: [brm, other], accounts: { brm: ["1"] }', 'no accounts of "other"'],
	['a connection that is not there', 'connections: [brn], accounts: ["*"]', 'names "brn", which is no connection'],
	['accounts of one that is not there', 'connections: ["*"], accounts: { brn: ["1"] }', 'names "brn", which is no'],
	['fields that cannot be kept', 'connections: ["*"], accounts: ["*"], mask: [total]', 'must be one of contact, raw'],
	['a key in the clear', 'key: hush, connections: ["*"], accounts: ["*"]', 'key is no setting'],
])('a key with %s is refused', (_what, rest, message) => {
	expect(problemsOf(key(rest))).toContain(message);
});

it.each([
	['nothing', '{}', 'lets nobody in'],
	['an open door with keys', `{ open: true, ${key('connections: ["*"], accounts: ["*"]').slice(1)}`, 'decide for one'],
	['no SHA-256', '{ apiKeys: [{ id: a, sha256: abc, connections: ["*"], accounts: ["*"] }] }', '64 hex digits'],
	[
		'one key for two',
		`{ apiKeys: [{ id: a, sha256: ${HASH}, metrics: true }, { id: b, sha256: ${HASH.toUpperCase()}, metrics: true }] }`,
		'apiKeys[1].sha256 is used twice',
	],
	[
		'tokens that anybody can sign who knows the published key',
		'{ jwt: { jwksUrl: "https://id.example.com/k", issuer: i, audience: a, connectionsClaim: c, algorithms: [HS256] } }',
		'must be one of RS256',
	],
])('%s is refused', (_what, access, message) => {
	expect(problemsOf(access)).toContain(message);
});
