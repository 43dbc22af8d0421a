/**
 * The provider of the n8n suite, a process of its own: the sandbox's Oracle BRM, its answers kept as bytes. Making 1,000
 * rates takes the sandbox longer than n8n takes to read them; so it makes each page once, before anything is measured.
 *
 * `node --import tsx bench/n8n/upstream.ts RECORDS` prints its URL and account.
 */
import { once } from 'node:events';
import { type IncomingMessage, type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startSandbox } from '../../sandbox/server';

export const PAGE_SIZE = 1_000;
export const API = '/brm-open/customerBillManagement/v4';
const RATES = `${API}/appliedCustomerBillingRate`;
/** As many members as make a record of some 650 bytes, whoever asks. */
const FIELDS = 'name,description,type,bill,product,periodCoverage,taxExcludedAmount,taxIncludedAmount';

/** What the node behind the measured one tells. */
interface Told {
	/** The last item that the measured node gave. */
	readonly last: string;
	/** Records that it gave, or summed; null where they were not counted. */
	readonly records: number | null;
	/** Milliseconds since the epoch. */
	readonly at: number;
}

/** Of the run that is measured. */
interface Counters {
	requests: number;
	mostAtOnce: number;
	underWay: number;
	told: Told | null;
}

export type Tally = Omit<Counters, 'underWay'>;

interface Page {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: Buffer;
}

let latencyMs = 0;
let counters = newCounters();
const pages = new Map<string, Page>();

async function main(): Promise<void> {
	const bills = Number(process.argv[2]) / PAGE_SIZE;
	const limits = { default: PAGE_SIZE, max: PAGE_SIZE };
	const sandbox = await startSandbox({
		accounts: 1,
		// The newest is in progress: its rates are not billed.
		billsPerAccount: bills + 1,
		ratesPerBill: PAGE_SIZE,
		pageLimits: { lumen: limits, oracleBrm: limits, orange: limits },
	});
	const account = sandbox.ledger.accounts('oracleBrm')[0]?.id ?? '';
	for (let offset = 0; offset < bills * PAGE_SIZE; offset += PAGE_SIZE) {
		const query = { 'billingAccount.id': account, isBilled: 'true', limit: String(PAGE_SIZE), offset: String(offset) };
		await pageAt(sandbox.url, `${RATES}?${new URLSearchParams(query).toString()}`);
	}
	const server = createServer((request, response) => {
		void answer(sandbox.url, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
	}).listen(0, '127.0.0.1');
	await once(server, 'listening');
	console.log(JSON.stringify({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, account }));
	process.once('SIGTERM', () => process.exit(0));
}

async function answer(sandbox: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
	const { pathname, searchParams } = new URL(request.url ?? '', sandbox);
	if (pathname === '/bench/start') {
		counters = newCounters();
		latencyMs = Number(searchParams.get('latencyMs'));
		response.end();
	} else if (pathname === '/bench/told') {
		const records = searchParams.get('records');
		const last = searchParams.get('last') ?? '';
		counters.told = { last, records: records === null ? null : Number(records), at: Date.now() };
		response.setHeader('content-type', 'application/json').end('{}');
	} else if (pathname === '/bench/tally') {
		const { underWay: _, ...tally } = counters;
		response.setHeader('content-type', 'application/json').end(JSON.stringify(tally));
	} else {
		counters.requests += 1;
		counters.underWay += 1;
		counters.mostAtOnce = Math.max(counters.mostAtOnce, counters.underWay);
		const { headers, body } = await pageAt(sandbox, request.url ?? '');
		if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
		counters.underWay -= 1;
		response.writeHead(200, headers).end(body);
	}
}

/** The order of parameters is the asker's, and the same page all the same. */
async function pageAt(sandbox: string, path: string): Promise<Page> {
	const url = new URL(path, sandbox);
	if (url.pathname === RATES) url.searchParams.set('fields', FIELDS);
	url.searchParams.sort();
	const known = pages.get(url.href);
	if (known !== undefined) return known;
	const answered = await fetch(url);
	if (!answered.ok) throw new Error(`${url.href}: ${answered.status} ${await answered.text()}`);
	const body = Buffer.from(await answered.arrayBuffer());
	const headers = {
		'content-type': 'application/json;charset=utf-8',
		'content-length': String(body.length),
		'x-total-count': answered.headers.get('x-total-count') ?? '',
	};
	const page = { headers, body };
	pages.set(url.href, page);
	return page;
}

function newCounters(): Counters {
	return { requests: 0, mostAtOnce: 0, underWay: 0, told: null };
}

if (require.main === module) {
	main().catch((error: unknown) => {
		console.error(error);
		process.exitCode = 1;
	});
}
