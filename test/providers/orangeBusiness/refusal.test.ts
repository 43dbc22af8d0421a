/** Orange's refusals. */
import { json, stream, text } from '../support/scriptedTransport';
import { orange } from './orange';

const gateway = (status: number, code: number, headers = {}) =>
	json(status, { code, message: `Message ${code}`, description: `Description ${code}` }, headers);

describe('the codes of the gateway', () => {
	it.each<[number, number, string, RegExp]>([
		[400, 20, 'INVALID_REQUEST', /filter/],
		[400, 28, 'INVALID_REQUEST', /filter/],
		[401, 40, 'AUTH', /no credentials/],
		[401, 41, 'AUTH', /client id and secret/],
		[403, 50, 'FORBIDDEN', /2 years/],
		[403, 51, 'FORBIDDEN', /application/],
		[403, 52, 'FORBIDDEN', /user/],
		[404, 60, 'NOT_FOUND', /billing\/b2b\/v1/],
		[405, 61, 'NOT_OFFERED', /./],
		[409, 69, 'CONFLICT', /./],
		[413, 66, 'TOO_LARGE', /ASYNCHRONOUS/],
	])('%i with code %i is %s', async (status, code, kind, hint) => {
		const { api, transport } = orange([gateway(status, code, { 'x-oapi-request-id': 'req-7' })]);
		const error: unknown = await api.bill('1').catch((reason: unknown) => reason);
		expect(error).toMatchObject({
			kind,
			status,
			code: String(code),
			message: `Orange reports ${code}: Message ${code}. Description ${code}`,
			requestId: 'req-7',
			provider: 'ORANGE_BUSINESS',
			connection: 'orange',
		});
		if (hint.source !== '.') expect((error as { hint: string }).hint).toMatch(hint);
		expect(transport.requests).toHaveLength(1);
	});

	it.each([
		[403, 'as 403'],
		[429, 'as 429'],
	])('53 is the rate limit, %i too, and waits a second at least', async (status) => {
		const { api, transport, clock } = orange([gateway(status, 53), json(200, { id: '1' })]);
		await expect(api.bill('1')).resolves.toEqual({ id: '1' });
		expect(transport.requests).toHaveLength(2);
		expect(clock.pauses[0]).toBeGreaterThanOrEqual(1_000);
	});

	it.each([
		['5', 5_000],
		['0', 1_000],
	])('53 with Retry-After %s waits %i ms', async (retryAfter, pause) => {
		const { api, clock } = orange([gateway(429, 53, { 'retry-after': retryAfter }), json(200, { id: '1' })]);
		await api.bill('1');
		expect(clock.pauses).toEqual([pause]);
	});

	it('42 is a spent token: renewed once, and sent again', async () => {
		const { api, transport } = orange([gateway(403, 42), json(200, { id: '1' })]);
		await api.bill('1');
		expect(transport.renewals).toBe(1);
		expect(transport.requests).toHaveLength(2);
	});

	it.each([
		[500, 1],
		[502, 1],
		[503, 5],
		[503, 6],
		[504, 6],
		[408, 63],
	])('%i with code %i is tried again', async (status, code) => {
		const { api, transport } = orange([gateway(status, code), json(200, { id: '1' })]);
		await api.bill('1');
		expect(transport.requests).toHaveLength(2);
	});

	it('of outages are not those of requests: 500 with code 50 is an outage', async () => {
		const { api } = orange(gateway(500, 50));
		await expect(api.bill('1')).rejects.toMatchObject({ kind: 'UNAVAILABLE', code: '50' });
	});
});

it('a refusal that says nothing known is told by its status; 413 explains the 5 MB in any case', async () => {
	const { api } = orange([
		text(404, '<html>'),
		json(404, ['x']),
		json(404, {}),
		text(413, ''),
		json(413, { message: 'Too big' }),
	]);
	for (let nth = 0; nth < 3; nth += 1)
		await expect(api.bill('1')).rejects.toMatchObject({ kind: 'NOT_FOUND', code: null });
	await expect(api.bill('1')).rejects.toMatchObject({ kind: 'TOO_LARGE', hint: expect.stringContaining('5 MB') });
	await expect(api.bill('1')).rejects.toMatchObject({
		kind: 'TOO_LARGE',
		message: 'Orange reports Too big',
		hint: expect.stringContaining('5 MB'),
	});
});

it('the shape of the token server is understood too', async () => {
	const { api } = orange([json(400, { error: 'invalid_request', error_description: 'Missing grant_type in body' })]);
	await expect(api.bill('1')).rejects.toMatchObject({
		kind: 'INVALID_REQUEST',
		message: 'Orange reports invalid_request: Missing grant_type in body',
	});
});

it('a refusal with status 200 in place of a file is a refusal', async () => {
	const { api } = orange(() =>
		stream(200, ['{"code":60,"message":"Resource not found"}'], { 'content-type': 'application/json' }),
	);
	await expect(api.billPdf('1')).rejects.toMatchObject({ kind: 'NOT_FOUND', code: '60' });
	await expect(api.report('R1')).rejects.toMatchObject({ kind: 'NOT_FOUND', code: '60' });
});
