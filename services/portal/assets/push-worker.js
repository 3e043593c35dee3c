// Shows alerts that are pushed to this browser. `given` (town, icon, words by language) stands before this.
addEventListener('push', event => event.waitUntil(show(event.data)));
addEventListener('notificationclick', event => {
  event.notification.close();
  event.waitUntil(look(event.notification.data?.url));
});
addEventListener('pushsubscriptionchange', event => event.waitUntil(renew(event)));
addEventListener('install', () => skipWaiting());
addEventListener('activate', event => event.waitUntil(clients.claim()));

function read(data) {
  try {
    return data?.json();
  } catch (error) {
    console.warn('push:', error);
  }
}

// A browser takes the right to push from pages that show nothing: also what cannot be read is shown, as a reason to look.
function show(data) {
  const text = read(data);
  const words = given.words[text?.language] ?? given.words[text?.language?.split('-')[0]] ?? given.words.ja;
  if (!text) return registration.showNotification(words.unread, { tag: 'unread', icon: given.icon, data: { url: '/' + given.town } });
  const isCancel = text.msgType === 'Cancel', mark = words[text.status.toLowerCase()] ?? '';
  const level = text.level ? `${words.level}${/[a-z]$/i.test(words.level) ? ' ' : ''}${text.level}` : '';
  const plain = title => title.replaceAll(/\s/g, '').toLowerCase();
  let title = text.headline;
  if (level && !isCancel && !plain(title).includes(plain(level))) title = `${level} ${title}`;
  if (isCancel && !plain(title).includes(plain(words.cancelled.slice(1, -1)))) title = words.cancelled + title;
  // Nobody may take a drill for real by reading only the beginning.
  if (mark && !title.startsWith(mark)) title = mark + title.replace(mark, '');
  return registration.showNotification(title, {
    body: text.instruction, tag: text.tag, renotify: true, lang: text.language.startsWith('ja') ? 'ja' : text.language, icon: given.icon, badge: given.icon,
    requireInteraction: text.level >= 4 && text.status === 'Actual' && !isCancel,
    silent: false, data: { url: text.url, id: text.id, expires: text.expires },
  });
}

// Only to the town's own pages, whatever a message says.
async function look(path) {
  const home = new URL('/' + given.town, location.origin);
  const wanted = new URL(path ?? home, location.origin);
  const url = wanted.origin === home.origin && wanted.pathname.startsWith(home.pathname + '/') ? wanted : home;
  const open = await clients.matchAll({ type: 'window', includeUncontrolled: true });
  const there = open.find(client => new URL(client.url).pathname === url.pathname);
  if (!there) return clients.openWindow(url.href);
  // What the window shows may be older than the notification.
  const anew = await there.navigate(url.href).catch(() => there);
  return (anew ?? there).focus();
}

async function renew(event) {
  const known = await pushStore.get(given.town);
  if (!known) return;
  const next = event.newSubscription ?? await pushStore.subscribe(registration, known.key);
  // What fails here is done when the page about notifications is opened next: it compares where to send.
  await pushStore.register(given.town, next, known.wishes);
}
