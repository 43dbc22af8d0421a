// The credentials in n8n's editor: tested in their dialog, and the three-legged one connected through Orange's consent page.
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { type Editor, openEditor, screenshot } from './browser';
import { demoCredentials } from './demoCredentials';
import type { N8n, NodeRun } from './n8n';
import type { Credential } from './rest';
import { requestsTo } from './sandboxControl';
import { sharedN8n } from './sharedN8n';

const TOKEN_SECONDS = 2;

let n8n: N8n;
let sandbox: RunningSandbox;
let editor: Editor;

beforeAll(async () => {
	n8n = await sharedN8n();
	sandbox = await startSandbox({ tokenLifetime: TOKEN_SECONDS });
	editor = await openEditor(n8n.rest.session);
});

afterAll(async () => {
	await editor.close();
	await sandbox.close();
});

test("Lumen: the dialog shows that the connection works, and asks for nothing that Lumen's app does not have", async () => {
	const { name, data } = demoCredentials(sandbox).lumenOAuth2Api;
	const { id } = await n8n.credential('lumenOAuth2Api', data, name);
	await editor.open(`/home/credentials/${id}`);
	const dialog = editor.page.getByTestId('credential-edit-dialog');
	await dialog.getByText('Connection tested successfully').waitFor();
	await screenshot(editor.page, 'credential-lumen');
	const inputs = await Promise.all(
		(await dialog.locator('[data-test-id^="parameter-input-"]').all()).map((input) =>
			input.getAttribute('data-test-id'),
		),
	);
	const fields = inputs.map((id) => id?.slice('parameter-input-'.length)).filter((name) => name !== 'field');
	expect(fields).toEqual([
		'clientId',
		'clientSecret',
		'allowedHttpRequestDomains',
		'environment',
		'baseUrl',
		'tokenUrlChoice',
		'billingAccounts',
		'apiVersion',
		'documentHosts',
	]);
});

test('Orange by user: connected in the window that n8n opens, used, and renewed when the token has ended', async () => {
	const credential = await connected();
	expect((await bills(credential)).status).toBe('success');
	await new Promise((resolve) => setTimeout(resolve, (TOKEN_SECONDS + 1) * 1_000));
	expect((await bills(credential)).status).toBe('success');

	const requests = (await requestsTo(sandbox)).filter(({ path }) => path.startsWith('/orange/'));
	expect(requests.map(({ method, path, status }) => `${method} ${path.slice('/orange/'.length)} ${status}`)).toEqual([
		'GET oauth/v3/authorize 200',
		'POST oauth/v3/authorize 302',
		'POST oauth/v3/token 200',
		'GET billing/b2b/v1/bills 200',
		'GET billing/b2b/v1/bills 401',
		'POST oauth/v3/token 200',
		'GET billing/b2b/v1/bills 200',
	]);
});

async function connected(): Promise<Credential> {
	const { name, data } = demoCredentials(sandbox).orangeBusinessUserOAuth2Api;
	const credential = await n8n.credential('orangeBusinessUserOAuth2Api', data, name);
	await editor.open(`/home/credentials/${credential.id}`);
	const { page } = editor;
	const opened = page.waitForEvent('popup');
	await page.getByTestId('quick-connect-button').click();
	const consent = await opened;
	await consent.getByRole('button', { name: 'Allow' }).waitFor();
	await screenshot(consent, 'orange-consent');
	await consent.getByRole('button', { name: 'Allow' }).click();
	await page.getByTestId('oauth-connect-success-banner').filter({ visible: true }).waitFor();
	await screenshot(page, 'credential-orange-user');
	return credential;
}

async function bills(credential: Credential): Promise<NodeRun> {
	return n8n.runNode({
		type: 'n8n-nodes-base.httpRequest',
		typeVersion: 4.2,
		parameters: {
			url: `${sandbox.url}/orange/billing/b2b/v1/bills`,
			authentication: 'predefinedCredentialType',
			nodeCredentialType: credential.type,
		},
		credentials: [credential],
	});
}
