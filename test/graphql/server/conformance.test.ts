/** GraphQL over HTTP: the 61 audits of graphql-http, with the protection against forged requests left on. */
import { serverAudits } from 'graphql-http';

import { ProviderConnections } from '../../../graphql/providerConnections';
import { type GraphServer, buildServer } from '../../../graphql/server/app';
import { OPEN_ON_THIS_MACHINE } from '../support/appOptions';
import { MemoryConnector } from '../support/memoryConnector';
import { bill } from '../support/records';

let server: GraphServer;
let url = '';

beforeAll(async () => {
	const brm = new MemoryConnector({ connection: 'brm', bills: [bill()] });
	server = await buildServer({
		...OPEN_ON_THIS_MACHINE,
		connections: new ProviderConnections([brm.configured()]),
		timeoutMs: 1_000,
		serves: '',
		reportFault: () => undefined,
	});
	url = `${await server.app.listen({ port: 0, host: '127.0.0.1' })}/graphql`;
});

afterAll(() => server.close());

const audits = serverAudits({
	url: () => url,
	// As a client that is no form of a web page: the header that such a page cannot send.
	fetchFn: (address: string, init: RequestInit = {}) =>
		fetch(address, {
			...init,
			headers: { ...(init.headers as Record<string, string>), 'apollo-require-preflight': '1' },
		}),
});

it('has all of them', () => {
	expect(audits).toHaveLength(61);
});

it.each(audits.map(({ id, name, fn }) => [id, name, fn] as const))('%s %s', async (_id, _name, audit) => {
	expect(await audit()).toMatchObject({ status: 'ok' });
});

it.each([
	['a GET without the header', { method: 'GET' }, '?query={__typename}'],
	[
		'a form',
		{ method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'query={__typename}' },
		'',
	],
	['plain text', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{__typename}"}' }, ''],
])('what any web page can send is refused: %s', async (_what, init, search) => {
	const response = await fetch(`${url}${search}`, init);
	expect(response.status).toBeGreaterThanOrEqual(400);
	expect(await response.text()).not.toContain('"data"');
});
