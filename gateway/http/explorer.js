const $ = (id) => document.getElementById(id);
const store = {
  get(key, otherwise) {
    try {
      return JSON.parse(localStorage.getItem(`explorer.${key}`)) ?? otherwise;
    } catch {
      return otherwise;
    }
  },
  set(key, value) {
    try {
      localStorage.setItem(`explorer.${key}`, JSON.stringify(value));
    } catch {
      // Without storage nothing is kept.
    }
  },
};

function element(tag, props = {}, ...children) {
  const out = Object.assign(document.createElement(tag), props);
  out.append(...children);
  return out;
}

/* The gateway */

function headersFor(extra) {
  const token = $('token').value.trim();
  const credentials = !token
    ? {}
    : token.split('.').length === 3
      ? { authorization: `Bearer ${token}` }
      : { 'x-api-key': token };
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    'x-valeo-client': 'explorer',
    ...credentials,
    ...extra,
  };
}

const send = (body, extra = {}, signal = undefined) =>
  fetch('graphql', { method: 'POST', headers: headersFor(extra), body: JSON.stringify(body), signal });

function request() {
  const text = $('variables').value.trim();
  return { query: $('query').value, variables: text === '' ? {} : JSON.parse(text) };
}

let running = new AbortController();

async function run() {
  running.abort();
  running = new AbortController();
  show('right', 'answer');
  $('status').textContent = 'Running…';
  const started = performance.now();
  try {
    // Whichever of them it is: the gateway answers a subscription as the stream.
    const response = await send(request(), { accept: 'application/json, text/event-stream' }, running.signal);
    if (response.headers.get('content-type')?.startsWith('text/event-stream')) return await follow(response);
    const answer = await response.json();
    const ms = Math.round(performance.now() - started);
    const failed = answer.errors?.length ?? 0;
    $('status').replaceChildren(
      element('span', {
        className: failed ? 'bad' : 'good',
        textContent: failed ? `${failed} error${failed > 1 ? 's' : ''}` : 'OK',
      }),
      ` · ${response.status} · ${ms} ms · cost ${answer.extensions?.cost?.actual ?? '–'} · ${response.headers.get('x-request-id')}`,
    );
    $('answer').innerHTML = paintJson(JSON.stringify(answer, null, 2));
  } catch (error) {
    if (error.name === 'AbortError') return;
    $('status').textContent = '';
    $('answer').textContent = String(error.message ?? error);
  }
}

/** Events are shown as they come, until the next run. */
async function follow(response) {
  $('answer').textContent = '';
  let count = 0;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let text = ''; ; ) {
    const { value, done } = await reader.read();
    if (done) break;
    const blocks = (text + value).split('\n\n');
    text = blocks.pop();
    for (const data of blocks.map((block) => /^data: ?(.+)$/m.exec(block)?.[1]).filter(Boolean)) {
      $('answer').insertAdjacentHTML('afterbegin', `${paintJson(JSON.stringify(JSON.parse(data), null, 2))}\n\n`);
      $('status').textContent = `Live · ${++count} event${count > 1 ? 's' : ''}`;
    }
  }
  $('status').textContent = `Ended after ${count} events`;
}

/** Asks what the operation as it stands would cost, and how it would be fetched; nothing is run. */
let pricing = new AbortController();
async function price() {
  pricing.abort();
  pricing = new AbortController();
  $('problem').textContent = '';
  try {
    const body = request();
    if (body.query.trim() === '') return;
    const response = await send(body, { 'x-cost-only': 'true', 'apollo-expose-query-plan': 'dry-run' }, pricing.signal);
    const { errors, extensions = {} } = await response.json();
    if (errors) {
      const [{ message, locations }] = errors;
      $('problem').textContent = locations?.[0] ? `Line ${locations[0].line}: ${message}` : message;
    }
    showCost(extensions.cost);
    $('plan').textContent =
      extensions.apolloQueryPlan?.text ?? (errors ? '' : 'Query plans are shown to those who may manage the company.');
  } catch (error) {
    if (error.name === 'AbortError') return;
    $('problem').textContent =
      error instanceof SyntaxError ? `The variables are not JSON: ${error.message}` : error.message;
    showCost(null);
  }
}

function showCost(cost) {
  $('cost').className = cost?.limit != null && cost.requested > cost.limit ? 'over' : '';
  if (!cost) $('cost').textContent = '';
  else {
    const limit = cost.limit == null ? '' : ` of ${cost.limit.toLocaleString('en')}`;
    $('cost').replaceChildren('Cost ', element('b', { textContent: cost.requested.toLocaleString('en') }), limit);
  }
}

/* The editor */

const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const tokens =
  /(#.*)|("""[\s\S]*?"""|"(?:\\.|[^"\\\n])*")|(\$\w+|@\w+)|\b(query|mutation|subscription|fragment|on|true|false|null)\b|(-?\b\d[\d.eE+-]*)/g;
const jsonTokens = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d[\d.eE+-]*)/g;

function paint(text, pattern, classOf) {
  let out = '';
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    out += `${escaped(text.slice(at, match.index))}<span class="${classOf(match)}">${escaped(match[0])}</span>`;
    at = match.index + match[0].length;
  }
  return out + escaped(text.slice(at));
}

const paintGraphql = (text) =>
  paint(text, tokens, ([, comment, string, name, keyword]) =>
    comment ? 'c' : string ? 's' : name ? 'v' : keyword ? 'k' : 'n',
  );
const paintJson = (text) =>
  text.length > 200_000
    ? escaped(text)
    : paint(text, jsonTokens, ([, string, colon, word]) => (colon ? 'v' : string ? 's' : word ? 'k' : 'n'));

let waiting;
function changed() {
  // The last line needs something to stand on, or it would not scroll along.
  $('paint').innerHTML = `${paintGraphql($('query').value)}\n`;
  store.set('query', $('query').value);
  store.set('variables', $('variables').value);
  clearTimeout(waiting);
  waiting = setTimeout(price, 300);
}

function open({ query, variables = '{}' }) {
  $('query').value = query;
  $('variables').value = variables;
  changed();
}

/* Start */

function show(group, panel) {
  for (const tab of document.querySelectorAll(`[data-tabs=${group}] [role=tab]`)) {
    tab.ariaSelected = String(tab.dataset.panel === panel);
    $(tab.dataset.panel).hidden = tab.dataset.panel !== panel;
  }
}

const introspection = `{ __schema { queryType { name } mutationType { name } subscriptionType { name } types { kind name description
  possibleTypes { name } enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  inputFields { name description type { ...T } } fields(includeDeprecated: true) { name description isDeprecated deprecationReason
  args { name defaultValue type { ...T } } type { ...T } } } } }
  fragment T on __Type { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } }`;

async function start() {
  open({ query: store.get('query', '{\n  __typename\n}\n'), variables: store.get('variables', '{}') });
  const { data } = await (await send({ query: introspection })).json();
  read(data.__schema);
  showRoots();
  showExamples();
}

for (const tab of document.querySelectorAll('[role=tab]')) {
  tab.onclick = () => show(tab.parentElement.dataset.tabs, tab.dataset.panel);
}
$('run').onclick = run;
$('save').onclick = save;
$('search').oninput = () => {
  showRoots();
  showExamples();
};
$('query').oninput = changed;
$('variables').oninput = changed;
$('token').onchange = price;
$('query').onscroll = () => {
  $('paint').scrollTop = $('query').scrollTop;
};
$('query').onkeydown = (event) => {
  if (event.key !== 'Tab' || event.shiftKey || event.ctrlKey) return;
  event.preventDefault();
  $('query').setRangeText('  ', $('query').selectionStart, $('query').selectionEnd, 'end');
  changed();
};
document.onkeydown = (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) run();
};
start().catch((error) => {
  $('answer').textContent = String(error);
});
