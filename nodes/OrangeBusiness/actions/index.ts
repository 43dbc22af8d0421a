/** Orange's operations by resource. */
import type { OperationTable } from '../../shared/operations';
import type { OrangeAccess } from '../access';
import { getAsyncJob } from './asyncJob/get.operation';
import { downloadBill } from './bill/download.operation';
import { getBill } from './bill/get.operation';
import { getManyBills } from './bill/getAll.operation';
import { getManyBillItems } from './billItem/getAll.operation';
import { getBillingAccount } from './billingAccount/get.operation';
import { getManyBillingAccounts } from './billingAccount/getAll.operation';
import { getManyCounters } from './counter/getAll.operation';
import { getManyInstalledOffers } from './installedOffer/getAll.operation';
import { downloadReport } from './report/download.operation';
import { getManyReports } from './report/getAll.operation';
import { getStatus } from './status/get.operation';

export const ORANGE_OPERATIONS: OperationTable<OrangeAccess> = {
	asyncJob: { get: getAsyncJob },
	bill: { download: downloadBill, get: getBill, getAll: getManyBills },
	billItem: { getAll: getManyBillItems },
	billingAccount: { get: getBillingAccount, getAll: getManyBillingAccounts },
	counter: { getAll: getManyCounters },
	installedOffer: { getAll: getManyInstalledOffers },
	report: { download: downloadReport, getAll: getManyReports },
	status: { get: getStatus },
};
