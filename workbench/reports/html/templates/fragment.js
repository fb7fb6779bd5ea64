// The changes as the part of rules.yaml that they change.

function fragment(data, changes) {
  const lines = data.rules.flatMap((rule) => ruleLines(rule, changes));
  return lines.length ? ["rules:", ...lines, ""].join("\n") : "";
}

function ruleLines(rule, changes) {
  const settings = [];
  const weight = changes.weights[rule.id] ?? rule.weight;
  const enforcement = changes.enforcement[rule.id] ?? rule.enforcement;
  if (weight !== rule.weight) settings.push(`    weight: ${weight}`);
  if (enforcement !== rule.enforcement) settings.push(`    enforcement: ${enforcement}`);
  return settings.length ? [`  ${rule.id}:`, ...settings] : [];
}
