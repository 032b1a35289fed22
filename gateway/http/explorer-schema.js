/* The schema: pages of its types, and an example for each root field. Shares its names with explorer.js. */

let types = new Map();
/** Types of the roots by their operations; a graph need not have all three. */
let roots = new Map();

function read({ types: all, queryType, mutationType, subscriptionType }) {
  types = new Map(all.map((type) => [type.name, type]));
  const found = Object.entries({ query: queryType, mutation: mutationType, subscription: subscriptionType });
  roots = new Map(found.flatMap(([operation, type]) => (type ? [[operation, type.name]] : [])));
}

const typeText = (type) =>
  type.kind === 'NON_NULL'
    ? `${typeText(type.ofType)}!`
    : type.kind === 'LIST'
      ? `[${typeText(type.ofType)}]`
      : type.name;
const named = (type) => (type.ofType ? named(type.ofType) : type.name);
const link = (text, name) =>
  element('a', { textContent: text, href: '#', onclick: (event) => (event.preventDefault(), showType(name)) });

function showType(name) {
  const type = types.get(name);
  if (!type) return showRoots();
  const list = element('dl');
  for (const member of type.fields ?? type.inputFields ?? type.enumValues ?? type.possibleTypes ?? []) {
    const term = element('dt', {}, member.name);
    if (member.args?.length) {
      term.append(
        '(',
        ...member.args.flatMap((one, i) => [i ? ', ' : '', `${one.name}: `, link(typeText(one.type), named(one.type))]),
        ')',
      );
    }
    if (member.type) term.append(': ', link(typeText(member.type), named(member.type)));
    const about = member.isDeprecated ? `Deprecated: ${member.deprecationReason}` : (member.description ?? '');
    list.append(term, element('dd', { textContent: about }));
  }
  const crumbs = element('div', { className: 'crumbs' }, link('Schema', ''), ' › ', name);
  $('docs').replaceChildren(crumbs, element('p', { textContent: type.description ?? '' }), list);
  $('docs').scrollTop = 0;
}

function showRoots() {
  const wanted = $('search').value.trim().toLowerCase();
  const isWanted = (name) => name.toLowerCase().includes(wanted);
  const list = element('dl');
  for (const root of roots.values()) {
    for (const field of wanted === '' ? [] : types.get(root).fields.filter(({ name }) => isWanted(name))) {
      list.append(
        element('dt', {}, link(root, root), `.${field.name}: `, link(typeText(field.type), named(field.type))),
        element('dd', { textContent: field.description ?? '' }),
      );
    }
  }
  const first = [...roots.values()];
  const others = [...types.keys()].filter((name) => !name.startsWith('__') && !first.includes(name)).sort();
  for (const name of [...first, ...others].filter(isWanted)) list.append(element('dt', {}, link(name, name)));
  $('docs').replaceChildren(list);
}

/* Examples */

const isOpen = (field) =>
  !field.args.some(({ type, defaultValue }) => type.kind === 'NON_NULL' && defaultValue === null);
const kindOf = (type) => types.get(named(type))?.kind;

function selection(type, depth, indent) {
  const fields = (types.get(named(type))?.fields ?? []).filter((field) => isOpen(field) && !field.isDeprecated);
  const lines = fields.flatMap((field) => {
    const kind = kindOf(field.type);
    if (kind === 'SCALAR' || kind === 'ENUM') return [`${indent}${field.name}`];
    const isWay = /^(edges|node|error|errors)$/.test(field.name);
    if (kind !== 'OBJECT' || (depth === 0 && !isWay)) return [];
    const inner = selection(field.type, isWay ? depth : depth - 1, `${indent}  `);
    return inner ? [`${indent}${field.name} ${inner}`] : [];
  });
  return lines.length ? `{\n${lines.slice(0, 6).join('\n')}\n${indent.slice(2)}}` : '';
}

function valueFor(type, depth = 2) {
  if (type.kind === 'NON_NULL') return valueFor(type.ofType, depth);
  if (type.kind === 'LIST') return depth > 0 ? [valueFor(type.ofType, depth - 1)] : [];
  if (type.kind === 'ENUM') return types.get(type.name)?.enumValues[0]?.name;
  if (type.kind !== 'INPUT_OBJECT') return { Int: 1, Float: 1, Boolean: true }[type.name] ?? '';
  const needed = types.get(type.name).inputFields.filter((field) => field.type.kind === 'NON_NULL');
  return Object.fromEntries(needed.map((field) => [field.name, valueFor(field.type, depth)]));
}

function example(operation, field) {
  const needed = field.args.filter(({ type, defaultValue }) => type.kind === 'NON_NULL' && defaultValue === null);
  const first = field.args.some(({ name }) => name === 'first') ? ['first: 10'] : [];
  const variables = needed.map(({ name, type }) => `$${name}: ${typeText(type)}`).join(', ');
  const given = [...needed.map(({ name }) => `${name}: $${name}`), ...first].join(', ');
  const title = field.name[0].toUpperCase() + field.name.slice(1);
  const isLeaf = ['SCALAR', 'ENUM'].includes(kindOf(field.type));
  const body = isLeaf ? '' : selection(field.type, 1, '    ') || '{\n    __typename\n  }';
  return {
    name: field.name,
    query: `${operation} ${title}${variables && `(${variables})`} {\n  ${field.name}${given && `(${given})`}${body && ` ${body}`}\n}\n`,
    variables: JSON.stringify(Object.fromEntries(needed.map(({ name, type }) => [name, valueFor(type)])), null, 2),
  };
}

function showExamples() {
  const wanted = $('search').value.trim().toLowerCase();
  const isWanted = ({ name }) => name.toLowerCase().includes(wanted);
  const entry = (one, ...more) =>
    element('li', {}, element('button', { textContent: one.name, title: one.name, onclick: () => open(one) }), ...more);
  const group = (title, items) =>
    items.length ? [element('h3', { textContent: title }), element('ul', { className: 'list' }, ...items)] : [];
  const saved = store.get('saved', []);
  const remove = (one) =>
    element('button', {
      textContent: '×',
      ariaLabel: `Remove ${one.name}`,
      onclick() {
        store.set(
          'saved',
          saved.filter((other) => other !== one),
        );
        showExamples();
      },
    });
  $('examples').replaceChildren(
    ...group(
      'Saved in this browser',
      saved.filter(isWanted).map((one) => entry(one, remove(one))),
    ),
    ...[...roots].flatMap(([operation, root]) =>
      group(
        root,
        types
          .get(root)
          .fields.map((field) => example(operation, field))
          .filter(isWanted)
          .map((one) => entry(one)),
      ),
    ),
  );
}

function save() {
  const name = prompt(
    'Name of the saved operation',
    /\b(?:query|mutation|subscription)\s+(\w+)/.exec($('query').value)?.[1] ?? '',
  );
  if (!name) return;
  const others = store.get('saved', []).filter((one) => one.name !== name);
  store.set('saved', [...others, { name, query: $('query').value, variables: $('variables').value }]);
  show('left', 'examples');
  showExamples();
}
