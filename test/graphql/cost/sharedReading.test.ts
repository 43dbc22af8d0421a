/** Readers who read the same thing at once share the requests, but not each other's limits. */
import { KeyedCache, type KeyedReading } from '../../../graphql/cache/keyedCache';
import { SharedWalks } from '../../../graphql/cache/sharedWalks';
import { COST_LIMIT, UpstreamMeter, countedBy, metered } from '../../../graphql/cost/meter';
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

it('a request is charged to the meter it runs under, and to none where there is none', async () => {
	const sent = transport();
	const [one, other] = [meterOf(5), meterOf(5)];
	await Promise.all([
		countedBy(one, () => sent.request(REQUEST)),
		countedBy(other, () => Promise.all([sent.request(REQUEST), sent.request(REQUEST)])),
		sent.request(REQUEST),
	]);
	expect([one.spent, other.spent]).toEqual([1, 2]);
});

it('a list that another reader may not go on with is read anew', async () => {
	const sent = transport();
	const walks = new SharedWalks<{ readonly text: string; readonly end: null }>();
	const open = async function* () {
		await new Promise((resolve) => setImmediate(resolve));
		await sent.request(REQUEST);
		yield { text: 'page', end: null };
	};
	const read = async (): Promise<readonly string[]> => {
		const texts: string[] = [];
		for await (const { text } of walks.read('list', { open, goOn: open })) texts.push(text);
		return texts;
	};
	const poor = countedBy(meterOf(0), read);
	const rich = countedBy(meterOf(5), read);
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
		fetch: (ids) =>
			forEachKey(ids, async () => {
				await new Promise((resolve) => setImmediate(resolve));
				await sent.request(REQUEST);
				return 'thing';
			}),
	};
	const id = { scope: '', remoteId: '1' };
	const read = async (): Promise<string | undefined> => cache.read([id], reading, {}).get(keyOf(id));
	const poor = countedBy(meterOf(0), read);
	const rich = countedBy(meterOf(5), read);
	await expect(poor).rejects.toMatchObject({ code: COST_LIMIT });
	await expect(rich).resolves.toBe('thing');
});
