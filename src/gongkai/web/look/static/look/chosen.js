/* 选过的文件 — a browser does not give files back: which were chosen and not taken is said by name at their box, for as
   long as they are not chosen again (kept.js keeps the names). `one.owed`: names by field. */
window.gongkai = window.gongkai || {};
window.gongkai.chosen = function (said) {
  "use strict";

  function names(found) {
    return Object.keys(found || {}).reduce(function (all, name) { return all.concat(found[name]); }, []);
  }

  function now(form) {
    var found = {};
    for (var at = 0; at < form.elements.length; at += 1) {
      var field = form.elements[at];
      if (field.type !== "file" || !field.name) { continue; }
      for (var place = 0; place < field.files.length; place += 1) {
        (found[field.name] = found[field.name] || []).push(field.files[place].name);
      }
    }
    return found;
  }

  function left(one, name) {
    var there = now(one.form)[name] || [];
    return (one.owed[name] || []).filter(function (file) { return there.indexOf(file) < 0; });
  }

  /* Chosen now, and chosen before and not taken. */
  function all(one) {
    var found = now(one.form);
    Object.keys(one.owed).forEach(function (name) { found[name] = (found[name] || []).concat(left(one, name)); });
    return found;
  }

  function owe(one, kept) {
    Object.keys(kept.files || {}).forEach(function (name) {
      var there = one.owed[name] = one.owed[name] || [];
      kept.files[name].forEach(function (file) { if (there.indexOf(file) < 0) { there.push(file); } });
    });
    delete kept.files;
  }

  function sentence(files) { return said("again").replace("{files}", function () { return files.join("\u3001"); }); }

  function unfold(field, form) {
    for (var at = field.parentNode; at && at !== form; at = at.parentNode) {
      if (at.nodeName === "DETAILS") { at.open = true; }
    }
  }

  function tellAt(one, field, changed) {
    var id = (field.id || field.name) + "-again", note = document.getElementById(id), files = left(one, field.name);
    var about = (field.getAttribute("aria-describedby") || "").split(" ").filter(function (each) { return each && each !== id; });
    if (note) { note.parentNode.removeChild(note); }
    if (files.length) {
      var button = document.createElement("button");
      button.type = "button";
      button.className = "button small";
      button.appendChild(document.createTextNode(said("unwanted")));
      button.addEventListener("click", function () {
        delete one.owed[field.name];
        tellAt(one, field, changed);
        changed();
        field.focus();
      });
      note = document.createElement("p");
      note.id = id;
      note.className = "wrong";
      note.appendChild(document.createTextNode(sentence(files) + " "));
      note.appendChild(button);
      field.parentNode.insertBefore(note, field);
      about.push(id);
      unfold(field, one.form);
    }
    field.setAttribute("aria-describedby", about.join(" "));
  }

  function tell(one, changed) {
    for (var at = 0; at < one.form.elements.length; at += 1) {
      var field = one.form.elements[at];
      if (field.type === "file" && one.owed[field.name]) { tellAt(one, field, changed); }
    }
  }

  return { all: all, owe: owe, tell: tell, names: names, sentence: sentence, unfold: unfold };
};
