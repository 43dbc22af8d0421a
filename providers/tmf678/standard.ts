/** The standard dialect: a plain TMF678 v4 server, of which only what the specification declares is taken for granted. */
import type { ConnectorDeps } from '../connector';
import { invalidParameter } from '../transport/errors';
import { Tmf678Api } from './api';
import {
	type StandardBillFilter,
	type StandardRateFilter,
	STANDARD_BILL_FILTERS,
	STANDARD_RATE_FILTERS,
	standardCapabilities,
} from './capabilities';
import { TmfConnector } from './connector';
import type { DialectParameters, Tmf678Dialect, TmfSettings } from './dialect';
import {
	type StandardBillParameters,
	type StandardByIdParameters,
	type StandardOnDemandParameters,
	type StandardRateParameters,
	STANDARD_BILL_PARAMETERS,
	STANDARD_BY_ID_PARAMETERS,
	STANDARD_ON_DEMAND_PARAMETERS,
	STANDARD_RATE_PARAMETERS,
} from './standardParameters';

export interface Tmf678Settings extends TmfSettings {
	/** Filters of bills that the server is known to carry out; none where absent. What is sent is checked here as well. */
	readonly billFilters?: readonly StandardBillFilter[] | undefined;
	/** The same for rates; `bill` where absent, which the specification's v2.1 documents. */
	readonly rateFilters?: readonly StandardRateFilter[] | undefined;
}

const PARAMETERS: DialectParameters = {
	bills: STANDARD_BILL_PARAMETERS,
	billById: STANDARD_BY_ID_PARAMETERS,
	rates: STANDARD_RATE_PARAMETERS,
	rateById: STANDARD_BY_ID_PARAMETERS,
	billsOnDemand: STANDARD_ON_DEMAND_PARAMETERS,
	billOnDemandById: STANDARD_BY_ID_PARAMETERS,
};

/** @throws BillingError INVALID_REQUEST for a filter that no TMF678 server carries out */
export function standardDialect({ billFilters = [], rateFilters = ['bill'] }: Tmf678Settings): Tmf678Dialect {
	checkNames('billFilters', billFilters, STANDARD_BILL_FILTERS);
	checkNames('rateFilters', rateFilters, STANDARD_RATE_FILTERS);
	return {
		provider: 'TMF678',
		capabilities: standardCapabilities(PARAMETERS, billFilters, rateFilters),
		parameters: PARAMETERS,
		filterableStates: {
			NEW: 'new',
			ON_HOLD: 'onHold',
			VALIDATED: 'validated',
			SENT: 'sent',
			PARTIALLY_PAID: 'partiallyPaid',
			SETTLED: 'settled',
		},
		otherState: null,
		filtersAreDocumented: false,
		datesAreRequired: false,
		onDemandCycleType: null,
		types: {},
		hints: {
			401: 'Check the token or the client id and secret in the credential.',
			404: 'Check the id, and that the base URL ends like /tmf-api/customerBillManagement/v4.',
		},
	};
}

function checkNames(parameter: string, given: readonly string[], allowed: readonly string[]): void {
	const wrong = given.find((name) => !allowed.includes(name));
	if (wrong !== undefined) throw invalidParameter(parameter, `holds "${wrong}"`, `Allowed are: ${allowed.join(', ')}.`);
}

export class Tmf678Connector extends TmfConnector {
	constructor(settings: Tmf678Settings, deps: ConnectorDeps) {
		super(settings, deps, standardDialect(settings));
	}
}

/** The API of a plain server, its parameters typed. */
export class StandardTmf678Api extends Tmf678Api<
	StandardBillParameters,
	StandardRateParameters,
	StandardOnDemandParameters,
	StandardByIdParameters
> {
	constructor(settings: Tmf678Settings, deps: ConnectorDeps) {
		super(standardDialect(settings), settings, deps);
	}
}
