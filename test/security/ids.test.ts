/** Ids and account numbers that try to be something else: another path, another host, another header. */
import { decodeGlobalId, encodeGlobalId } from '../../graphql/globalId';
import { keyOf } from '../../providers/model/identity';
import {
	SUBJECTS,
	type Recorder,
	type Seen,
	TOKEN_PATH,
	byKey,
	givesToken,
	nodeFace,
	recorder,
	serverFace,
} from './strangers';

jest.mock('../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

let stranger: Recorder;
let provider: Recorder;

beforeAll(async () => {
	stranger = await recorder();
	provider = await recorder((request, response) => {
		if (!givesToken(request, response)) response.writeHead(404, { 'content-type': 'application/json' }).end('{}');
	});
});

beforeEach(() => {
	stranger.seen.length = 0;
	provider.seen.length = 0;
});

afterAll(() => Promise.all([stranger.close(), provider.close()]));

const nasty = (): readonly string[] => [
	'..',
	'.',
	'../../../admin',
	'..%2f..%2fadmin',
	'%2e%2e',
	'%2e%2e%2fadmin',
	'..\\..\\admin',
	'..;/admin',
	'/admin',
	'//evil.example.com/x',
	`${stranger.url}/x`,
	`@${new URL(stranger.url).host}/x`,
	`\\\\${new URL(stranger.url).host}\\x`,
	'x?fields=secret&admin=1',
	'x#fragment',
	'x;admin=1',
	'x%00',
	'x%0d%0aX-Injected:%20yes',
	'x\r\nX-Injected: yes',
	'x\nX-Injected: yes',
	'x\u2028y',
	'x\u0000y',
	'ö+ %',
	'__proto__',
	'constructor',
];

/** What reached the provider lies where it should, and bears nothing that was smuggled in. */
function expectInPlace(requests: readonly Seen[], prefix: string): void {
	for (const { path, headers } of requests.filter((request) => request.path !== TOKEN_PATH)) {
		const { pathname, hash } = new URL(path, provider.url);
		expect(path.startsWith(prefix)).toBe(true);
		expect(pathname.startsWith(prefix)).toBe(true);
		expect(pathname.split('/').length).toBeLessThanOrEqual(prefix.split('/').length + 2);
		expect(hash).toBe('');
		expect(path).not.toMatch(/[?&]admin=/);
		expect(headers).not.toHaveProperty('x-injected');
		expect(headers['host']).toBe(new URL(provider.url).host);
	}
	expect(stranger.seen).toEqual([]);
}

describe.each(SUBJECTS.map((subject) => [subject.title, subject] as const))('%s', (_title, subject) => {
	it('ids stay one segment of the path, or are refused, in the server', async () => {
		const { connector, close } = await serverFace(subject, provider.url);
		for (const remoteId of nasty()) {
			// As a reader hands it in.
			const id = encodeGlobalId({ type: 'Bill', connection: 'c', id: { scope: subject.scope, remoteId } });
			const local = { scope: subject.scope, remoteId };
			expect(decodeGlobalId(id)).toMatchObject({ id: local });
			await expect(connector.billsByIds([local]).get(keyOf(local))).rejects.toMatchObject({ name: 'BillingError' });
			const ref = { scope: subject.scope, billId: remoteId, documentId: remoteId };
			await expect(connector.document(ref)).rejects.toMatchObject({ name: 'BillingError' });
		}
		await close();
		expectInPlace(provider.seen, subject.prefix);
	});

	it('and in the nodes', async () => {
		for (const remoteId of nasty()) {
			for (const operation of ['get', 'download']) {
				await expect(nodeFace(subject, provider.url, { operation, ...byKey(subject, remoteId) })).rejects.toThrow();
			}
		}
		expect(provider.seen.length).toBeGreaterThan(0);
		expectInPlace(provider.seen, subject.prefix);
	});

	it('accounts that a reader names are text in the query, or are refused', async () => {
		const { connector, close } = await serverFace(subject, provider.url);
		for (const account of nasty()) {
			const read = async (): Promise<void> => {
				for await (const _page of connector.bills({ accounts: [account] })) return;
			};
			await read().catch((error: unknown) => expect(error).toMatchObject({ name: 'BillingError' }));
		}
		await close();
		expectInPlace(provider.seen, subject.prefix);
	});
});

it.each(['5-A\r\nX-Injected: yes', '5-A\nX', '5-\u0000', '5-Ä', '5-A\u2028'])(
	'a Lumen account %j, which travels in a header, is refused before anything is sent',
	async (account) => {
		const [lumen] = SUBJECTS;
		await expect(
			serverFace({ ...lumen!, config: (origin) => ({ ...lumen!.config(origin), accounts: [account] }) }, provider.url),
		).rejects.toMatchObject({ kind: 'INVALID_REQUEST' });
		expect(provider.seen).toEqual([]);
	},
);
