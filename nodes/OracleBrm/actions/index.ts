/** The node's operations, by the values that workflows store. */
import type { OperationTable } from '../../shared/operations';
import type { OracleBrm } from '../connect';
import { download } from './bill/download.operation';
import { get as getBill } from './bill/get.operation';
import { getAll as getBills } from './bill/getAll.operation';
import { get as getRate } from './billingRate/get.operation';
import { getAll as getRates } from './billingRate/getAll.operation';
import { summarize } from './billingRate/summarize.operation';
import { create } from './onDemandBill/create.operation';
import { get as getOnDemandBill } from './onDemandBill/get.operation';
import { getAll as getOnDemandBills } from './onDemandBill/getAll.operation';

export const OPERATIONS: OperationTable<OracleBrm> = {
	bill: { download, get: getBill, getAll: getBills },
	billingRate: { get: getRate, getAll: getRates, summarize },
	onDemandBill: { create, get: getOnDemandBill, getAll: getOnDemandBills },
};
