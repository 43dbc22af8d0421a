/** Oracle BRM: TMF678 v4 as Oracle documents it. Everything that differs from the standard is in this folder. */
import type { ConnectorDeps } from '../connector';
import { Tmf678Api } from '../tmf678/api';
import { TmfConnector } from '../tmf678/connector';
import type { DialectParameters, Tmf678Dialect, TmfSettings } from '../tmf678/dialect';
import { oracleBrmCapabilities } from './capabilities';
import {
	type OracleBillParameters,
	type OracleByIdParameters,
	type OracleOnDemandParameters,
	type OracleRateParameters,
	BILL_PARAMETERS,
	BY_ID_PARAMETERS,
	ON_DEMAND_BY_ID_PARAMETERS,
	ON_DEMAND_PARAMETERS,
	RATE_PARAMETERS,
} from './parameters';

export interface OracleBrmSettings extends TmfSettings {
	/** Whether rates can be listed by billing account: from release 15.1. True where absent. */
	readonly listsRatesByAccount?: boolean | undefined;
	/** Ask for Oracle's extended types (`@type=CustomerBillOracle` and so on), whose further members are kept in `raw`. */
	readonly extendedTypes?: boolean | undefined;
}

const PARAMETERS: DialectParameters = {
	bills: BILL_PARAMETERS,
	billById: BY_ID_PARAMETERS,
	rates: RATE_PARAMETERS,
	rateById: BY_ID_PARAMETERS,
	billsOnDemand: ON_DEMAND_PARAMETERS,
	billOnDemandById: ON_DEMAND_BY_ID_PARAMETERS,
};

export function oracleBrmDialect({
	listsRatesByAccount = true,
	extendedTypes = false,
}: OracleBrmSettings): Tmf678Dialect {
	return {
		provider: 'ORACLE_BRM',
		capabilities: oracleBrmCapabilities(PARAMETERS, listsRatesByAccount),
		parameters: PARAMETERS,
		// The response knows onHold as well, which the filter does not.
		filterableStates: { NEW: 'new', PARTIALLY_PAID: 'partiallyPaid', SETTLED: 'settled', IN_PROGRESS: 'inProgress' },
		otherState: 'ON_HOLD',
		filtersAreDocumented: true,
		datesAreRequired: true,
		onDemandCycleType: 'CustomerBillOnDemand_CreateOracle',
		types: extendedTypes ? { bill: 'CustomerBillOracle', rate: 'AppliedCustomerBillingRateOracle' } : {},
		hints: {
			401: 'Get a token from Identity Cloud Service or Access Management; check client id, secret and scope in the credential.',
			403: 'Ask the administrator of REST Services Manager to allow this endpoint for your client.',
			404: 'Check the id (bills are written like 0.0.0.1+-bill+1), and that the base URL ends with /brm/customerBillManagement/v4.',
		},
	};
}

export class OracleBrmConnector extends TmfConnector {
	constructor(settings: OracleBrmSettings, deps: ConnectorDeps) {
		super(settings, deps, oracleBrmDialect(settings));
	}
}

/** The API as Oracle documents it, its parameters typed. */
export class OracleBrmApi extends Tmf678Api<
	OracleBillParameters,
	OracleRateParameters,
	OracleOnDemandParameters,
	OracleByIdParameters
> {
	constructor(settings: OracleBrmSettings, deps: ConnectorDeps) {
		super(oracleBrmDialect(settings), settings, deps);
	}
}
