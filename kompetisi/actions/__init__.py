"""What changes. One function is one act, one transaction, one audit record."""
