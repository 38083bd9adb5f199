"""Text: offset maps, scripts, dates, names of people and places as strings."""
