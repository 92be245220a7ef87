"""The list of what a filter finds: cards, chips, the filter panel, what to do when it is empty."""
