/** Refuses operations of a type that the schema does not have: where nothing does, executing them is a fault of the server. */
import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql';

export function knownOperationTypes(context: ValidationContext): ASTVisitor {
	return {
		OperationDefinition(node) {
			const { operation } = node;
			if (context.getSchema().getRootType(operation)) return;
			context.reportError(new GraphQLError(`This server knows no ${operation}s, only queries`, { nodes: node }));
		},
	};
}
