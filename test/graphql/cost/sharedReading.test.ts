/** Readers who read the same thing at once share the requests, but not each other's limits. */
import { KeyedCache, type KeyedReading } from '../../../graphql/cache/keyedCache';
import { SharedWalks } from '../../../graphql/cache/sharedWalks';
import { COST_LIMIT, UpstreamMeter, metered } from '../../../graphql/cost/meter';
import { sentFor } from '../../../graphql/errand';
import { type LocalId, keyOf } from '../../../providers/model/identity';
import { forEachKey } from '../../../providers/query/byKey';
import { BillingError } from '../../../providers/transport/errors';
import type { Transport, TransportRequest } from '../../../providers/transport/port';

const REQUEST: TransportRequest = {
	method: 'GET',
	url: 'https://x.example.com/',
	headers: {},
	expect: 'text',
	credential: 'SEND',
};
const exhausted = (): BillingError =>
	new BillingError({ kind: 'RATE_LIMITED', code: COST_LIMIT, message: 'spent', retryable: false });

function meterOf(requests: number): UpstreamMeter {
	const meter = new UpstreamMeter();
	meter.limitTo({ requests, exhausted });
	return meter;
}

/** Answers in the next turn, so that readers can join. */
function transport(): Transport {
	return metered({
		request: async () => {
			await new Promise((resolve) => setImmediate(resolve));
			return { status: 200, headers: {}, body: { kind: 'text', text: 'yes' } };
		},
	});
}

function paidBy(meter: UpstreamMeter): AbortSignal {
	const { signal } = new AbortController();
	sentFor({ meters: [meter] }, { signal });
	return signal;
}

it('a request is charged to the meter of its errand, and to none where there is none', async () => {
	const sent = transport();
	const [one, other] = [meterOf(5), meterOf(5)];
	const [forOne, forOther] = [paidBy(one), paidBy(other)];
	await Promise.all([
		sent.request({ ...REQUEST, signal: forOne }),
		sent.request({ ...REQUEST, signal: forOther }),
		sent.request({ ...REQUEST, signal: forOther }),
		sent.request(REQUEST),
	]);
	expect([one.spent, other.spent]).toEqual([1, 2]);
});

it('a list that another reader may not go on with is read anew', async () => {
	const sent = transport();
	const walks = new SharedWalks<{ readonly text: string; readonly end: null }>();
	const open = async function* (signal: AbortSignal) {
		await new Promise((resolve) => setImmediate(resolve));
		await sent.request({ ...REQUEST, signal });
		yield { text: 'page', end: null };
	};
	const read = async (signal: AbortSignal): Promise<readonly string[]> => {
		const texts: string[] = [];
		const reading = { open, goOn: () => open(signal), signal };
		for await (const { text } of walks.read('list', reading)) texts.push(text);
		return texts;
	};
	const poor = read(paidBy(meterOf(0)));
	const rich = read(paidBy(meterOf(5)));
	await expect(poor).rejects.toMatchObject({ code: COST_LIMIT });
	await expect(rich).resolves.toEqual(['page']);
});

it('a thing that another reader may not fetch is fetched anew', async () => {
	const sent = transport();
	const cache = new KeyedCache();
	const reading: KeyedReading<LocalId, string> = {
		nameOf: keyOf,
		look: async () => undefined,
		keep: async () => undefined,
		fetch: (ids, { signal }) =>
			forEachKey(ids, async () => {
				await new Promise((resolve) => setImmediate(resolve));
				await sent.request({ ...REQUEST, ...(signal && { signal }) });
				return 'thing';
			}),
	};
	const id = { scope: '', remoteId: '1' };
	const read = async (signal: AbortSignal | undefined): Promise<string | undefined> =>
		cache.read([id], reading, { signal }).get(keyOf(id));
	const poor = read(paidBy(meterOf(0)));
	const rich = read(paidBy(meterOf(5)));
	await expect(poor).rejects.toMatchObject({ code: COST_LIMIT });
	await expect(rich).resolves.toBe('thing');
});
