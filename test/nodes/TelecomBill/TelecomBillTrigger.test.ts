/** Telecom Bill Trigger in n8n's hands: state, manual runs, failures, and what it asks of each provider. */
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { n8nClock } from '../../../nodes/shared/clock';
import { TelecomBillTrigger } from '../../../nodes/TelecomBill/TelecomBillTrigger.node';
import type { SourceState } from '../../../nodes/TelecomBill/trigger/state';
import { type FakeSettings, pollContext } from '../support/fakeContext';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';

const node = new TelecomBillTrigger();
const BRM = 'https://brm.example.com';
const BRM_BILLS = '/brm/customerBillManagement/v4/customerBill';
const FLO = 'https://api.flolive.example.com';
const FLO_INVOICES = '/api/v2/customer/20100/invoices';

const credentials = { oracleBrmApi: CREDENTIAL_FIELDS.oracleBrmApi(), floLiveApi: CREDENTIAL_FIELDS.floLiveApi() };

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);

/** A workflow's polls: what the trigger remembers goes from one to the next, as n8n keeps it. */
function workflow(parameters: INodeParameters, more: Partial<FakeSettings> = {}) {
	let staticData: IDataObject = {};
	return {
		async poll(): Promise<IDataObject[] | null> {
			const kept = structuredClone(staticData);
			const output = await node.poll.call(
				pollContext({ node, credentials, parameters: { ...parameters }, staticData: kept, ...more }),
			);
			staticData = JSON.parse(JSON.stringify(kept)) as IDataObject;
			return output?.[0]?.map(({ json }) => json) ?? null;
		},
		remembered: () => (staticData.sources ?? {}) as Record<string, SourceState>,
	};
}

const invoice = (id: string, more: object = {}) => ({
	id,
	invoiceNumber: `N-${id}`,
	creationTime: `${day(-3)}T00:00:00Z`,
	currency: 'USD',
	totalAmount: 211,
	dueDate: day(30),
	...more,
});
const flo = (...invoices: object[]) =>
	nock(FLO).get(FLO_INVOICES).reply(200, { errorCode: '', errorMessage: '', content: invoices, pageable: null });

const brmBill = (id: string, lastUpdate: string | undefined, more: object = {}) => ({
	id,
	billDate: `${day(-5)}T00:00:00Z`,
	paymentDueDate: `${day(20)}T00:00:00Z`,
	...(lastUpdate === undefined ? {} : { lastUpdate }),
	...more,
});
const brm = (asked: Record<string, unknown>[], ...bills: object[]) =>
	nock(BRM)
		.get(BRM_BILLS)
		.query((query) => asked.push(query) > 0)
		.reply(200, bills, { 'x-total-count': String(bills.length) });

beforeAll(() => nock.disableNetConnect());
afterEach(() => {
	const unasked = nock.pendingMocks();
	nock.cleanAll();
	expect(unasked).toEqual([]);
});
afterAll(() => nock.enableNetConnect());

describe('what comes out', () => {
	it('is what is new or revised since, each with its key; nothing that was there at first', async () => {
		const polls = workflow({ providers: ['floLive'] });
		flo(invoice('a'));
		expect(await polls.poll()).toBeNull();
		flo(invoice('a'), invoice('b'));
		expect(await polls.poll()).toEqual([
			expect.objectContaining({
				event: 'new',
				key: 'FLOLIVE:20100:b',
				idempotencyKey: expect.stringMatching(/^FLOLIVE:20100:b@[0-9a-f]{16}$/),
				replaces: null,
				total: 211,
				totalExact: '211',
			}),
		]);
		flo(invoice('a', { totalAmount: 212 }), invoice('b'));
		expect(await polls.poll()).toEqual([
			expect.objectContaining({
				event: 'revised',
				totalExact: '212',
				idempotencyKey: expect.stringMatching(/^FLOLIVE:20100:a@[0-9a-f]{16}\.2$/),
			}),
		]);
		flo(invoice('a', { totalAmount: 212 }), invoice('b'));
		expect(await polls.poll()).toBeNull();
	});

	it('is everything, or the bills of the last days, where the first run is set so', async () => {
		const old = invoice('old', { creationTime: `${day(-40)}T00:00:00Z` });
		flo(invoice('a'), old);
		expect(await workflow({ providers: ['floLive'], firstRun: 'all' }).poll()).toHaveLength(2);
		flo(invoice('a'), old);
		const polls = workflow({ providers: ['floLive'], firstRun: 'days', firstRunDays: 30 });
		expect((await polls.poll())?.map(({ key }) => key)).toEqual(['FLOLIVE:20100:a']);
		flo(invoice('a'), old);
		expect(await polls.poll()).toBeNull();
	});

	it.each([
		['number', { invoiceNumber: 'N-a', totalAmount: 9 }, 'SAME_NUMBER'],
		['period and total', {}, 'SAME_PERIOD_AND_TOTAL'],
	])('names the bill that a new one replaces, by its %s', async (_, more, because) => {
		const period = { billingCycleStartDate: '2026-01-01T00:00:00Z', billingCycleEndDate: '2026-01-31T23:59:59Z' };
		const polls = workflow({ providers: ['floLive'] });
		flo(invoice('a', period));
		await polls.poll();
		flo(invoice('a', period), invoice('b', { ...period, ...more }));
		expect(await polls.poll()).toEqual([
			expect.objectContaining({ event: 'new', replaces: 'FLOLIVE:20100:a', replacesBecause: because }),
		]);
	});

	it('is a bill that becomes due, once, also one that was there at first; but nothing that is paid or not made yet', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'], events: ['dueSoon'], dueInDays: 7 });
		const due = brmBill('due', `${day(-5)}T10:00:00Z`, { paymentDueDate: day(6) });
		const paid = brmBill('paid', `${day(-5)}T10:00:00Z`, { paymentDueDate: day(6), state: 'settled' });
		const asked: Record<string, unknown>[] = [];
		const unmade = brmBill('unmade', `${day(-5)}T10:00:00Z`, { paymentDueDate: day(6), state: 'inProgress' });
		brm(asked, due, paid, unmade, brmBill('later', `${day(-5)}T10:00:00Z`));
		expect(await polls.poll()).toEqual([
			expect.objectContaining({ event: 'dueSoon', idempotencyKey: `ORACLE_BRM::due@due-${day(6)}` }),
		]);
		brm(asked);
		brm(asked, due, paid);
		expect(await polls.poll()).toBeNull();
		expect(asked.at(-1)).toHaveProperty(['paymentDueDate.gte']);
	});

	it('has all columns where it is not simplified', async () => {
		const polls = workflow({ providers: ['floLive'], firstRun: 'all', simplify: false });
		flo(invoice('a'));
		expect((await polls.poll())?.[0]).toMatchObject({
			event: 'new',
			availability: { taxItems: 'NOT_OFFERED_BY_PROVIDER' },
		});
	});
});

describe('what is asked for', () => {
	it('are changes, with an overlap, where a provider can be asked for them', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'] });
		const asked: Record<string, unknown>[] = [];
		brm(asked, brmBill('a', `${day(-5)}T10:00:00Z`));
		await polls.poll();
		brm(asked);
		await polls.poll();
		expect(Object.keys(asked[0] ?? {})).toContain('billDate.gte');
		expect(asked[1]).toMatchObject({ 'lastUpdate.gte': expect.stringContaining(day(-7)) });
	});

	it('are the bills of the last days, too, where one of them has no update stamp', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'] });
		const asked: Record<string, unknown>[] = [];
		const old = { billDate: `${day(-90)}T00:00:00Z` };
		brm(asked, brmBill('old', `${day(-90)}T10:00:00Z`, old), brmBill('b', undefined), brmBill('c', undefined));
		await polls.poll();
		brm(asked, brmBill('old', `${day(0)}T00:00:00Z`, { ...old, category: 'revised' }));
		brm(asked, brmBill('b', undefined, { category: 'revised' }), brmBill('c', undefined));
		expect((await polls.poll())?.map(({ event, key }) => [event, key])).toEqual([
			['revised', 'ORACLE_BRM::old'],
			['revised', 'ORACLE_BRM::b'],
		]);
		expect(asked[1]).toHaveProperty(['lastUpdate.gte']);
		expect(asked[2]).toHaveProperty(['billDate.gte']);
		expect(asked[2]).not.toHaveProperty(['lastUpdate.gte']);
	});

	it('are changes since now, at the latest: a stamp in the future hides none', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'] });
		const asked: Record<string, unknown>[] = [];
		brm(asked, brmBill('a', `${day(30)}T10:00:00Z`));
		await polls.poll();
		brm(asked);
		await polls.poll();
		expect(asked[1]).toMatchObject({ 'lastUpdate.gte': expect.stringContaining(day(-2)) });
	});
});

describe('when a provider fails', () => {
	const both = { providers: ['oracleBrmOther', 'floLive'] };
	const refusal = () => nock(BRM).get(BRM_BILLS).query(true).reply(403, { code: '60', message: 'Forbidden' });

	it('still hands over what the others have, and takes up the failed one where it was', async () => {
		const asked: Record<string, unknown>[] = [];
		const warnings: string[] = [];
		const failed: Error[] = [];
		const polls = workflow(both, {
			warn: (message) => void warnings.push(message),
			fail: (error) => void failed.push(error),
		});
		brm(asked, brmBill('a', `${day(-5)}T10:00:00Z`));
		flo(invoice('x'));
		expect(await polls.poll()).toBeNull();
		const before = polls.remembered();
		refusal();
		flo(invoice('x'), invoice('y'));
		expect((await polls.poll())?.map(({ key }) => key)).toEqual(['FLOLIVE:20100:y']);
		expect(warnings).toEqual([expect.stringContaining('Oracle BRM could not be read')]);
		expect(failed).toMatchObject([{ name: 'NodeApiError', httpCode: '403' }]);
		const brmId = 'ORACLE_BRM:oracleBrmApi-id';
		expect(polls.remembered()[brmId]).toEqual(before[brmId]);
		brm(asked, brmBill('b', `${day(-4)}T10:00:00Z`));
		flo(invoice('x'), invoice('y'));
		expect((await polls.poll())?.map(({ key }) => key)).toEqual(['ORACLE_BRM::b']);
	});

	it('brings each revision of the others, though only revisions are asked for and the failure lasts', async () => {
		const failed: Error[] = [];
		const revised: IDataObject[] = [];
		const polls = workflow({ ...both, events: ['revised'] }, { fail: (error) => void failed.push(error) });
		brm([], brmBill('a', `${day(-5)}T10:00:00Z`));
		flo(invoice('x'));
		await polls.poll();
		for (const totalAmount of [100, 200, 300]) {
			refusal();
			flo(invoice('x'), invoice('y', { totalAmount }));
			revised.push(...((await polls.poll()) ?? []));
		}
		expect(revised.map(({ event, totalExact }) => [event, totalExact])).toEqual([
			['revised', '200'],
			['revised', '300'],
		]);
		expect(failed).toHaveLength(3);
	});

	it.each(['none', 'all'])('the first poll fails, and remembers nothing (%s)', async (firstRun) => {
		const polls = workflow({ ...both, firstRun });
		refusal();
		flo(invoice('x'));
		await expect(polls.poll()).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(polls.remembered()).toEqual({});
	});

	it.each([
		['none', 'it fails', ['since', 'today']],
		['days', 'it fails', ['just before', 'since', 'today']],
		['none', 'all fail', ['since', 'today']],
	])('keeps for later what came since a provider was added (%s, %s)', async (firstRun, who, expected) => {
		const failed: Error[] = [];
		const staticData: IDataObject = {};
		const clock = jest.spyOn(n8nClock, 'now');
		const pollOn = async (offset: number, providers: string[]) => {
			clock.mockReturnValue(Date.now() + offset * 86_400_000);
			const parameters = { providers, firstRun, firstRunDays: 2, events: ['new'] };
			// Of a poll that throws, n8n keeps nothing.
			const kept = structuredClone(staticData);
			const fail = (error: Error) => void failed.push(error);
			const output = await node.poll.call(pollContext({ node, credentials, parameters, staticData: kept, fail }));
			Object.assign(staticData, kept);
			return output?.[0]?.map(({ json }) => json.number) ?? [];
		};
		flo();
		await pollOn(-10, ['floLive']);
		refusal();
		if (who === 'all fail') nock(FLO).get(FLO_INVOICES).reply(403, {});
		else flo();
		expect(await pollOn(-5, both.providers)).toEqual([]);
		expect(failed).toHaveLength(who === 'all fail' ? 2 : 1);
		const dated = (offset: number, billNo: string) =>
			brmBill(billNo, undefined, { billNo, billDate: `${day(offset)}T00:00:00Z` });
		brm([], dated(-20, 'old'), dated(-6, 'just before'), dated(-4, 'since'), dated(0, 'today'));
		flo();
		expect(await pollOn(0, both.providers)).toEqual(expected);
		clock.mockRestore();
	});

	it('fails where no other could be read either', async () => {
		const polls = workflow(both);
		brm([], brmBill('a', `${day(-5)}T10:00:00Z`));
		flo(invoice('x'));
		await polls.poll();
		const before = polls.remembered();
		refusal();
		nock(FLO).get(FLO_INVOICES).reply(403, {});
		await expect(polls.poll()).rejects.toMatchObject({ name: 'NodeApiError', httpCode: '403' });
		expect(polls.remembered()).toEqual(before);
	});

	it('does not begin with a list that is not whole', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'] });
		nock(BRM)
			.get(BRM_BILLS)
			.query(true)
			.times(2)
			.reply(200, (uri) => (uri.includes('offset=0') ? [brmBill('a', undefined)] : []), { 'x-total-count': '2' });
		await expect(polls.poll()).rejects.toThrow('not all bills could be read');
	});

	it('does not wait for one that hangs longer than n8n gives to a poll', async () => {
		const failed: Error[] = [];
		const polls = workflow(both, { pollBudgetMs: 1_000, fail: (error) => void failed.push(error) });
		brm([], brmBill('a', `${day(-5)}T10:00:00Z`));
		flo();
		await polls.poll();
		const hanging = nock(BRM).get(BRM_BILLS).query(true).delay(5_000).reply(200, []);
		flo(invoice('x'));
		expect((await polls.poll())?.map(({ key }) => key)).toEqual(['FLOLIVE:20100:x']);
		expect(failed).toMatchObject([{ message: expect.stringContaining('the time that n8n gives to a poll was over') }]);
		expect(hanging.isDone()).toBe(true);
		nock.abortPendingRequests();
	});

	it('brings what could be read of one that hangs, and the rest when it no longer does', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'] }, { pollBudgetMs: 1_000 });
		brm([]);
		await polls.poll();
		const [bill, late] = ['a', 'b'].map((id) => brmBill(id, `${day(-5)}T10:00:00Z`));
		const page = (offset: string) =>
			nock(BRM)
				.get(BRM_BILLS)
				.query((query) => (query.offset ?? '0') === offset);
		page('0').reply(200, [bill], { 'x-total-count': '2' });
		page('1').delay(5_000).reply(200, []);
		expect((await polls.poll())?.map(({ key }) => key)).toEqual(['ORACLE_BRM::a']);
		nock.abortPendingRequests();
		brm([], bill!, late!);
		expect((await polls.poll())?.map(({ key }) => key)).toEqual(['ORACLE_BRM::b']);
	});

	it('stops reading when the time of the poll is over, and says so where nothing came', async () => {
		const polls = workflow({ providers: ['oracleBrmOther'] }, { pollBudgetMs: 0 });
		nock(BRM)
			.get(BRM_BILLS)
			.query(true)
			.reply(200, [brmBill('a', undefined)], { 'x-total-count': '500' });
		await expect(polls.poll()).rejects.toThrow('the time that n8n gives to a poll was over');
		nock.cleanAll();
	});
});

describe('a manual run', () => {
	it('shows the newest bill of each provider and remembers nothing', async () => {
		const polls = workflow({ providers: ['sample'] }, { mode: 'manual' });
		expect((await polls.poll())?.map(({ event, number }) => [event, number])).toEqual([
			['new', 'SAMPLE-L-1002'],
			['new', 'SAMPLE-B1-102'],
			['new', 'SAMPLE-F-1134'],
			['new', 'SAMPLE-OB-2002'],
		]);
		expect(polls.remembered()).toEqual({});
	});

	it('says so when there is no bill to show', async () => {
		flo();
		await expect(workflow({ providers: ['floLive'] }, { mode: 'manual' }).poll()).rejects.toThrow('No bills found');
	});
});

it('remembers 5,000 bills in all: what one provider does not need, another may have', async () => {
	const polls = workflow({ providers: ['floLive', 'oracleBrmOther'] });
	const dated = (index: number, daysAgo: number) =>
		invoice(`m${index}`, { creationTime: `${day(-daysAgo)}T00:00:00Z`, dueDate: undefined });
	const many = Array.from({ length: 4_999 }, (_, index) => dated(index, 1 + (index % 200)));
	flo(...many);
	brm([], brmBill('x', `${day(-5)}T10:00:00Z`));
	await polls.poll();
	const held = () => Object.values(polls.remembered()).map(({ seen }) => Object.keys(seen).length);
	expect(held()).toEqual([4_999, 1]);
	flo(...many, dated(5_000, 200));
	brm([]);
	expect((await polls.poll())?.map(({ key }) => key)).toEqual(['FLOLIVE:20100:m5000']);
	// The oldest day went, whole.
	expect(held()).toEqual([5_000 - 25, 1]);
});

it('forgets a provider that is no longer chosen', async () => {
	flo(invoice('a'));
	const polls = workflow({ providers: ['floLive'] });
	await polls.poll();
	expect(Object.keys(polls.remembered())).toEqual(['FLOLIVE:floLiveApi-id']);
	const kept: IDataObject = { sources: { ...polls.remembered(), 'LUMEN:other': { seen: {} } } };
	flo(invoice('a'));
	await node.poll.call(pollContext({ node, credentials, parameters: { providers: ['floLive'] }, staticData: kept }));
	expect(Object.keys(kept.sources as object)).toEqual(['FLOLIVE:floLiveApi-id']);
});

it('brings no bill twice when n8n begins a poll before the one before has ended', async () => {
	const staticData: IDataObject = {};
	const parameters = { providers: ['floLive'] };
	const poll = async () => node.poll.call(pollContext({ node, credentials, parameters, staticData }));
	flo(invoice('a'));
	await poll();
	flo(invoice('a'), invoice('b'));
	flo(invoice('a'), invoice('b'), invoice('c'));
	const outputs = await Promise.all([poll(), poll()]);
	expect(outputs.filter((output) => output !== null)).toHaveLength(1);
	flo(invoice('a'), invoice('b'), invoice('c'));
	const later = await poll();
	const keys = [...outputs, later].flatMap((output) => output?.[0]?.map(({ json }) => json.key) ?? []);
	expect(keys.sort()).toEqual(['FLOLIVE:20100:b', 'FLOLIVE:20100:c']);
});
