// The trigger in a real n8n: activated, polled, given new and revised bills, stopped and started again.
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { demoCredentials } from './demoCredentials';
import { OwnN8n } from './ownN8n';
import { PACKAGE } from './package';
import { addFault, changeBills, clearFaults } from './sandboxControl';
import { billRow, billRows, trueBills } from './truth';
import { CREDENTIALS, PROVIDERS, SECONDS_BETWEEN_POLLS, WatchedTrigger } from './watchedTrigger';

let own: OwnN8n;
let sandbox: RunningSandbox;
let trigger: WatchedTrigger;

beforeAll(async () => {
	own = await OwnN8n.start('trigger');
});

beforeEach(async () => {
	sandbox = await startSandbox();
	trigger = new WatchedTrigger(own, sandbox);
});

afterEach(async () => {
	for (const workflow of await own.n8n.rest.workflows()) await own.n8n.rest.deactivate(workflow);
	await sandbox.close();
});

afterAll(async () => own.remove());

test('no bill comes out on a first run that asks for none; then each new and each revised bill once', async () => {
	const workflow = await trigger.activated({ firstRun: 'none' });
	const ids = await trigger.oneMoreEach();
	const created = await trigger.settled(workflow, 4);
	expect(new Set(created.map(({ event }) => event))).toEqual(new Set(['new']));
	expect(billRows(created)).toEqual(await trigger.rowsOf(ids));

	const changes = PROVIDERS.map((provider, index) => ({
		kind: 'revised',
		provider,
		billId: ids[index],
		net: '90',
		tax: '17',
	}));
	await changeBills(sandbox, changes);
	const revised = (await trigger.settled(workflow, 8)).filter(({ event }) => event === 'revised');
	expect(billRows(revised)).toEqual(await trigger.rowsOf(ids));
});

test('all bills that the providers still have come out on a first run that asks for all, once', async () => {
	const workflow = await trigger.activated({ firstRun: 'all', providers: ['lumen', 'oracleBrm', 'orangeBusiness'] });
	const truth = (
		await Promise.all((['lumen', 'oracleBrm', 'orange'] as const).map(async (name) => trueBills(sandbox, name)))
	).flat();
	const items = await trigger.settled(workflow, truth.length);
	expect(billRows(items)).toEqual(billRows(truth));
});

test('what happens while n8n is stopped comes out when it is started again: nothing is lost, nothing twice', async () => {
	const workflow = await trigger.activated({ firstRun: 'none' });
	const before = await trigger.oneMoreEach();
	await trigger.settled(workflow, 4);
	await own.stop();
	const meanwhile = await trigger.oneMoreEach();
	const [oldest] = before;
	await changeBills(sandbox, [{ kind: 'revised', provider: 'lumen', billId: oldest, net: '80', tax: '15' }]);
	await own.startAgain();
	const items = await trigger.settled(workflow, 9);
	const later = items.filter(({ event, key }) => event === 'revised' || meanwhile.some((id) => endsIn(key, id)));
	expect(billRows(later)).toEqual(await trigger.rowsOf([...meanwhile, oldest!]));
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
	const workflow = await trigger.activated({
		providers: ['orangeBusiness'],
		events: ['dueSoon'],
		dueInDays: 7,
		firstRun: 'none',
	});
	const [there] = await trigger.settled(workflow, 1);
	await changeBills(sandbox, [{ kind: 'revised', provider: 'orange', billId: second!.id, dueDate: soon }]);
	const items = await trigger.settled(workflow, 2);
	expect(there).toMatchObject({ event: 'dueSoon', dueDate: soon });
	expect(billRows(items)).toEqual(await trigger.rowsOf([first!.id, second!.id]));
});

test('a provider that fails holds nobody up, and its bills come out when it is back', async () => {
	const workflow = await trigger.activated({ firstRun: 'none' });
	await addFault(sandbox, { provider: 'orange', path: '/bills', effect: 'answer', with: { status: 403 } });
	const ids = await trigger.oneMoreEach();
	const others = await trigger.settled(workflow, 3);
	expect(others.map(({ provider }) => provider)).not.toContain('ORANGE_BUSINESS');
	await clearFaults(sandbox);
	expect(billRows(await trigger.settled(workflow, 4))).toEqual(await trigger.rowsOf(ids));
});

test('polls that overtake each other bring no bill twice', async () => {
	const workflow = await trigger.activated({ firstRun: 'none' });
	await addFault(sandbox, { effect: 'latency', with: { ms: SECONDS_BETWEEN_POLLS * 1_500 } });
	const ids = await trigger.oneMoreEach();
	expect(billRows(await trigger.settled(workflow, 4))).toEqual(await trigger.rowsOf(ids));
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
