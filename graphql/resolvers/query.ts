/** `Query`. */
import { accountConnection } from '../connections/accountConnection';
import { billConnection } from '../connections/billConnection';
import { rateListConnection } from '../connections/rateListConnection';
import { badUserInput } from '../errors';
import type { NodeResolvers, QueryResolvers } from '../generated/resolverTypes';
import { decodeIdOf } from '../globalId';
import { billCounts } from './billCounts';
import { MAX_NODES, loadAccount, loadBill, loadNode, typeOfNode } from './node';
import { rateLimit } from './rateLimit';
import { spend } from './spend';

export const Query: QueryResolvers = {
	node: (_root, { id }, context) => loadNode(id, context),
	nodes: (_root, { ids }, context) => {
		if (ids.length > MAX_NODES) throw badUserInput('ids', `holds ${ids.length} ids`, `At most ${MAX_NODES} at a time.`);
		return ids.map((id) => loadNode(id, context));
	},
	bill: (_root, { id }, context) => loadBill(decodeIdOf('Bill', id, 'id'), context),
	bills: (_root, args, context, info) => billConnection(args, context, info),
	rates: (_root, args, context, info) => rateListConnection(args, context, info),
	billingAccount: (_root, { id }, context) => loadAccount(decodeIdOf('BillingAccount', id, 'id'), context),
	billingAccounts: (_root, args, context, info) => accountConnection(args, context, info),
	billCounts: (_root, args, context, info) => billCounts(args, context, info),
	spend: (_root, args, context, info) => spend(args, context, info),
	connections: (_root, _args, { connections }) => connections.all,
	rateLimit: (_root, _args, context) => rateLimit(context),
};

export const Node: NodeResolvers = { __resolveType: typeOfNode };
