package dev.sluice.spi.source;

/**
 * How the values of a field are written for a checksum of rows: in one way only for each value, so that equal texts mean
 * equal values in whatever database they are. None but {@link #TEXT} and {@link #JSON} contains a semicolon or a tilde.
 */
public enum ChecksumForm {
    /** {@code 1} or {@code 0}. */
    TRUTH,
    /**
     * An exact number in decimal digits without an exponent, a sign before zero, or needless zeros: {@code -12.5}, {@code 0},
     * {@code 100}. A truth is 1 or 0.
     */
    NUMBER,
    /** The 64 bits of IEEE 754 binary64 as 16 hex digits in small letters; the zeros are one. */
    DOUBLE,
    /** The 32 bits of IEEE 754 binary32 as 8 hex digits in small letters; the zeros are one. */
    SINGLE,
    /** The text behind how many code points it has and a colon: {@code 5:Grüße}. */
    TEXT,
    /** A text of JSON as the database keeps it, written as {@link #TEXT}. Equal texts are equal values, but not the other way round. */
    JSON,
    /** Bytes as hex digits in small letters. */
    HEX,
    /** {@code 123e4567-e89b-12d3-a456-426614174000}, in small letters. */
    UUID,
    /** {@code 2024-02-29}; days outside of the years 1 to 9999 in whatever way the database has for them. */
    DATE,
    /** {@code 23:59:59.123456}, cut to the digits of {@link ChecksumRead.Column#fraction}; none is without the dot. */
    TIME,
    /** {@code 2024-02-29 23:59:59.123456} in UTC or, for a local time, as it is; else as {@link #DATE} and {@link #TIME}. */
    MOMENT
}
