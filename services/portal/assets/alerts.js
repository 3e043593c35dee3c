// Shows an alert from the stream's own event, at once; live.js fetches the whole part of the page some seconds later, and
// that is the truth. Words, colours and languages are in the template that the server made.
(() => {
  const pattern = document.getElementById('alert-pattern');
  const limits = document.getElementById('live-window');
  if (!pattern || !limits) return;

  const skew = Date.parse(pattern.dataset.now) - Date.now();
  const pending = new Map();
  let timer, kept = [];

  const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit' });
  const dated = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: 'Asia/Tokyo', month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Tokyo' });
  const now = () => Date.now() + skew;
  // Without its day an end of tomorrow would read as one of today.
  const time = at => (day.format(at) === day.format(now()) ? clock : dated).format(at);
  const easy = tag => /-(easy|hira)$/i.test(tag);
  const primary = tag => tag.split('-')[0].toLowerCase();

  const isForeign = info => info.language && primary(info.language) !== primary(document.documentElement.lang);
  // The sender's own words for the level, where they are of the page's language; readings are in the template alone.
  const own = info => 'easy' in pattern.dataset || isForeign(info) ? undefined : info.levelName?.trim();

  function words(alert) {
    for (const wish of pattern.dataset.languages.split(' ')) {
      const found = alert.info.find(block => block.language.toLowerCase() === wish.toLowerCase())
        ?? alert.info.find(block => block.language.toLowerCase().startsWith(wish.toLowerCase() + '-') && !easy(block.language));
      if (found) return found;
    }
    return alert.info[0];
  }

  function facts(alert) {
    const info = words(alert) ?? {};
    const level = alert.level == null ? 'none' : String(Math.min(5, Math.max(1, alert.level)));
    const known = (name, list) => list.includes(alert[name]) ? alert[name] : 'Unknown';
    return {
      info, level, status: alert.status, kind: alert.msgType, origin: alert.origin ? 'other' : 'town',
      severity: level === 'none' ? known('severity', ['Extreme', 'Severe', 'Moderate', 'Minor']) : '',
      urgency: level === 'none' ? known('urgency', ['Immediate', 'Expected', 'Future', 'Past']) : '',
      instruction: info.instruction?.trim() ? 'yes' : 'no',
    };
  }

  function make(alert) {
    const about = facts(alert), { info } = about;
    const card = pattern.content.cloneNode(true).firstElementChild;
    for (const part of card.querySelectorAll('[data-if]')) {
      const fits = part.dataset.if.split(' ').every(test => test.split('=')[1].split('|').includes(about[test.split('=')[0]]));
      if (fits) part.removeAttribute('data-if'); else part.remove();
    }
    const texts = {
      headline: info.headline, instruction: info.instruction, description: info.description, sender: info.senderName ?? alert.origin,
      level: own(info),
      sent: time(new Date(alert.sent)), expires: time(new Date(alert.expires)), area: info.areaDescription?.trim(),
    };
    for (const slot of card.querySelectorAll('[data-slot]')) {
      if (texts[slot.dataset.slot]) slot.textContent = texts[slot.dataset.slot];
    }
    if (isForeign(info)) {
      for (const part of card.querySelectorAll('[data-words]')) part.lang = info.language;
    }
    card.classList.add('level-frame-' + about.level);
    if (alert.status !== 'Actual') card.classList.add('is-drill');
    if (alert.msgType === 'Cancel') card.classList.add('is-cancelled');
    card.dataset.chain = alert.alertId;
    card.dataset.message = alert.id;
    card.dataset.sent = alert.sent;
    card.dataset.expires = alert.expires;
    card.querySelector('[data-link]').href = pattern.dataset.link + encodeURIComponent(alert.id);
    return card;
  }

  // The server's own summary of one alert, word for word, so that the fragment does not make a screen reader say it again.
  function spoken(card, alert) {
    const { info } = facts(alert);
    const badge = card.querySelector('[data-spoken]');
    const isNamed = badge?.dataset.named !== undefined && info.levelName && info.headline?.toLowerCase().includes(info.levelName.toLowerCase());
    const mark = { Exercise: pattern.dataset.exercise, Test: pattern.dataset.test }[alert.status];
    const text = alert.msgType === 'Cancel' ? [mark, pattern.dataset.cancelled, '{headline} {instruction}'].filter(Boolean).join(' ')
      : mark ? mark + ' {headline}' : isNamed || !badge ? '{headline} {instruction}' : badge.dataset.spoken;
    const values = {
      name: own(info) || card.querySelector('[data-name]')?.dataset.name, sender: info.senderName ?? alert.origin,
      headline: info.headline, instruction: info.instruction,
    };
    return text.replace(/\{(name|sender|headline|instruction)\}/g, (_, name) => values[name] ?? '');
  }

  function put(alert) {
    const section = document.getElementById('alerts');
    const cards = [...section.querySelectorAll('[data-chain]')];
    const old = cards.find(card => card.dataset.chain === alert.alertId);
    if (old && (old.dataset.message === alert.id || Date.parse(old.dataset.sent) > Date.parse(alert.sent))) return;
    // Begun and ended while nobody was told: nothing to say.
    if (!old && alert.msgType === 'Cancel') return;
    if (Date.parse(alert.expires) <= now()) {
      old?.remove();
      return;
    }
    const card = make(alert);
    if (old) old.replaceWith(card);
    else if (alert.status === 'Actual') {
      section.querySelector('[data-none]')?.remove();
      document.getElementById('alerts-title').after(card);
    } else section.append(card);
    return spoken(card, alert);
  }

  // In the order of the stream, the newest of each chain alone: what was said and taken back meanwhile is not said.
  function apply() {
    timer = undefined;
    const seen = Number(limits.dataset.seen ?? -1), news = [];
    for (const [chain, { sequence, alert }] of [...pending].sort((one, other) => one[1].sequence - other[1].sequence)) {
      if (sequence <= seen) pending.delete(chain); else news.push(put(alert));
    }
    // All of them at once: the next would take the place of the one before, unheard.
    const text = news.filter(Boolean).join(' ');
    if (text) document.getElementById('live-headline').textContent = text;
    kept = cards();
  }

  document.addEventListener('heard', ({ detail }) => {
    const alert = JSON.parse(detail.data), sequence = Number(detail.lastEventId);
    if ((pending.get(alert.alertId)?.sequence ?? -1) > sequence) return;
    pending.set(alert.alertId, { sequence, alert });
    timer ??= setTimeout(apply, 50);
  });
  const cards = () => [...document.querySelectorAll('#alerts [data-chain]')];
  const isOver = card => Date.parse(card.dataset.expires) <= now();

  // A part of the page that could not ask for alerts knows nothing of them: what was valid stays below its warning.
  function restore() {
    const section = document.getElementById('alerts');
    if (section.querySelector('[data-unchecked]')) section.append(...kept.filter(card => !card.isConnected && !isOver(card)));
  }

  document.addEventListener('live', () => { restore(); apply(); });
  setInterval(() => { for (const card of cards()) if (isOver(card)) card.remove(); }, 5000);
  kept = cards();
})();
