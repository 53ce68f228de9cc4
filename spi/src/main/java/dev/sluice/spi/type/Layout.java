package dev.sluice.spi.type;

/** How a column holds the values of a type in memory. Each constant belongs to one class of the column family. */
public enum Layout {
    /** One {@code boolean} a row. */
    BOOL,
    /** One {@code int} a row: integers up to 32 bits, dates. */
    INT,
    /** One {@code long} a row: 64-bit integers, decimals of up to 18 digits, times, timestamps in microseconds. */
    LONG,
    /** One {@code double} a row: binary floating point of 32 and 64 bits. */
    DOUBLE,
    /** Two {@code long}s a row: decimals of up to 38 digits, UUIDs, zoned times, timestamps finer than microseconds. */
    WIDE,
    /** A run of bytes a row: text, binary, JSON, and decimals of more than 38 digits as text. */
    BYTES
}
