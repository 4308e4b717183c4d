"""Raw values to checked records, with findings."""
