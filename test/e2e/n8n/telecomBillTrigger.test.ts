// The trigger in a real n8n: activated, polled, given new and revised bills, stopped and started again.
import { randomUUID } from 'node:crypto';

import type { IDataObject, INode, INodeParameters } from 'n8n-workflow';

import type { SandboxProvider } from '../../../sandbox/data/ledger';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { demoCredentials } from './demoCredentials';
import { OwnN8n } from './ownN8n';
import { PACKAGE } from './package';
import type { SavedWorkflow } from './rest';
import { addFault, changeBills, clearFaults, requestsTo } from './sandboxControl';
import { billRow, billRows, trueBills } from './truth';

const TRIGGER = 'Telecom Bill Trigger';
const CREDENTIALS = ['lumenOAuth2Api', 'oracleBrmOAuth2Api', 'floLiveApi', 'orangeBusinessOAuth2Api'] as const;
const PROVIDERS: readonly SandboxProvider[] = ['lumen', 'oracleBrm', 'floLive', 'orange'];
/** n8n polls a node once a minute at most, but at as many seconds of the minute as it is told. */
const SECONDS_BETWEEN_POLLS = 3;
const LONGEST_WAIT = 60_000;

let own: OwnN8n;
let sandbox: RunningSandbox;

beforeAll(async () => {
	own = await OwnN8n.start('trigger');
});

beforeEach(async () => {
	sandbox = await startSandbox();
});

afterEach(async () => {
	for (const workflow of await own.n8n.rest.workflows()) await own.n8n.rest.deactivate(workflow);
	await sandbox.close();
});

afterAll(async () => own.remove());

async function activated(parameters: INodeParameters): Promise<SavedWorkflow> {
	const { n8n } = own;
	const forms = demoCredentials(sandbox);
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
			pollTimes: { item: pollTimes() },
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
	// n8n answers before the first poll, which decides what was there already.
	await pollsDone(1);
	return workflow;
}

function pollTimes(): INodeParameters[] {
	const seconds = Array.from({ length: 60 / SECONDS_BETWEEN_POLLS }, (_, index) => index * SECONDS_BETWEEN_POLLS);
	return seconds.map((second) => ({ mode: 'custom', cronExpression: `${second} * * * * *` }));
}

/** All that has come out of the trigger so far, over all executions. */
async function emitted(workflow: SavedWorkflow): Promise<readonly IDataObject[]> {
	const { n8n } = own;
	const executions = await n8n.rest.executions(workflow.id);
	const runs = await Promise.all(executions.map(async ({ id }) => n8n.finishedRun(workflow, id)));
	return runs.flatMap((run) => (run.outputsOf('Next')[0] ?? []).map(({ json }) => json));
}

/** Waits for so many items, and then for two more polls, which must bring nothing. */
async function settled(workflow: SavedWorkflow, count: number): Promise<readonly IDataObject[]> {
	const deadline = Date.now() + LONGEST_WAIT;
	while ((await emitted(workflow)).length < count && Date.now() < deadline) await pause(500);
	await pollsDone(2);
	const items = await emitted(workflow);
	const keys = items.map(({ idempotencyKey }) => idempotencyKey);
	expect(keys).toHaveLength(new Set(keys).size);
	expect(items).toHaveLength(count);
	return items;
}

/** Waits until so many more polls have begun and ended; every workflow here asks Orange once a poll. */
async function pollsDone(count: number): Promise<void> {
	const already = await polls();
	const deadline = Date.now() + LONGEST_WAIT;
	// One more than asked for: the first to end may have begun before.
	while ((await polls()) < already + count + 1) {
		if (Date.now() > deadline) throw new Error(`n8n did not poll ${count + 1} times in ${LONGEST_WAIT / 1_000} s`);
		await pause(200);
	}
}

/** Polls begin at fixed seconds of the minute; one may take several requests. */
async function polls(): Promise<number> {
	const requests = await requestsTo(sandbox);
	const times = requests
		.filter(({ path, status }) => /\/billing\/b2b\/v1\/bills(\/search)?$/.test(path) && status !== null)
		.map(({ time }) => Math.floor(Date.parse(time) / (SECONDS_BETWEEN_POLLS * 1_000)));
	return new Set(times).size;
}

async function pause(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** A bill of 100 and tax for the first account of each provider. */
async function oneMoreEach(): Promise<readonly string[]> {
	return changeBills(
		sandbox,
		PROVIDERS.map((provider) => ({
			kind: 'new',
			provider,
			accountId: sandbox.ledger.accounts(provider)[0]!.id,
			net: '100',
			tax: '19',
		})),
	);
}

async function rowsOf(ids: readonly string[]): Promise<readonly string[]> {
	const bills = await Promise.all(PROVIDERS.map(async (provider) => trueBills(sandbox, provider)));
	return billRows(bills.flat().filter(({ id }) => ids.includes(id)));
}

test('no bill comes out on a first run that asks for none; then each new and each revised bill once', async () => {
	const workflow = await activated({ firstRun: 'none' });
	const ids = await oneMoreEach();
	const created = await settled(workflow, 4);
	expect(new Set(created.map(({ event }) => event))).toEqual(new Set(['new']));
	expect(billRows(created)).toEqual(await rowsOf(ids));

	const changes = PROVIDERS.map((provider, index) => ({
		kind: 'revised',
		provider,
		billId: ids[index],
		net: '90',
		tax: '17',
	}));
	await changeBills(sandbox, changes);
	const revised = (await settled(workflow, 8)).filter(({ event }) => event === 'revised');
	expect(billRows(revised)).toEqual(await rowsOf(ids));
});

test('all bills that the providers still have come out on a first run that asks for all, once', async () => {
	const workflow = await activated({ firstRun: 'all', providers: ['lumen', 'oracleBrm', 'orangeBusiness'] });
	const truth = (
		await Promise.all((['lumen', 'oracleBrm', 'orange'] as const).map(async (name) => trueBills(sandbox, name)))
	).flat();
	const items = await settled(workflow, truth.length);
	expect(billRows(items)).toEqual(billRows(truth));
});

test('what happens while n8n is stopped comes out when it is started again: nothing is lost, nothing twice', async () => {
	const workflow = await activated({ firstRun: 'none' });
	const before = await oneMoreEach();
	await settled(workflow, 4);
	await own.stop();
	const meanwhile = await oneMoreEach();
	const [oldest] = before;
	await changeBills(sandbox, [{ kind: 'revised', provider: 'lumen', billId: oldest, net: '80', tax: '15' }]);
	await own.startAgain();
	const items = await settled(workflow, 9);
	const later = items.filter(({ event, key }) => event === 'revised' || meanwhile.some((id) => endsIn(key, id)));
	expect(billRows(later)).toEqual(await rowsOf([...meanwhile, oldest!]));
});

test('a bill due soon comes out once, whether it was there before or not', async () => {
	const soon = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
	const later = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
	// Orange alone: it has no payments, so that no bill is left out as paid.
	const bills = sandbox.ledger.bills('orange').filter(({ type }) => type === 'invoice');
	const [first, second] = bills.slice(-2);
	await changeBills(
		sandbox,
		bills.slice(-6).map(({ id }) => ({ kind: 'revised', provider: 'orange', billId: id, dueDate: later })),
	);
	await changeBills(sandbox, [{ kind: 'revised', provider: 'orange', billId: first!.id, dueDate: soon }]);
	const workflow = await activated({
		providers: ['orangeBusiness'],
		events: ['dueSoon'],
		dueInDays: 7,
		firstRun: 'none',
	});
	const [there] = await settled(workflow, 1);
	await changeBills(sandbox, [{ kind: 'revised', provider: 'orange', billId: second!.id, dueDate: soon }]);
	const items = await settled(workflow, 2);
	expect(there).toMatchObject({ event: 'dueSoon', dueDate: soon });
	expect(billRows(items)).toEqual(await rowsOf([first!.id, second!.id]));
});

test('a provider that fails holds nobody up, and its bills come out when it is back', async () => {
	const workflow = await activated({ firstRun: 'none' });
	await addFault(sandbox, { provider: 'orange', path: '/bills', effect: 'answer', with: { status: 403 } });
	const ids = await oneMoreEach();
	const others = await settled(workflow, 3);
	expect(others.map(({ provider }) => provider)).not.toContain('ORANGE_BUSINESS');
	await clearFaults(sandbox);
	expect(billRows(await settled(workflow, 4))).toEqual(await rowsOf(ids));
});

test('polls that overtake each other bring no bill twice', async () => {
	const workflow = await activated({ firstRun: 'none' });
	await addFault(sandbox, { effect: 'latency', with: { ms: SECONDS_BETWEEN_POLLS * 1_500 } });
	const ids = await oneMoreEach();
	expect(billRows(await settled(workflow, 4))).toEqual(await rowsOf(ids));
});

test('Fetch Test Event gives the newest bill of each provider, and remembers nothing', async () => {
	const { n8n } = own;
	const forms = demoCredentials(sandbox);
	const credentials = await Promise.all(CREDENTIALS.map(async (type) => n8n.credential(type, forms[type].data)));
	const { status, json } = await n8n.runTrigger({
		type: `${PACKAGE}.telecomBillTrigger`,
		parameters: { providers: ['lumen', 'oracleBrm', 'floLive', 'orangeBusiness'] },
		credentials,
	});
	expect(status).toBe('success');
	for (const provider of PROVIDERS) {
		const bills = await trueBills(sandbox, provider);
		const newest = bills
			.map(({ billDate }) => billDate)
			.sort()
			.at(-1);
		const rows = billRows(bills.filter(({ billDate }) => billDate === newest));
		expect(json.map(billRow).filter((row) => rows.includes(row))).toHaveLength(1);
	}
});

function endsIn(key: unknown, id: string): boolean {
	return typeof key === 'string' && key.endsWith(encodeURIComponent(id));
}
