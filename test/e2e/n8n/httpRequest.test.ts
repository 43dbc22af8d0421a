// Our credentials in n8n's own HTTP Request node, for what our nodes do not offer; also how runs are read here.
import type { INodeParameters } from 'n8n-workflow';

import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { type CredentialTypeName, demoCredentials } from './demoCredentials';
import type { N8n, NodeRun } from './n8n';
import type { Credential } from './rest';
import { addFault, requestsTo } from './sandboxControl';
import { sharedN8n } from './sharedN8n';

let n8n: N8n;
let sandbox: RunningSandbox;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => sandbox.close());

test('Lumen: bills arrive, and the token stays out of the URL', async () => {
	const run = await request(await saved('lumenOAuth2Api'), lumenBills());
	expect(run.status).toBe('success');
	expect(run.json.map(({ billNo }) => billNo)).toEqual(trueNumbers());
	const requests = await requestsTo(sandbox);
	expect(requests.filter(({ rawQuery }) => rawQuery.includes('access_token'))).toEqual([]);
});

test('Lumen: an expired token is renewed without anyone', async () => {
	const credential = await saved('lumenOAuth2Api');
	await request(credential, lumenBills());
	await addFault(sandbox, { path: '/Billing/', times: 1, effect: 'expireTokens' });
	const run = await request(credential, lumenBills());
	expect(run.status).toBe('success');
	expect(run.json).toHaveLength(trueNumbers().length);
	const requests = await requestsTo(sandbox);
	expect(requests.map(({ path, status }) => `${status} ${path.split('/').at(-1) ?? ''}`)).toEqual([
		'200 token',
		'200 customerBill',
		'401 customerBill',
		'200 token',
		'200 customerBill',
	]);
});

test('a refused request is an error with its status and the words of the answer', async () => {
	const { status, error, items } = await request(await saved('floLiveApi'), {
		url: `${sandbox.url}/flolive/api/v2/nothing-here`,
	});
	expect({ status, items }).toEqual({ status: 'error', items: [] });
	expect(error).toMatchObject({ name: 'NodeApiError', httpCode: '404' });
});

test('a file arrives as binary data, byte for byte', async () => {
	const [bill] = (await request(await saved('lumenOAuth2Api'), lumenBills())).json;
	const [document] = bill?.billDocument as { url: string }[];
	const run = await request(await saved('lumenOAuth2Api'), {
		url: document?.url ?? '',
		options: { response: { response: { responseFormat: 'file' } } },
	});
	const { bytes, mimeType } = await n8n.binary(run.items[0]!);
	expect({ start: bytes.subarray(0, 5).toString('latin1'), mimeType }).toEqual({
		start: '%PDF-',
		mimeType: 'application/pdf',
	});
});

async function saved(type: CredentialTypeName): Promise<Credential> {
	return n8n.credential(type, demoCredentials(sandbox)[type].data);
}

async function request(credential: Credential, parameters: INodeParameters): Promise<NodeRun> {
	return n8n.runNode({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credential.type,
			...parameters,
		},
		credentials: [credential],
	});
}

function lumenAccount(): string {
	return sandbox.ledger.accounts('lumen')[0]!.id;
}

function lumenBills(): INodeParameters {
	const query = new URLSearchParams({ billingAccountNumber: lumenAccount() });
	return {
		url: `${sandbox.url}/lumen/Billing/v1/CustomerBillManagement/customerBill?${query.toString()}`,
		sendHeaders: true,
		headerParameters: { parameters: [{ name: 'x-billing-account-number', value: lumenAccount() }] },
	};
}

function trueNumbers(): string[] {
	return sandbox.ledger.bills('lumen', lumenAccount()).map(({ number }) => number);
}
