/** Every table of faults, and the test file that tries it. */
import type { FaultTable } from '../support/matrix';
import { httpFaults } from './httpFaults';
import { lumenV2Paging } from './lumenV2Paging';
import { networkFaults } from './networkFaults';
import { pagingFaults } from './pagingFaults';
import { recordFaults } from './recordFaults';
import { tokenFaults } from './tokenFaults';

export const ALL_TABLES: Readonly<Record<string, FaultTable>> = {
	httpFaults,
	tokenFaults,
	networkFaults,
	pagingFaults,
	lumenV2Paging,
	recordFaults,
};
