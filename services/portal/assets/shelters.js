// Sorts the shelters by how far they are from here. Where "here" is stays in this page: nothing is sent.
(() => {
  'use strict';
  const near = document.getElementById('near'), list = document.getElementById('shelter-list');
  if (!near || !list || !navigator.geolocation) return;
  const factor = Number(near.dataset.factor), speed = Number(near.dataset.speed), radians = Math.PI / 180;
  const length = metres => metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`;

  // Great circle (haversine), in metres.
  function metresTo(item, place) {
    const lat = Number(item.dataset.lat) * radians, here = place.latitude * radians;
    const a = Math.sin((lat - here) / 2) ** 2 + Math.cos(lat) * Math.cos(here) * Math.sin((Number(item.dataset.lon) - place.longitude) * radians / 2) ** 2;
    return 2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(a)));
  }

  function show(name) {
    for (const part of near.querySelectorAll('[data-state]')) part.hidden = part.dataset.state !== name;
  }

  function sort({ coords }) {
    const items = Array.from(list.children, item => ({ item, metres: metresTo(item, coords), use: Number(item.dataset.use) }));
    items.sort((a, b) => a.use - b.use || a.metres - b.metres);
    for (const { item, metres } of items) {
      const values = { straight: length(metres), walk: length(metres * factor), minutes: Math.ceil(metres * factor / speed / 60) };
      for (const slot of item.querySelectorAll('[data-slot]')) slot.textContent = values[slot.dataset.slot];
      item.querySelector('.walk').hidden = false;
    }
    list.append(...items.map(({ item }) => item));
    show('done');
  }

  near.hidden = false;
  near.querySelector('button').addEventListener('click', () => {
    show('');
    navigator.geolocation.getCurrentPosition(sort, () => show('failed'), { enableHighAccuracy: true, timeout: 15000, maximumAge: 60000 });
  });
})();
