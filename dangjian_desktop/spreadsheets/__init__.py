"""Tables in and out of workbooks and CSV files; knows no branch."""
