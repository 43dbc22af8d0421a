/** Ordering a bill on demand puts money on an account: whatever fails, the order leaves once. */
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import { OracleBrm } from '../../nodes/OracleBrm/OracleBrm.node';
import { OracleBrmApi } from '../../providers/oracleBrm/connector';
import { authenticated } from '../../providers/transport/authentication';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import { executeContext } from '../nodes/support/fakeContext';
import { fakeClock } from '../providers/support/scriptedTransport';
import { hurry, nodeCredentials } from './support/nodeFace';
import { FaultStand, aimedAt } from './support/stand';
import { ORDER_FAULTS } from './tables/orderFaults';

const TIMEOUT_MS = 500;
const ORDERS = '/customerBillOnDemand';

let stand: FaultStand;
const transport = new UndiciTransport({ timeoutMs: TIMEOUT_MS });
beforeAll(async () => {
	stand = await FaultStand.start();
	hurry();
});
afterEach(() => stand.heal());
afterAll(async () => {
	await stand.close();
	void transport.close();
});

const { clientId, clientSecret, scope, identityDomain } = DEMO_CREDENTIALS.oracleBrm;

/** Orders a bill with each credential of the node, and through the transport of the server. */
const WAYS: Readonly<Record<string, () => Promise<unknown>>> = {
	'the node, OAuth2': () => orderByNode('oracleBrmOAuth2Api', nodeCredentials(stand.sandbox).oracleBrmOAuth2Api),
	'the node, Access Management': () =>
		orderByNode('oracleBrmApi', {
			baseUrl: `${stand.sandbox.url}/brm/customerBillManagement/v4`,
			dialect: 'ORACLE_BRM',
			authentication: 'oam',
			tokenUrl: `${stand.sandbox.url}/oam/oauth2/rest/token`,
			identityDomain,
			clientId,
			clientSecret,
			sessionToken: '',
		}),
	'the transport of the server': orderByServer,
};

async function orderByNode(
	credential: 'oracleBrmOAuth2Api' | 'oracleBrmApi',
	fields: ReturnType<typeof nodeCredentials>['oracleBrmApi'] = {},
): Promise<unknown> {
	const node = new OracleBrm();
	const context = executeContext({
		node,
		parameters: {
			authentication: credential === 'oracleBrmApi' ? 'token' : 'oAuth2',
			resource: 'onDemandBill',
			operation: 'create',
			accountId: { __rl: true, mode: 'id', value: accountId() },
		},
		credentials: { [credential]: fields },
	});
	context.recorded.http.longestWaitMs = TIMEOUT_MS;
	return node.execute.call(context);
}

function orderByServer(): Promise<unknown> {
	const { url } = stand.sandbox;
	const clock = fakeClock();
	const tokenUrls = [`${url}/idcs/oauth2/v1/token`] as const;
	const credentials = { kind: 'CLIENT_CREDENTIALS', tokenUrls, clientId, clientSecret, scope } as const;
	const api = new OracleBrmApi(
		{ connection: 'brm', baseUrl: `${url}/brm/customerBillManagement/v4`, allowHttp: true },
		{ transport: authenticated(transport, credentials, clock, [url]), clock },
	);
	return api.createCustomerBillOnDemand({ billingAccount: { id: accountId() } });
}

function accountId(): string {
	return stand.sandbox.ledger.accounts('oracleBrm')[0]?.id ?? '';
}

async function ordersSent(): Promise<number> {
	return (await stand.requests()).filter(({ method, path }) => method === 'POST' && path.endsWith(ORDERS)).length;
}

describe.each(Object.entries(WAYS))('an order by %s', (_way, order) => {
	it('is sent once where nothing goes wrong', async () => {
		await order();
		expect(await ordersSent()).toBe(1);
	});

	it.each(ORDER_FAULTS)('is sent once in spite of $what', async ({ mayExist, what: _, ...fault }) => {
		await stand.break([aimedAt('ORACLE_BRM', { ...fault, method: 'POST', path: ['/brm/', ORDERS] })]);
		const error: unknown = await order().catch((reason: unknown) => reason);
		expect(error).toBeInstanceOf(Error);
		expect(await ordersSent()).toBe(1);
		const { description, hint = description } = error as { readonly description?: string; readonly hint?: string };
		if (mayExist) {
			expect(hint).toMatch(/may have been created all the same/);
			expect(error).not.toMatchObject({ retryable: true });
		} else expect(hint).not.toMatch(/may have been created/);
	});
});

it('n8n, which learns only from a refusal that a token has ended, has it renewed before the order', async () => {
	const { oracleBrmOAuth2Api } = nodeCredentials(stand.sandbox);
	await orderByNode('oracleBrmOAuth2Api', oracleBrmOAuth2Api);
	await stand.break([aimedAt('ORACLE_BRM', { method: 'GET', times: 1, effect: 'expireTokens' })]);
	await expect(orderByNode('oracleBrmOAuth2Api', oracleBrmOAuth2Api)).resolves.toBeDefined();
	expect(await ordersSent()).toBe(2);
});
