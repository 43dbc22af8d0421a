/** Redirects and pointers to other hosts: no request follows them there, so no credential does. */
import { FloLiveApi } from '../../credentials/FloLiveApi.credentials';
import { LumenOAuth2Api } from '../../credentials/LumenOAuth2Api.credentials';
import { OracleBrmApi } from '../../credentials/OracleBrmApi.credentials';
import { OracleBrmOAuth2Api } from '../../credentials/OracleBrmOAuth2Api.credentials';
import { OrangeBusinessOAuth2Api } from '../../credentials/OrangeBusinessOAuth2Api.credentials';
import {
	type Recorder,
	SECRETS,
	type Seen,
	SUBJECTS,
	type Subject,
	TOKEN_PATH,
	givesToken,
	nodeFace,
	recorder,
	serverFace,
} from './strangers';

// The nodes' pauses cost no time.
jest.mock('../../nodes/shared/clock', () => ({
	n8nClock: { now: () => Date.now(), random: () => 0, sleep: async () => undefined },
}));

let stranger: Recorder;
let provider: Recorder;
let answer: (request: Seen, response: Parameters<typeof givesToken>[1]) => void;

beforeAll(async () => {
	stranger = await recorder();
	provider = await recorder((request, response) => answer(request, response));
});

beforeEach(() => {
	stranger.seen.length = 0;
	provider.seen.length = 0;
});

afterAll(() => Promise.all([stranger.close(), provider.close()]));

async function readByServer(subject: Subject): Promise<unknown> {
	const face = await serverFace(subject, provider.url);
	try {
		const pages = [];
		for await (const page of face.connector.bills({})) pages.push(page);
		return pages;
	} catch (error) {
		return error;
	} finally {
		await face.close();
	}
}

const readByNode = (subject: Subject): Promise<unknown> =>
	nodeFace(subject, provider.url, { operation: 'getAll', returnAll: true }).catch((error: unknown) => error);

/** Nodes that fetch their tokens by themselves, and what is then filled in. */
const SIGN_INS: Readonly<Record<string, (tokenUrl: string) => object>> = {
	floLIVE: (loginUrl) => ({
		authentication: 'login',
		loginUrl,
		username: 'user',
		password: SECRETS.clientSecret,
		usernameField: 'username',
		passwordFieldId: 'password',
		tokenPathId: 'data.token',
	}),
	'Oracle BRM': (tokenUrl) => ({
		authentication: 'oam',
		tokenUrl,
		clientId: 'client',
		clientSecret: SECRETS.clientSecret,
	}),
};

const dataRequests = (): readonly Seen[] => provider.seen.filter(({ path }) => path !== TOKEN_PATH);

describe.each(SUBJECTS.map((subject) => [subject.title, subject] as const))('%s', (_title, subject) => {
	it.each([301, 302, 303, 307, 308])('a redirect (%i) to a stranger is not followed by either face', async (status) => {
		answer = (request, response) => {
			if (!givesToken(request, response)) response.writeHead(status, { location: `${stranger.url}/x` }).end();
		};
		expect(await readByServer(subject)).toMatchObject({ kind: 'PROTOCOL' });
		expect(dataRequests().length).toBeGreaterThan(0);
		provider.seen.length = 0;
		expect(await readByNode(subject)).toBeInstanceOf(Error);
		expect(dataRequests().length).toBeGreaterThan(0);
		expect(stranger.seen).toEqual([]);
	});

	it('Link headers, next members and hrefs of a stranger lead nowhere', async () => {
		const away = `${stranger.url}/next`;
		const record = {
			id: '1',
			href: away,
			next: away,
			_links: { next: { href: away } },
			billingAccount: { id: 'a', href: away },
		};
		answer = (request, response) => {
			if (givesToken(request, response)) return;
			const headers = { link: `<${away}>; rel="next"`, 'content-location': away, refresh: `0; url=${away}` };
			const rows = [record];
			const body = request.path.startsWith('/api/v2')
				? { errorCode: '', content: rows, pageable: { next: away } }
				: rows;
			response.writeHead(200, { ...headers, 'x-total-count': '1' }).end(JSON.stringify(body));
		};
		await readByServer(subject);
		await readByNode(subject);
		expect(provider.seen.length).toBeGreaterThan(1);
		expect(stranger.seen).toEqual([]);
	});
});

describe.each(
	SUBJECTS.filter(({ config }) => JSON.stringify(config('')).includes('clientSecret')).map(
		(subject) => [subject.title, subject] as const,
	),
)('the token server of %s', (_title, subject) => {
	it.each([301, 302, 307, 308])('sends nobody and no secret on to a stranger (%i)', async (status) => {
		answer = (_request, response) => void response.writeHead(status, { location: `${stranger.url}/t` }).end();
		expect(await readByServer(subject)).toMatchObject({ kind: 'AUTH' });
		expect(stranger.seen).toEqual([]);
		// And without a token no data is asked for.
		expect(dataRequests()).toEqual([]);
	});
});

describe.each(
	SUBJECTS.flatMap((subject) => {
		const signIn = SIGN_INS[subject.title];
		return signIn === undefined ? [] : [[subject.title, subject, signIn] as const];
	}),
)('the sign-in of the node, %s,', (_title, subject, signIn) => {
	const fields = (origin: string): object => ({
		...subject.node.fields(origin),
		...signIn(`${origin}${TOKEN_PATH}`),
		sessionToken: '',
	});

	it.each([301, 302, 307, 308])('sends no secret on to a stranger (%i)', async (status) => {
		answer = (_request, response) => void response.writeHead(status, { location: `${stranger.url}/t` }).end();
		const error = await readByNode({ ...subject, node: { ...subject.node, fields } });
		expect(error).toMatchObject({ message: expect.stringContaining('token') });
		expect(provider.seen[0]?.body).not.toBe('');
		expect(stranger.seen).toEqual([]);
		expect(dataRequests()).toEqual([]);
	});
});

it.each(
	[
		new FloLiveApi(),
		new LumenOAuth2Api(),
		new OracleBrmApi(),
		new OracleBrmOAuth2Api(),
		new OrangeBusinessOAuth2Api(),
	].map((credential) => [credential.displayName, credential] as const),
)('the Test of the credential %s follows no redirect', (_name, credential) => {
	expect(credential.test.request.disableFollowRedirect).toBe(true);
});
