// The filter of the matrix: resources by name, and only those with something to do.

function filter(section) {
  const [text, failing, told] = ["text", "failing", "told"].map((name) => section.querySelector(`[data-${name}]`));
  const tables = [...section.querySelectorAll(".type")];
  const apply = () => {
    const wanted = text.value.trim().toLowerCase();
    let shown = 0;
    for (const table of tables) {
      for (const row of table.querySelectorAll("tbody tr")) {
        row.hidden = !row.cells[0].textContent.toLowerCase().includes(wanted) || (failing.checked && !row.querySelector(".n,.r,.u"));
        shown += row.hidden ? 0 : 1;
      }
      table.hidden = !table.querySelector("tbody tr:not([hidden])");
    }
    told.textContent = `${shown} shown`;
  };
  text.addEventListener("input", apply);
  failing.addEventListener("change", apply);
  section.querySelector(".filter").hidden = false;
}

filter(document.querySelector("#matrix"));
