/** floLIVE's operations by resource. */
import type { OperationTable } from '../../shared/operations';
import type { FloLiveAccess } from '../access';
import { downloadInvoices } from './invoice/download.operation';
import { getInvoice } from './invoice/get.operation';
import { getManyInvoices } from './invoice/getAll.operation';

export const FLOLIVE_OPERATIONS: OperationTable<FloLiveAccess> = {
	invoice: { download: downloadInvoices, get: getInvoice, getAll: getManyInvoices },
};
