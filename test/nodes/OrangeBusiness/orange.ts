/** Orange's API as nock answers for it: each request is awaited exactly as written, and anything else fails the test. */
import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { OrangeBusiness } from '../../../nodes/OrangeBusiness/OrangeBusiness.node';
import { type FakeSettings, executeContext } from '../support/fakeContext';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';
import { expectAllAsked } from '../support/nodeChecks';

// Pauses before a job is asked for again cost no time.
jest.mock('../../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

export const HOST = 'https://api.orange.com';
export const BASE = '/billing/b2b/v1';

export const node = new OrangeBusiness();

interface Expected {
	/** Path and query, below the base. */
	readonly get?: string;
	readonly post?: string;
	readonly body?: nock.RequestBodyMatcher;
	readonly headers?: Readonly<Record<string, string>>;
	/** Headers that must not be sent. */
	readonly without?: readonly string[];
	readonly status?: number;
	readonly answer: string | Buffer | object;
	/** X-Total-Count. */
	readonly total?: number;
	readonly answerHeaders?: Readonly<Record<string, string>>;
	readonly delayMs?: number;
}

const SIGNED = { authorization: 'Bearer token-1', 'x-api-key': 'the-api-key' };

/** One request, once. */
export function expectRequest({ get, post, body, headers, without, status = 200, answer, ...rest }: Expected): void {
	const path = get ?? post ?? '';
	const scope = nock(HOST, {
		reqheaders: { ...SIGNED, accept: 'application/json', ...headers },
		badheaders: ['x-response-mode', ...(without ?? [])].filter((name) => headers?.[name] === undefined),
	});
	const request = post === undefined ? scope.get(`${BASE}/${path}`) : scope.post(`${BASE}/${path}`, body);
	request.delay(rest.delayMs ?? 0).reply(status, answer as nock.Body, {
		...(Buffer.isBuffer(answer) || typeof answer === 'string' ? {} : { 'content-type': 'application/json' }),
		...(rest.total === undefined ? {} : { 'x-total-count': String(rest.total) }),
		...rest.answerHeaders,
	});
}

/** After each test: no request was left out. Requests that no test awaits cannot go out at all. */
export function guardNetwork(): void {
	beforeAll(() => nock.disableNetConnect());
	afterEach(() => {
		expectAllAsked();
	});
	afterAll(() => nock.enableNetConnect());
}

export interface Ran {
	readonly items: INodeExecutionData[];
	readonly json: readonly IDataObject[];
	readonly hints: readonly string[];
}

export async function run(
	parameters: INodeParameters | readonly INodeParameters[],
	more: Partial<FakeSettings> = {},
): Promise<Ran> {
	const context = executeContext({
		node,
		parameters,
		credentials: { orangeBusinessOAuth2Api: CREDENTIAL_FIELDS.orangeBusinessOAuth2Api() },
		...more,
	});
	const [items = []] = await node.execute.call(context);
	return {
		items,
		json: items.map(({ json }) => json),
		hints: context.recorded.hints.map(({ message }) => message),
	};
}

/** A bill with the members that Orange's guide shows and amounts under likely names. */
export const bill = (id: string, more: object = {}) => ({
	id,
	number: `N${id}`,
	type: 'invoice',
	customer: { id: '9999', name: 'ACME Corp', segment: 'int' },
	billingAccount: { id: '5004722', number: '0045120' },
	sendingFormat: 'paper',
	currency: { id: 'EUR' },
	issuedAt: '2026-01-05T00:00:00.000Z',
	dueDate: '2026-02-04',
	taxExcludedAmount: 100.1,
	taxAmount: 20.02,
	taxIncludedAmount: 120.12,
	...more,
});
