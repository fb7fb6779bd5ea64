"""How fast the product is, each figure beside a yardstick of the same run: `python -m workbench.bench`."""
