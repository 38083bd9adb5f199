"""Review: what people say in place of a coder, and the queue of what they should look at."""
