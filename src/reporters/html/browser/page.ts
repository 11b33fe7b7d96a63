/**
 * What the page of `--format html` does in a browser. The page is complete without it: this filters, zooms, shows the way
 * to what is chosen, and moves the focus. It makes no request, and reads and writes texts only, never markup.
 */

const form = document.querySelector<HTMLFormElement>('.toolbar');
const viewport = document.querySelector<HTMLElement>('.viewport');
if (form && viewport) {
  form.hidden = false;
  filtering(form);
  zooming(form, viewport);
}
choosing(viewport);

/** All elements that `selector` finds. */
function all<E extends Element = HTMLElement>(selector: string, within: ParentNode = document): E[] {
  return [...within.querySelectorAll<E>(selector)];
}

/** What a link within the page leads to. */
function targetOf(link: Element): string {
  return (link.getAttribute('href') ?? '').slice(1);
}

/** Hides rows that are not asked for, and dims them in the map. */
function filtering(form: HTMLFormElement): void {
  const rows = all('.inventory tr[data-reach]');
  const environmentOf = (row: HTMLElement) => row.closest('tbody')?.dataset.environment;
  const groups = all('.map a.group').map((link) => document.getElementById(targetOf(link)) as HTMLElement);
  const texts = new Map<HTMLElement, string>();
  const textOf = (row: HTMLElement): string => {
    const known = texts.get(row);
    if (known !== undefined) return known;
    const about = document.getElementById(targetOf(row.querySelector('a') as Element));
    const places = about ? all('code', about).map((place) => place.textContent) : [];
    const text = [row.textContent, ...places].join(' ').toLowerCase();
    texts.set(row, text);
    return text;
  };
  const status = form.querySelector('output') as HTMLOutputElement;

  const apply = (): void => {
    const asked = new FormData(form);
    const words = String(asked.get('search')).toLowerCase().split(/\s+/).filter(Boolean);
    const [reach, role, environment, severity] = ['reach', 'role', 'environment', 'severity'].map((name) =>
      String(asked.get(name) ?? ''),
    );
    const wanted = new Set<string>();
    let shown = 0;
    for (const row of rows) {
      const { dataset } = row;
      const fits =
        (!reach || dataset.reach === reach) &&
        (!role || dataset.role === role) &&
        (!environment || environmentOf(row) === environment) &&
        (!severity || Number(dataset.severity) <= Number(severity)) &&
        words.every((word) => textOf(row).includes(word));
      row.hidden = !fits;
      if (!fits) continue;
      shown++;
      wanted.add(targetOf(row.querySelector('a') as Element));
    }
    const filtered = shown < rows.length;
    for (const group of groups) if (all('a', group).some((link) => wanted.has(targetOf(link)))) wanted.add(group.id);
    for (const body of all('.inventory tbody')) body.hidden = !body.querySelector('tr[data-reach]:not([hidden])');
    for (const part of all('.environment[data-environment]')) {
      part.hidden = Boolean(environment) && part.dataset.environment !== environment;
    }
    for (const link of all<SVGElement>('.map a.row, .map a.group')) {
      link.classList.toggle('off', filtered && !wanted.has(targetOf(link)));
    }
    for (const box of all<SVGElement>('.map g.box')) {
      box.classList.toggle('off', filtered && !box.querySelector('a.row:not(.off)'));
    }
    status.value = filtered ? `${shown} of ${rows.length} listeners` : `${rows.length} listeners`;
    const first = filtered ? document.querySelector('.map a.row:not(.off), .map a.group:not(.off)') : null;
    if (first) bringIntoView(first);
  };

  form.addEventListener('input', apply);
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('reset', () => setTimeout(apply));
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || (event.target as Element).closest('input, select')) return;
    event.preventDefault();
    (form.elements.namedItem('search') as HTMLInputElement).focus();
  });
  apply();
}

/** Scrolls the map, and nothing else, so that `element` can be seen. */
function bringIntoView(element: Element): void {
  const map = element.closest('.viewport');
  if (!map) return;
  const part = element.closest('details');
  if (part) part.open = true;
  const inner = element.getBoundingClientRect();
  const outer = map.getBoundingClientRect();
  if (inner.top >= outer.top && inner.bottom <= outer.bottom && inner.left >= outer.left && inner.right <= outer.right)
    return;
  map.scrollBy(inner.left - outer.left - outer.width / 4, inner.top - outer.top - outer.height / 3);
}

/** Zooming is a size, moving is scrolling: what the browser does with it by keys, wheel and touch, it does here too. */
function zooming(form: HTMLFormElement, viewport: HTMLElement): void {
  const maps = all<SVGSVGElement>('.map', viewport).map((map) => ({ map, box: map.viewBox.baseVal }));
  const widest = Math.max(1, ...maps.map(({ box }) => box.width));
  const LEAST = 0.1;
  const READABLE = 0.6;
  const MOST = 4;
  let zoom = 1;

  /** Keeps the point of the viewport at `x`, `y` where it is. */
  const zoomTo = (wanted: number, x = viewport.clientWidth / 2, y = viewport.clientHeight / 2): void => {
    const next = Math.min(MOST, Math.max(LEAST, wanted));
    const factor = next / zoom;
    const left = (viewport.scrollLeft + x) * factor - x;
    const top = (viewport.scrollTop + y) * factor - y;
    zoom = next;
    for (const { map, box } of maps) {
      map.setAttribute('width', String(box.width * zoom));
      map.setAttribute('height', String(box.height * zoom));
    }
    viewport.scrollTo(left, top);
  };
  const toWidth = (): void => zoomTo(Math.min(1.25, (viewport.clientWidth - 20) / widest), 0, 0);

  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>('.zoom button');
    if (button?.value === 'in') zoomTo(zoom * 1.25);
    if (button?.value === 'out') zoomTo(zoom / 1.25);
    if (button?.value === 'fit') toWidth();
  });
  viewport.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === '+' || event.key === '=') zoomTo(zoom * 1.25);
    else if (event.key === '-') zoomTo(zoom / 1.25);
    else if (event.key === '0') toWidth();
    else return;
    event.preventDefault();
  });
  viewport.addEventListener(
    'wheel',
    (event) => {
      // A pinch on a touch pad comes as a wheel with the control key.
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = viewport.getBoundingClientRect();
      zoomTo(zoom * Math.exp(-event.deltaY / 300), event.clientX - left, event.clientY - top);
    },
    { passive: false },
  );
  dragging(viewport);
  toWidth();
  // On a narrow screen all of it at once is nothing to read.
  if (zoom < READABLE) zoomTo(READABLE, 0, 0);
}

function dragging(viewport: HTMLElement): void {
  /** Less is a click. */
  const SLACK = 4;
  let grip: { x: number; y: number; left: number; top: number; moved: boolean } | null = null;
  viewport.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType !== 'mouse' || !(event.target as Element).closest('.map')) return;
    grip = { x: event.clientX, y: event.clientY, left: viewport.scrollLeft, top: viewport.scrollTop, moved: false };
  });
  window.addEventListener('pointermove', (event) => {
    if (!grip) return;
    const [x, y] = [event.clientX - grip.x, event.clientY - grip.y];
    if (!grip.moved && Math.hypot(x, y) < SLACK) return;
    grip.moved = true;
    viewport.classList.add('dragged');
    viewport.scrollTo(grip.left - x, grip.top - y);
  });
  window.addEventListener('pointerup', () => {
    // The click that ends a drag comes after this.
    setTimeout(() => viewport.classList.remove('dragged'));
    grip = null;
  });
  viewport.addEventListener('dragstart', (event) => event.preventDefault());
  viewport.addEventListener('click', (event) => {
    if (viewport.classList.contains('dragged')) event.preventDefault();
  });
}

/** The address says what is chosen; the page shows it, and the way to it in the map. */
function choosing(viewport: HTMLElement | null): void {
  let opener: Element | null = null;

  const show = (): void => {
    for (const old of all<Element>('.chosen, .client')) old.classList.remove('chosen', 'client');
    for (const old of all<Element>('.need[data-drawn]')) old.remove();
    const id = location.hash.slice(1);
    const about = id === '' ? null : document.getElementById(id);
    if (about instanceof HTMLDetailsElement) about.open = true;
    document.body.classList.toggle('with-panel', about?.classList.contains('panel') ?? false);
    if (!about?.classList.contains('panel')) {
      if (!about && opener) (opener as HTMLElement).focus({ preventScroll: true });
      opener = null;
      return;
    }
    for (const link of all<Element>(`a[href="#${CSS.escape(id)}"]`)) {
      link.classList.add('chosen');
      link.closest('.inventory tr')?.classList.add('chosen');
    }
    const group = document.querySelector(`.panel table .chosen`)?.closest('.panel');
    const chosen =
      document.querySelector('.map .chosen') ??
      (group && document.querySelector(`.map a[href="#${CSS.escape(group.id)}"]`));
    if (viewport && chosen instanceof SVGElement) {
      chosen.classList.add('chosen');
      markWay(chosen);
      markClients(chosen, about);
      bringIntoView(chosen);
    }
    about.focus({ preventScroll: true });
  };

  /** All that leads to it, back to the callers. */
  const markWay = (chosen: SVGElement): void => {
    const map = chosen.closest('.map') as SVGSVGElement;
    const wires = new Map<string, SVGElement[]>();
    for (const wire of all<SVGElement>('.wire[data-to]', map)) {
      const to = wire.dataset.to as string;
      const key = chosen.classList.contains('group') ? (to.split(':')[0] as string) : to;
      wires.set(key, [...(wires.get(key) ?? []), wire]);
    }
    const nodes = new Map(all<SVGElement>('.way', map).map((way) => [way.dataset.node as string, way]));
    const seen = new Set<string>();
    const open = [chosen.dataset.node as string];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (seen.has(node)) continue;
      seen.add(node);
      nodes.get(node)?.classList.add('chosen');
      for (const wire of wires.get(node) ?? []) {
        wire.classList.add('chosen');
        if (wire.dataset.from) open.push(wire.dataset.from);
      }
    }
  };

  /** Those who need it, with lines to it. */
  const markClients = (chosen: SVGElement, about: Element): void => {
    const map = chosen.closest('.map') as SVGSVGElement;
    const placeOf = (element: Element): DOMRect => {
      const { left, top, width, height } = element.getBoundingClientRect();
      const frame = map.getBoundingClientRect();
      const scale = map.viewBox.baseVal.width / frame.width;
      return new DOMRect((left - frame.left) * scale, (top - frame.top) * scale, width * scale, height * scale);
    };
    const end = placeOf(chosen.querySelector('.hit, .body') ?? chosen);
    const drawn = new Set<Element>();
    for (const { dataset } of all('[data-client]', about)) {
      const box = dataset.client ? map.querySelector(`.box[data-workload="${dataset.client}"]`) : null;
      if (!box || drawn.has(box) || box.contains(chosen)) continue;
      drawn.add(box);
      box.classList.add('client');
      const start = placeOf(box.querySelector('.body') ?? box);
      const wire = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      const apart = start.x + start.width / 2 - (end.x + end.width / 2);
      // Boxes of one column are joined by a bow at their right.
      const above = Math.abs(apart) < start.width / 2;
      const x1 = above || apart < 0 ? start.right : start.left;
      const x2 = above || apart > 0 ? end.right : end.left;
      const bend = above ? 40 : Math.max(40, Math.abs(x2 - x1) / 2) * Math.sign(-apart);
      const [y1, y2] = [start.top + 14, end.top + end.height / 2];
      wire.setAttribute('d', `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 + (above ? bend : -bend)} ${y2} ${x2} ${y2}`);
      wire.setAttribute('class', 'wire need');
      wire.setAttribute('data-drawn', '');
      map.querySelector('.needs')?.append(wire);
    }
  };

  // The browser moves the focus to what the address names before it tells that the address is another.
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a[href^="#"]');
    if (link && !link.closest('.panels')) opener = link;
  });
  window.addEventListener('hashchange', show);
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && document.querySelector('.panel:target')) location.hash = '#-';
  });
  window.addEventListener('beforeprint', () => {
    for (const part of all<HTMLDetailsElement>('details.environment')) part.open = true;
  });
  show();
  // Whoever comes by a link sees the map with what it names, not the head of the page.
  if (document.body.classList.contains('with-panel')) viewport?.scrollIntoView({ block: 'nearest' });
}
