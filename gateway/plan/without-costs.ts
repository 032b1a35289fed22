import { type ASTNode, type ConstDirectiveNode, type DocumentNode, Kind, type ValueNode, visit } from 'graphql';

/**
 * A supergraph without `@cost` and `@listSize`. They are ours to apply, and the planner refuses supergraphs whose sizes are
 * written in a way newer than itself, such as paths into input objects.
 */
export function withoutCosts(document: DocumentNode): DocumentNode {
  const names = new Set<string>();
  const isCostLink = (node: ConstDirectiveNode): boolean =>
    node.name.value === 'link' && /^https:\/\/specs\.apollo\.dev\/cost\//.test(text(argumentOf(node, 'url')) ?? '');
  visit(document, {
    Directive(node) {
      if (isCostLink(node as ConstDirectiveNode))
        for (const name of namesOf(node as ConstDirectiveNode)) names.add(name);
    },
  });
  if (names.size === 0) return document;
  const remove = (node: ASTNode & { name: { value: string } }): null | undefined =>
    names.has(node.name.value) ? null : undefined;
  return visit(document, {
    DirectiveDefinition: remove,
    Directive: (node) => (isCostLink(node as ConstDirectiveNode) ? null : remove(node)),
  });
}

const argumentOf = (node: ConstDirectiveNode, name: string): ValueNode | undefined =>
  node.arguments?.find((one) => one.name.value === name)?.value;

const text = (value: ValueNode | undefined): string | undefined =>
  value?.kind === Kind.STRING ? value.value : undefined;

/** The names `@cost` and `@listSize` have in this document, by how they were imported. */
function namesOf(link: ConstDirectiveNode): string[] {
  const prefix = text(argumentOf(link, 'as')) ?? 'cost';
  const imported = new Map<string, string>();
  const list = argumentOf(link, 'import');
  for (const one of list?.kind === Kind.LIST ? list.values : []) {
    if (one.kind === Kind.STRING) imported.set(one.value, one.value);
    if (one.kind !== Kind.OBJECT) continue;
    const member = (name: string): string | undefined =>
      text(one.fields.find((field) => field.name.value === name)?.value);
    const name = member('name');
    if (name) imported.set(name, member('as') ?? name);
  }
  const local = (name: string, otherwise: string): string => imported.get(`@${name}`)?.slice(1) ?? otherwise;
  return [local('cost', prefix), local('listSize', `${prefix}__listSize`)];
}
