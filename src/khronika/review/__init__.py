"""Review: the queue and its rulings."""
