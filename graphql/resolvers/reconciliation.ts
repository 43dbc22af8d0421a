/** `Bill.reconciliation`: the bill held against all of its rates. */
import { ReconcileRates } from '../../finance/reconcile';
import type { Reconciliation as ReconciliationModel } from '../../finance/reconciliation';
import type { Bill } from '../../providers/model/bill';
import { handleOf } from '../connections/rateConnection';
import type { GraphContext } from '../context';
import type { ReconciliationResolvers } from '../generated/resolverTypes';

/** Where the provider has no rates, the header alone is checked. @throws BillingError from the provider */
export async function reconciled(bill: Bill, { connections, loaders }: GraphContext): Promise<ReconciliationModel> {
	const connection = connections.of(bill);
	const reconciliation = new ReconcileRates(bill);
	if (connection.connector.capabilities.rateFields === null) {
		return reconciliation.finish({ complete: true, reasons: [] });
	}
	const list = await loaders.ratesOfBill(connection).load(handleOf(bill), undefined);
	reconciliation.add(list.rates);
	return reconciliation.finish(list);
}

export const Reconciliation: ReconciliationResolvers = {
	lineCounts: ({ lineCounts: { LARGEST, NET_PLUS_TAX_DIFFERS, POSSIBLE_DUPLICATE } }) => [
		{ reason: 'LARGEST', lines: LARGEST },
		{ reason: 'NET_PLUS_TAX_DIFFERS', lines: NET_PLUS_TAX_DIFFERS },
		{ reason: 'POSSIBLE_DUPLICATE', lines: POSSIBLE_DUPLICATE },
	],
};
