/**
 * Bills of the sandbox's providers through our connectors and nothing else of ours: no cache, no guard, no limits, no log.
 * The endpoint without GraphQL and the other GraphQL servers all read through it, so that they differ in nothing below.
 */
import { resumeAt } from '../../graphql/connections/cursor';
import { decodeGlobalId, encodeGlobalId } from '../../graphql/globalId';
import { systemClock } from '../../graphql/server/systemClock';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import type { BillConnector, BillHandle, ByKey, ConnectorDeps, Page, RateList } from '../../providers/connector';
import { FloLiveConnector } from '../../providers/floLive/connector';
import { LumenConnector } from '../../providers/lumen/connector';
import type { Bill } from '../../providers/model/bill';
import { type LocalId, keyOf } from '../../providers/model/identity';
import type { Rate } from '../../providers/model/rate';
import { OracleBrmConnector } from '../../providers/oracleBrm/connector';
import { OrangeBusinessConnector } from '../../providers/orangeBusiness/connector';
import { authenticated } from '../../providers/transport/authentication';
import type { SandboxConnection } from '../../sandbox/connections';
import { NEWEST_FIRST, newestOf } from './newest';

/** As our server asks for. */
const PAGES_AT_ONCE = 4;

export class Billing {
	private constructor(private readonly connectors: ReadonlyMap<string, BillConnector>) {}

	/** @param connections as the sandbox describes its own */
	static over(connections: readonly SandboxConnection[]): Billing {
		return new Billing(
			new Map(
				connections.map((connection) => {
					// One each, as our server does: requests to one provider do not wait for another's.
					const network = new UndiciTransport();
					const transport = authenticated(network, authenticationOf(connection), systemClock, [connection.baseUrl]);
					return [connection.id, connectorOf(connection, { transport, clock: systemClock })];
				}),
			),
		);
	}

	/** The newest bills of all providers. @param cursor of our server; null: from the start */
	newest(first: number, cursor: string | null): Promise<readonly Bill[]> {
		const after = cursor === null ? null : placeIn(cursor);
		const lists = [...this.connectors].map(([id, connector]) =>
			billsOf(connector, first, after === null ? undefined : resumeAt(after, id)),
		);
		return newestOf(lists, first);
	}

	/** Rates of bills of any providers; null for those of a provider that has none. */
	ratesOf(bills: readonly Bill[], first: number): readonly (Promise<RateList> | null)[] {
		const lists = new Map(
			[...byConnection(bills)].map(([id, own]) => {
				const connector = this.connector(id);
				const none = connector.capabilities.rateFields === null;
				return [
					id,
					none ? null : connector.ratesByBills(own.map(handleOf), first, { concurrency: PAGES_AT_ONCE }),
				] as const;
			}),
		);
		return bills.map(({ identity }) => settledIn(lists.get(identity.connection) ?? null, identity));
	}

	/** @param ids of the graph */
	byIds(ids: readonly string[]): readonly Promise<Bill>[] {
		const wanted = ids.map((id) => {
			const found = decodeGlobalId(id);
			if (found?.type !== 'Bill') throw new Error(`${id} is no id of a bill`);
			return { connection: found.connection, id: found.id };
		});
		const groups = new Map<string, LocalId[]>();
		for (const { connection, id } of wanted) groups.set(connection, [...(groups.get(connection) ?? []), id]);
		const found = new Map([...groups].map(([id, own]) => [id, this.connector(id).billsByIds(own)]));
		return wanted.map(
			({ connection, id }) => settledIn(found.get(connection) ?? null, id) ?? Promise.reject(new Error('No answer')),
		);
	}

	private connector(id: string): BillConnector {
		const found = this.connectors.get(id);
		if (found === undefined) throw new Error(`${id} is no connection of the sandbox`);
		return found;
	}
}

export function idOfBill({ identity }: Bill): string {
	return encodeGlobalId({ type: 'Bill', connection: identity.connection, id: identity });
}

export function idOfRate({ identity, bill }: Rate): string {
	return encodeGlobalId({ type: 'Rate', connection: identity.connection, id: identity, bill });
}

export function idOfAccount({ identity }: Bill, { id }: { readonly id: string }): string {
	return encodeGlobalId({ type: 'BillingAccount', connection: identity.connection, remoteId: id });
}

export function pathOfDocument({ bill, id }: { readonly bill: Bill['identity']; readonly id: string }): string {
	const document = { scope: bill.scope, billId: bill.remoteId, documentId: id };
	return `/documents/${encodeGlobalId({ type: 'Document', connection: bill.connection, document })}`;
}

/** A provider that sorts is asked for no more at a time than can be wanted, as our server does. */
function billsOf(
	connector: BillConnector,
	first: number,
	after: ReturnType<typeof resumeAt> | undefined,
): AsyncIterable<Page<Bill>> {
	const { ordering, maxPageSize } = connector.capabilities;
	const pageSize = ordering === 'NATIVE' ? Math.min(first + 1, maxPageSize ?? first + 1) : undefined;
	return connector.bills({ order: NEWEST_FIRST, after, pageSize });
}

function placeIn(cursor: string): Parameters<typeof resumeAt>[0] {
	const text = Buffer.from(cursor.split('.', 1)[0] ?? '', 'base64url').toString('utf8');
	const [, sortKey, connection, scope, remoteId] = JSON.parse(text) as [string, string | null, string, string, string];
	return { sortKey, connection, scope, remoteId };
}

function byConnection(bills: readonly Bill[]): ReadonlyMap<string, readonly Bill[]> {
	const groups = new Map<string, Bill[]>();
	for (const bill of bills) {
		const group = groups.get(bill.identity.connection);
		if (group === undefined) groups.set(bill.identity.connection, [bill]);
		else group.push(bill);
	}
	return groups;
}

function handleOf({ identity, billDate, billingAccount, number, signPolicy }: Bill): BillHandle {
	const { scope, remoteId } = identity;
	return { scope, remoteId, billDate, accountId: billingAccount?.id ?? null, number, signPolicy };
}

function settledIn<T>(results: ByKey<T> | null, id: LocalId): Promise<T> | null {
	return results?.get(keyOf(id)) ?? null;
}

function authenticationOf({ auth }: SandboxConnection): Parameters<typeof authenticated>[1] {
	if (auth.kind !== 'CLIENT_CREDENTIALS') return auth;
	const { tokenUrl, tokenHeaders = {}, ...rest } = auth;
	return { ...rest, tokenUrls: [tokenUrl], headers: tokenHeaders };
}

function connectorOf({ id, provider, baseUrl, accounts = [] }: SandboxConnection, deps: ConnectorDeps): BillConnector {
	const settings = { connection: id, baseUrl, accounts };
	switch (provider) {
		case 'LUMEN':
			return new LumenConnector({ ...settings, apiVersion: 'v1' }, deps);
		case 'ORACLE_BRM':
			return new OracleBrmConnector(settings, deps);
		case 'FLOLIVE':
			return new FloLiveConnector(settings, deps);
		case 'ORANGE_BUSINESS':
			return new OrangeBusinessConnector(settings, deps);
	}
}
