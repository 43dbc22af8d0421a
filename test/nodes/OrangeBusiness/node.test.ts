/** The Orange Business node as a whole: its description, its credentials, its errors, several input items. */
import nock from 'nock';

import { ORANGE_OPERATIONS } from '../../../nodes/OrangeBusiness/actions';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';
import { itDescribesItself } from '../support/nodeChecks';
import { BASE, HOST, bill, expectRequest, guardNetwork, node, run } from './orange';

guardNetwork();

const get = (id: string) => ({ resource: 'bill', operation: 'get', bill: { __rl: true, mode: 'id', value: id } });

describe('Orange Business', () => itDescribesItself(node, 'OrangeBusiness', ORANGE_OPERATIONS));

describe('the credentials', () => {
	it('as a user, send no API key', async () => {
		nock(HOST, { reqheaders: { authorization: 'Bearer token-1' }, badheaders: ['x-api-key'] })
			.get(`${BASE}/status`)
			.reply(200, { api: 'up' });
		const credentials = { orangeBusinessUserOAuth2Api: CREDENTIAL_FIELDS.orangeBusinessUserOAuth2Api() };
		const ran = await run({ authentication: 'user', resource: 'status', operation: 'get' }, { credentials });
		expect(ran.json).toEqual([{ api: 'up' }]);
	});

	it('warn once a run that the API key ends soon', async () => {
		const issued = new Date(Date.now() - 700 * 86_400_000).toISOString();
		const key = { ...CREDENTIAL_FIELDS.orangeBusinessOAuth2Api(), keyIssuedOn: issued };
		for (const id of ['1', '2']) expectRequest({ get: `bills/${id}`, answer: bill(id) });
		const { hints } = await run([get('1'), get('2')], { credentials: { orangeBusinessOAuth2Api: key } });
		expect(hints).toEqual([expect.stringMatching(/^The Orange API key ends on \d{4}-\d\d-\d\d\./)]);
	});

	it('renew a spent token once, the API key beside it', async () => {
		expectRequest({ get: 'status', status: 401, answer: { code: 42, message: 'Expired credentials' } });
		const headers = { authorization: 'Bearer token-2' };
		expectRequest({ get: 'status', headers, answer: { api: 'up' } });
		expect((await run({ resource: 'status', operation: 'get' })).json).toEqual([{ api: 'up' }]);
	});
});

describe('several input items', () => {
	it('are paired with their outputs', async () => {
		for (const id of ['1', '2']) expectRequest({ get: `bills/${id}`, answer: bill(id) });
		const { items } = await run([get('1'), get('2')]);
		expect(items.map(({ json, pairedItem }) => [json.id, pairedItem])).toEqual([
			['1', { item: 0 }],
			['2', { item: 1 }],
		]);
	});

	it('go on after one that fails, which says why, by code and request ID and without a secret', async () => {
		expectRequest({
			get: 'bills/1',
			status: 404,
			answer: { code: 60, message: 'Resource not found', description: 'No bill' },
			answerHeaders: { 'x-oapi-request-id': 'req-1' },
		});
		expectRequest({ get: 'bills/2', answer: bill('2') });
		const { items } = await run([get('1'), get('2')], { continueOnFail: true });
		expect(items[0]).toMatchObject({
			json: { error: { kind: 'NOT_FOUND', httpStatus: 404, code: '60', requestId: 'req-1' } },
			pairedItem: { item: 0 },
		});
		expect(items[1]?.json.id).toBe('2');
		expect(JSON.stringify(items)).not.toMatch(/the-api-key|token-1/);
	});

	it('stop at one that fails, and name it', async () => {
		expectRequest({ get: 'bills/1', answer: bill('1') });
		expectRequest({
			get: 'bills/2',
			status: 403,
			answer: { code: 50, message: 'Access denied' },
			answerHeaders: { 'x-oapi-request-id': 'req-2' },
		});
		await expect(run([get('1'), get('2')])).rejects.toMatchObject({
			message: expect.stringContaining('Orange reports 50: Access denied'),
			description: expect.stringMatching(/Ask your Orange representative\. .*code is 50\. .*req-2/),
			context: { itemIndex: 1 },
		});
	});

	it('without an ID are refused before any request', async () => {
		await expect(run(get(''))).rejects.toThrow("'Bill' is empty");
	});
});
