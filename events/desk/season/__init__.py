"""The same again next season: last season's groups on one screen, with new dates."""
