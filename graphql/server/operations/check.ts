/** `--check`: asks every connection for one small thing, and says in a table which work and what to mend. */
import { BillingError } from '../../../providers/transport/errors';
import { Deadline } from '../../deadline';
import type { ProviderConnection, ProviderConnections } from '../../providerConnections';

export interface Checked {
	readonly connection: string;
	readonly provider: string;
	readonly works: boolean;
	/** What happened and what to do, in words. */
	readonly words: string;
}

/** All at the same time, each within `timeoutMs`. Never rejects for a provider's trouble. */
export async function checkConnections(
	connections: ProviderConnections,
	timeoutMs: number,
): Promise<readonly Checked[]> {
	return Promise.all(connections.all.map((connection) => checked(connection, timeoutMs)));
}

async function checked(connection: ProviderConnection, timeoutMs: number): Promise<Checked> {
	const { id, provider, connector } = connection;
	const deadline = new Deadline(connection, timeoutMs);
	const started = performance.now();
	try {
		await deadline.meet(connector.check({ signal: deadline.signal }));
		const seconds = ((performance.now() - started) / 1_000).toFixed(1);
		return { connection: id, provider, works: true, words: `Answered in ${seconds} s` };
	} catch (error) {
		if (!(error instanceof BillingError)) throw error;
		return { connection: id, provider, works: false, words: inWords(error) };
	}
}

function inWords({ message, hint, status, requestId }: BillingError): string {
	const facts = [
		...(status === null ? [] : [`status ${status}`]),
		...(requestId === null ? [] : [`request ${requestId}`]),
	];
	const happened = facts.length === 0 ? message : `${message} (${facts.join(', ')})`;
	return [happened, ...(hint === null ? [] : [hint])].map(sentence).join(' ');
}

function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}

const HEAD = {
	connection: 'Connection',
	provider: 'Provider',
	result: 'Result',
	words: 'What happened, and what to do',
};

/** Columns as wide as their widest cell; a closing line that counts. */
export function checkTable(rows: readonly Checked[]): string {
	const cells = [HEAD, ...rows.map((row) => ({ ...row, result: row.works ? 'works' : 'FAILS' }))];
	const width = (name: 'connection' | 'provider' | 'result'): number =>
		Math.max(...cells.map((row) => row[name].length));
	const widths = [width('connection'), width('provider'), width('result')] as const;
	const lines = cells.map(({ connection, provider, result, words }) =>
		[connection.padEnd(widths[0]), provider.padEnd(widths[1]), result.padEnd(widths[2]), words].join('  '),
	);
	const failed = rows.filter(({ works }) => !works).length;
	const sum = failed === 0 ? `All ${rows.length} connections work.` : `${failed} of ${rows.length} connections fail.`;
	return [...lines, '', sum].join('\n');
}
