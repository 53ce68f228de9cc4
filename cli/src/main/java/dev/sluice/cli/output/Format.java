package dev.sluice.cli.output;

/** In which form a result is printed. */
public enum Format {
    /** For people. */
    TEXT,
    /** One envelope for programs. */
    JSON,
    /** One event a line while it happens, the last one is {@code end}. */
    NDJSON
}
