// n8n killed while it polls, and when it has just handed bills over: with durable cursors and without.
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import type { N8nSettings } from './host';
import { OwnN8n } from './ownN8n';
import type { SavedWorkflow } from './rest';
import { addFault, clearFaults, requestsTo } from './sandboxControl';
import { billRows } from './truth';
import { WatchedTrigger, pause } from './watchedTrigger';

const LONGEST_WAIT = 240_000;
/** The durable scheduler makes up for polls that n8n missed, side by side: with polls in quick succession they would all bring the same. */
const BETWEEN_POLLS = 30;

/** What a poll remembers and the execution that it starts are stored as one. */
const DURABLE: N8nSettings = {
	N8N_SCHEDULER_ENABLED: 'true',
	N8N_SCHEDULER_POLL_TRIGGERS_ENABLED: 'true',
	N8N_POLLER_DURABLE_CURSORS_ENABLED: 'true',
	N8N_SCHEDULER_EXECUTOR_INTERVAL: '1',
};

describe.each([
	['with durable cursors', DURABLE],
	['without durable cursors', {}],
])('%s', (title, settings) => {
	let own: OwnN8n;
	let sandbox: RunningSandbox;
	let trigger: WatchedTrigger;

	beforeAll(async () => {
		own = await OwnN8n.start(`killed-${title.split(' ')[0]!}`, settings);
	});

	beforeEach(async () => {
		sandbox = await startSandbox();
		trigger = new WatchedTrigger(own, sandbox, { betweenPolls: BETWEEN_POLLS, longestWait: LONGEST_WAIT });
	});

	afterEach(async () => {
		for (const workflow of await own.n8n.rest.workflows()) await own.n8n.rest.deactivate(workflow);
		await sandbox.close();
	});

	afterAll(async () => own.remove());

	test('killed in the middle of a poll: what that poll had read comes out of the next one, once', async () => {
		const workflow = await trigger.activated({ firstRun: 'none' });
		const ids = await trigger.oneMoreEach();
		// The other providers have answered by then; this one keeps the poll from ending.
		await addFault(sandbox, { provider: 'orange', path: '/bills', effect: 'hang' });
		await hangingPoll();
		await own.kill();
		await clearFaults(sandbox);
		await own.startAgain();
		expect(billRows(await trigger.settled(workflow, 4))).toEqual(await trigger.rowsOf(ids));
	});

	test('killed when bills have just come out: none is lost, and what comes again has the same key', async () => {
		const workflow = await trigger.activated({ firstRun: 'none' });
		const ids: string[] = [];
		for (let times = 0; times < 2; times += 1) {
			ids.push(...(await trigger.oneMoreEach()));
			await handedOver(workflow, times + 1);
			await own.kill();
			await own.startAgain();
		}
		const items = await trigger.calm(workflow, ids.length);
		const byKey = new Map(items.map((item) => [item.idempotencyKey, item]));
		expect(billRows([...byKey.values()])).toEqual(await trigger.rowsOf(ids));
		expect(items.filter(({ event }) => event !== 'new')).toEqual([]);
		if (settings === DURABLE) expect(items).toHaveLength(ids.length);
	});

	/** Waits until a poll stands still. */
	async function hangingPoll(): Promise<void> {
		const deadline = Date.now() + LONGEST_WAIT;
		while (!(await requestsTo(sandbox, '/bills')).some(({ status }) => status === null)) {
			if (Date.now() > deadline) throw new Error('No poll came to stand still');
			await pause(50);
		}
		await pause(500);
	}

	/** Waits for the first sign of so many executions. */
	async function handedOver({ id }: SavedWorkflow, executions: number): Promise<void> {
		const deadline = Date.now() + LONGEST_WAIT;
		while ((await own.n8n.rest.executions(id)).length < executions) {
			if (Date.now() > deadline) throw new Error(`No ${executions} executions in ${LONGEST_WAIT / 1_000} s`);
			await pause(20);
		}
	}
});
