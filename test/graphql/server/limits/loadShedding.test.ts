/** More load than can be done, over the socket: quick refusals, right answers for who is served, nothing held for good. */
import { request } from 'node:http';

import { ProviderConnections } from '../../../../graphql/providerConnections';
import { type GraphServer, buildServer } from '../../../../graphql/server/app';
import { type LimitsConfig } from '../../../../graphql/server/limits/limitsConfig';
import { createLog } from '../../../../graphql/server/operations/log';
import { Observer } from '../../../../graphql/server/operations/observer';
import { OPEN_ON_THIS_MACHINE } from '../../support/appOptions';
import { MemoryConnector } from '../../support/memoryConnector';
import { bill } from '../../support/records';

const QUERY = '{ bills { nodes { remoteId total { amount currency } } } }';
const ANSWER = { data: { bills: { nodes: [{ remoteId: '1', total: { amount: '10', currency: 'EUR' } }] } } };

/** This machine may be busy with other tests. */
const HOWEVER_LATE = { eventLoopDelayMs: 60_000 };

interface Answered {
	readonly status: number;
	readonly retryAfter: string | null;
	readonly body: unknown;
	readonly ms: number;
}

let server: GraphServer;
let url: string;
let brm: MemoryConnector;

afterEach(() => server.close());

async function start(limits: Partial<LimitsConfig>): Promise<void> {
	brm = new MemoryConnector({ connection: 'brm', bills: [bill()] });
	server = await buildServer({
		connections: new ProviderConnections([brm.configured()]),
		timeoutMs: 10_000,
		serves: '',
		...OPEN_ON_THIS_MACHINE,
		limits: { ...OPEN_ON_THIS_MACHINE.limits, ...limits },
		reportFault: (error) => {
			throw error;
		},
		operations: { observer: new Observer(createLog('silent', () => [])), sharedCache: null, isStopping: () => false },
	});
	url = await server.app.listen({ port: 0, host: '127.0.0.1' });
}

async function ask(query = QUERY, signal?: AbortSignal): Promise<Answered> {
	const began = performance.now();
	const response = await fetch(`${url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ query }),
		...(signal === undefined ? {} : { signal }),
	});
	const body: unknown = await response.json();
	const retryAfter = response.headers.get('retry-after');
	return { status: response.status, retryAfter, body, ms: performance.now() - began };
}

const status = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;

async function metric(name: string): Promise<number> {
	const text = await (await fetch(`${url}/metrics`)).text();
	const line = text.split('\n').find((one) => one.startsWith(`telecom_billing_requests_${name}`));
	return Number(line?.split(' ').at(-1) ?? 0);
}

/** Waits a bounded time for something that is about to happen. */
async function until(holds: () => Promise<boolean>): Promise<void> {
	for (let looks = 0; looks < 200; looks += 1) {
		if (await holds()) return;
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	throw new Error('It did not happen in time');
}

/** From now on no list of bills ends before the door is opened. */
function shutDoor(): () => void {
	let open: () => void = () => undefined;
	const door = new Promise<void>((resolve) => (open = resolve));
	brm.hinder('bills', () => door);
	return open;
}

const REFUSAL = {
	status: 503,
	retryAfter: '1',
	body: {
		errors: [
			{
				message: 'The server has more to do than it can',
				extensions: { code: 'OVERLOADED', retryable: true, retryAfter: 1, hint: expect.any(String) },
			},
		],
	},
};

describe('with as many requests in flight as there may be', () => {
	beforeEach(() => start({ inFlight: 2, ...HOWEVER_LATE }));

	it('refuses one more at once, says when to come again, and answers those that are in', async () => {
		const openDoor = shutDoor();
		const served = [ask(), ask()];
		await until(async () => (await metric('in_flight')) === 2);
		expect(await ask()).toMatchObject(REFUSAL);
		expect((await ask()).ms).toBeLessThan(1_000);
		expect(await metric('shed_total{reason="IN_FLIGHT"}')).toBe(2);
		openDoor();
		for (const answer of await Promise.all(served)) expect(answer).toMatchObject({ status: 200, body: ANSWER });
		await until(async () => (await metric('in_flight')) === 0);
		expect(await ask()).toMatchObject({ status: 200, body: ANSWER });
	});

	it('refuses files too, and never what tells how the server is', async () => {
		const openDoor = shutDoor();
		const served = [ask(), ask()];
		await until(async () => (await metric('in_flight')) === 2);
		expect(await status('/documents/x')).toBe(503);
		expect(await Promise.all(['/livez', '/readyz', '/metrics', '/'].map(status))).toEqual([200, 200, 200, 200]);
		openDoor();
		await Promise.all(served);
	});

	it('counts the work that a reader who went away leaves behind, until it is over', async () => {
		const openDoor = shutDoor();
		const leaving = new AbortController();
		const left = Promise.allSettled([ask(QUERY, leaving.signal), ask(QUERY, leaving.signal)]);
		await until(async () => (await metric('in_flight')) === 2);
		leaving.abort();
		expect((await left).map((one) => one.status)).toEqual(['rejected', 'rejected']);
		expect(await ask()).toMatchObject(REFUSAL);
		openDoor();
		await until(async () => (await metric('in_flight')) === 0);
		expect(await ask()).toMatchObject({ status: 200, body: ANSWER });
	});

	it('gives no place to requests that come to nothing, and takes none from them for good', async () => {
		for (let times = 0; times < 3; times += 1) {
			expect((await ask('{')).status).toBe(200);
			expect((await ask('{ nothing }')).status).toBe(200);
			expect(await status('/documents/x')).toBe(404);
			expect(await status('/nowhere')).toBe(404);
			expect(await brokenBody()).toBe(400);
		}
		await until(async () => (await metric('in_flight')) === 0);
	});
});

async function brokenBody(): Promise<number> {
	const headers = { 'content-type': 'application/json' };
	return (await fetch(`${url}/graphql`, { method: 'POST', headers, body: '{"query":' })).status;
}

it('a request whose body never comes holds no place', async () => {
	await start({ inFlight: 1, ...HOWEVER_LATE });
	const { port } = new URL(url);
	const headers = { 'content-type': 'application/json', 'content-length': '1000' };
	const slow = request({ host: '127.0.0.1', port, path: '/graphql', method: 'POST', headers });
	slow.on('error', () => undefined);
	slow.write('{"query":"');
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(await ask()).toMatchObject({ status: 200, body: ANSWER });
	slow.destroy();
});

it('a flood is answered as far as there is room, and rightly; the rest is refused while the others still wait', async () => {
	await start({ inFlight: 10, ...HOWEVER_LATE });
	const openDoor = shutDoor();
	const answers = Array.from({ length: 200 }, () => ask());
	await until(async () => (await metric('shed_total')) === 190);
	openDoor();
	const all = await Promise.all(answers);
	const served = all.filter(({ status }) => status === 200);
	const refused = all.filter(({ status }) => status !== 200);
	for (const { body } of served) expect(body).toEqual(ANSWER);
	for (const answer of refused) expect(answer).toMatchObject(REFUSAL);
	expect([served.length, refused.length]).toEqual([10, 190]);
	await until(async () => (await metric('in_flight')) === 0);
});

describe('with an event loop that is late', () => {
	beforeEach(() => start({ eventLoopDelayMs: 200 }));

	it('refuses for as long as it lasts, and no longer', async () => {
		const work = setInterval(() => block(300), 1);
		try {
			await until(async () => (await ask()).status === 503);
			expect(await metric('shed_total{reason="EVENT_LOOP"}')).toBeGreaterThan(0);
		} finally {
			clearInterval(work);
		}
		await until(async () => (await ask()).status === 200);
	}, 60_000);

	it('takes one long piece of work for what it is', async () => {
		block(600);
		for (let times = 0; times < 20; times += 1) {
			expect((await ask()).status).toBe(200);
			await new Promise((resolve) => setTimeout(resolve, 20));
		}
	});
});

/** Keeps this thread busy. */
function block(ms: number): void {
	const end = performance.now() + ms;
	while (performance.now() < end);
}
