/** All operations of the node, by the values that workflows store. */
import type { OperationTable } from '../../shared/operations';
import type { TelecomBillApi } from '../api';
import { download } from './bill/download.operation';
import { get } from './bill/get.operation';
import { getAll as getBills } from './bill/getAll.operation';
import { reconcile } from './bill/reconcile.operation';
import { getAll as getAccounts } from './billingAccount/getAll.operation';
import { getAll as getRates } from './billingRate/getAll.operation';
import { summarize } from './billingRate/summarize.operation';

export const operations: OperationTable<TelecomBillApi> = {
	bill: { download, get, getAll: getBills, reconcile },
	billingAccount: { getAll: getAccounts },
	billingRate: { getAll: getRates, summarize },
};
