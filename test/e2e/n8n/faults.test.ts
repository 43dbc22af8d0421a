// The rows of the fault matrix in which n8n's own layer has a say, again in a real n8n: its OAuth2, its HTTP library, its errors.
import type { IDataObject, INodeParameters } from 'n8n-workflow';

import { DEMO_CREDENTIALS } from '../../../sandbox/demoCredentials';
import { isTried, outcomeOf } from '../../reliability/support/matrix';
import { INCOMPLETE_WORDS } from '../../reliability/support/observation';
import { both, onToken, once, status } from '../../reliability/support/rules';
import { type AimedRule, FaultStand, aimedAt } from '../../reliability/support/stand';
import { targetOf } from '../../reliability/support/targets';
import { TEST_AUTHORITY, startTlsFront } from '../../reliability/support/tlsFront';
import { httpFaults } from '../../reliability/tables/httpFaults';
import { type NetworkRow, NOWHERE, type Place, networkFaults } from '../../reliability/tables/networkFaults';
import { tokenFaults } from '../../reliability/tables/tokenFaults';
import { type CredentialTypeName, demoCredentials } from './demoCredentials';
import type { N8n, NodeRun } from './n8n';
import { OwnN8n } from './ownN8n';
import { PACKAGE } from './package';
import { sharedN8n } from './sharedN8n';
import { exact } from './truth';

/** One whose tokens n8n's own OAuth2 fetches, and one whose credential signs in by itself. */
const PROVIDERS = ['ORACLE_BRM', 'FLOLIVE'] as const;
type Tried = (typeof PROVIDERS)[number];

interface Asked {
	readonly node: string;
	readonly parameters: INodeParameters;
	readonly credentialType: CredentialTypeName;
	/** Beside the demo credential's: how it comes by tokens. */
	readonly signIn: (tokenOrigin: string) => IDataObject;
}

const { username, password } = DEMO_CREDENTIALS.floLive;

const ASKED: Readonly<Record<Tried, Asked>> = {
	ORACLE_BRM: {
		node: 'oracleBrm',
		parameters: { resource: 'bill', authentication: 'oAuth2' },
		credentialType: 'oracleBrmOAuth2Api',
		signIn: (origin) => ({ accessTokenUrl: `${origin}/idcs/oauth2/v1/token` }),
	},
	FLOLIVE: {
		node: 'floLive',
		parameters: { resource: 'invoice' },
		credentialType: 'floLiveApi',
		signIn: (origin) => ({ authentication: 'login', loginUrl: `${origin}/flolive/login`, username, password }),
	},
};

const ANSWERS = [
	'500 on the middle page, once',
	'500 on the middle page, every time',
	'429 once, Retry-After in seconds',
	'429, Retry-After of an hour',
	'403 on the middle page',
	'HTML page with 200',
	'HTML page with 502',
	'JSON of another content type',
	'Body cut short, every time',
	'Empty body with 200',
	'Broken gzip',
	'A redirect to another host',
];

const CONNECTIONS = [
	'Connection refused',
	'No such host',
	'Reset before the answer, every time',
	'Reset inside the body, once',
	'Reset inside the body, every time',
	'Connection to the token server refused',
	'No such host for tokens',
	'A certificate that signed itself',
	'An authority that the machine does not know',
	'The same authority, made known by NODE_EXTRA_CA_CERTS',
	'The certificate of another host',
	'A token server whose certificate signed itself',
];

const TOKENS = [
	'Tokens end on the middle page',
	'Expired, as 403',
	'401 every time',
	'Token server answers 503',
	'Token server answers 503 once',
	'Token server refuses the client',
	'Token server resets the connection',
	'Token server answers HTML with 200',
	'Token server answers without a token',
	'`expires_in` is 0',
	'`expires_in` is "soon"',
	'`expires_in` is absent',
];

/** The first token comes, and ends in the middle of the list. Older versions of n8n do not tell whom they asked then. */
const RENEWALS = (
	[
		['503', status(503)],
		['that it knows no such client', status(401, {}, { error: 'invalid_client' })],
		['404', status(404)],
		['an HTML page with 200', { effect: 'html' }],
		['by a reset', { effect: 'reset' }],
	] as const
).map(([answer, fault]): NetworkRow => ({
	what: `Tokens end on the middle page, and the token server then answers ${answer}`,
	faults: both(once(2, { effect: 'expireTokens' }), onToken({ ...fault, nth: 2 })),
	outcomes: { all: 'AUTH', except: { FLOLIVE: { why: 'signs in for several customers at once' } } },
	words: /token/,
}));

const ROWS = [
	...chosen(httpFaults.rows, ANSWERS),
	...chosen(networkFaults.rows, CONNECTIONS),
	...chosen(tokenFaults.rows, TOKENS),
	...RENEWALS,
];

function chosen(rows: readonly NetworkRow[], names: readonly string[]): readonly NetworkRow[] {
	return names.map((name) => {
		const row = rows.find(({ what }) => what === name);
		if (row === undefined) throw new Error(`The matrix has no row "${name}"`);
		return row;
	});
}

let stand: FaultStand;

beforeAll(async () => {
	stand = await FaultStand.start();
});

afterAll(() => stand.close());

describe('in n8n as it is installed', () => {
	let n8n: N8n;

	beforeAll(async () => {
		n8n = await sharedN8n();
	});

	test.each(ROWS.filter((row) => !needsAuthority(row)))('$what: what its cells say', (row) => expectCells(n8n, row));
});

describe('in an n8n to which NODE_EXTRA_CA_CERTS makes an authority known', () => {
	let own: OwnN8n;

	beforeAll(async () => {
		own = await OwnN8n.start('authority', { NODE_EXTRA_CA_CERTS: TEST_AUTHORITY });
	});

	afterAll(() => own.remove());

	test.each(ROWS.filter(needsAuthority))('$what: what its cells say', (row) => expectCells(own.n8n, row));
});

function needsAuthority({ place }: NetworkRow): boolean {
	return place?.kind === 'TLS' && place.isAuthorityKnown;
}

async function expectCells(n8n: N8n, row: NetworkRow): Promise<void> {
	const providers = PROVIDERS.filter((provider) => isTried(outcomeOf(row.outcomes, provider, 'NODE')));
	const [api, tokens] = [await open(row.place), await open(row.tokenPlace)];
	const faults = (provider: Tried): readonly AimedRule[] =>
		row.faults(targetOf(provider)).map((rule) => aimedAt(provider, rule));
	try {
		await stand.heal();
		await stand.break(providers.flatMap(faults));
		const runs = await Promise.all(
			providers.map(async (provider) => ({ provider, run: await getMany(n8n, provider, api.origin, tokens.origin) })),
		);
		expect(await stand.idleFaults()).toEqual([]);
		for (const { provider, run } of runs) await expectCell(n8n, row, provider, run);
	} finally {
		api.close();
		tokens.close();
	}
}

/** The place itself, where somebody has to be there. */
async function open(place: Place | undefined): Promise<{ readonly origin: string; close(): void }> {
	const { url } = stand.sandbox;
	if (place?.kind !== 'TLS') return { origin: place === undefined ? url : NOWHERE[place.kind], close: () => undefined };
	const front = await startTlsFront(url, place.certificate);
	return { origin: front.url, close: front.close };
}

/** All bills, with a credential that has no token yet. */
async function getMany(n8n: N8n, provider: Tried, origin: string, tokenOrigin: string): Promise<NodeRun> {
	const { node, parameters, credentialType, signIn } = ASKED[provider];
	const form = demoCredentials({ url: origin, ledger: stand.sandbox.ledger })[credentialType];
	return n8n.runNode({
		type: `${PACKAGE}.${node}`,
		parameters: { operation: 'getAll', returnAll: true, ...parameters },
		credentials: [await n8n.credential(credentialType, { ...form.data, ...signIn(tokenOrigin) })],
	});
}

async function expectCell(n8n: N8n, row: NetworkRow, provider: Tried, run: NodeRun): Promise<void> {
	const words = `${run.error?.message ?? ''}\n${run.error?.description ?? ''}`;
	const outcome = outcomeOf(row.outcomes, provider, 'NODE');
	expect({ provider, outcome: outcomeIn(run), words }).toEqual({ provider, outcome, words });
	if (outcome === 'ALL_ROWS') {
		expect(run.json.map(({ id, totalExact, currency }) => totalOf(id, totalExact, currency)).sort()).toEqual(
			await totals(provider),
		);
	} else {
		expectOurWords(run, provider);
		expect(words).toMatch(row.words ?? /\S/);
	}
	await expectNoSecret(n8n, run);
}

function outcomeIn({ status, error }: NodeRun): string {
	if (status === 'success') return 'ALL_ROWS';
	if (error?.message.includes(INCOMPLETE_WORDS) === true) return 'INCOMPLETE';
	return String(error?.errorResponse?.kind ?? error?.name);
}

/** n8n puts words of its own in the place of some. */
function expectOurWords({ error, json }: NodeRun, provider: Tried): void {
	const { message, hint } = error?.errorResponse ?? {};
	expect(json).toEqual([]);
	expect(error).toMatchObject({ message, errorResponse: { provider } });
	expect(hint).toMatch(/\S/);
	expect(error?.description).toContain(hint);
}

async function totals(provider: Tried): Promise<readonly string[]> {
	const { [provider]: bills } = await stand.truth();
	return bills.map(({ id, total, currency }) => totalOf(id, total, currency)).sort();
}

function totalOf(id: unknown, total: unknown, currency: unknown): string {
	return JSON.stringify([id, exact(total), currency]);
}

async function expectNoSecret(n8n: N8n, { executionId }: NodeRun): Promise<void> {
	const { data } = await n8n.rest.execution(executionId);
	expect(data.length).toBeGreaterThan(500);
	for (const secret of [DEMO_CREDENTIALS.oracleBrm.clientSecret, password, 'Bearer ', 'Basic ', 'access_token']) {
		expect({ secret, shown: data.includes(secret) }).toEqual({ secret, shown: false });
	}
}
