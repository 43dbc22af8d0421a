/** The HTTP server over its socket, with connectors in memory. */
import { ProviderConnections } from '../../../graphql/providerConnections';
import { type GraphServer, buildServer } from '../../../graphql/server/app';
import { SAMPLE_QUERY } from '../../../graphql/server/landingPage';
import { BillingError } from '../../../providers/transport/errors';
import { OPEN_ON_THIS_MACHINE } from '../support/appOptions';
import { MemoryConnector } from '../support/memoryConnector';
import { bill, identity } from '../support/records';

let server: GraphServer;
let url: string;
let orange: MemoryConnector;
const faults: unknown[] = [];

beforeEach(async () => {
	faults.length = 0;
	const own = identity({ connection: 'orange', provider: 'ORANGE_BUSINESS', remoteId: '7+1' });
	orange = new MemoryConnector({
		connection: 'orange',
		bills: [
			bill({
				identity: own,
				documents: [{ bill: own, id: 'd/1', name: null, mediaType: null, size: null, source: { kind: 'OPERATION' } }],
			}),
		],
	});
	const brm = new MemoryConnector({ connection: 'brm', bills: [bill({ identity: { connection: 'brm' } })] });
	server = await buildServer({
		connections: new ProviderConnections([brm.configured(), orange.configured()]),
		timeoutMs: 1_000,
		serves: 'It serves <tests>.',
		...OPEN_ON_THIS_MACHINE,
		reportFault: (error) => faults.push(error),
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
});

afterEach(() => server.close());

interface Wire {
	readonly data?: Record<string, never> | null;
	readonly errors?: readonly {
		readonly message: string;
		readonly path?: unknown;
		readonly extensions: Record<string, unknown>;
	}[];
}

async function ask(query: string, variables: Record<string, unknown> = {}): Promise<{ status: number; body: Wire }> {
	const response = await fetch(`${url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ query, variables }),
	});
	return { status: response.status, body: (await response.json()) as Wire };
}

describe('POST /graphql', () => {
	it('answers the sample query of the page at /', async () => {
		const { status, body } = await ask(SAMPLE_QUERY);
		expect(status).toBe(200);
		expect(body.errors).toBeUndefined();
		expect(body.data).toMatchObject({
			bills: {
				nodes: [{ provider: 'ORACLE_BRM' }, { provider: 'ORANGE_BUSINESS' }],
				sources: [
					{ connection: { id: 'brm' }, state: 'OK', complete: true },
					{ connection: { id: 'orange' }, state: 'OK', complete: true },
				],
			},
		});
	});

	it('puts the trouble of one source into errors, beside the data of the others', async () => {
		orange.fail('bills', new BillingError({ kind: 'UNAVAILABLE', message: 'down', status: 503, requestId: 'r1' }));
		const { status, body } = await ask('{ bills { nodes { remoteId } } }');
		expect(status).toBe(200);
		expect(body.data).toEqual({ bills: { nodes: [{ remoteId: '1' }] } });
		expect(body.errors).toEqual([
			{
				message: 'down',
				path: ['bills'],
				locations: expect.anything(),
				extensions: {
					code: 'UNAVAILABLE',
					provider: 'ORANGE_BUSINESS',
					connection: 'orange',
					httpStatus: 503,
					providerCode: null,
					requestId: 'r1',
					retryable: true,
					retryAfter: null,
					hint: null,
				},
			},
		]);
	});

	it("tells a provider's refusal of one bill with its code", async () => {
		const { body: list } = await ask('{ bills(filter: { connections: ["orange"] }) { nodes { id } } }');
		const { id } = (list.data as unknown as { bills: { nodes: readonly { id: string }[] } }).bills.nodes[0]!;
		orange.fail('billsByIds', new BillingError({ kind: 'FORBIDDEN', message: 'not yours', connection: 'orange' }));
		const { body } = await ask('query ($id: ID!) { bill(id: $id) { number } }', { id });
		expect(body.data).toEqual({ bill: null });
		expect(body.errors?.[0]).toMatchObject({
			message: 'not yours',
			extensions: { code: 'FORBIDDEN', connection: 'orange' },
		});
	});

	it('keeps the inside of its own faults to itself, and reports them', async () => {
		const { body: list } = await ask('{ bills(filter: { connections: ["orange"] }) { nodes { id } } }');
		const { id } = (list.data as unknown as { bills: { nodes: readonly { id: string }[] } }).bills.nodes[0]!;
		const fault = new TypeError('inside');
		orange.fail('billsByIds', fault);
		const { body } = await ask('query ($id: ID!) { bill(id: $id) { number } }', { id });
		expect(JSON.stringify(body)).not.toContain('inside');
		expect(body.errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
		expect(faults).toEqual([fault]);
	});

	it('refuses a simple request of a web page (CSRF)', async () => {
		const response = await fetch(`${url}/graphql?query={__typename}`, { headers: { 'content-type': 'text/plain' } });
		expect(response.status).toBe(400);
	});
});

describe('GET /documents/:id', () => {
	async function documentPath(): Promise<string> {
		const { body } = await ask('{ bills(filter: { connections: ["orange"] }) { nodes { documents { path } } } }');
		const { bills } = body.data as unknown as {
			bills: { nodes: readonly { documents: readonly { path: string }[] }[] };
		};
		return bills.nodes[0]!.documents[0]!.path;
	}

	it('streams the file, to be saved', async () => {
		const response = await fetch(`${url}${await documentPath()}`);
		expect(response.status).toBe(200);
		expect(await response.text()).toBe('%PDF 7+1');
		expect(Object.fromEntries(response.headers)).toMatchObject({
			'content-type': 'application/pdf',
			'content-disposition': "attachment; filename*=UTF-8''bill%20%C3%A9.pdf",
			'x-content-type-options': 'nosniff',
			'content-length': '8',
		});
		expect(orange.callsOf('document')).toEqual([{ scope: '', billId: '7+1', documentId: 'd/1' }]);
	});

	it('says in words what the provider refused', async () => {
		orange.fail('document', new BillingError({ kind: 'TOO_LARGE', message: 'over 5 MB', hint: 'Ask for less.' }));
		const response = await fetch(`${url}${await documentPath()}`);
		expect(response.status).toBe(413);
		expect(await response.json()).toEqual({ error: 'over 5 MB', hint: 'Ask for less.' });
	});

	it('knows no other id', async () => {
		expect((await fetch(`${url}/documents/xyz`)).status).toBe(404);
	});
});

describe('a browser', () => {
	it('finds at / what this is and a query to copy, from this host alone', async () => {
		const response = await fetch(`${url}/`, { headers: { accept: 'text/html' } });
		const page = await response.text();
		expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
		expect(page).toContain('It serves &#60;tests&#62;.');
		expect(page).toContain('bills(first: 50)');
		expect(page).toContain('<td>orange</td>');
		expect(page).toContain(`&#34;${url}/graphql&#34;`.replaceAll('&#34;', '"'));
		expect(page.replaceAll(url, '')).not.toMatch(/https?:\/\//);
	});

	it('led here under a foreign name reads nothing (DNS rebinding)', async () => {
		const { statusCode } = await server.app.inject({ url: '/', headers: { host: 'rebound.example:4000' } });
		expect(statusCode).toBe(421);
	});

	it.each(['/livez', '/readyz'])('gets 200 from %s', async (path) => {
		expect((await fetch(`${url}${path}`)).status).toBe(200);
	});
});
