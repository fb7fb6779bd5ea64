// The calculator: one line a rule, and the fitness that follows.

function calculator(section, data) {
  const changes = {weights: {}, enforcement: {}, fixed: {}};
  const find = (name) => section.querySelector(`[data-${name}]`);
  const before = score(data, changes);
  const show = () => {
    const now = score(data, changes);
    find("fitness").textContent = figure(now.fitness);
    find("delta").textContent = difference(before.fitness, now.fitness);
    find("interval").textContent = `${figure(now.low)} to ${figure(now.high)}, coverage ${figure(now.coverage)} %`;
    now.categories.forEach((figures, index) => { find(`category="${index}"`).textContent = figure(figures.fitness); });
    find("fragment").value = fragment(data, changes) || "# nothing is changed yet";
  };
  const body = find("rules");
  const fill = () => body.replaceChildren(...data.rules.map((rule) => ruleRow(data, rule, changes, show)));
  find("reset").addEventListener("click", () => {
    Object.assign(changes, {weights: {}, enforcement: {}, fixed: {}});
    fill();
    show();
  });
  find("copy").addEventListener("click", () => copy(find("fragment"), find("copied")));
  fill();
  show();
  section.hidden = false;
}

function ruleRow(data, rule, changes, show) {
  const row = element("tr");
  const name = element("th", {scope: "row"}, element("code", {}, rule.id));
  row.append(name, cell(enforcementBox(rule, changes, show)), cell(weightField(rule, changes, show)), cell(fixes(data, rule, changes, show)));
  return row;
}

function enforcementBox(rule, changes, show) {
  const counted = !SILENT.includes(rule.enforcement);
  const box = element("input", {type: "checkbox", checked: counted, ariaLabel: `${rule.id} counts`});
  box.addEventListener("change", () => {
    changes.enforcement[rule.id] = box.checked === counted ? rule.enforcement : box.checked ? "scored" : "off";
    show();
  });
  return box;
}

function weightField(rule, changes, show) {
  const field = element("input", {type: "number", min: "0", max: "1000", step: "any", value: String(rule.weight), ariaLabel: `weight of ${rule.id}`});
  field.addEventListener("input", () => {
    const valid = field.value !== "" && field.validity.valid;
    changes.weights[rule.id] = valid ? Number(Number(field.value).toFixed(4)) : rule.weight;
    show();
  });
  return field;
}

function fixes(data, rule, changes, show) {
  const violated = [...rule.row].flatMap((letter, index) => letter === "n" ? [index] : []);
  if (!violated.length) return element("span", {className: "faint"}, "none");
  const fixed = changes.fixed[rule.id] = new Set();
  const all = element("input", {type: "checkbox", ariaLabel: `assume all violations of ${rule.id} fixed`});
  const list = element("details", {}, element("summary", {}, `${violated.length} violated`));
  const apply = () => {
    all.checked = fixed.size === violated.length;
    all.indeterminate = fixed.size > 0 && !all.checked;
    list.querySelectorAll("input").forEach((box) => { box.checked = fixed.has(Number(box.value)); });
    show();
  };
  const take = (indices, taken) => {
    indices.forEach((index) => taken ? fixed.add(index) : fixed.delete(index));
    apply();
  };
  all.addEventListener("change", () => take(violated, all.checked));
  list.addEventListener("change", ({target}) => take([Number(target.value)], target.checked));
  // Thousands of boxes are made only where somebody looks.
  list.addEventListener("toggle", () => {
    list.append(...violated.map((index) => pairBox(data, index, fixed)));
  }, {once: true});
  return element("div", {className: "fixes"}, all, list);
}

function pairBox(data, index, fixed) {
  const box = element("input", {type: "checkbox", value: index, checked: fixed.has(index)});
  return element("label", {}, box, " ", data.resources[index]);
}

function cell(content) {
  return element("td", {}, content);
}

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function figure(value) {
  // Cut, not rounded, as in the rest of the report; the sum of many products may miss a whole tenth by a hair.
  return value === null ? "n/a" : (Math.floor(value * 10 + 1e-9) / 10).toFixed(1);
}

function difference(before, now) {
  if (before === null || now === null) return "";
  const points = (now - before).toFixed(1);
  return Number(points) === 0 ? "as it is" : `${now > before ? "+" : ""}${points} points`;
}

async function copy(area, told) {
  area.select();
  try {
    await navigator.clipboard.writeText(area.value);
    told.textContent = "Copied.";
  } catch {
    told.textContent = "Selected: copy it with your keyboard.";
  }
}

calculator(document.querySelector("#calculator"), JSON.parse(document.querySelector("#data").textContent));
