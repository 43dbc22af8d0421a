/** `Bill` and its documents. */
import { contentHash } from '../../providers/model/contentHash';
import { endExclusive } from '../../providers/model/period';
import { BillingError } from '../../providers/transport/errors';
import { rateConnection } from '../connections/rateConnection';
import type { BillDocumentResolvers, BillResolvers, PeriodResolvers } from '../generated/resolverTypes';
import { encodeGlobalId } from '../globalId';
import { billAvailability } from './availability';
import { accountOfBill } from '../knownAccount';
import { billDetails } from './details/billDetails';
import { reconciled } from './reconciliation';

export const Bill: BillResolvers = {
	id: ({ identity }) => encodeGlobalId({ type: 'Bill', connection: identity.connection, id: identity }),
	provider: ({ identity }) => identity.provider,
	connection: (bill, _args, { connections }) => connections.of(bill),
	remoteId: ({ identity }) => identity.remoteId,
	billingAccount: (bill, _args, { connections }) => accountOfBill(bill, connections.of(bill)),
	rates: async (bill, args, context) => {
		if (context.connections.of(bill).connector.capabilities.rateFields === null) return null;
		try {
			return await rateConnection(bill, args, context);
		} catch (error) {
			// Not to be had is not trouble: the availability says so.
			if (error instanceof BillingError && error.kind === 'NOT_OFFERED') return null;
			throw error;
		}
	},
	reconciliation: (bill, _args, context) => reconciled(bill, context),
	details: billDetails,
	availability: (bill, _args, { connections, masks }) =>
		billAvailability(bill, connections.of(bill).connector.capabilities, masks),
	contentHash: ({ raw }) => contentHash(raw),
};

export const BillDocument: BillDocumentResolvers = {
	path: ({ bill, id }) => {
		const document = { scope: bill.scope, billId: bill.remoteId, documentId: id };
		return `/documents/${encodeGlobalId({ type: 'Document', connection: bill.connection, document })}`;
	},
};

export const Period: PeriodResolvers = { endExclusive };
