/** The sandbox of a matrix: its faults, its truth and its request log. */
import type { Provider } from '../../../providers/model/identity';
import { providerOfPath } from '../../../sandbox/control/providerOfPath';
import type { LoggedRequest } from '../../../sandbox/control/requestLog';
import type { TrueBill, Truth } from '../../../sandbox/control/truth';
import type { SandboxOptions } from '../../../sandbox/context';
import type { SandboxProvider } from '../../../sandbox/data/ledger';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { COLUMNS, type FaultRule } from './matrix';
import type { SeenRow } from './observation';
import { BOOKS, BOOKS_OF, targetOf } from './targets';
import { wordsOf } from './wordsOf';

export class FaultStand {
	private constructor(readonly sandbox: RunningSandbox) {}

	static async start(options: Partial<SandboxOptions> = {}): Promise<FaultStand> {
		return new FaultStand(await startSandbox({ ...BOOKS, ...options }));
	}

	close(): Promise<void> {
		return this.sandbox.close();
	}

	/** All faults end, and the log is emptied. */
	async heal(): Promise<void> {
		await this.control('DELETE', 'faults');
		await this.control('DELETE', 'requests');
	}

	async break(rules: readonly FaultRule[]): Promise<void> {
		if (rules.length > 0) await this.control('POST', 'faults', rules);
	}

	/** The faults that made no difference to any request or answer. */
	async idleFaults(): Promise<readonly AimedRule[]> {
		const { faults } = await this.control<{ readonly faults: readonly CountedRule[] }>('GET', 'faults');
		return faults.filter(({ struck }) => struck === 0);
	}

	async change(changes: readonly object[]): Promise<void> {
		await this.control('POST', 'changes', changes);
	}

	async requests(): Promise<readonly LoggedRequest[]> {
		return (await this.control<{ readonly requests: readonly LoggedRequest[] }>('GET', 'requests')).requests;
	}

	/** Requests of one provider, those for tokens among them. */
	async requestCount(provider: Provider): Promise<number> {
		const { data, token } = targetOf(provider);
		const paths = [...data, ...(token === null ? [] : [token])];
		return (await this.requests()).filter(({ rawPath }) => paths.some((path) => rawPath.startsWith(path))).length;
	}

	/** The bills that a provider gives to whoever asks without conditions. */
	async truth(): Promise<Readonly<Record<Provider, readonly SeenRow[]>>> {
		const { today, providers } = await this.control<Truth>('GET', 'truth');
		const rows = (provider: Provider): readonly SeenRow[] => {
			const bills = providers[BOOKS_OF[provider]]?.accounts.flatMap((account) => account.bills) ?? [];
			// "A customer may retrieve only invoices which were generated in the last 12 months."
			const floor = provider === 'FLOLIVE' ? `${Number(today.slice(0, 4)) - 1}${today.slice(4)}` : '';
			return bills.filter(({ billDate }) => billDate >= floor).map((bill) => rowOf(provider, bill));
		};
		return Object.fromEntries(COLUMNS.map((provider) => [provider, rows(provider)])) as Record<Provider, SeenRow[]>;
	}

	private async control<T>(method: string, what: string, body?: unknown): Promise<T> {
		const response = await fetch(`${this.sandbox.url}/__sandbox/${what}`, {
			method,
			...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
		});
		const text = await response.text();
		if (!response.ok) throw new Error(`The sandbox refuses ${method} ${what}: ${text}`);
		return (text === '' ? undefined : JSON.parse(text)) as T;
	}
}

export interface AimedRule extends FaultRule {
	readonly provider: SandboxProvider | undefined;
}

interface CountedRule extends AimedRule {
	readonly struck: number;
}

/** A fault for this provider's requests only. */
export function aimedAt(provider: Provider, rule: FaultRule): AimedRule {
	const { data, token } = targetOf(provider);
	const path = [rule.path ?? data].flat();
	const known = [...data, ...(token === null ? [] : [token])];
	if (!path.some((text) => known.includes(text))) throw new Error(`The fault "${rule.effect}" aims at any provider`);
	return { ...rule, path, provider: providerOfPath(path.find((text) => known.includes(text)) ?? '') };
}

function rowOf(provider: Provider, bill: TrueBill): SeenRow {
	const { id, billDate, total, currency } = bill;
	return { id, billDate, total: plain(total), currency, ...wordsOf(provider, bill) };
}

/** Without zeros after the last decimal: so are amounts of the model written. */
function plain(amount: string): string {
	return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}
