/** Lumen's operations by resource. */
import type { OperationTable } from '../../shared/operations';
import type { LumenAccess } from '../access';
import { downloadBill } from './bill/download.operation';
import { getBill } from './bill/get.operation';
import { getManyBills } from './bill/getAll.operation';
import { getManyRates } from './billingRate/getAll.operation';
import { summarizeBillingRates } from './billingRate/summarize.operation';
import { getManyServiceCharges } from './serviceCharge/getAll.operation';

export const LUMEN_OPERATIONS: OperationTable<LumenAccess> = {
	bill: { download: downloadBill, get: getBill, getAll: getManyBills },
	billingRate: { getAll: getManyRates, summarize: summarizeBillingRates },
	serviceCharge: { getAll: getManyServiceCharges },
};
