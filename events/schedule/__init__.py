"""When an event takes place: rules, dates, clock changes, holidays. Pure: local wall time in, instants out."""
