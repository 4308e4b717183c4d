"""The site: Datasette and our pages."""
