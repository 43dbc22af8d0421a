// Workflows that the trigger starts, polled as often as n8n can be made to, and all that has come out of them.
import { randomUUID } from 'node:crypto';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { SandboxProvider } from '../../../sandbox/data/ledger';
import type { RunningSandbox } from '../../../sandbox/server';
import { demoCredentials } from './demoCredentials';
import type { OwnN8n } from './ownN8n';
import { PACKAGE } from './package';
import type { SavedWorkflow } from './rest';
import { changeBills, requestsTo } from './sandboxControl';
import { billRows, trueBills } from './truth';

const TRIGGER = 'Telecom Bill Trigger';
export const CREDENTIALS = ['lumenOAuth2Api', 'oracleBrmOAuth2Api', 'floLiveApi', 'orangeBusinessOAuth2Api'] as const;
export const PROVIDERS: readonly SandboxProvider[] = ['lumen', 'oracleBrm', 'floLive', 'orange'];
/** n8n polls a node once a minute at most, but at as many seconds of the minute as it is told. */
export const SECONDS_BETWEEN_POLLS = 3;

/** Milliseconds without a request after which a poll has read all that it wants. */
const CALM = 1_000;

export interface Watch {
	/** Seconds; divides a minute. */
	readonly betweenPolls: number;
	/** Milliseconds. */
	readonly longestWait: number;
}

export class WatchedTrigger {
	private readonly betweenPolls: number;
	private readonly longestWait: number;

	constructor(
		private readonly own: OwnN8n,
		private readonly sandbox: RunningSandbox,
		{ betweenPolls = SECONDS_BETWEEN_POLLS, longestWait = 60_000 }: Partial<Watch> = {},
	) {
		this.betweenPolls = betweenPolls;
		this.longestWait = longestWait;
	}

	/** A workflow that is active, its first poll done: that decides what was there already. */
	async activated(parameters: INodeParameters): Promise<SavedWorkflow> {
		const { n8n } = this.own;
		const forms = demoCredentials(this.sandbox);
		const saved = await Promise.all(CREDENTIALS.map(async (type) => n8n.credential(type, forms[type].data)));
		const trigger: INode = {
			id: randomUUID(),
			name: TRIGGER,
			type: `${PACKAGE}.telecomBillTrigger`,
			typeVersion: 1,
			position: [0, 0],
			parameters: {
				providers: ['lumen', 'oracleBrm', 'floLive', 'orangeBusiness'],
				events: ['new', 'revised'],
				pollTimes: { item: pollTimes(this.betweenPolls) },
				...parameters,
			},
			credentials: Object.fromEntries(saved.map(({ id, name, type }) => [type, { id, name }])),
		};
		const next: INode = {
			id: randomUUID(),
			name: 'Next',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [220, 0],
			parameters: {},
		};
		const workflow = await n8n.rest.createWorkflow({
			name: `Trigger ${randomUUID()}`,
			nodes: [trigger, next],
			connections: { [TRIGGER]: { main: [[{ node: next.name, type: 'main', index: 0 }]] } },
		});
		await n8n.rest.activate(workflow);
		await this.pollsDone(1);
		return workflow;
	}

	/** All that has come out of the trigger so far, over all executions, those that broke off included. */
	async emitted(workflow: SavedWorkflow): Promise<readonly IDataObject[]> {
		const { n8n } = this.own;
		const executions = await n8n.rest.executions(workflow.id);
		const runs = await Promise.all(executions.map(async ({ id }) => n8n.finishedRun(workflow, id)));
		return (
			runs
				.flatMap((run) => run.outputsOf('Next')[0] ?? run.outputsOf(TRIGGER)[0] ?? run.waiting)
				.map(({ json }) => json)
				// The execution of a poll that failed has an item, of no event.
				.filter(({ event }) => event !== undefined)
		);
	}

	/** Waits for so many items, and then for two more polls, which must bring nothing. */
	async settled(workflow: SavedWorkflow, count: number): Promise<readonly IDataObject[]> {
		const items = await this.calm(workflow, count);
		const keys = items.map(({ idempotencyKey }) => idempotencyKey);
		expect(keys).toHaveLength(new Set(keys).size);
		expect(items).toHaveLength(count);
		return items;
	}

	/** All there is once so many items, or more, are out and two more polls are done. */
	async calm(workflow: SavedWorkflow, count: number): Promise<readonly IDataObject[]> {
		const deadline = Date.now() + this.longestWait;
		while ((await this.emitted(workflow)).length < count && Date.now() < deadline) await pause(500);
		await this.pollsDone(2);
		return this.emitted(workflow);
	}

	/** Waits until so many more polls have begun and ended; every workflow here asks Orange once a poll. */
	async pollsDone(count: number): Promise<void> {
		const already = await this.polls();
		const deadline = Date.now() + this.longestWait;
		// One more than asked for: the first to end may have begun before.
		while ((await this.polls()) < already + count + 1) {
			if (Date.now() > deadline) {
				throw new Error(`n8n did not poll ${count + 1} times in ${this.longestWait / 1_000} s`);
			}
			await pause(200);
		}
		await this.calmDown(deadline);
	}

	/** Orange may be the first that a poll has read: what is changed before all are read may be taken for there already. */
	private async calmDown(deadline: number): Promise<void> {
		for (let before = -1; Date.now() < deadline;) {
			const requests = (await requestsTo(this.sandbox)).length;
			if (requests === before) return;
			before = requests;
			await pause(CALM);
		}
	}

	/** A bill of 100 and tax for the first account of each provider. */
	async oneMoreEach(): Promise<readonly string[]> {
		return changeBills(
			this.sandbox,
			PROVIDERS.map((provider) => ({
				kind: 'new',
				provider,
				accountId: this.sandbox.ledger.accounts(provider)[0]!.id,
				net: '100',
				tax: '19',
			})),
		);
	}

	async rowsOf(ids: readonly string[]): Promise<readonly string[]> {
		const bills = await Promise.all(PROVIDERS.map(async (provider) => trueBills(this.sandbox, provider)));
		return billRows(bills.flat().filter(({ id }) => ids.includes(id)));
	}

	/** Polls begin at fixed seconds of the minute; one may take several requests. */
	private async polls(): Promise<number> {
		const requests = await requestsTo(this.sandbox);
		const times = requests
			.filter(({ path, status }) => /\/billing\/b2b\/v1\/bills(\/search)?$/.test(path) && status !== null)
			.map(({ time }) => Math.floor(Date.parse(time) / (this.betweenPolls * 1_000)));
		return new Set(times).size;
	}
}

function pollTimes(between: number): INodeParameters[] {
	const seconds = Array.from({ length: 60 / between }, (_, index) => index * between);
	return seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
}

export async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
