/* 没有存上的字: what is typed in a form stays in this tab until the server has taken it, a killed server or a lost
   network in between. Without this script, or where the browser keeps nothing, everything is as it was.
   It is of one person: it goes when somebody else is at work in this tab, and with 退出. Of files the names alone,
   to be chosen again; never secrets; nothing with a stamped secrecy mark. */
(function () {
  "use strict";
  var script = document.currentScript || document.querySelector("script[data-person]");
  var said = function (name) { return script.getAttribute("data-" + name); };
  var PREFIX = "gongkai.typed.", MOST_HOURS = 72, WAIT = 400;
  var STAMP = /(\u7edd\u5bc6|\u673a\u5bc6|\u79d8\u5bc6)\s*[\u2605\u2606*\uff0a]/;
  var LEFT_OUT = /^(csrfmiddlewaretoken|password|old|new|again|do|typed|typed_on|next|given|page|tab|to|drop|mode|contrast|language)$/;
  var ROW_OF_THE_FORM = /^(once|edition)$/;
  var chosen = window.gongkai.chosen(said), unfold = chosen.unfold, names = chosen.names;
  var isGet = said("method") === "GET", isLeaving = false, isBegun = false, store;
  try {
    store = window.sessionStorage;
    store.setItem(PREFIX, "");
    store.removeItem(PREFIX);
  } catch (error) {
    return;
  }

  function keys() {
    var found = [];
    for (var at = 0; at < store.length; at += 1) {
      if (store.key(at).indexOf(PREFIX) === 0) { found.push(store.key(at)); }
    }
    return found;
  }

  function read(key) {
    try { return JSON.parse(store.getItem(key)); } catch (error) { return null; }
  }

  function forget(key) { store.removeItem(key); }

  function write(key, kept) {
    try { store.setItem(key, JSON.stringify(kept)); } catch (error) { forget(key); }  // there is no room: as without us
  }

  function isTyped(field) {
    var type = (field.type || "").toLowerCase(), name = field.name || "";
    if (!name || LEFT_OUT.test(name) || field.autocomplete === "one-time-code") { return false; }
    return ["hidden", "file", "password", "submit", "button", "image", "reset", "fieldset", "output"].indexOf(type) < 0;
  }

  function value(field, isGiven) {
    if (field.type === "checkbox" || field.type === "radio") { return isGiven ? field.defaultChecked : field.checked; }
    if (field.options) {
      var chosen = [];
      for (var at = 0; at < field.options.length; at += 1) {
        var option = field.options[at];
        if (isGiven ? option.defaultSelected : option.selected) { chosen.push(option.value); }
      }
      // Where a page chooses nothing in a list of one choice, the browser shows the first.
      if (isGiven && !chosen.length && field.type === "select-one" && field.options.length) {
        chosen.push(field.options[0].value);
      }
      return chosen;
    }
    return isGiven ? field.defaultValue : field.value;
  }

  /* Fields in their order: name, value of boxes, what stands in them now or as the server gave it. */
  function content(form, isGiven) {
    var found = [];
    for (var at = 0; at < form.elements.length; at += 1) {
      var field = form.elements[at];
      if (isTyped(field)) {
        var isBox = field.type === "checkbox" || field.type === "radio";
        found.push([field.name, isBox ? field.value : null, value(field, isGiven)]);
      }
    }
    return found;
  }

  function hidden(form) {
    var found = {};
    for (var at = 0; at < form.elements.length; at += 1) {
      var field = form.elements[at];
      if (field.type === "hidden" && ROW_OF_THE_FORM.test(field.name)) { found[field.name] = field.value; }
    }
    // A page that compares with what others saved names the edition that was typed on: put back, it is compared again.
    if (form.elements.typed_on) { found.edition = form.elements.typed_on.value; }
    return found;
  }

  function plain(text) { return typeof text === "string" ? text.replace(/\r\n?/g, "\n") : text; }

  function isSame(one, other) { return JSON.stringify(plain(one[2])) === JSON.stringify(plain(other[2])); }

  /* Whether all that is kept stands in `there`. */
  function isIn(kept, there) { return missing(kept, there).length === 0; }

  function missing(kept, there) {
    var used = {}, found = [];
    for (var at = 0; at < kept.length; at += 1) {
      var place = placeOf(kept[at], there, used);
      if (place < 0 ? isSaid(kept[at]) : !isSame(kept[at], there[place])) { found.push(kept[at]); }
    }
    return found;
  }

  function isSaid(one) { return one[1] === null ? String(one[2]).replace(/\s/g, "") !== "" : one[2]; }

  function placeOf(one, there, used) {
    for (var at = 0; at < there.length; at += 1) {
      if (!used[at] && there[at][0] === one[0] && there[at][1] === one[1]) {
        used[at] = true;
        return at;
      }
    }
    return -1;
  }

  function forms() {
    var found = [], all = document.querySelectorAll("main form"), seen = {};
    for (var at = 0; at < all.length; at += 1) {
      if ((all[at].getAttribute("method") || "").toLowerCase() !== "post") { continue; }
      var fields = content(all[at], true), isWritten = false;
      for (var place = 0; place < all[at].elements.length; place += 1) {
        var type = all[at].elements[place].type;
        isWritten = isWritten || (isTyped(all[at].elements[place]) && /^(textarea|text|date|datetime-local|search|tel|email|url|number)$/.test(type));
      }
      if (isWritten && fields.length) {
        var page = all[at].elements.page && all[at].elements.page.value || location.pathname;
        var name = all[at].id || all[at].getAttribute("action") || "";
        seen[name] = (seen[name] || 0) + 1;
        found.push({ form: all[at], page: page, owed: {}, key: PREFIX + page + " " + name + " " + seen[name] });
      }
    }
    return found;
  }

  function isTaken(kept) { return kept.tab && document.cookie.indexOf("gongkai_taken_" + kept.tab + "=") >= 0; }

  /* What others typed, what is old and what the server has taken goes. */
  function sweep() {
    var person = said("person"), oldest = new Date().getTime() - MOST_HOURS * 3600000;
    keys().forEach(function (key) {
      var kept = read(key), own = key.split("#")[0];
      if (!kept || kept.person !== person || kept.at < oldest) { forget(key); }
      if (!kept || !isTaken(kept)) { return; }
      // A page of one item holds one text: what was typed there before and left has been typed anew; not by a step of
      // the same form that takes no words, such as masking a file before anything is written.
      var isWritten = kept.fields.some(function (each) { return each[1] === null && isSaid(each); });
      var isAnew = isWritten && /\/\d+\//.test(kept.page);
      keys().forEach(function (other) {
        if (other === key || (isAnew && other.indexOf(own + "#") === 0)) { forget(other); }
      });
    });
  }

  function clock(at) {
    var day = new Date(at), now = new Date();
    var two = function (number) { return (number < 10 ? "0" : "") + number; };
    var time = two(day.getHours()) + ":" + two(day.getMinutes()) + ":" + two(day.getSeconds());
    return day.toDateString() === now.toDateString() ? time : two(day.getMonth() + 1) + "-" + two(day.getDate()) + " " + time;
  }

  function box(text, buttons, rest) {
    var where = document.querySelector("main .status") || document.querySelector("main");
    var made = document.createElement("div"), head = document.createElement("h2");
    made.className = "summary calm";
    head.appendChild(document.createTextNode(text));
    made.appendChild(head);
    // The first of what is left says what it is; the rest is to be copied.
    (rest || []).forEach(function (one, at) {
      var line = document.createElement("div");
      line.className = at ? "field" : "hint";
      if (at) {
        var words = document.createElement("textarea");
        words.readOnly = true;
        words.rows = 3;
        words.value = one;
        words.setAttribute("aria-label", rest[0]);
        line.appendChild(words);
      } else {
        line.appendChild(document.createTextNode(one));
      }
      made.appendChild(line);
    });
    var row = document.createElement("div");
    row.className = "spaced";
    buttons.forEach(function (one) {
      var button = document.createElement(one.address ? "a" : "button");
      button.className = "button small";
      button.appendChild(document.createTextNode(one.said));
      if (one.address) { button.setAttribute("href", one.address); } else { button.setAttribute("type", "button"); }
      button.addEventListener("click", function () {
        if (one.act) { made.parentNode.removeChild(made); one.act(); }
      });
      row.appendChild(button);
      row.appendChild(document.createTextNode(" "));
    });
    if (buttons.length) { made.appendChild(row); }
    where.appendChild(made);
  }

  function fill(form, kept) {
    var fields = [], used = {}, there = [];
    for (var at = 0; at < form.elements.length; at += 1) {
      if (isTyped(form.elements[at])) { fields.push(form.elements[at]); }
    }
    there = content(form, false);
    kept.fields.forEach(function (one) {
      var place = placeOf(one, there, used);
      if (place < 0) { return; }
      var field = fields[place];
      if (one[1] !== null) {
        field.checked = one[2];
      } else if (field.options) {
        for (var at = 0; at < field.options.length; at += 1) {
          field.options[at].selected = one[2].indexOf(field.options[at].value) >= 0;
        }
      } else {
        field.value = one[2];
      }
      unfold(field, form);
    });
    // Of the form that was sent, if it was: one form makes one item, and nobody is written over.
    Object.keys(kept.of || {}).forEach(function (name) {
      if (form.elements[name]) { form.elements[name].value = kept.of[name]; }
    });
  }

  function keep(one, isSent) {
    var now = content(one.form, false), files = chosen.all(one), isBare = names(files).length === 0;
    // A page that answers a form holds what was not taken as if the server had given it.
    if (!isSent && isGet && isIn(now, content(one.form, true))) {
      if (isBare) { forget(one.key); return; }
      now = [];
    }
    var words = now.map(function (each) { return String(each[2]); }).concat(names(files)).join("\n");
    if (isLeaving || STAMP.test(words)) { forget(one.key); return; }
    write(one.key, {
      person: said("person"), page: one.page, title: document.title.split(" \u00b7 ")[0], at: new Date().getTime(),
      fields: now, files: files, of: hidden(one.form), tab: isSent ? one.tab : ""
    });
  }

  /* What is offered lies under a key of its own: what is typed meanwhile does not take its place. */
  function offer(one, kept) {
    var key = one.key + "#" + kept.at, there = content(one.form, false);
    write(key, kept);
    var lost = kept.fields.filter(function (each) {
      return each[1] === null && isSaid(each) && placeOf(each, there, {}) < 0;
    });
    box(said("offer").replace("{time}", clock(kept.at)) + (kept.order || ""), [
      { said: said("fill"), act: function () {
        fill(one.form, kept);
        forget(key);
        keep(one, false);
        box(said("filled"), []);
      } },
      { said: said("drop"), act: function () { forget(key); } }
    ], lost.length ? [said("lost")].concat(lost.map(function (each) { return String(each[2]); })) : []);
  }

  /* Of several that are kept for one form, in this tab and on the server: each says whether it is the newest. */
  function compare(offered) {
    var there = document.querySelector("[data-kept-at]"), last = there ? Number(there.getAttribute("data-kept-at")) : 0;
    var others = offered.length + (there ? 1 : 0), newest = 0;
    offered.sort(function (one, other) { return other.at - one.at; });
    offered.forEach(function (kept) { delete kept.order; });
    if (others < 2 || !offered.length) { return offered; }
    newest = Math.max(last, offered[0].at);
    offered.forEach(function (kept) { kept.order = said(kept.at === newest ? "newest" : "older"); });
    if (there) { there.appendChild(document.createTextNode(said(last === newest ? "newest" : "older"))); }
    return offered;
  }

  function isOf(one, key) { return key === one.key || key.indexOf(one.key + "#") === 0; }

  function watch(one) {
    var timer = 0, there = content(one.form, false), given = content(one.form, true), offered = [];
    keys().forEach(function (key) {
      var kept = read(key), isOwn = isOf(one, key);
      if (!isOwn && !(kept.tab && kept.fields.length && isIn(kept.fields, there))) { return; }
      forget(key);
      // The answer to what was sent says itself which files were not taken.
      if (!kept.tab || kept.tab !== said("answered")) { chosen.owe(one, kept); }
      // The page is the answer to what was sent: the form holds it, with what the server did to it.
      if (isOwn && kept.tab && kept.tab === said("answered")) { keep(one, false); return; }
      if (isIn(kept.fields, there)) {
        // It is here: as the server has it now, as the browser brought it back, or as it was refused, where the form
        // may have another address than it was sent from.
        if (kept.fields.length && (!isGet || !isIn(kept.fields, given))) {
          kept.page = one.page;
          kept.tab = "";
          write(one.key, kept);
        }
      } else {
        offered.push(kept);
      }
    });
    compare(offered).forEach(function (kept) { offer(one, kept); });
    if (names(one.owed).length) { chosen.tell(one, function () { keep(one, false); }); keep(one, false); }
    function later() {
      clearTimeout(timer);
      timer = setTimeout(function () { keep(one, false); }, WAIT);
    }
    one.form.addEventListener("input", later);
    one.form.addEventListener("change", function (event) {
      if (event.target.type === "file") { chosen.tell(one, function () { keep(one, false); }); }
      later();
    });
    one.form.addEventListener("submit", function () {
      clearTimeout(timer);
      one.tab = Math.random().toString(36).slice(2, 12) + new Date().getTime().toString(36);
      var field = one.form.elements.tab;
      if (!field) {
        field = document.createElement("input");
        field.type = "hidden";
        field.name = "tab";
        one.form.appendChild(field);
      }
      field.value = one.tab;
      keep(one, true);
    });
    window.addEventListener("pagehide", function () {
      if (timer) { clearTimeout(timer); if (!one.tab) { keep(one, false); } }
    });
  }

  function told(kept, where) {
    var template = said(kept.fields.length ? where : "files");
    return template.replace("{time}", clock(kept.at)).replace("{page}", function () { return kept.title; });
  }

  function elsewhere(here) {
    var isTold = {};
    keys().forEach(function (key) {
      var kept = read(key), isHere = here.some(function (one) { return isOf(one, key); });
      if (isHere || !kept || isTold[kept.page]) { return; }
      isTold[kept.page] = true;
      // The page is the answer to what was sent, and shows its words already.
      if (kept.tab && kept.tab === said("answered") && document.querySelector("main textarea[readonly]")) { return; }
      var waiting = names(kept.files).length ? chosen.sentence(names(kept.files)) : "";
      if (kept.page === location.pathname) {  // the step is done, and its form is gone
        var texts = kept.fields.filter(function (each) { return typeof each[2] === "string" && isSaid(each); });
        box(told(kept, "offer") + waiting, [
          { said: said("drop"), act: function () { forget(key); } }
        ], texts.length ? [said("lost")].concat(texts.map(function (each) { return each[2]; })) : []);
      } else {
        box(told(kept, "elsewhere") + waiting, [
          { said: said("open"), address: kept.page },
          { said: said("drop"), act: function () { forget(key); } }
        ]);
      }
    });
  }

  document.addEventListener("click", function (event) {
    for (var at = event.target; at && at.getAttribute; at = at.parentNode) {
      var action = at.getAttribute("formaction") || (at.form && at.form.getAttribute("action"));
      if (at.nodeName === "BUTTON" && action && said("out").split(" ").indexOf(action) >= 0) {
        isLeaving = true;
        keys().forEach(forget);
      }
    }
  });

  // Only when the page is shown: a browser that goes back puts the words into the form by itself.
  window.addEventListener("pageshow", function () {
    if (isBegun) { return; }
    isBegun = true;
    setTimeout(function () {
      sweep();
      var here = forms();
      here.forEach(watch);
      elsewhere(here);
    }, 0);
  });
}());
