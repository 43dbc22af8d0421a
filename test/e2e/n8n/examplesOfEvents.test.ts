// The examples that start with a bill's news: the approval, where people decide in forms, and the guard, activated for real.
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { ExampleBench, rowsOf } from './exampleBench';
import type { N8n, WorkflowRun } from './n8n';
import type { SavedWorkflow } from './rest';
import { changeBills, requestsTo } from './sandboxControl';
import { sharedN8n } from './sharedN8n';
import { trueAccounts } from './truth';

const LONGEST_WAIT = 60_000;
const TODAY = new Date().toISOString().slice(0, 10);

let n8n: N8n;
let sandbox: RunningSandbox;
let bench: ExampleBench;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	sandbox = await startSandbox();
	bench = await ExampleBench.open(n8n, sandbox);
});

afterEach(async () => sandbox.close());

test('Approval: small and right is paid by rule; the rest by people; a form left open from another bill pays nothing', async () => {
	await changeBills(sandbox, [
		await newBill('lumen', '12000.10', '960.01'),
		await newBill('oracleBrm', '100.05', '19.01'),
		await newBill('floLive', '50.00', '10.00'),
		await newBill('orange', '20000.00', '3800.00'),
	]);
	const workflow = await bench.save('2 ·');
	const { executionId } = await n8n.rest.startRun(workflow.id, 'New Bill');
	const decisions: readonly Decision[] = [
		{ of: 'LUMEN', decision: 'Pay' },
		{ of: 'FLOLIVE', decision: 'Pay', form: 'LUMEN:5-ABCD5678:1' },
		{ of: 'ORANGE_BUSINESS', decision: 'Refuse' },
	];
	let asked = '';
	for (const decision of decisions) {
		asked = await nextMessage(workflow, executionId, asked);
		expect(asked).toContain(` of ${decision.of}, `);
		await decide(asked, decision);
	}
	const run = await n8n.finishedRun(workflow, executionId);
	expect(run.status).toBe('success');
	expect(rowsOf(run, 'Bill with Its Check').map(({ provider, check }) => [provider, check])).toEqual([
		['LUMEN', 'MATCHES'],
		['ORACLE_BRM', 'MATCHES'],
		['FLOLIVE', 'PARTLY_CHECKED'],
		['ORANGE_BUSINESS', 'MATCHES'],
	]);
	expect(rowsOf(run, 'Pay Without Asking?').map(({ provider, totalExact }) => [provider, totalExact])).toEqual([
		['ORACLE_BRM', '119.06'],
	]);
	const [payable, ...others] = rowsOf(run, 'Your Accounting');
	expect(others).toEqual([]);
	expect(payable).toMatchObject({
		vendor: 'LUMEN',
		billDate: TODAY,
		net: '12000.1',
		tax: '960.01',
		total: '12960.11',
		currency: 'USD',
		approvedBy: 'Grace',
		externalReference: expect.stringMatching(/^LUMEN:5-ABCD5678:\d+@[0-9a-f]{16}$/) as string,
	});
	expect(rowsOf(run, 'Refused').map(({ provider, decision }) => [provider, decision])).toEqual([
		['FLOLIVE', 'Pay'],
		['ORANGE_BUSINESS', 'Refuse'],
	]);
});

test('Guard: a bill said again and a revised one are held with both amounts, another goes on', async () => {
	const workflow = await bench.save('4 ·');
	await n8n.rest.activate(workflow);
	await untilAllAreRead();
	const [lumen] = await trueAccounts(sandbox, 'lumen');
	const [orange] = await trueAccounts(sandbox, 'orange');
	const [said, revised] = [lumen?.bills.at(-1), orange?.bills.at(-1)];
	await changeBills(sandbox, [
		{ kind: 'new', provider: 'lumen', accountId: lumen?.id, net: said?.net, tax: said?.tax, billDate: said?.billDate },
		{ kind: 'revised', provider: 'orange', billId: revised?.id, net: '99.01', tax: '9.90' },
		await newBill('floLive', '50.00', '10.00'),
	]);
	// Activated again, it asks at once, rather than at its next hour.
	await n8n.rest.deactivate(workflow);
	await n8n.rest.activate(await n8n.rest.workflow(workflow.id));
	try {
		const run = await firstRunOf(workflow);
		expect(run.status).toBe('success');
		const total = Number(said?.total);
		expect(rowsOf(run, 'Put Both Side by Side')).toEqual([
			expect.objectContaining({
				reason: 'Has the account, period and total of an earlier bill',
				totalNow: String(total),
				earlierTotal: String(total),
				earlierBillNumber: said?.number,
			}),
		]);
		expect(rowsOf(run, 'Say What Was Revised')).toEqual([
			expect.objectContaining({ billNumber: revised?.number, totalNow: '108.91', currency: 'EUR' }),
		]);
		expect(rowsOf(run, 'Pay as Usual').map(({ provider, totalExact }) => [provider, totalExact])).toEqual([
			['FLOLIVE', '60'],
		]);
	} finally {
		await n8n.rest.deactivate(workflow);
	}
});

interface Decision {
	readonly of: string;
	readonly decision: 'Pay' | 'Refuse';
	/** What the form was opened for, where it was left open from before. */
	readonly form?: string;
}

async function newBill(
	provider: 'lumen' | 'oracleBrm' | 'floLive' | 'orange',
	net: string,
	tax: string,
): Promise<object> {
	const [account] = await trueAccounts(sandbox, provider);
	return { kind: 'new', provider, accountId: account?.id, net, tax, billDate: TODAY };
}

/** The next message to the approver, when the run waits for the answer to it. */
async function nextMessage(workflow: SavedWorkflow, executionId: string, last: string): Promise<string> {
	return eventually('no message to the approver', async () => {
		const { status } = await n8n.rest.execution(executionId);
		if (status !== 'waiting') return undefined;
		const message = rowsOf(await n8n.runSoFar(workflow, executionId), 'Write to the Approver')[0]?.message;
		return typeof message === 'string' && message !== last ? message : undefined;
	});
}

/** Opens the form by the message's link and sends it, as a browser does. */
async function decide(message: string, { decision, form }: Decision): Promise<void> {
	const link = /http\S+$/.exec(message)?.[0] ?? '';
	const page = await (await fetch(link)).text();
	const [, field = '', opened = ''] = /type="hidden" id="[^"]*" name="([^"]*)" value="([^"]*)"/.exec(page) ?? [];
	const answer = new FormData();
	answer.set('field-0', decision);
	answer.set('field-1', 'Grace');
	answer.set(field, form ?? opened);
	const response = await fetch(link, { method: 'POST', body: answer });
	expect(response.status).toBe(200);
}

/** The first poll reads what there is; only what comes after it is news. */
async function untilAllAreRead(): Promise<void> {
	const carriers = ['/lumen/Billing/', '/brm/', '/flolive/api/', '/orange/billing/'];
	await eventually('not all carriers were asked', async () => {
		const answered = (await requestsTo(sandbox)).filter(({ status }) => status === 200).map(({ path }) => path);
		const isRead = carriers.every((carrier) => answered.some((path) => path.startsWith(carrier)));
		return isRead ? true : undefined;
	});
	await new Promise((resolve) => setTimeout(resolve, 2_000));
}

async function firstRunOf(workflow: SavedWorkflow): Promise<WorkflowRun> {
	const id = await eventually('it did not start', async () => (await n8n.rest.executions(workflow.id))[0]?.id);
	return n8n.finishedRun(workflow, id);
}

async function eventually<T>(otherwise: string, ask: () => Promise<T | undefined>): Promise<T> {
	const deadline = Date.now() + LONGEST_WAIT;
	while (Date.now() < deadline) {
		const found = await ask();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error(`${otherwise} within ${LONGEST_WAIT / 1_000} s`);
}
