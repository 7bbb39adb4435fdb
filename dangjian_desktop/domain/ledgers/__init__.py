"""Ledgers (台账): light records that are declared as data, and what is counted from them."""
