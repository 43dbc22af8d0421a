/** Our Return All and Summarize beside n8n's HTTP Request node: each run in an n8n that has just started, rounds interleaved. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

import { N8N_VERSION, isN8nInstalled } from '../../test/e2e/n8n/install';
import { OwnN8n } from '../../test/e2e/n8n/ownN8n';
import type { Credential } from '../../test/e2e/n8n/rest';
import { rotated } from '../rotated';
import { forgetPeak, memoryOf, peakOf, processorTimeOf, settled } from './processFigures';
import type { N8nRow } from './rows';
import { API, PAGE_SIZE, type Tally } from './upstream';
import { SUBJECTS, type Subject, type Upstream, workflowOf } from './workflows';

const LONGEST_RUN_MS = 300_000;
const POLL_MS = 20;
/** n8n still works on what a run leaves behind. */
const AFTERMATH_MS = 1_500;

export interface N8nSuiteOptions {
	readonly rounds: number;
	/** Whole pages of `PAGE_SIZE`. */
	readonly records: number;
	readonly latencies: readonly number[];
	/** Names of `SUBJECTS`; all of them where empty. */
	readonly only: readonly string[];
	readonly say: (line: string) => void;
}

/** In words; null where the suite can run here. An n8n that is not there is not installed for a look: that takes ten minutes. */
export function whyNoN8n(): string | null {
	if (process.platform !== 'linux') return 'memory is read from /proc, which only Linux has';
	return isN8nInstalled() ? null : `n8n ${N8N_VERSION} is not installed: \`npm run n8n\` does it, once`;
}

/** @throws Error for records that are no whole pages, and for subjects that there are not */
export async function n8nSuite({ rounds, records, latencies, only, say }: N8nSuiteOptions): Promise<readonly N8nRow[]> {
	if (records % PAGE_SIZE !== 0) throw new Error(`Records come in whole pages of ${PAGE_SIZE}, not ${records}`);
	const subjects = SUBJECTS.filter(({ name }) => only.length === 0 || only.includes(name));
	if (subjects.length < only.length)
		throw new Error(`Only these can be measured: ${SUBJECTS.map(({ name }) => name).join('; ')}`);
	const { process: provider, upstream } = await startUpstream(records);
	const own = await OwnN8n.start('bench');
	const rows: N8nRow[] = [];
	const end = async (): Promise<void> => {
		provider.kill();
		await own.remove();
	};
	// An n8n that is left behind would be measured with the next.
	const abandon = (): void => void end().finally(() => process.exit(1));
	process.once('SIGINT', abandon).once('SIGTERM', abandon);
	try {
		const credential = await credentialFor(own, upstream);
		await checkCounts(own, { upstream, credential, subjects, records });
		const ids = await createWorkflows(own, { upstream, credential, subjects });
		const lasts = new Map<Subject['gives'], string>();
		for (let round = 1; round <= rounds; round += 1) {
			for (const latencyMs of latencies) {
				for (const [subject, id] of rotated(ids, round)) {
					const measured = await measure(own, upstream, id, latencyMs);
					checkLast(subject, measured.last, lasts);
					const about = { round, subject: subject.name, latencyMs, records, n8n: N8N_VERSION };
					const row: N8nRow = { ...about, ...measured };
					rows.push(row);
					say(JSON.stringify(row));
				}
			}
		}
	} finally {
		await end();
	}
	return rows;
}

async function startUpstream(records: number): Promise<{ process: ChildProcess; upstream: Upstream }> {
	const program = join(__dirname, 'upstream.ts');
	const child = spawn(process.execPath, ['--import', 'tsx', program, String(records)], {
		stdio: ['ignore', 'pipe', 'inherit'],
	});
	for await (const line of createInterface(child.stdout)) {
		return { process: child, upstream: JSON.parse(line) as Upstream };
	}
	throw new Error('The provider did not start');
}

function credentialFor({ n8n }: OwnN8n, { url }: Upstream): Promise<Credential> {
	return n8n.credential('oracleBrmApi', {
		baseUrl: `${url}${API}`,
		dialect: 'ORACLE_BRM',
		authentication: 'none',
		agentsMayCreate: false,
	});
}

interface Stage {
	readonly upstream: Upstream;
	readonly credential: Credential;
	readonly subjects: readonly Subject[];
}

/** With their ids; n8n keeps them from one start to the next. */
async function createWorkflows(
	{ n8n }: OwnN8n,
	{ upstream, credential, subjects }: Stage,
): Promise<readonly (readonly [Subject, string])[]> {
	const ids: [Subject, string][] = [];
	for (const subject of subjects) {
		const { id } = await n8n.rest.createWorkflow(workflowOf(subject, upstream, credential, false));
		ids.push([subject, id]);
	}
	return ids;
}

/** Before anything is measured, since counting takes long. @throws Error where records are missing, or come twice */
async function checkCounts(
	{ n8n }: OwnN8n,
	{ upstream, credential, subjects, records }: Stage & { readonly records: number },
): Promise<void> {
	for (const subject of subjects) {
		const { id } = await n8n.rest.createWorkflow(workflowOf(subject, upstream, credential, true));
		await fetch(`${upstream.url}/bench/start?latencyMs=0`);
		await n8n.rest.startRun(id, 'Start');
		const { told } = await tallyOf(upstream.url);
		if (told.records !== records) throw new Error(`${subject.name} gave ${told.records} of ${records} records`);
	}
}

/** @throws Error where a subject's last item is another than that of one that gives the same */
function checkLast({ name, gives }: Subject, last: string, lasts: Map<Subject['gives'], string>): void {
	const other = lasts.get(gives) ?? last;
	if (last !== other) throw new Error(`The last item of ${name} is "${last}", that of others "${other}"`);
	lasts.set(gives, last);
}

async function measure(
	own: OwnN8n,
	{ url }: Upstream,
	workflowId: string,
	latencyMs: number,
): Promise<Omit<N8nRow, 'round' | 'subject' | 'latencyMs' | 'records' | 'n8n'>> {
	await own.stop();
	await own.startAgain();
	await settled(own.pid);
	await fetch(`${url}/bench/start?latencyMs=${latencyMs}`);
	forgetPeak(own.pid);
	const idleMb = memoryOf(own.pid);
	const spent = processorTimeOf(own.pid);
	const start = Date.now();
	await own.n8n.rest.startRun(workflowId, 'Start');
	const { requests, mostAtOnce, told } = await tallyOf(url);
	const cpuMs = processorTimeOf(own.pid) - spent;
	await new Promise((resolve) => setTimeout(resolve, AFTERMATH_MS));
	return { last: told.last, ms: told.at - start, cpuMs, idleMb, peakMb: peakOf(own.pid), requests, mostAtOnce };
}

async function tallyOf(url: string): Promise<Tally & { told: NonNullable<Tally['told']> }> {
	const deadline = Date.now() + LONGEST_RUN_MS;
	while (Date.now() < deadline) {
		const { told, ...tally } = (await (await fetch(`${url}/bench/tally`)).json()) as Tally;
		if (told !== null) return { ...tally, told };
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	throw new Error(`The run did not end within ${LONGEST_RUN_MS / 1_000} s; see artifacts/n8n-bench.log`);
}
