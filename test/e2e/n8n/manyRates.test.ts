// 100,000 billing rates through Return All, and through Summarize: that it ends, that all are there, and what it takes.
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INode, INodeParameters } from 'n8n-workflow';

import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { demoCredentials } from './demoCredentials';
import { byId } from './operations';
import { OwnN8n } from './ownN8n';
import { PACKAGE } from './package';
import { requestsTo } from './sandboxControl';

/** One more than is needed: the newest may be in progress, and then has no rates on a bill yet. */
const BILLS = 101;
const RATES_A_BILL = 1_000;
const LONGEST_RUN = 300_000;
const ARTIFACTS = join(__dirname, '..', '..', '..', 'artifacts');

let own: OwnN8n;
let sandbox: RunningSandbox;

beforeAll(async () => {
	own = await OwnN8n.start('memory');
	sandbox = await startSandbox({ accounts: 1, billsPerAccount: BILLS, ratesPerBill: RATES_A_BILL });
});

afterAll(async () => {
	await sandbox.close();
	await own.remove();
});

// First: n8n gives back little of the memory that Return All takes.
test('Summarize adds 100,000 rates up and keeps none', async () => {
	const told = await measured('Summarize', {
		operation: 'summarize',
		groupBy: 'account',
		told: 'rates={{ $input.first().json.rates }}&groups={{ $input.all().length }}',
	});
	expect(told).toEqual({ rates: String(rates()), groups: '1' });
});

test('Return All gives 100,000 rates, each once', async () => {
	const told = await measured('Return All', {
		operation: 'getAll',
		returnAll: true,
		told: 'all={{ $input.all().length }}&different={{ new Set($input.all().map((item) => item.json.id)).size }}',
	});
	expect(rates()).toBeGreaterThanOrEqual(100_000);
	expect(told).toEqual({ all: String(rates()), different: String(rates()) });
});

function rates(): number {
	return sandbox.ledger
		.bills('oracleBrm')
		.filter(({ standing }) => standing !== 'inProgress')
		.reduce((sum, { lineCount }) => sum + lineCount, 0);
}

interface Measurement extends INodeParameters {
	/** Query, with expressions over the node's output, that the next node sends to the sandbox, where the test reads it. */
	readonly told: string;
}

/** Runs without saving the execution, and writes down how much memory n8n took at most, and how long. */
async function measured(what: string, { told, ...parameters }: Measurement): Promise<Record<string, string>> {
	const { n8n, pid } = own;
	const form = demoCredentials(sandbox).oracleBrmOAuth2Api;
	const credential = await n8n.credential('oracleBrmOAuth2Api', form.data);
	const account = sandbox.ledger.accounts('oracleBrm')[0]!.id;
	const path = `/flolive/told/${randomUUID()}`;
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger', {}),
		{
			...node('Rates', `${PACKAGE}.oracleBrm`, {
				authentication: 'oAuth2',
				resource: 'billingRate',
				filters: { accountId: byId(account), billed: 'billed' },
				...parameters,
			}),
			credentials: { oracleBrmOAuth2Api: { id: credential.id, name: credential.name } },
		},
		{
			...node('Tell', 'n8n-nodes-base.httpRequest', {
				url: `=${sandbox.url}${path}?${told}`,
				options: { response: { response: { neverError: true } } },
			}),
			typeVersion: 4.2,
			executeOnce: true,
		},
	];
	const workflow = await n8n.rest.createWorkflow({
		name: what,
		nodes,
		connections: {
			Start: { main: [[{ node: 'Rates', type: 'main', index: 0 }]] },
			Rates: { main: [[{ node: 'Tell', type: 'main', index: 0 }]] },
		},
		settings: { saveManualExecutions: false },
	});
	const before = startPeak(pid);
	const start = Date.now();
	await n8n.rest.startRun(workflow.id, 'Start');
	const answer = await toldAt(path);
	writeDown(what, [`${seconds(Date.now() - start)} s`, `${before} MB before`, `${peakMegabytes(pid)} MB at most`]);
	return answer;
}

function node(name: string, type: string, parameters: INodeParameters): INode {
	return { id: randomUUID(), name, type, typeVersion: 1, position: [0, 0], parameters };
}

async function toldAt(path: string): Promise<Record<string, string>> {
	const deadline = Date.now() + LONGEST_RUN;
	while (Date.now() < deadline) {
		const told = (await requestsTo(sandbox, path))[0];
		if (told !== undefined) return Object.fromEntries(new URLSearchParams(told.rawQuery));
		await new Promise((resolve) => setTimeout(resolve, 250));
	}
	throw new Error(`the run did not end within ${LONGEST_RUN / 1_000} s; see the log of n8n in artifacts/`);
}

/** Forgets the highest amount of memory so far, where the system can (Linux). @returns megabytes in use now */
function startPeak(pid: number): number {
	writeFileSync(`/proc/${pid}/clear_refs`, '5');
	return peakMegabytes(pid);
}

function peakMegabytes(pid: number): number {
	const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
	return Math.round(Number(kilobytes) / 1_024);
}

function seconds(milliseconds: number): string {
	return (milliseconds / 1_000).toFixed(0);
}

function writeDown(what: string, facts: readonly string[]): void {
	mkdirSync(ARTIFACTS, { recursive: true });
	writeFileSync(join(ARTIFACTS, 'memory.txt'), `${what}: ${facts.join(', ')}\n`, { flag: 'a' });
}
