/** On-Demand Bill > Create: has a bill made now. Money is owed by it, so the request goes out once and never again. */
import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { isAgentRun } from '../../../shared/agent';
import { BillingError, type OnDemandRequest } from '../../../shared/core';
import { collection, simplifyField } from '../../../shared/fields';
import { filledText } from '../../../shared/filledText';
import type { OracleCall, OracleOperation } from '../../connect';
import { rawItem } from '../../listFields';
import { accountLocator, locatedAccount, required } from '../../locators';
import { onDemandColumns } from '../../onDemandColumns';

function textField(displayName: string, name: string, description: string, placeholder?: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: '',
		description,
		...(placeholder === undefined ? {} : { placeholder }),
	};
}

const additionalFields: INodeProperties = {
	displayName: 'Additional Fields',
	name: 'additionalFields',
	type: 'collection',
	placeholder: 'Add field',
	default: {},
	options: [
		textField('Bill ID', 'customerBillId', 'ID of the bill that the request refers to', 'e.g. 0.0.0.1+-bill+106861'),
		textField(
			'Billing Cycle ID',
			'billingCycleId',
			'Bill this billing cycle of the account only. Oracle BRM only.',
			'e.g. 0.0.0.1+-billinfo+342822',
		),
		textField('Description', 'description', 'What the bill is made for'),
		textField('Last Update', 'lastUpdate', 'Sent as it is: the provider takes any text'),
		textField('Name', 'name', 'Name of the request', 'e.g. Account closing'),
		textField('Related Party ID', 'relatedPartyId', 'ID of the person or organization that asks for the bill'),
		textField('Related Party Name', 'relatedPartyName', "Sent together with 'Related Party ID'"),
		textField('Related Party Role', 'relatedPartyRole', "Sent together with 'Related Party ID'"),
		textField('State', 'state', 'State of the request', 'e.g. inProgress'),
	],
};

export const create: OracleOperation = {
	description: [
		{
			displayName:
				"This creates a bill: money is owed by it. It is sent once for each input item and never repeated; keep the node's 'Retry On Fail' off.",
			name: 'createNotice',
			type: 'notice',
			default: '',
		},
		{ ...accountLocator, required: true },
		simplifyField,
		additionalFields,
	],
	async execute(call) {
		const { context, itemIndex, api: oracle } = call;
		refuseUnsafeRun(call);
		const chosen = context.getNodeParameter(accountLocator.name, itemIndex);
		const account = required(locatedAccount(chosen), accountLocator.displayName);
		const request = requestOf(account, collection(context, itemIndex, additionalFields.name));
		const signal = context.getExecutionCancelSignal();
		// n8n renews a token on a request that is refused for it. Not on this one, which must not be sent again.
		await oracle.connector.check({ signal });
		const created = await oracle.api.createCustomerBillOnDemand(request, { signal });
		const isSimple = context.getNodeParameter('simplify', itemIndex) === true;
		return [isSimple ? { json: onDemandColumns(created) } : rawItem(created, {})];
	},
};

/** @throws BillingError NOT_OFFERED where a bill could be created twice, or by an AI agent that may not */
function refuseUnsafeRun({ context, api }: OracleCall): void {
	if (context.getNode().retryOnFail === true) {
		throw new BillingError({
			kind: 'NOT_OFFERED',
			message: "No bill is created while 'Retry On Fail' is on",
			hint: "A second try could create a second bill. Turn 'Retry On Fail' off in the node's settings.",
		});
	}
	if (isAgentRun(context) && !api.agentsMayCreate) {
		throw new BillingError({
			kind: 'NOT_OFFERED',
			message: 'AI agents may not create bills with this credential',
			hint: "To allow it, turn on 'Allow Creating On-Demand Bills for AI Agents' in the credential.",
		});
	}
}

function requestOf(accountId: string, fields: IDataObject): OnDemandRequest {
	const text = (name: string): string | undefined => filledText(fields[name]);
	const optional = {
		description: text('description'),
		lastUpdate: text('lastUpdate'),
		name: text('name'),
		state: text('state'),
	};
	const given = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
	const bill = text('customerBillId');
	const cycle = text('billingCycleId');
	const party = partyOf(text('relatedPartyId'), text('relatedPartyName'), text('relatedPartyRole'));
	return {
		billingAccount: { id: accountId },
		...given,
		...(bill === undefined ? {} : { customerBill: { id: bill } }),
		...(cycle === undefined ? {} : { billingCycleSpecification: { id: cycle } }),
		...(party === undefined ? {} : { relatedParty: party }),
	};
}

function partyOf(
	id: string | undefined,
	name: string | undefined,
	role: string | undefined,
): OnDemandRequest['relatedParty'] {
	if (id === undefined) return undefined;
	return { id, ...(name === undefined ? {} : { name }), ...(role === undefined ? {} : { role }) };
}
