// Reading values and zooming on the charts of a device's page. Without this script its links and tables do the same.
(() => {
  'use strict';
  const svgNamespace = 'http://www.w3.org/2000/svg';
  const least = 600; // seconds that a zoom shows at least
  const zone = { timeZone: 'Asia/Tokyo' };
  let drag = null, place = null, focused = null;

  const plots = () => document.querySelectorAll('.plot');
  const picture = plot => Array.from(plot.querySelectorAll('svg')).find(svg => svg.getBoundingClientRect().width > 0);
  const numbers = (element, ...names) => names.map(name => Number(element.dataset[name]));

  function points(plot) {
    const flat = plot.dataset.points.split(' ');
    const [from] = numbers(plot, 'from');
    return Array.from({ length: flat.length / 2 }, (_, index) => ({ at: from + Number(flat[2 * index]), value: flat[2 * index + 1] }));
  }

  // Seconds since 1970 under a pointer, within the plot.
  function timeAt(plot, svg, clientX) {
    const box = svg.getBoundingClientRect();
    const [left, right] = numbers(svg, 'left', 'right'), [from, to] = numbers(plot, 'from', 'to');
    const x = (clientX - box.left) / box.width * svg.viewBox.baseVal.width;
    return from + Math.min(1, Math.max(0, (x - left) / (right - left))) * (to - from);
  }

  function x(plot, svg, at) {
    const [left, right] = numbers(svg, 'left', 'right'), [from, to] = numbers(plot, 'from', 'to');
    return left + (at - from) / (to - from) * (right - left);
  }

  function draw(svg, name, attributes, cssClass) {
    svg.querySelector('.' + cssClass)?.remove();
    if (!attributes) return;
    const element = document.createElementNS(svgNamespace, name);
    element.setAttribute('class', cssClass);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    svg.append(element);
  }

  function say(plot, index) {
    const svg = picture(plot), all = points(plot), point = all[index];
    const readout = plot.parentElement.querySelector('.readout');
    if (!svg || !point) return;
    place = { plot: plot.closest('section').id, index };
    const [top, bottom] = numbers(svg, 'top', 'bottom');
    draw(svg, 'path', { d: `M${x(plot, svg, point.at)} ${top}V${bottom}` }, 'cursor');
    const when = new Intl.DateTimeFormat(plot.dataset.lang, { ...zone, month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    readout.textContent = `${when.format(new Date(point.at * 1000))}  ${point.value}${plot.dataset.unit}`;
  }

  function nearest(plot, at) {
    const all = points(plot);
    return all.reduce((best, point, index) => Math.abs(point.at - at) < Math.abs(all[best].at - at) ? index : best, 0);
  }

  function zoom(plot, from, to) {
    const middle = (from + to) / 2, half = Math.max(to - from, least) / 2;
    const local = seconds => new Date((seconds + 9 * 3600) * 1000).toISOString().slice(0, 19) + '+09:00';
    const query = new URLSearchParams({ from: local(middle - half), to: local(middle + half) });
    for (const name of ['metric', 'compare']) if (plot.dataset[name]) query.set(name, plot.dataset[name]);
    location.assign(`${plot.dataset.url}?${query}`);
  }

  // live.js changes nothing meanwhile.
  function hold(next) {
    drag = next;
    document.documentElement.toggleAttribute('data-held', Boolean(drag));
  }

  function prepare() {
    for (const plot of plots()) {
      plot.tabIndex = 0;
      plot.setAttribute('role', 'group');
      plot.setAttribute('aria-label', plot.dataset.label);
      // What was read before the chart was drawn anew is still read.
      if (place?.plot === plot.closest('section').id) say(plot, Math.min(place.index, points(plot).length - 1));
    }
    if (focused && document.activeElement === document.body) document.getElementById(focused)?.querySelector('.plot')?.focus({ preventScroll: true });
  }

  document.addEventListener('pointermove', event => {
    const plot = event.target.closest?.('.plot') ?? drag?.plot, svg = plot && picture(plot);
    if (!svg) return;
    const at = timeAt(plot, svg, event.clientX);
    say(plot, nearest(plot, at));
    if (drag?.plot !== plot) return;
    const [top, bottom] = numbers(svg, 'top', 'bottom'), [a, b] = [x(plot, svg, drag.at), x(plot, svg, at)];
    drag.moved = Math.abs(a - b) > 8;
    draw(svg, 'rect', drag.moved && { x: Math.min(a, b), y: top, width: Math.abs(a - b), height: bottom - top }, 'picked');
  });

  document.addEventListener('pointerdown', event => {
    const plot = event.target.closest?.('.plot');
    if (!plot || event.button !== 0) return;
    say(plot, nearest(plot, timeAt(plot, picture(plot), event.clientX)));
    // A finger scrolls the page; it reads values and leaves zooming to the links.
    if (event.pointerType === 'touch') return;
    hold({ plot, at: timeAt(plot, picture(plot), event.clientX), moved: false });
    event.preventDefault();
    // Also when the button is let go outside the window.
    plot.setPointerCapture(event.pointerId);
    plot.focus({ preventScroll: true });
  });

  document.addEventListener('pointerup', event => {
    const done = drag;
    hold(null);
    if (!done?.moved || !done.plot.isConnected) return;
    const at = timeAt(done.plot, picture(done.plot), event.clientX);
    zoom(done.plot, Math.min(done.at, at), Math.max(done.at, at));
  });

  document.addEventListener('pointercancel', () => hold(null));

  document.addEventListener('focusin', event => {
    focused = event.target.classList.contains('plot') ? event.target.closest('section').id : null;
  });

  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && drag) {
      draw(picture(drag.plot), 'rect', null, 'picked');
      hold(null);
    }
    const plot = document.activeElement;
    if (!plot?.classList.contains('plot')) return;
    const all = points(plot), here = place?.plot === plot.closest('section').id ? place.index : all.length;
    const next = { ArrowLeft: here - 1, ArrowRight: here + 1, Home: 0, End: all.length - 1 }[event.key];
    if (next !== undefined) {
      event.preventDefault();
      say(plot, Math.min(all.length - 1, Math.max(0, next)));
    } else if (event.key === 'Enter' && all[here]) {
      const [from, to] = numbers(plot, 'from', 'to');
      zoom(plot, all[here].at - (to - from) / 8, all[here].at + (to - from) / 8);
    }
  });

  document.addEventListener('live', prepare);
  prepare();
})();
