"""The shared store: tables, engines, migrations, files."""
