"""Evidence: digests, the journal chain, seals, verdicts."""
