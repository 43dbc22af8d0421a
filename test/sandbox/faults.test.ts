/** Every fault the sandbox can make, seen from a client. */
import { EFFECT_NAMES } from '../../sandbox/control/faults/effects';
import { changedAt, withDuplicate } from '../../sandbox/control/faults/jsonText';
import { type Client, bearer, items, startClient, textOf } from './support';

const BILLS = '/brm-open/customerBillManagement/v4/customerBill';
let client: Client;

beforeAll(async () => {
	client = await startClient();
});
afterEach(() => client.send('DELETE', '/__sandbox/faults'));
afterAll(() => client.close());

async function plant(rule: Record<string, unknown>): Promise<void> {
	const { status, text } = await client.send('POST', '/__sandbox/faults', rule);
	if (status !== 201) throw new Error(text);
}

describe('rules', () => {
	it('apply from the nth matching request on, so many times', async () => {
		await plant({
			provider: 'oracleBrm',
			path: '/customerBill',
			nth: 2,
			times: 2,
			effect: 'answer',
			with: { status: 503 },
		});
		const statuses = [];
		for (let request = 0; request < 5; request++) statuses.push((await client.get(BILLS)).status);
		expect(statuses).toEqual([200, 503, 503, 200, 200]);
		const told = (await client.get('/__sandbox/faults')).body['faults']?.[0];
		expect(told).toMatchObject({ matched: 5, applied: 2, struck: 2, effect: 'answer' });
	});

	it.each([
		['a member that is not there', { effect: 'rewrite', with: { path: '*.shoeSize', json: '43' } }, 0],
		['a member that is', { effect: 'rewrite', with: { path: '*.billDate', json: 'null' } }, 1],
		['a header', { effect: 'total', with: { is: 'missing' } }, 1],
		['a page that was the first anyway', { effect: 'samePage' }, 0],
	])('tell whether they struck: %s', async (_what, rule, struck) => {
		await plant({ provider: 'oracleBrm', ...rule });
		await client.get(BILLS);
		const told = (await client.get('/__sandbox/faults')).body['faults']?.[0];
		expect(told).toMatchObject({ applied: 1, struck });
	});

	it('match by provider, method and text of the path or query', async () => {
		await plant({ provider: 'lumen', effect: 'answer' });
		await plant({ method: 'POST', effect: 'answer' });
		await plant({ path: ['limit=3', 'brm-open'], effect: 'answer', with: { status: 418 } });
		expect((await client.get(`${BILLS}?limit=2`)).status).toBe(200);
		expect((await client.get(`${BILLS}?limit=3`)).status).toBe(418);
		expect((await client.get('/lumen/x')).status).toBe(500);
		expect((await client.send('POST', BILLS, {})).status).toBe(500);
	});

	it('are taken away one by one or all together', async () => {
		const { body } = await client.send('POST', '/__sandbox/faults', [{ effect: 'answer' }, { effect: 'html' }]);
		const id = textOf(body['faults']?.[0]?.['id']);
		expect((await client.send('DELETE', `/__sandbox/faults/${id}`)).status).toBe(204);
		expect((await client.send('DELETE', `/__sandbox/faults/${id}`)).status).toBe(404);
		expect((await client.get(BILLS)).text).toContain('<html>');
		await client.send('DELETE', '/__sandbox/faults');
		expect((await client.get(BILLS)).status).toBe(200);
	});

	it.each([
		['an unknown effect', { effect: 'earthquake' }],
		['no effect', {}],
		['a wrong setting', { effect: 'latency', with: { ms: 'long' } }],
		['a wrong nth', { effect: 'html', nth: 0 }],
		['an unknown provider', { effect: 'html', provider: 'acme' }],
	])('with %s are refused in words', async (_what, rule) => {
		const reply = await client.send('POST', '/__sandbox/faults', rule);
		expect(reply.status).toBe(400);
		expect(textOf(reply.body['message']).length).toBeGreaterThan(10);
	});
});

describe('effects', () => {
	it('answer: status, headers and body', async () => {
		const body = { code: 53, message: 'Too many requests' };
		await plant({ effect: 'answer', with: { status: 429, headers: { 'retry-after': '2' }, body } });
		const reply = await client.get(BILLS);
		expect([reply.status, reply.headers.get('retry-after'), reply.body]).toEqual([429, '2', body]);
	});

	it('latency: waits before the answer', async () => {
		await plant({ effect: 'latency', with: { ms: 150 } });
		const started = performance.now();
		await client.get(BILLS);
		expect(performance.now() - started).toBeGreaterThanOrEqual(145);
	});

	it('hang: never answers', async () => {
		await plant({ effect: 'hang' });
		const signal = AbortSignal.timeout(200);
		await expect(fetch(client.sandbox.url + BILLS, { signal })).rejects.toThrow(/timeout/i);
	});

	it('reset: before the answer', async () => {
		await plant({ effect: 'reset' });
		await expect(client.get(BILLS)).rejects.toThrow('fetch failed');
	});

	it('reset: inside the body', async () => {
		await plant({ effect: 'reset', with: { afterBytes: 50 } });
		const response = await fetch(client.sandbox.url + BILLS);
		expect(response.status).toBe(200);
		await expect(response.text()).rejects.toThrow();
	});

	it('drip: the body comes little by little, whole', async () => {
		const { text } = await client.get(`${BILLS}?limit=1`);
		const bytes = Math.ceil(Buffer.byteLength(text) / 5);
		await plant({ effect: 'drip', with: { bytes, everyMs: 30 } });
		const started = performance.now();
		expect((await client.get(`${BILLS}?limit=1`)).text).toBe(text);
		expect(performance.now() - started).toBeGreaterThan(110);
	});

	it('truncate: a whole answer with half a body', async () => {
		const { text } = await client.get(BILLS);
		await plant({ effect: 'truncate' });
		const reply = await client.get(BILLS);
		expect(reply.text).toBe(text.slice(0, Math.floor(text.length / 2)));
		expect(() => JSON.parse(reply.text) as unknown).toThrow(SyntaxError);
	});

	it('contentType: another than the body has', async () => {
		await plant({ effect: 'contentType', with: { value: 'application/pdf' } });
		expect((await client.get(BILLS)).headers.get('content-type')).toBe('application/pdf');
	});

	it('html: a page for people', async () => {
		await plant({ effect: 'html' });
		const reply = await client.get(BILLS);
		expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
	});

	it('brokenGzip: says gzip and cannot be unzipped', async () => {
		await plant({ effect: 'brokenGzip' });
		const response = await fetch(client.sandbox.url + BILLS);
		expect(response.headers.get('content-encoding')).toBe('gzip');
		await expect(response.text()).rejects.toThrow();
	});

	it('expireTokens: tokens in use end early', async () => {
		const path = '/brm/customerBillManagement/v4/customerBill';
		const auth = await bearer(client, 'oracleBrm');
		expect((await client.get(path, auth)).status).toBe(200);
		await plant({ provider: 'oracleBrm', path, times: 1, effect: 'expireTokens' });
		const { status, body } = await client.get(path, auth);
		expect([status, body['message']]).toEqual([401, 'The access token expired']);
		expect((await client.get(path, await bearer(client, 'oracleBrm'))).status).toBe(200);
	});

	it('offsetIgnored: always the first page, though the log shows what was asked', async () => {
		await plant({ effect: 'offsetIgnored' });
		await client.send('DELETE', '/__sandbox/requests');
		const first = items(await client.get(`${BILLS}?limit=5`));
		expect(items(await client.get(`${BILLS}?limit=5&offset=5`))).toEqual(first);
		const { body } = await client.get('/__sandbox/requests');
		expect(body['requests']?.[1]?.['query']).toEqual({ limit: '5', offset: '5' });
	});

	it('limitNotHonoured: other rows than asked for', async () => {
		await plant({ effect: 'limitNotHonoured', with: { rows: 4 } });
		expect(items(await client.get(`${BILLS}?limit=10`))).toHaveLength(4);
	});

	it('samePage: the first answer again and again', async () => {
		await plant({ effect: 'samePage' });
		const { text } = await client.get(`${BILLS}?limit=5`);
		expect((await client.get(`${BILLS}?limit=5&offset=5`)).text).toBe(text);
	});

	it.each([
		['missing', [null, null]],
		['wrong', ['55', '55']],
		['short', ['41', '41']],
		['changing', ['48', '49']],
	])('total: %s', async (is, expected) => {
		await plant({ effect: 'total', with: { is } });
		const totals = [];
		for (const offset of [0, 10]) {
			const { headers } = await client.get(`${BILLS}?limit=10&offset=${offset}`);
			totals.push(headers.get('x-total-count'));
		}
		expect(totals).toEqual(expected);
	});

	it('duplicateIds: the last row is the first one again, amounts untouched', async () => {
		const rows = items(await client.get(`${BILLS}?limit=5`));
		await plant({ effect: 'duplicateIds' });
		expect(items(await client.get(`${BILLS}?limit=5`))).toEqual([...rows.slice(0, 4), rows[0]]);
	});

	it('rowTwice: the first row comes again behind the last', async () => {
		const rows = items(await client.get(`${BILLS}?limit=5`));
		await plant({ effect: 'rowTwice' });
		expect(items(await client.get(`${BILLS}?limit=5`))).toEqual([...rows, rows[0]]);
	});

	it('rewrite: other values at a path, and not a byte else', async () => {
		const { text } = await client.get(`${BILLS}?limit=2`);
		const [amount = ''] = /(?<="amountDue":\{"unit":"EUR","value":)[\d.]+/.exec(text) ?? [];
		const path = '0.amountDue.value';
		await plant({ effect: 'rewrite', with: { path, json: '123456789012345.678' } });
		const rewritten = (await client.get(`${BILLS}?limit=2`)).text;
		expect(amount).not.toBe('');
		expect(rewritten).toBe(text.replace(`"value":${amount}`, '"value":123456789012345.678'));
	});

	it.each([
		['how', { path: 'a' }],
		['where', { json: '1' }],
		['a whole number of characters', { path: 'a', characters: 'many' }],
	])('rewrite wants to be told %s', async (_what, settings) => {
		await expect(plant({ effect: 'rewrite', with: settings })).rejects.toThrow('message');
	});

	it('change: a bill is gone before the list is given', async () => {
		const [first] = items(await client.get(`${BILLS}?limit=2`));
		const changes = { kind: 'withdrawn', provider: 'oracleBrm', billId: first?.['id'] };
		await plant({ path: BILLS, times: 1, effect: 'change', with: { changes } });
		const left = items(await client.get(`${BILLS}?limit=2`));
		expect(left.map((bill) => bill['id'])).not.toContain(first?.['id']);
	});

	it('apply together, in the order they were planted', async () => {
		await plant({ effect: 'duplicateIds' });
		await plant({ effect: 'total', with: { is: 'missing' } });
		const reply = await client.get(`${BILLS}?limit=5`);
		expect(new Set(items(reply).map((bill) => bill['id'])).size).toBe(4);
		expect(reply.headers.has('x-total-count')).toBe(false);
	});

	it('are all tried above', () => {
		const tried =
			'answer latency hang reset drip truncate contentType html brokenGzip expireTokens offsetIgnored limitNotHonoured samePage total duplicateIds rowTwice rewrite change';
		expect([...EFFECT_NAMES].sort()).toEqual(tried.split(' ').sort());
	});
});

it.each([
	['[{"a":"}],["},{"a":2},3]', '[{"a":"}],["},{"a":2},{"a":"}],["}]'],
	['{"content":[1,2],"more":[3]}', '{"content":[1,1],"more":[3]}'],
	['{"a":"\\"[","l":[[1],[2]]}', '{"a":"\\"[","l":[[1],[1]]}'],
	['[1]', '[1]'],
	['[]', '[]'],
	['{}', '{}'],
])('duplicates the first row of %s', (json, expected) => expect(withDuplicate(json)).toBe(expected));

it.each([
	['a.b', '{"a":{"b":1},"b":2}', '{"a":{"b":X},"b":2}'],
	['*.b', '[{"b":"x]"},{"c":3},{ "b" : [1,2] }]', '[{"b":X},{"c":3},{ "b" : X }]'],
	['1', '[1, 2, 3]', '[1, X, 3]'],
	['a.b', '{"a":"no object"}', '{"a":"no object"}'],
	['*', '[]', '[]'],
])('puts other text at %s of %s', (path, json, expected) =>
	expect(changedAt(json, path.split('.'), () => 'X')).toBe(expected),
);

it.each([
	['{"a":1,"b":2,"c":3}', 'b', '{"a":1,"c":3}'],
	['{"a":1,"b":2}', 'b', '{"a":1}'],
	['{"b":{"x":[1]}}', 'b', '{}'],
	['[1,2]', '0', '[2]'],
])('takes out of %s the value at %s', (json, path, expected) =>
	expect(changedAt(json, path.split('.'), () => null)).toBe(expected),
);
