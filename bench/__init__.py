"""How much processor time the application needs beside a bare one that sends the same bytes."""
