/** Whether an AI agent is at work: what costs money asks for more then. */
import type { IExecuteFunctions } from 'n8n-workflow';

/** Older versions of n8n do not say so, but run the node under the name of its tool. */
export function isAgentRun(context: IExecuteFunctions): boolean {
	const { isToolExecution }: Partial<Pick<IExecuteFunctions, 'isToolExecution'>> = context;
	return isToolExecution?.call(context) === true || context.getNode().type.endsWith('Tool');
}
