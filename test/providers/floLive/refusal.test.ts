/** floLIVE's failures, on any HTTP status. */
import { json, text } from '../support/scriptedTransport';
import { FIRST, envelope, floLive, listOf } from './invoices';

const failure = (errorCode: string, errorMessage = '') => ({ errorCode, errorMessage, content: [], pageable: null });

describe('an errorCode', () => {
	it.each([200, 400, 404, 500])('counts on status %i', async (status) => {
		const { api, transport } = floLive([json(status, failure('CUSTOMER_1002', 'Customer does not exist'))]);
		await expect(api.invoices('1')).rejects.toMatchObject({
			kind: 'NOT_FOUND',
			code: 'CUSTOMER_1002',
			status,
			retryable: false,
			message: 'floLIVE reports CUSTOMER_1002: Customer does not exist',
			provider: 'FLOLIVE',
			connection: 'fleet',
		});
		expect(transport.requests).toHaveLength(1);
	});

	it.each(['""', 'null', '" "'])('that is %s is success', async (code) => {
		const { api } = floLive([text(200, `{"errorCode" : ${code}, "content": [{"id": "a"}]}`)]);
		expect((await api.invoices('1')).rows).toEqual([{ id: 'a' }]);
	});

	it('that is absent is success', async () => {
		const { api } = floLive([json(200, { content: [FIRST] })]);
		expect((await api.invoices('1')).rows).toEqual([FIRST]);
	});

	it.each([
		['null', { content: null }],
		['an empty object', { content: {} }],
		['an empty list', { content: [] }],
		['absent', {}],
	])('that is empty where words of failure stand beside content that is %s is a failure', async (_form, content) => {
		const { api } = floLive([json(200, { errorCode: null, errorMessage: 'Database is down', ...content })]);
		await expect(api.invoices('1')).rejects.toMatchObject({
			kind: 'PROTOCOL',
			code: null,
			message: 'floLIVE reports Database is down',
		});
	});

	it('that is empty is success where invoices came, whatever the words beside it', async () => {
		const { api } = floLive([json(200, { errorCode: '', errorMessage: 'Success', content: [FIRST] })]);
		expect((await api.invoices('1')).rows).toEqual([FIRST]);
	});

	it('inside an invoice is not the envelope’s', async () => {
		const { api } = floLive([listOf({ ...FIRST, errorCode: 'ODD_1' })]);
		expect((await api.invoices('1')).rows).toHaveLength(1);
	});

	it('GLOBAL_1001 is tried again, after a pause', async () => {
		const { api, transport, clock } = floLive([json(200, failure('GLOBAL_1001')), listOf(FIRST)]);
		expect((await api.invoices('1')).rows).toEqual([FIRST]);
		expect(transport.requests).toHaveLength(2);
		expect(clock.pauses).toHaveLength(1);
	});

	it('CUSTOMER_1006 is trouble at floLIVE, tried again', async () => {
		const { api, transport } = floLive(json(200, failure('CUSTOMER_1006', 'Failed to retrieve customer details')));
		await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'UNAVAILABLE', code: 'CUSTOMER_1006' });
		expect(transport.requests).toHaveLength(4);
	});

	it('3.7.6 CUSTOMER_1040 says that files are for direct sub-customers: the list’s eligibility is wider', async () => {
		const { api } = floLive([json(200, failure('CUSTOMER_1040'))]);
		await expect(api.downloadInvoices('1', ['a'])).rejects.toMatchObject({
			kind: 'NOT_FOUND',
			code: 'CUSTOMER_1040',
			hint: expect.stringContaining('direct sub-customers'),
		});
	});

	it('that nobody knows is a failure all the same, of the kind that the status tells', async () => {
		const { api } = floLive([json(200, failure('OTHER_7')), json(403, failure('OTHER_7', 'Closed'))]);
		await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'PROTOCOL', code: 'OTHER_7' });
		await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'FORBIDDEN', code: 'OTHER_7', status: 403 });
	});

	it('with words that the requestor is not eligible is FORBIDDEN', async () => {
		const { api } = floLive([json(200, failure('CUSTOMER_1099', 'Requestor is not eligible'))]);
		await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'FORBIDDEN' });
	});
});

it('3.7.3 a failure in the bulk form is found: the first errorCode that is not empty', async () => {
	const bulk = {
		bulk: [
			{ errorCode: '', errorMessage: '' },
			{
				errorCode: 'SUBSCRIBER_1009',
				errorMessage: 'Top-up failure. Balance not found',
				requestId: 'r-1',
				content: { charge: 20.5 },
			},
		],
		pageable: { page: 0, size: 10, totalPages: 1, totalElements: 1 },
	};
	const { api } = floLive([json(200, bulk)]);
	await expect(api.invoices('1')).rejects.toMatchObject({
		code: 'SUBSCRIBER_1009',
		message: 'floLIVE reports SUBSCRIBER_1009: Top-up failure. Balance not found',
		requestId: 'r-1',
	});
});

describe('a spent token', () => {
	it.each([
		['AUTH_1001', 'Token has expired'],
		['TOKEN_EXPIRED', ''],
		['GLOBAL_1401', 'Invalid session token'],
	])('told inside a 200 body (%s %s) is renewed once, and the request sent again', async (code, message) => {
		const { api, transport } = floLive([json(200, failure(code, message)), listOf(FIRST)]);
		expect((await api.invoices('1')).rows).toEqual([FIRST]);
		expect(transport.renewals).toBe(1);
	});

	it('told in words alone is renewed too', async () => {
		const { api, transport } = floLive([json(200, { errorMessage: 'Token has expired' }), listOf(FIRST)]);
		expect((await api.invoices('1')).rows).toEqual([FIRST]);
		expect(transport.renewals).toBe(1);
	});

	it('that stays spent is AUTH, with what to mend', async () => {
		const { api, transport } = floLive(json(200, failure('AUTH_1001', 'Token has expired')));
		await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'AUTH', hint: expect.stringContaining('token') });
		expect(transport.renewals).toBe(1);
		expect(transport.requests).toHaveLength(2);
	});
});

it('a body that is not the envelope leaves the judgement to the HTTP status', async () => {
	const { api } = floLive([
		text(404, '<html>"errorCode": 1</html>'),
		json(404, ['"errorCode": 1', { errorCode: 'A' }]),
		json(200, envelope([])),
	]);
	await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'NOT_FOUND', code: null });
	await expect(api.invoices('1')).rejects.toMatchObject({ kind: 'NOT_FOUND', code: null });
	await expect(api.invoices('1')).resolves.toMatchObject({ rows: [] });
});
