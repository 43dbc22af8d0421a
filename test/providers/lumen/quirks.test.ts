// Every quirk of Lumen's API that the provider facts list (1.8), and the error table of its page.
import { describe, expect, it } from '@jest/globals';

import { KNOWN_HOSTS, KNOWN_TOKEN_PATHS, credentialOrigins } from '../../../providers/lumen/settings';
import { DEFAULT_RETRY } from '../../../providers/transport/retry';
import { json, text } from '../support/scriptedTransport';
import { ACCOUNT, customerBill, lumen, noData, query, rate, readAll, refusal } from './support';

const id = { scope: ACCOUNT, remoteId: '987' };
const byId = (script: Parameters<typeof lumen>[0]) => {
	const { connector } = lumen(script);
	return refusal([...connector.billsByIds([id]).values()][0] as Promise<unknown>);
};

describe('1.8 quirks', () => {
	describe('1.8.1 404 means three things', () => {
		it('no data for the account: an empty list, and a notice that says so', async () => {
			const { items, notices, end } = await readAll(lumen([noData()]).connector.bills({}));
			expect({ items, end }).toEqual({ items: [], end: { complete: true, reasons: [] } });
			expect(notices).toEqual([`Lumen has no bills of account ${ACCOUNT} dated 2020-01-30 to 2026-02-02.`]);
		});

		it('no data, said in plain text', async () => {
			const { connector } = lumen([text(404, `No data found for billingAccountID: ${ACCOUNT}`)]);
			expect((await readAll(connector.bills({}))).items).toEqual([]);
		});

		it('an account that is not yours: forbidden, with whom to ask', async () => {
			const answer = json(404, { message: `User not authorized for billingAccountID: ${ACCOUNT}` });
			const error = await refusal(readAll(lumen([answer]).connector.bills({})));
			expect(error).toMatchObject({ kind: 'FORBIDDEN', status: 404, connection: 'lumen-us', provider: 'LUMEN' });
			expect(error.message).toContain(ACCOUNT);
			expect(error.hint).toMatch(/account team/);
		});

		it('a wrong address: not found, never an empty list', async () => {
			const answer = json(404, { code: '404', message: 'Not Found', info: 'Requested resource not found' });
			const error = await refusal(readAll(lumen([answer]).connector.bills({})));
			expect(error).toMatchObject({ kind: 'NOT_FOUND', code: '404' });
			expect(error.hint).toMatch(/base URL/);
		});

		it('no data for one bill by id: that bill is not found', async () => {
			expect(await byId([noData()])).toMatchObject({ kind: 'NOT_FOUND' });
		});
	});

	it('1.8.2 two host families, and a token path that is dead on production', () => {
		expect(KNOWN_HOSTS.map(({ origin }) => origin)).toEqual([
			'https://api.lumen.com',
			'https://api-test.lumen.com',
			'https://api.centurylink.com',
			'https://api-test.centurylink.com',
		]);
		expect(KNOWN_TOKEN_PATHS).toEqual(['/oauth/v2/token', '/oauth/token', '/oauth/v1/token']);
		expect(credentialOrigins('https://api.lumen.com/x')).toEqual([
			'https://api.lumen.com',
			'https://api.centurylink.com',
		]);
		expect(credentialOrigins('http://127.0.0.1:4010/lumen')).toEqual(['http://127.0.0.1:4010']);
	});

	it('1.8.3 account numbers are opaque: sent as they are, encoded', async () => {
		const { connector, transport } = lumen([json(200, [])], { accounts: ['5-AB/C +1'] });
		await readAll(connector.bills({}));
		expect(transport.only.url).toContain('billingAccountNumber=5-AB%2FC%20%2B1&');
		expect(transport.only.headers['x-billing-account-number']).toBe('5-AB/C +1');
	});

	it('1.8.4 the invoice number is the Customer Bill ID: either stands in for the other', async () => {
		const { id: _, ...withoutId } = customerBill('987', '2024-05-01');
		const { billNo: __, ...withoutNumber } = customerBill('988', '2024-05-01');
		const { items } = await readAll(lumen([json(200, [withoutId, withoutNumber])]).connector.bills({}));
		expect(items.map(({ identity, number }) => [identity.remoteId, number])).toEqual([
			['987', '987'],
			['988', '988'],
		]);
		expect(items.map(({ notes }) => notes.derived.includes('number'))).toEqual([false, true]);
	});

	it('1.8.5 "Date must be in format" lost its format: dates go as YYYY-MM-DD, and the refusal says so', async () => {
		const message = 'Date must be in format. Please retry request adjusting the date param';
		const { connector, transport } = lumen([json(400, { code: '400', message })]);
		const error = await refusal(readAll(connector.rates({})));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'startBillDate' });
		expect(error.hint).toMatch(/YYYY-MM-DD/);
		expect(query(transport.only.url)).toMatchObject({ startBillDate: '2021-01-30', endBillDate: '2026-02-02' });
	});

	it.each(['Invalid CurrencyCode found: XX', 'Invalid invoiceCurrencyCode found: XX'])(
		'1.8.6 500 "%s" is an error in the data: not tried again',
		async (message) => {
			const { connector, transport } = lumen([json(500, { message }, { trackingid: 't-1' })], {}, DEFAULT_RETRY);
			const error = await refusal(readAll(connector.bills({})));
			expect(error).toMatchObject({ kind: 'UNAVAILABLE', retryable: false, requestId: 't-1' });
			expect(error.message).toContain(message);
			expect(transport.requests).toHaveLength(1);
		},
	);

	it('1.8.6 any other 500 is tried again', async () => {
		const { connector, transport } = lumen(
			[json(500, { message: 'Internal server error' }), json(200, [])],
			{},
			DEFAULT_RETRY,
		);
		await readAll(connector.bills({}));
		expect(transport.requests).toHaveLength(2);
	});

	it.each(['Unauthorized. Access token expired', 'Access token expired', 'Unauthorized. Invalid access token'])(
		'1.8.7 401 "%s": credentials, whatever the words',
		async (message) => {
			const error = await refusal(readAll(lumen([json(401, { message })]).connector.rates({})));
			expect(error).toMatchObject({ kind: 'AUTH', status: 401, retryable: false });
			expect(error.hint).toMatch(/consumer key/);
		},
	);

	it('1.8.8 paths are written as in URLs, customerBill, not CustomerBill', async () => {
		const { connector, transport } = lumen([json(200, [])]);
		await readAll(connector.bills({}));
		expect(new URL(transport.only.url).pathname).toBe('/Billing/v1/CustomerBillManagement/customerBill');
	});
});

describe('1.7 error shapes', () => {
	it.each([
		['the legacy gateway', { ErrorCode: 'E-7', Error: 'trouble' }, 'E-7', 'trouble'],
		[
			'the v2 gateway',
			{ code: 'missingCredentials', reason: 'No token', message: 'Token missing' },
			'missingCredentials',
			'Token missing',
		],
		['Apigee', { fault: { faultstring: 'Bad token', detail: { errorcode: 'oauth.v2' } } }, 'oauth.v2', 'Bad token'],
		['an array', [{ code: '1', message: 'in a list' }], '1', 'in a list'],
		['a code alone', { code: 'teapot' }, 'teapot', 'teapot'],
	])('%s', async (_, body, code, words) => {
		const error = await refusal(readAll(lumen([json(401, body)]).connector.bills({})));
		expect(error).toMatchObject({ kind: 'AUTH', code, message: `Lumen says: ${words}` });
	});

	it('1000 rows at most', async () => {
		const message = 'Max allowed value for limit is 1000. Retry request by adjusting the limit param.';
		const error = await refusal(readAll(lumen([json(400, { message })]).connector.rates({})));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', parameter: 'limit' });
	});

	it.each([
		['a web page', '<html>Sorry</html>'],
		['nothing', ''],
		['JSON of another shape', '{"a":1}'],
	])('%s is not quoted', async (_, body) => {
		const error = await refusal(readAll(lumen([text(400, body)]).connector.bills({})));
		expect(error).toMatchObject({ kind: 'INVALID_REQUEST', message: 'The provider does not accept the request' });
	});

	it('words are quoted on one line, and not without end', async () => {
		const error = await refusal(readAll(lumen([text(403, `a\nb${'c'.repeat(900)}`)]).connector.bills({})));
		expect(error.kind).toBe('FORBIDDEN');
		expect(error.message).toMatch(/^Lumen says: a bc{297}$/);
	});

	it('the tracking id is in the error', async () => {
		const error = await refusal(readAll(lumen([json(503, {}, { trackingid: 'abc' })]).connector.rates({})));
		expect(error).toMatchObject({ kind: 'UNAVAILABLE', requestId: 'abc', retryable: true });
	});
});

describe('1.4 history', () => {
	it('the sandbox holds June to November 2021: an empty answer says so', async () => {
		const settings = { baseUrl: 'https://api-test.centurylink.com' };
		const bills = await readAll(lumen([noData()], settings).connector.bills({}));
		expect(bills.notices.at(-1)).toMatch(/June to November 2021/);
		const rates = await readAll(lumen([noData()], settings).connector.rates({}));
		expect(rates.notices).toEqual([expect.stringMatching(/June to November 2021/)]);
	});

	it('an answer that is not empty says nothing of it', async () => {
		const settings = { baseUrl: 'https://api-test.lumen.com' };
		const bills = await readAll(lumen([json(200, [customerBill('1', '2021-07-01')])], settings).connector.bills({}));
		expect(bills.notices).toEqual([]);
		const rates = await readAll(lumen([json(200, [rate('1', '1')])], settings).connector.rates({}));
		expect(rates.notices).toEqual([]);
	});

	it('a query that reaches below the floor is told, and sent all the same', async () => {
		const { connector, transport } = lumen([json(200, [customerBill('1', '2020-05-01')])]);
		const { notices } = await readAll(connector.bills({ billDate: { from: '2019-01-01' as never } }));
		expect(notices).toEqual(['Lumen keeps bills from about 2020-01-30; older ones cannot be had.']);
		expect(query(transport.only.url)['startBillDate']).toBe('2019-01-01');
	});
});
