/** `node`, `nodes`, `bill` and `billingAccount`: one thing by its id, through the same loaders as everything else. */
import type { Bill } from '../../providers/model/bill';
import type { Rate } from '../../providers/model/rate';
import type { GraphContext } from '../context';
import { badUserInput } from '../errors';
import { type GlobalId, decodeGlobalId } from '../globalId';
import type { ProviderConnection } from '../providerConnections';
import { type KnownAccount, wholeAccount } from '../knownAccount';

/** Ids that may be asked for at once. */
export const MAX_NODES = 100;

/** What a node resolves to, tagged for `__resolveType`. */
export type GraphNode = Bill | Rate | KnownAccount;

type IdOf<Type extends GlobalId['type']> = Extract<GlobalId, { type: Type }>;

/** @throws GraphQLError BAD_USER_INPUT; BillingError from the provider */
export async function loadNode(text: string, context: GraphContext): Promise<GraphNode> {
	const id = decodeGlobalId(text);
	switch (id?.type) {
		case 'Bill':
			return loadBill(id, context);
		case 'BillingAccount':
			return loadAccount(id, context);
		case 'Rate':
			return loadRate(id, context);
		default:
			throw badUserInput('id', 'is no id of this graph');
	}
}

export async function loadBill({ connection, id }: IdOf<'Bill'>, context: GraphContext): Promise<Bill> {
	return context.loaders.bill(configured(connection, context)).load(id);
}

export async function loadAccount(
	{ connection, remoteId }: IdOf<'BillingAccount'>,
	context: GraphContext,
): Promise<KnownAccount> {
	const found = configured(connection, context);
	return wholeAccount(await context.loaders.account(found).load({ scope: '', remoteId }), found);
}

async function loadRate({ connection, id, bill }: IdOf<'Rate'>, context: GraphContext): Promise<Rate> {
	return context.loaders.rate(configured(connection, context)).load({ ...id, bill });
}

function configured(id: string, { connections }: GraphContext): ProviderConnection {
	const connection = connections.find(id);
	if (connection === undefined) throw badUserInput('id', 'names no connection of this server');
	return connection;
}

/** @returns the GraphQL type of a loaded node */
export function typeOfNode(node: GraphNode): 'Bill' | 'Rate' | 'BillingAccount' {
	if ('whole' in node) return 'BillingAccount';
	return 'signPolicy' in node ? 'Bill' : 'Rate';
}
