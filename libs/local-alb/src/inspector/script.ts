/** The script of the inspector's page. Whatever a client sent is put into the page as text, never as markup. */
export const script = `
const byId = (id) => document.getElementById(id);
const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};
const padlock = (open) => {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  const body = document.createElementNS(space, 'path');
  body.setAttribute('d', 'M5 11h14v10H5z');
  body.setAttribute('fill', 'currentColor');
  const shackle = document.createElementNS(space, 'path');
  shackle.setAttribute('d', open ? 'M8 11V7a4 4 0 0 1 7.5-2' : 'M8 11V7a4 4 0 0 1 8 0v4');
  shackle.setAttribute('fill', 'none');
  shackle.setAttribute('stroke', 'currentColor');
  shackle.setAttribute('stroke-width', '2.4');
  svg.append(body, shackle);
  return svg;
};
const ruleId = (listener, rule) => 'rule ' + listener + ' ' + rule;
const counts = new Map();
let shown = [];
let selected;

const drawRule = (listener, rule) => {
  const id = ruleId(listener.address, rule.address);
  const open = !['closed', 'denied', 'bearer'].includes(rule.passage);
  const guarded = rule.passage !== 'elsewhere' && rule.passage !== 'answered';
  const item = element('li', { class: 'rule ' + rule.passage, id });
  const count = element('span', { class: 'count' }, String(counts.get(id) || ''));
  item.append(
    element('div', { class: 'what' }, ...(guarded ? [padlock(open)] : []), element('span', {}, rule.says), count),
    element('div', { class: 'when' }, (rule.priority === 'default' ? 'default rule' : 'priority ' + rule.priority) +
      (rule.conditions.length ? ': ' + rule.conditions.join(' and ') : ': everything else')),
  );
  return item;
};
const drawListeners = (listeners) => {
  byId('picture').replaceChildren(...listeners.map((listener) => element('div', { class: 'listener' },
    element('p', {}, listener.protocol + ' :' + listener.port),
    element('ol', { class: 'rules' }, ...listener.rules.map((rule) => drawRule(listener, rule))))));
};
const highlight = (inspection) => {
  for (const hit of document.querySelectorAll('.rule.hit')) hit.classList.remove('hit');
  const matched = inspection.rules.find((rule) => rule.verdict === 'matched');
  const card = matched && byId(ruleId(inspection.listener, matched.address));
  if (card) card.classList.add('hit');
  return card;
};
const pair = (list, term, text) => list.append(element('dt', {}, term), element('dd', {}, text));
const seconds = (value) => value < 120 ? value + ' s' : value < 7200 ? Math.round(value / 60) + ' min' : Math.round(value / 3600) + ' h';
const show = (inspection) => {
  selected = inspection.id;
  for (const button of document.querySelectorAll('#requests button')) {
    button.setAttribute('aria-pressed', String(button.dataset.id === String(selected)));
  }
  highlight(inspection);
  const facts = element('dl');
  pair(facts, 'request', inspection.method + ' ' + inspection.host + inspection.path + (inspection.query ? '?' + inspection.query : ''));
  pair(facts, 'by', inspection.protocol);
  pair(facts, 'actions', inspection.actions.join(', ') || 'none');
  pair(facts, 'authentication', inspection.authentication);
  if (inspection.session) pair(facts, 'session', 'of ' + inspection.session.subject + ', ' + seconds(inspection.session.ageSeconds) +
    ' old, ends in ' + seconds(inspection.session.endsInSeconds));
  pair(facts, 'answer', inspection.answer);
  const rules = element('ol', {}, ...inspection.rules.map((rule) => element('li',
    { class: rule.verdict === 'matched' ? 'matched' : 'passed' },
    (rule.priority === 'default' ? 'default rule' : 'priority ' + rule.priority) + ': ' + rule.verdict + (rule.because ? ', ' + rule.because : ''))));
  const headers = element('dl', { class: 'headers' });
  for (const header of inspection.handedOn) {
    pair(headers, header.name, header.value);
    if (header.token) headers.lastChild.append(element('pre', {}, JSON.stringify(header.token, null, 2)));
  }
  byId('detail').replaceChildren(element('h2', {}, 'Request ' + inspection.id), facts, element('h3', {}, 'Rules'), rules,
    element('h3', {}, 'Handed on to the target'), inspection.handedOn.length ? headers : element('p', { class: 'empty' }, 'nothing'));
};
const add = (inspection) => {
  shown = [inspection, ...shown].slice(0, 200);
  const card = highlight(inspection);
  if (card) {
    counts.set(card.id, (counts.get(card.id) || 0) + 1);
    card.querySelector('.count').textContent = counts.get(card.id);
  }
  const button = element('button', { type: 'button', 'aria-pressed': 'false' },
    element('span', { class: 's' + String(inspection.status)[0] }, String(inspection.status)),
    element('span', {}, inspection.method),
    element('span', { class: 'path' }, inspection.path),
    element('span', { class: 'ms' }, inspection.milliseconds + ' ms'));
  button.dataset.id = inspection.id;
  button.addEventListener('click', () => {
    show(shown.find((one) => one.id === inspection.id) || inspection);
    // On a narrow screen it stands below the list, out of sight.
    const detail = byId('detail');
    if (detail.getBoundingClientRect().top > innerHeight - 100) detail.scrollIntoView();
  });
  const list = byId('list');
  list.prepend(element('li', {}, button));
  while (list.children.length > 200) list.lastChild.remove();
  byId('none').hidden = true;
  byId('latest').textContent = inspection.method + ' ' + inspection.path + ': ' + inspection.status;
};
byId('list').addEventListener('keydown', (event) => {
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
  const next = step && event.target.closest('li')[step];
  if (!next) return;
  event.preventDefault();
  next.firstChild.focus();
});
const events = new EventSource('/events');
const state = (text, live) => { byId('connection').textContent = text; byId('connection').classList.toggle('live', live); };
events.addEventListener('open', () => state('live', true));
events.addEventListener('error', () => state('not connected', false));
events.addEventListener('listeners', (event) => drawListeners(JSON.parse(event.data)));
events.addEventListener('begin', () => { shown = []; counts.clear(); byId('list').replaceChildren(); });
events.addEventListener('request', (event) => add(JSON.parse(event.data)));
`;
