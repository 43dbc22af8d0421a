/** What the operations work with: one server, as its document writes it and as the model reads it. */
import type { IDataObject, IExecuteFunctions, ILoadOptionsFunctions } from 'n8n-workflow';

import { type OracleCredential, connectOracle } from '../shared/connections';
import {
	STANDARD_BILL_FILTERS,
	STANDARD_RATE_FILTERS,
	Tmf678Api,
	TmfConnector,
	oracleBrmDialect,
	standardDialect,
} from '../shared/core';
import { collection } from '../shared/fields';
import type { Operation, OperationCall } from '../shared/operations';
import type { RequestContext } from '../shared/transport';

export interface OracleBrm {
	/** The operations and parameters of the document. */
	readonly api: Tmf678Api;
	/** Bills and rates of the model: amounts signed, filters checked where the server promises nothing. */
	readonly connector: TmfConnector;
	/** Whether an AI agent may create on-demand bills. */
	readonly agentsMayCreate: boolean;
}

export type OracleOperation = Operation<OracleBrm>;
export type OracleCall = OperationCall<OracleBrm>;

/** With what the item's Options say about the server. */
export async function connectItem(context: IExecuteFunctions, itemIndex: number): Promise<OracleBrm> {
	const authentication = context.getNodeParameter('authentication', itemIndex);
	return connect(context, authentication, itemIndex, collection(context, itemIndex, 'options'));
}

/** For the lists of the editor. */
export async function connectList(context: ILoadOptionsFunctions): Promise<OracleBrm> {
	return connect(context, context.getNodeParameter('authentication'), 0, {});
}

async function connect(
	context: RequestContext,
	authentication: unknown,
	itemIndex: number,
	{ rowsPerRequest, rawPlusInIds, serverFilters, noRatesByAccount }: IDataObject,
): Promise<OracleBrm> {
	const type: OracleCredential = authentication === 'token' ? 'oracleBrmApi' : 'oracleBrmOAuth2Api';
	const connection = await connectOracle(context, type, itemIndex);
	const settings = {
		...connection.settings,
		rawPlusInIds: rawPlusInIds === true,
		...(typeof rowsPerRequest === 'number' ? { pageSize: rowsPerRequest } : {}),
	};
	const dialect =
		connection.dialect === 'ORACLE_BRM'
			? oracleBrmDialect({ ...settings, listsRatesByAccount: noRatesByAccount !== true })
			: standardDialect({
					...settings,
					...(serverFilters === true && {
						billFilters: STANDARD_BILL_FILTERS,
						rateFilters: STANDARD_RATE_FILTERS,
					}),
				});
	return {
		api: new Tmf678Api(dialect, settings, connection.deps),
		connector: new TmfConnector(settings, connection.deps, dialect),
		agentsMayCreate: connection.agentsMayCreate,
	};
}
