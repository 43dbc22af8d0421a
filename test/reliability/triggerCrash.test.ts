/** The trigger when its process ends, a provider fails or the clock is wrong, at the worst moment: no bill lost, none twice under another key. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { n8nClock } from '../../nodes/shared/clock';
import { TelecomBillTrigger } from '../../nodes/TelecomBill/TelecomBillTrigger.node';
import type { Provider } from '../../providers/model/identity';
import { pollContext } from '../nodes/support/fakeContext';
import { COLUMNS } from './support/matrix';
import { hurry, nodeCredentials } from './support/nodeFace';
import { FaultStand, aimedAt } from './support/stand';
import { BOOKS_OF } from './support/targets';

const ALL = ['lumen', 'oracleBrm', 'floLive', 'orangeBusiness'];
/** A plain TMF678 server has Oracle BRM's books here. */
const POLLED = COLUMNS.filter((provider) => provider !== 'TMF678');

interface Event {
	readonly provider: Provider;
	readonly id: string;
	readonly event: string;
	readonly idempotencyKey: string;
}

/** A workflow whose process may end: what n8n has saved is all that the next poll knows. */
class Workflow {
	private saved = '{}';

	constructor(private readonly stand: FaultStand) {}

	/** n8n saves what the node remembers once the events have started their execution. */
	async poll({ isSaved = true }: { readonly isSaved?: boolean } = {}): Promise<readonly Event[]> {
		const staticData = JSON.parse(this.saved) as IDataObject;
		const node = new TelecomBillTrigger();
		const context = pollContext({
			node,
			parameters: { providers: ALL, events: ['new', 'revised'], simplify: false },
			credentials: nodeCredentials(this.stand.sandbox),
			staticData,
			warn: () => undefined,
		});
		const output: INodeExecutionData[][] | null = await node.poll.call(context);
		if (isSaved) this.saved = JSON.stringify(staticData);
		return (output?.[0] ?? []).map(({ json }) => json as unknown as Event);
	}
}

let stand: FaultStand;
let workflow: Workflow;
beforeEach(async () => {
	hurry();
	stand = await FaultStand.start({ billsPerAccount: 3 });
	workflow = new Workflow(stand);
	expect(await workflow.poll()).toEqual([]);
});
afterEach(() => stand.close());

/** One new bill and one revised bill with each provider; their keys. */
async function news(): Promise<readonly string[]> {
	const { ledger } = stand.sandbox;
	const changes = POLLED.map((provider) => BOOKS_OF[provider]).flatMap((provider) => {
		const [account] = ledger.accounts(provider);
		const bills = ledger.bills(provider, account?.id);
		return [
			{ kind: 'new', provider, accountId: account?.id, net: '10', tax: '1', billDate: bills.at(-1)?.billDate },
			{ kind: 'revised', provider, billId: bills.at(-1)?.id, net: '20', tax: '2' },
		];
	});
	await stand.change(changes);
	return POLLED.flatMap((provider) => [`${provider} new`, `${provider} revised`]).sort();
}

function told(events: readonly Event[]): readonly string[] {
	return events.map(({ provider, event }) => `${provider} ${event}`).sort();
}

function keys(events: readonly Event[]): readonly string[] {
	return events.map(({ idempotencyKey }) => idempotencyKey).sort();
}

it.each(POLLED)('a process that ends inside a poll, while %s is read, has lost nothing', async (provider) => {
	const expected = await news();
	await stand.break([aimedAt(provider, { effect: 'reset' })]);
	await workflow.poll({ isSaved: false }).catch(() => undefined);
	await stand.heal();
	const events = await workflow.poll();
	expect(told(events)).toEqual(expected);
	expect(await workflow.poll()).toEqual([]);
});

it('a process that ends before its state was saved gives the same events again, under the same keys', async () => {
	const expected = await news();
	const lost = await workflow.poll({ isSaved: false });
	expect(told(lost)).toEqual(expected);
	const again = await workflow.poll();
	expect(keys(again)).toEqual(keys(lost));
	expect(new Set(keys(again)).size).toBe(expected.length);
	expect(await workflow.poll()).toEqual([]);
});

it('two polls at once, each with its own copy of what is remembered, give the same events under the same keys', async () => {
	const expected = await news();
	const [one, other] = await Promise.all([workflow.poll(), workflow.poll()]);
	expect(told(one)).toEqual(expected);
	expect(keys(other)).toEqual(keys(one));
	expect(await workflow.poll()).toEqual([]);
});

it.each(POLLED)(
	'when a provider fails inside a poll (%s), its events come with the next one, once',
	async (provider) => {
		const expected = await news();
		await stand.break([aimedAt(provider, { effect: 'answer', with: { status: 503 } })]);
		const others = await workflow.poll();
		expect(told(others)).toEqual(expected.filter((event) => !event.startsWith(provider)));
		await stand.heal();
		expect(told(await workflow.poll())).toEqual(expected.filter((event) => event.startsWith(provider)));
		expect(await workflow.poll()).toEqual([]);
	},
);

const DAY_MS = 86_400_000;

/** Until it is restored. */
function setClockOff(ms: number): { mockRestore(): void } {
	const right = Date.now;
	return jest.spyOn(n8nClock, 'now').mockImplementation(() => right() + ms);
}

it.each([
	['forward by an hour', DAY_MS / 24],
	['back by an hour', -DAY_MS / 24],
	['forward by ten days', 10 * DAY_MS],
	['back by ten days', -10 * DAY_MS],
	['forward by thirty years', 30 * 365 * DAY_MS],
])('a clock that is put %s, and right again, loses no event and brings none twice', async (_how, ms) => {
	const before = await news();
	const clock = setClockOff(ms);
	const events = [...(await workflow.poll())];
	expect(await workflow.poll()).toEqual([]);
	const meanwhile = await news();
	events.push(...(await workflow.poll()));
	clock.mockRestore();
	events.push(...(await workflow.poll()));
	expect(told(events)).toEqual([...before, ...meanwhile].sort());
	expect(new Set(keys(events)).size).toBe(events.length);
	expect(await workflow.poll()).toEqual([]);
});

it('a clock that starts in 1970 loses no event: what was out of reach comes when it is right, once', async () => {
	const expected = await news();
	const clock = setClockOff(-Date.now() + DAY_MS);
	const early = await workflow.poll();
	clock.mockRestore();
	const events = [...early, ...(await workflow.poll())];
	expect(told(events)).toEqual(expected);
	expect(new Set(keys(events)).size).toBe(events.length);
	expect(await workflow.poll()).toEqual([]);
});

it.each([400, 3_650])(
	'a clock that is %i days ahead at first, and right again, hides no bill of later',
	async (days) => {
		const begun = new Workflow(stand);
		const clock = setClockOff(days * DAY_MS);
		expect(await begun.poll()).toEqual([]);
		clock.mockRestore();
		expect(await begun.poll()).toEqual([]);
		const expected = await news();
		expect(told(await begun.poll())).toEqual(expected);
		expect(await begun.poll()).toEqual([]);
	},
);
